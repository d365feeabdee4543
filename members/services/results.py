"""Acts from names to a result: people matched, ties settled, areas closed."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from boards.audit import record
from boards.chain import add_link
from boards.models import User
from common.errors import RuleViolation
from members.gaps import gaps_of
from members.models import CountingAct, ElectionArea, Nominee, Person, TallyName
from members.records import area_record
from members.services.areas import lock_open_area
from members.services.checks import note_act, reopen_ties, settle_unchecked
from members.standings import tally_of
from members.tally import Decided, Outcome, Placed, outcomes


@transaction.atomic
def match_names(
    area: ElectionArea, *, matches: Mapping[TallyName, Person], by: User
) -> ElectionArea:
    """Say which person each spelling means; an unsaved person is recorded first.

    Somebody else looks it over before the result stands (`check_area`). Audits
    `members.names_matched`. Raises RuleViolation `election.other_board`, or
    `election.more_than_ballots` when a person would have more votes than there are
    valid ballots: then two people were taken for one.
    """
    current = lock_open_area(area)
    for name, person in matches.items():
        if person.board_id != current.board_id:
            raise RuleViolation("Warga ini tidak ada.", code="election.other_board")
        if not person.pk:
            person.full_clean()
            person.save()
        nominee, _ = Nominee.objects.get_or_create(
            area=current, person=person, defaults={"board": current.board}
        )
        TallyName.objects.filter(pk=name.pk, area=current).update(nominee=nominee)
    reopen_ties(current)
    _refuse_doubled(current)
    said = ", ".join(
        f"{name.written} = {person.full_name}" for name, person in matches.items()
    )
    note_act(current, CountingAct.Kind.NAMES, said=said, by=by)
    record(
        "members.names_matched",
        current,
        by=by,
        says=f"mencocokkan nama di {current.name}: {said}"[:480],
    )
    return current


def _refuse_doubled(area: ElectionArea) -> None:
    tally = tally_of(area)
    for row in tally.standings():
        if row.votes > tally.valid:
            raise RuleViolation(
                f"{row.name} akan mendapat {row.votes} suara, padahal surat suara sah"
                f" {tally.valid}. Nama itu tentu bukan satu orang.",
                code="election.more_than_ballots",
            )


@transaction.atomic
def unmatch_name(name: TallyName, *, by: User) -> TallyName:
    """Take a spelling away from the person. Audits `members.name_unmatched`."""
    current = lock_open_area(name.area)
    row = TallyName.objects.select_related("nominee__person").get(pk=name.pk)
    if row.nominee is None:
        return row
    nominee, row.nominee = row.nominee, None
    row.save()
    if not nominee.spellings.exists():
        nominee.delete()
    reopen_ties(current)
    record(
        "members.name_unmatched",
        current,
        by=by,
        says=f"melepas nama {row.written} dari {nominee.person.full_name}"
        f" di {current.name}",
    )
    return row


@transaction.atomic
def settle_tie(
    area: ElectionArea, *, figures: Mapping[int, int], note: str, by: User
) -> ElectionArea:
    """Part people with equal votes: votes of a second ballot, or places drawn.

    `figures` holds a number for each nominee of one open tie. Audits
    `members.tie_settled`. Raises RuleViolation `election.no_tie`,
    `election.draw_places` or `election.second_votes`. Source: governance sheet,
    section 3.4.
    """
    current = lock_open_area(area)
    tally = tally_of(current)
    group = next(
        (tie for tie in tally.ties() if {row.key for row in tie} == set(figures)), None
    )
    if group is None:
        raise RuleViolation(
            "Suara nama-nama ini tidak lagi sama. Buka halaman itu sekali lagi.",
            code="election.no_tie",
        )
    step = tally.step(group)
    column = _judge_figures(current, step, figures)
    for key, number in figures.items():
        current.nominees.filter(pk=key).update(**{column: number})
    word = Nominee.Decided(step).label.lower()
    said = ", ".join(f"{row.name} {figures[row.key]}" for row in group)
    words = f"{word}: {said}. {note}"
    note_act(current, CountingAct.Kind.TIE, said=words, by=by)
    record(
        "members.tie_settled",
        current,
        by=by,
        says=f"memutus suara sama di {current.name} dengan {words}"[:480],
    )
    return current


def _judge_figures(
    area: ElectionArea, step: Decided, figures: Mapping[int, int]
) -> str:
    """The column the figures go into; raises when they cannot be."""
    if step == Decided.DRAW:
        if sorted(figures.values()) != list(range(1, len(figures) + 1)):
            raise RuleViolation(
                f"Isi urutan undian 1 sampai {len(figures)}, masing-masing sekali.",
                code="election.draw_places",
            )
        return "drawn"
    if sum(figures.values()) > area.came:
        raise RuleViolation(
            f"Suara kedua berjumlah {sum(figures.values())}, padahal yang memilih"
            f" {area.came} orang.",
            code="election.second_votes",
        )
    return "second_votes"


@transaction.atomic
def close_area(area: ElectionArea, *, by: User, at: datetime) -> ElectionArea:
    """Fix the result of an area: ranks, outcomes, chain link. Frozen from then on.

    Audits `members.area_closed`. Raises RuleViolation with the code of the first gap
    (`election.turnout`, `election.not_agreed`, `election.tie` …).
    Source: governance sheet, sections 3.3 and 3.4.
    """
    current = lock_open_area(area)
    tally = tally_of(current)
    gaps = gaps_of(tally)
    if gaps:
        raise RuleViolation(gaps[0].says, code=f"election.{gaps[0].code}")
    settle_unchecked(current)
    placed = outcomes(
        tally.standings(), tally.rule, seats=current.winners, reserves=tally.reserves
    )
    rows = {row.pk: row for row in tally.nominees}
    for place in placed:
        _fix(rows[place.standing.key], place, current.held_on)
    current.closed_at, current.closed_by = at, by
    current.closed_name = str(by)
    current.revision += 1
    current.save()
    add_link(
        "members.election_area",
        current,
        area_record(current.pk),
        board=current.board,
    )
    elected = [place for place in placed if place.outcome == Outcome.ELECTED]
    record(
        "members.area_closed",
        current,
        by=by,
        says=f"menetapkan hasil {current}: {len(elected)} {current.result_word}",
    )
    return current


def _fix(row: Nominee, place: Placed, on: date) -> None:
    """Write votes, rank and outcome, with the person as known on the day."""
    person = row.person
    row.votes, row.rank = place.standing.votes, place.rank
    row.outcome, row.decided = place.outcome, place.decided
    row.name, row.sex = person.full_name, person.sex
    row.age = on.year - person.birth_year if person.birth_year else None
    row.address = person.neighbourhood
    row.save()
