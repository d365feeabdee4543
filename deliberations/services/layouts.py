"""How a kind of meeting is laid out at a board: its own layout, or the usual one."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from boards.audit import record
from boards.forms import EditConflict
from boards.models import Board, User
from boards.tenants import lock_board
from common.errors import RuleViolation
from common.text import lines_of
from common.words import inside_sentence
from deliberations.agendas import MEMBER_KINDS, PAPERS, UNIT_KINDS, USUAL_AGENDA
from deliberations.models import AgendaItem, Meeting, MeetingTemplate, TemplateGuest

MOST_ITEMS, MOST_COPIES, LONGEST_COPY = 40, 12, 120


@dataclass(frozen=True)
class StandingGuest:
    """Somebody invited to every meeting of a kind; a name may be that of a post."""

    name: str
    sex: str = ""
    element: str = ""
    is_entitled: bool = False


@dataclass(frozen=True)
class Layout:
    """What a new meeting of a kind begins with."""

    agenda: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    place: str = ""
    starts_at: datetime.time | None = None
    invites_members: bool = True
    invites_units: bool = False
    papers: tuple[str, ...] = tuple(PAPERS)
    guests: tuple[StandingGuest, ...] = ()


def usual_layout(kind: str) -> Layout:
    """The layout of a kind until the board makes its own."""
    return Layout(agenda=USUAL_AGENDA[kind], invites_units=kind in UNIT_KINDS)


def own_layout(board: Board, kind: str) -> MeetingTemplate | None:
    """The board's own layout of a kind, if it made one."""
    return MeetingTemplate.objects.filter(board=board, kind=kind).first()


def layout_of(board: Board, kind: str) -> Layout:
    """What a meeting of this kind begins with at this board."""
    row = own_layout(board, kind)
    return as_layout(row) if row else usual_layout(kind)


def as_layout(row: MeetingTemplate) -> Layout:
    """A stored layout read as values."""
    return Layout(
        agenda=lines_of(row.agenda),
        copies=lines_of(row.copies),
        place=row.place,
        starts_at=row.starts_at,
        invites_members=row.invites_members,
        invites_units=row.invites_units,
        papers=tuple(row.papers),
        guests=tuple(
            StandingGuest(guest.name, guest.sex, guest.element, guest.is_entitled)
            for guest in row.guests_listed.all()
        ),
    )


@transaction.atomic
def save_layout(
    board: Board, kind: str, *, layout: Layout, seen_revision: int, by: User
) -> MeetingTemplate:
    """Keep the board's own layout of a kind; meetings already prepared do not change.

    Raises EditConflict when somebody saved it after `seen_revision` (0 for the usual
    one), RuleViolation `layout.agenda`, `layout.copies` or `layout.no_vote`,
    ValidationError from a row that does not hold.
    """
    lock_board(board)
    row = own_layout(board, kind) or MeetingTemplate(board=board, kind=kind)
    if row.revision != seen_revision:
        raise EditConflict(row)
    _check(kind, layout)
    row.agenda, row.copies = "\n".join(layout.agenda), "\n".join(layout.copies)
    row.place, row.starts_at = layout.place, layout.starts_at
    row.invites_members = layout.invites_members
    row.invites_units = layout.invites_units
    row.papers = [code for code in PAPERS if code in layout.papers]
    row.revision += 1
    row.full_clean(exclude=["papers"])
    row.save()
    _write_guests(row, layout.guests)
    name = inside_sentence(Meeting.Kind(kind).label)
    record("deliberations.layout_saved", row, by=by, says=f"mengubah susunan {name}")
    return row


@transaction.atomic
def reset_layout(board: Board, kind: str, *, by: User) -> None:
    """Go back to the usual layout of a kind; nothing happens where it is used."""
    row = MeetingTemplate.objects.select_for_update().filter(board=board, kind=kind)
    if own := row.first():
        name = inside_sentence(Meeting.Kind(kind).label)
        says = f"mengembalikan susunan {name} ke baku"
        record("deliberations.layout_reset", own, by=by, says=says)
        own.delete()


def _check(kind: str, layout: Layout) -> None:
    longest = AgendaItem._meta.get_field("title").max_length
    _check_lines("Agenda", layout.agenda, MOST_ITEMS, longest, "layout.agenda")
    _check_lines("Tembusan", layout.copies, MOST_COPIES, LONGEST_COPY, "layout.copies")
    if kind in MEMBER_KINDS and any(guest.is_entitled for guest in layout.guests):
        raise RuleViolation(
            "Di rapat ini hanya anggota yang berhak suara. Hapus hak suara undangan.",
            code="layout.no_vote",
        )


def _check_lines(
    what: str, lines: Sequence[str], most: int, longest: int, code: str
) -> None:
    if len(lines) > most:
        raise RuleViolation(
            f"{what} paling banyak {most} baris, sekarang {len(lines)}.", code=code
        )
    for number, line in enumerate(lines, start=1):
        if len(line) > longest:
            raise RuleViolation(
                f"{what} baris {number} terlalu panjang, paling banyak"
                f" {longest} huruf.",
                code=code,
            )


def _write_guests(row: MeetingTemplate, guests: Sequence[StandingGuest]) -> None:
    row.guests_listed.all().delete()
    rows = [
        TemplateGuest(
            template=row,
            position=position,
            name=guest.name or guest.element,
            sex=guest.sex,
            element=guest.element,
            is_entitled=guest.is_entitled,
        )
        for position, guest in enumerate(guests, start=1)
    ]
    for each in rows:
        each.full_clean(exclude=["template"])
    TemplateGuest.objects.bulk_create(rows)
