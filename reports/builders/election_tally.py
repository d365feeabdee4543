"""Rekapitulasi suara: the tally sheet of one vote, by bundle and by name."""

import datetime
from dataclasses import dataclass

from common.words import no_break
from members.models import ElectionArea
from members.standings import Tally, tally_of
from members.tally import FAULT_WORDS, Fault, ranked
from reports.builders.election_facts import (
    ballots_words,
    committee_signs,
    head_of,
    stage_words,
)
from reports.builders.letters import Paper, day_and_date
from reports.frame import Signer


@dataclass(frozen=True)
class BundleRow:
    """One bundle: who counted it, and the ballots."""

    number: int
    counters: str
    valid: int
    invalid: int
    note: str


@dataclass(frozen=True)
class NameRow:
    """One person with every spelling on the ballots, and the sum."""

    number: int
    name: str
    spellings: str
    votes: int


@dataclass(frozen=True, kw_only=True)
class TallySheet(Paper):
    """The annex of the berita acara."""

    event: str
    day: str
    venue: str
    ballots: str
    bundles: tuple[BundleRow, ...]
    names: tuple[NameRow, ...]
    total: int
    faults: tuple[tuple[str, int], ...]
    signers: tuple[Signer, Signer]


def build(area: ElectionArea, *, number: str, on: datetime.date) -> TallySheet:
    """Read the sums of a vote. Source: governance sheet, section 3.5 (tally)."""
    tally = tally_of(area)
    names = _names(tally)
    return TallySheet(
        **head_of(area, number=number, on=on, kind="Rekapitulasi suara"),
        event=f"{stage_words(area)[:1].upper()}{stage_words(area)[1:]}",
        day=day_and_date(area.held_on or on),
        venue=no_break(area.place) or "–",
        ballots=ballots_words(tally),
        bundles=_bundles(tally),
        names=names,
        total=sum(row.votes for row in names),
        faults=tuple(
            (FAULT_WORDS[fault], tally.faults.get(fault, 0)) for fault in Fault
        ),
        signers=committee_signs(area, on=on),
    )


def _bundles(tally: Tally) -> tuple[BundleRow, ...]:
    rows = []
    for state in tally.states:
        held = state.agreed or (state.entries[0] if state.entries else None)
        count = held.count() if held else None
        rows.append(
            BundleRow(
                number=state.batch.number,
                counters=", ".join(entry.by_name for entry in state.entries) or "–",
                valid=count.valid if count else 0,
                invalid=count.invalid if count else 0,
                note=(held.reason if held else "") or state.tag[1],
            )
        )
    return tuple(rows)


def _names(tally: Tally) -> tuple[NameRow, ...]:
    spelled: dict[int, list[str]] = {}
    for name in tally.names:
        if name.nominee_id:
            votes = tally.votes.get(name.pk, 0)
            spelled.setdefault(name.nominee_id, []).append(f"{name.written} {votes}")
    return tuple(
        NameRow(at, no_break(row.name), "; ".join(spelled[row.key]), row.votes)
        for at, row in enumerate(ranked(tally.standings(), tally.rule), start=1)
    )
