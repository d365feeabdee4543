"""Susunan pengurus: the board and its units as they stand on the day of the paper."""

import datetime
from dataclasses import dataclass

from common.errors import RuleViolation
from common.words import format_date, format_date_short, format_decimal, no_break
from members.models import Term
from members.terms import Makeup
from reports.builders.letters import (
    Paper,
    coordinator_signs,
    head_signs,
    home_of,
    letterhead_of,
)
from reports.frame import Signer
from reports.officers import NO_BASIS, Body, Officer, makeup_of, read_officers


@dataclass(frozen=True)
class Row:
    """One person in one post."""

    number: int
    name: str
    sex: str
    post: str
    area: str
    days: str
    basis: str


@dataclass(frozen=True)
class Part:
    """The board or one unit."""

    name: str
    rows: tuple[Row, ...]
    totals: str


@dataclass(frozen=True, kw_only=True)
class OfficerList(Paper):
    """The susunan pengurus of one day."""

    as_of: str
    term: str
    parts: tuple[Part, ...]
    totals: str
    undecided: str
    signer: Signer
    head: Signer | None


def build(term: Term, *, number: str, on: datetime.date) -> OfficerList:
    """Read who is in office on `on`, a day inside the term.

    Raises RuleViolation `paper.outside_term`, `paper.nobody` or
    `paper.no_coordinator`. Source: governance sheet §3.1 and §3.6.
    """
    if not term.starts_on <= on <= term.ends_on:
        raise RuleViolation(
            f"{term} berlaku {format_date(term.starts_on)} sampai"
            f" {format_date(term.ends_on)}. Catat dulu masa bakti yang berjalan.",
            code="paper.outside_term",
        )
    board, officers = term.board, read_officers(term.board, on=on)
    if not officers.leaders.officers:
        raise RuleViolation(
            "Belum ada anggota pimpinan kolektif pada tanggal ini.", code="paper.nobody"
        )
    parts = (officers.leaders, *officers.units)
    return OfficerList(
        letterhead=letterhead_of(board),
        title=f"Susunan pengurus {board} per {format_date(on)}",
        public_title=f"Susunan pengurus per {format_date(on)}",
        place=home_of(board),
        dated_on=on,
        number=number,
        as_of=format_date(on, unbroken=True),
        term=_term_words(term),
        parts=tuple(_part(body) for body in parts),
        totals=_all(makeup_of(officers.everybody)),
        undecided=_undecided(officers.undecided),
        signer=coordinator_signs(board, on, above=f"{home_of(board)}, {_day(on)}"),
        head=head_signs(board),
    )


def _day(on: datetime.date) -> str:
    return format_date(on, unbroken=True)


def _term_words(term: Term) -> str:
    days = f"{_day(term.starts_on)} sampai dengan {_day(term.ends_on)}"
    return no_break(f"{days}, {term.decree}" if term.decree else days)


def _part(body: Body) -> Part:
    return Part(
        name=body.name,
        rows=tuple(_row(at, row) for at, row in enumerate(body.officers, start=1)),
        totals=_sexes("Jumlah", body.makeup),
    )


def _row(at: int, officer: Officer) -> Row:
    person = officer.person
    both = person.rt and person.rw
    until = format_date_short(officer.until) if officer.until else "sekarang"
    return Row(
        number=at,
        name=no_break(person.full_name),
        sex=person.sex,
        post=officer.post,
        area=f"{person.rt}/{person.rw}" if both else "–",
        days=f"{format_date_short(officer.since)} – {until}",
        basis=_basis(officer),
    )


def _basis(officer: Officer) -> str:
    if officer.decision:
        return f"Keputusan {officer.basis}"
    if officer.basis:
        return officer.basis
    return NO_BASIS if officer.appointment else "–"


def _sexes(word: str, makeup: Makeup) -> str:
    return no_break(
        f"{word}: {makeup.total} orang, laki-laki {makeup.men}, perempuan"
        f" {makeup.women}"
    )


def _all(makeup: Makeup) -> str:
    share = no_break(f"{format_decimal(makeup.women_percent)} persen")
    return f"{_sexes('Seluruhnya', makeup)} ({share})"


def _undecided(count: int) -> str:
    if not count:
        return ""
    return no_break(
        f"{count} petugas tercatat tanpa keputusan rapat anggota yang terhubung."
    )
