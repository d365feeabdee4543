"""Berita acara pemilihan: one vote with its result, signed by the committee."""

import datetime
from dataclasses import dataclass

from common.words import (
    format_date,
    format_decimal,
    month_name,
    no_break,
    number_words,
    weekday_name,
)
from members.models import ElectionArea
from members.standings import Tally, tally_of
from members.terms import makeup_of_sexes
from reports.builders.election_facts import (
    CommitteeRow,
    ResultRow,
    ballots_words,
    checked_words,
    committee_rows,
    committee_signs,
    head_of,
    result_rows,
    stage_words,
    turnout_words,
)
from reports.builders.letters import Paper, figure_words, head_signs
from reports.frame import Signer


@dataclass(frozen=True, kw_only=True)
class ElectionReport(Paper):
    """The berita acara of one vote."""

    weekday: str
    day_words: str
    month: str
    year_words: str
    numeric: str
    what_where: str
    turnout: str
    ballots: str
    rows: tuple[ResultRow, ...]
    women: str
    tie: str
    checked: str
    objections: tuple[str, ...]
    committee: tuple[CommitteeRow, ...]
    signers: tuple[Signer, Signer]
    head: Signer | None


def build(area: ElectionArea, *, number: str, on: datetime.date) -> ElectionReport:
    """Read the report of a vote; the paper bears the day of the vote.

    Source: governance sheet, section 3.5 (berita acara pemilihan); papers, section 9.
    """
    tally = tally_of(area)
    day = area.held_on or on
    rows = result_rows(tally)
    place = f"bertempat di {no_break(area.place)}, " if area.place else ""
    return ElectionReport(
        **head_of(area, number=number, on=on, kind="Berita acara pemilihan"),
        weekday=weekday_name(day),
        day_words=number_words(day.day),
        month=month_name(day.month),
        year_words=number_words(day.year),
        numeric=f"{day:%d-%m-%Y}",
        what_where=f"{place}{area.board.district}, {area.board.regency}, telah"
        f" diselenggarakan {stage_words(area)} secara langsung, umum, bebas, dan"
        " rahasia",
        turnout=turnout_words(area),
        ballots=ballots_words(tally),
        rows=rows,
        women=_women(area, rows),
        tie=_tie(tally, rows),
        checked=checked_words(area),
        objections=_objections(area),
        committee=committee_rows(area),
        signers=committee_signs(area, on=on),
        head=head_signs(area.board),
    )


def _women(area: ElectionArea, rows: tuple[ResultRow, ...]) -> str:
    won = [row for row in rows if row.outcome.startswith("Terpilih")]
    makeup = makeup_of_sexes(row.sex for row in won)
    share = format_decimal(makeup.women_percent)
    return no_break(
        f"Terpilih {figure_words(makeup.total)} {area.result_word}: laki-laki"
        f" {makeup.men}, perempuan {makeup.women} ({share} persen; sasaran paling"
        f" sedikit {area.election.women_target} persen)."
    )


def _tie(tally: Tally, rows: tuple[ResultRow, ...]) -> str:
    settled = [row for row in rows if ", " in row.outcome]
    if not settled:
        return ""
    rule = tally.area.election.get_tie_rule_display().lower()
    names = ", ".join(f"{row.name} ({row.outcome.split(', ')[1]})" for row in settled)
    return no_break(
        f"Suara yang sama diputus menurut aturan: {rule}. Dengan itu ditentukan"
        f" urutan {names}."
    )


def _objections(area: ElectionArea) -> tuple[str, ...]:
    """Those about this vote, and in the second stage those about the whole election."""
    found = area.election.objections.order_by("raised_on", "pk")
    own = [
        row
        for row in found
        if row.area_id == area.pk
        or (row.area_id is None and area.stage == ElectionArea.Stage.BOARD)
    ]
    return tuple(
        no_break(
            f"{row.name}, {format_date(row.raised_on)}: {row.text.rstrip('.')}."
            + (f" Jawaban panitia: {row.answer}" if row.answer else "")
        )
        for row in own
    )
