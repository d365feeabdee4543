"""Acts on an election round the counting: opening, committee, areas, answers, end."""

from datetime import date, datetime

from django.db import transaction

from boards.audit import record
from boards.forms import EditConflict
from boards.models import Board, User
from boards.parameters import setting_of
from boards.tenants import lock_board
from common.errors import RuleViolation
from members.models import (
    CommitteeMember,
    Election,
    ElectionArea,
    FinalPlace,
    Person,
)
from members.standings import LineUp, line_up


def lock_running(election: Election) -> Election:
    """Take the election for an act; refuses with `election.finished`."""
    rows = Election.objects.select_for_update(of=("self",)).select_related("board")
    current = rows.get(pk=election.pk)
    if current.finished_at:
        raise RuleViolation(
            "Pemilihan ini sudah selesai. Isinya tidak dapat diubah.",
            code="election.finished",
        )
    return current


@transaction.atomic
def open_election(board: Board, *, facts: dict, on: date, by: User) -> Election:
    """Begin an election with the rules that hold on the day `on`.

    `facts`: title, starts_on, ends_on, seats, reserves. Audits
    `members.election_opened`. Source: governance sheet, sections 3.1 and 3.4.
    """
    lock_board(board)
    tie = setting_of(board, "election_tie", on=on)
    election = Election(
        board=board,
        opened_on=on,
        tie_rule=tie.value,
        tie_source=tie.source,
        women_target=setting_of(board, "women_target", on=on).value,
        **facts,
    )
    election.full_clean()
    election.save()
    record("members.election_opened", election, by=by, says=f"membuka {election.title}")
    return election


def claim(row, revision: int):
    """Move the row on from the revision the person saw, or raise EditConflict."""
    model = type(row)
    seen = model.objects.filter(pk=row.pk, revision=revision)
    if not seen.update(revision=revision + 1):
        raise EditConflict(model.objects.get(pk=row.pk))
    row.revision = revision + 1


@transaction.atomic
def change_election(
    election: Election, *, revision: int, facts: dict, by: User
) -> Election:
    """Correct name, days or number of seats while nothing of stage 2 was counted.

    Audits `members.election_changed`. Raises EditConflict, RuleViolation
    `election.finished` or `election.stage_closed`.
    """
    current = lock_running(election)
    claim(current, revision)
    # Under its own lock: whoever fixes the result of stage 2 takes that row alone.
    second = current.areas.select_for_update().filter(stage=ElectionArea.Stage.BOARD)
    if any(area.closed_at for area in second):
        raise RuleViolation(
            "Hasil tahap 2 sudah ditetapkan. Jumlah anggota tidak dapat diubah lagi.",
            code="election.stage_closed",
        )
    for name, value in facts.items():
        setattr(current, name, value)
    current.full_clean()
    current.save()
    current.areas.filter(stage=ElectionArea.Stage.BOARD).update(
        winners=current.seats, reserves=current.reserves
    )
    record(
        "members.election_changed",
        current,
        by=by,
        says=f"mengubah {current.title}: {current.seats} anggota",
    )
    return current


@transaction.atomic
def add_to_committee(
    election: Election, *, person: Person, post: str, by: User
) -> CommitteeMember:
    """Put somebody on the committee. Audits `members.committee_added`.

    Raises ValidationError for a person or a chair twice.
    """
    current = lock_running(election)
    member = CommitteeMember(
        board=current.board, election=current, person=person, post=post
    )
    member.full_clean()
    member.save()
    record(
        "members.committee_added",
        current,
        by=by,
        says=f"mencatat {person.full_name} sebagai"
        f" {member.get_post_display().lower()} panitia {current.title}",
    )
    return member


@transaction.atomic
def leave_committee(member: CommitteeMember, *, by: User) -> None:
    """Take somebody off the committee. Audits `members.committee_left`."""
    current = lock_running(member.election)
    record(
        "members.committee_left",
        current,
        by=by,
        says=f"mengeluarkan {member.person.full_name} dari panitia {current.title}",
    )
    member.delete()


def finish_gaps(election: Election) -> list[tuple[str, str]]:
    """What keeps an election from being finished: code and sentence, in order."""
    second = election.areas.of_stage(ElectionArea.Stage.BOARD).first()
    if second is None or not second.closed_at:
        return [("election.no_result", "Tetapkan dulu hasil tahap 2.")]
    found = []
    line = line_up(election)
    if not line.taking:
        found.append(("election.nobody", "Tidak ada yang terpilih dan bersedia."))
    if line.unasked:
        names = ", ".join(row.name for row in line.unasked[:5])
        found.append(("election.unasked", f"Belum menyatakan kesediaan: {names}."))
    waiting = election.objections.filter(answered_on=None)
    if waiting.exists():
        found.append(("election.objections", "Masih ada keberatan yang belum dijawab."))
    return found


def _settle_places(line: LineUp) -> None:
    """Write down who sits, who is in reserve and who declined, for good."""
    kinds = FinalPlace.Place
    placed = (
        (kinds.SEATED, line.taking),
        (kinds.RESERVE, line.reserves),
        (kinds.DECLINED, line.declined),
    )
    FinalPlace.objects.bulk_create(
        FinalPlace(nominee=row, place=place) for place, rows in placed for row in rows
    )


@transaction.atomic
def finish_election(election: Election, *, by: User, at: datetime) -> Election:
    """Close the election: who takes the seats is settled, and a decision may follow.

    Audits `members.election_finished`. Raises RuleViolation with the first gap.
    """
    current = lock_running(election)
    gaps = finish_gaps(current)
    if gaps:
        raise RuleViolation(gaps[0][1], code=gaps[0][0])
    line = line_up(current)
    _settle_places(line)
    current.finished_at, current.finished_by = at, by
    current.revision += 1
    current.save()
    names = ", ".join(row.name for row in line.taking)
    record(
        "members.election_finished",
        current,
        by=by,
        says=f"menyelesaikan {current.title}: {names}"[:480],
    )
    return current
