"""Preparing a meeting: its facts, its agenda, and who is invited."""

import datetime

from django.db import transaction
from django.db.models import F, Max

from boards.audit import record
from boards.forms import EditConflict
from boards.indexing import drop_entries
from boards.models import Board, User
from boards.row_uses import reason_to_keep
from common.errors import RuleViolation
from common.words import format_date
from deliberations.agendas import MEMBER_KINDS
from deliberations.circular import circular_allowed, not_allowed
from deliberations.models import AgendaItem, Meeting, MeetingWriter
from deliberations.search import MEETING, index_meeting
from deliberations.services.invitations import (
    invite_layout,
    invite_mandates,
    list_officers,
)
from deliberations.services.layouts import layout_of

# Items are first moved out of the way: a position is unique within its meeting.
_ASIDE = 1000


def lock_open(meeting: Meeting) -> Meeting:
    """Lock the meeting for writing.

    Raises RuleViolation `meeting.closed` once it is sent or ratified.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state == Meeting.State.RATIFIED:
        raise RuleViolation(
            "Notulen ini sudah disahkan. Perbaikan lewat keputusan perubahan.",
            code="meeting.closed",
        )
    if meeting.state == Meeting.State.SENT:
        raise RuleViolation(
            "Notulen ini sedang menunggu pengesahan. Minta koordinator"
            " mengembalikannya bila perlu diubah.",
            code="meeting.closed",
        )
    return meeting


def lock_running(meeting: Meeting) -> Meeting:
    """Lock a meeting that is held, for its agenda and minutes.

    Raises RuleViolation `meeting.closed`, and `meeting.postponed` once it is put off.
    """
    meeting = lock_open(meeting)
    if meeting.postponed_until:
        raise RuleViolation(
            f"Rapat ini ditunda ke {format_date(meeting.postponed_until)}. Batalkan"
            " penundaannya dulu bila rapat jadi diadakan.",
            code="meeting.postponed",
        )
    return meeting


def lock_sent(meeting: Meeting) -> Meeting:
    """Lock minutes that wait for ratification.

    Raises RuleViolation `meeting.ratified` or `meeting.not_sent`.
    """
    current = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("board", "chair", "note_taker")
        .get(pk=meeting.pk)
    )
    if current.state == Meeting.State.RATIFIED:
        raise RuleViolation(
            f"Notulen ini sudah disahkan dengan nomor {current.number_text}.",
            code="meeting.ratified",
        )
    if current.state != Meeting.State.SENT:
        raise RuleViolation(
            "Notulen ini belum diajukan sekretaris.", code="meeting.not_sent"
        )
    return current


def note_writer(meeting: Meeting, by: User) -> None:
    """Remember that `by` wrote these minutes: somebody else will ratify them."""
    MeetingWriter.objects.get_or_create(meeting=meeting, user=by)


def name_of(meeting: Meeting) -> str:
    """The meeting as the log names it: "Rapat rutin anggota 21 November 2026"."""
    return f"{meeting.title} {format_date(meeting.held_on)}"


@transaction.atomic
def create_meeting(
    board: Board,
    *,
    kind: str,
    title: str,
    held_on: datetime.date,
    starts_at: datetime.time,
    place: str,
    by: User,
    copies: str | None = None,
    **more,
) -> Meeting:
    """Open a draft meeting as the board lays out this kind: agenda, people, copies.

    `more` may hold `purpose`, `chair`, `note_taker`, `series` and `series_day`.
    Delegates are added by hand. Raises ValidationError, RuleViolation
    `circular.not_allowed`.
    """
    layout = layout_of(board, kind)
    meeting = open_draft(
        board,
        kind=kind,
        title=title,
        held_on=held_on,
        starts_at=starts_at,
        place=place,
        copies="\n".join(layout.copies) if copies is None else copies,
        by=by,
        **more,
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=position, title=words)
        for position, words in enumerate(layout.agenda, start=1)
    )
    invite_layout(meeting, layout)
    return meeting


def open_draft(
    board: Board,
    *,
    kind: str,
    title: str,
    held_on: datetime.date,
    by: User,
    **facts,
) -> Meeting:
    """A draft without agenda, with the members of its day and who leads it.

    Invites everyone with a mandate on `held_on`, entitled where members count. Raises
    ValidationError, RuleViolation `circular.not_allowed`.
    """
    refuse_circular(board, kind=kind, on=held_on)
    meeting = Meeting(
        board=board,
        kind=kind,
        title=title or Meeting.Kind(kind).label,
        held_on=held_on,
        created_by=by,
        **facts,
    )
    meeting.full_clean(exclude=["created_by"])
    meeting.save()
    invite_mandates(meeting)
    list_officers(meeting)
    index_meeting(meeting)
    _record("meeting_created", meeting, by, "menyiapkan")
    return meeting


def refuse_circular(board: Board, *, kind: str, on: datetime.date) -> None:
    """Raise RuleViolation `circular.not_allowed` where the rule does not allow it."""
    if kind == Meeting.Kind.SIRKULER and not circular_allowed(board, on=on):
        raise RuleViolation(not_allowed(board, on=on), code="circular.not_allowed")


@transaction.atomic
def edit_meeting(
    meeting: Meeting, *, seen_revision: int, by: User, **changes
) -> Meeting:
    """Change the facts of a draft meeting; a new day brings that day's members.

    Opened earlier than called: who came at the beginning came at the new one.

    Raises EditConflict when somebody saved it after `seen_revision`, RuleViolation
    `meeting.closed` when it is no draft, `circular.not_allowed`, `guest.no_vote`
    when the new kind is one of the members and a guest has a vote.
    """
    current = lock_open(meeting)
    if current.revision != seen_revision:
        raise EditConflict(current)
    before, start = (current.held_on, current.kind), current.starts_at
    for name, value in changes.items():
        setattr(current, name, value)
    current.revision += 1
    refuse_circular(current.board, kind=current.kind, on=current.held_on)
    current.full_clean(exclude=["created_by"])
    _refuse_voting_guests(current)
    current.save()
    if current.starts_at < start:
        from_start = current.attendances.filter(arrives_at=start)
        from_start.update(arrives_at=current.starts_at)
    if before != (current.held_on, current.kind):
        invite_mandates(current)
    list_officers(current)
    index_meeting(current)
    _record("meeting_changed", current, by, "mengubah keterangan")
    return current


def _refuse_voting_guests(meeting: Meeting) -> None:
    guests = meeting.attendances.filter(person=None, is_entitled=True)
    if meeting.kind in MEMBER_KINDS and (guest := guests.first()):
        raise RuleViolation(
            f"{guest.name} diundang dengan hak suara, padahal di"
            f" {meeting.get_kind_display().lower()} hanya anggota yang memutuskan."
            " Hapus dari daftar hadir dulu.",
            code="guest.no_vote",
        )


@transaction.atomic
def delete_meeting(meeting: Meeting, *, by: User) -> None:
    """Throw away a draft that was never sent, with all it holds.

    Raises RuleViolation `meeting.was_sent`, and `meeting.in_use` while a paper about
    it is in force, or while another meeting continues it.
    """
    current = lock_open(meeting)
    if current.returned_note:
        raise RuleViolation(
            "Notulen ini pernah diajukan, jadi tidak dapat dihapus. Perbaiki lalu"
            " ajukan lagi.",
            code="meeting.was_sent",
        )
    if next_one := Meeting.objects.filter(resumes=current).first():
        raise RuleViolation(
            f"Rapat ini dilanjutkan {format_date(next_one.held_on)}, jadi tidak dapat"
            " dihapus. Hapus dulu draf rapat lanjutannya.",
            code="meeting.in_use",
        )
    if reason := reason_to_keep(current):
        raise RuleViolation(reason, code="meeting.in_use")
    if letter := current.letters.first():
        raise RuleViolation(
            f"Surat masuk {letter.number_text} dicatat dibahas di rapat ini. Ubah dulu"
            " catatan surat itu.",
            code="meeting.in_use",
        )
    _record("meeting_deleted", current, by, "menghapus draf")
    drop_entries(MEETING, [current.pk])
    current.delete()


@transaction.atomic
def add_agenda_item(meeting: Meeting, *, title: str, by: User) -> AgendaItem:
    """Put a new point at the end of the agenda."""
    current = lock_running(meeting)
    last = current.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem(meeting=current, position=last + 1, title=title)
    item.full_clean()
    item.save()
    _record_agenda(current, by, f"menambah butir {item}")
    return item


@transaction.atomic
def rename_agenda_item(item: AgendaItem, *, title: str, by: User) -> AgendaItem:
    """Give a point another title."""
    current = lock_running(item.meeting)
    item.title = title
    item.full_clean()
    item.save(update_fields=["title"])
    _record_agenda(current, by, f"mengganti nama butir menjadi {item}")
    return item


@transaction.atomic
def place_agenda_item(item: AgendaItem, *, position: int, by: User) -> AgendaItem:
    """Move a point to `position`, counted from 1; the others close up."""
    current = lock_running(item.meeting)
    position = move_to(item, position)
    _record_agenda(current, by, f"memindahkan butir {item.title} ke urutan {position}")
    return item


def move_to(item: AgendaItem, position: int) -> int:
    """Put an item of a locked meeting at `position`, or at the nearest there is."""
    items = list(item.meeting.items.exclude(pk=item.pk))
    position = max(1, min(position, len(items) + 1))
    items.insert(position - 1, item)
    _renumber(item.meeting, items)
    item.position = position
    return position


@transaction.atomic
def remove_agenda_item(item: AgendaItem, *, by: User) -> None:
    """Take a point off the agenda.

    Raises RuleViolation `agenda.has_minutes` when something was already noted.
    """
    current = lock_running(item.meeting)
    if item.points.exists() or item.decisions.exists():
        raise RuleViolation(
            "Butir ini sudah berisi catatan. Kosongkan dulu, atau pilih Ditunda.",
            code="agenda.has_minutes",
        )
    words = str(item)
    item.delete()
    _renumber(current, list(current.items.all()))
    _record_agenda(current, by, f"menghapus butir {words}")


def _renumber(meeting: Meeting, items: list[AgendaItem]) -> None:
    meeting.items.update(position=F("position") + _ASIDE)
    for position, item in enumerate(items, start=1):
        item.position = position
    AgendaItem.objects.bulk_update(items, ["position"])


def _record_agenda(meeting: Meeting, by: User, says: str) -> None:
    """Note and log who changed the agenda."""
    _record("agenda_changed", meeting, by, f"{says} pada")


def _record(act: str, meeting: Meeting, by: User, says: str) -> None:
    """Note and log who wrote; `says` ends just before the name of the meeting."""
    note_writer(meeting, by)
    record(f"deliberations.{act}", meeting, by=by, says=f"{says} {name_of(meeting)}")
