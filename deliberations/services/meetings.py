"""Preparing a meeting: its facts, its agenda, and who is invited."""

import datetime

from django.db import transaction
from django.db.models import F, Max

from boards.audit import record
from boards.forms import EditConflict
from boards.indexing import drop_entries
from boards.models import Board, User
from boards.parameters import setting_of
from boards.row_uses import reason_to_keep
from common.errors import RuleViolation
from common.words import format_date
from deliberations.agendas import MEMBER_KINDS, USUAL_AGENDA
from deliberations.models import AgendaItem, Attendance, Meeting, MeetingWriter
from deliberations.presence import members_count
from deliberations.search import MEETING, index_meeting
from members.models import Mandate, Person

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
    purpose: str = "",
    chair: Person | None = None,
    note_taker: Person | None = None,
) -> Meeting:
    """Open a draft meeting with the usual agenda and the members of that day.

    Invites everyone with a mandate on `held_on`, entitled to decide; delegates are
    added by hand. Raises ValidationError, RuleViolation `circular.not_allowed`.
    """
    refuse_circular(board, kind=kind, on=held_on)
    meeting = Meeting(
        board=board,
        kind=kind,
        title=title or Meeting.Kind(kind).label,
        held_on=held_on,
        starts_at=starts_at,
        place=place,
        purpose=purpose,
        chair=chair,
        note_taker=note_taker,
        created_by=by,
    )
    meeting.full_clean(exclude=["created_by"])
    meeting.save()
    _lay_agenda(meeting)
    invite_mandates(meeting)
    list_officers(meeting)
    index_meeting(meeting)
    _record("meeting_created", meeting, by, "menyiapkan")
    return meeting


def _lay_agenda(meeting: Meeting) -> None:
    """The points that a meeting of its kind usually has."""
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=position, title=words)
        for position, words in enumerate(USUAL_AGENDA[meeting.kind], start=1)
    )


def circular_allowed(board: Board, *, on: datetime.date) -> bool:
    """Whether the board's rule lets members decide without a meeting on that day."""
    return bool(setting_of(board, "circular_allowed", on=on).value)


def refuse_circular(board: Board, *, kind: str, on: datetime.date) -> None:
    """Raise RuleViolation `circular.not_allowed` where the rule does not allow it."""
    if kind == Meeting.Kind.SIRKULER and not circular_allowed(board, on=on):
        raise RuleViolation(
            f"Aturan {board.name} pada {format_date(on)} tidak membolehkan keputusan"
            " sirkuler. Tetapkan dulu aturannya beserta pasalnya.",
            code="circular.not_allowed",
        )


def invite_mandates(meeting: Meeting) -> None:
    """Put the members of the meeting's day on the list, with a vote where they count.

    Who is no member that day goes, or stays without a vote after coming or excusing.
    """
    mandates = list(
        Mandate.objects.filter(board=meeting.board).held_on(meeting.held_on)
    )
    votes = members_count(meeting)
    holders = {mandate.person_id: mandate for mandate in mandates}
    seats = meeting.attendances.exclude(person=None)
    outside = seats.exclude(person__in=holders).filter(is_entitled=True)
    outside.filter(status=Attendance.Status.INVITED).delete()
    outside.update(is_entitled=False)
    listed = {row.person_id: row for row in seats}
    missing = []
    for position, mandate in enumerate(mandates, start=1):
        office = mandate.get_position_display()
        vote = {"office": office, "is_entitled": votes, "position": position}
        row = listed.get(mandate.person_id)
        if row is None:
            missing.append(_seat_of(mandate.person, meeting, **vote))
        elif row.is_entitled != votes:
            seats.filter(pk=row.pk).update(**vote)
    Attendance.objects.bulk_create(missing)


def list_officers(meeting: Meeting) -> None:
    """Put a chair or note-taker who holds no mandate on the list, without a vote.

    The secretary takes the notes and is no member of the board.
    """
    listed = set(meeting.attendances.values_list("person_id", flat=True))
    for person, office in (
        (meeting.chair, "Pemimpin rapat"),
        (meeting.note_taker, "Notulis"),
    ):
        if person and person.pk not in listed:
            _seat_of(person, meeting, office=office, position=_ASIDE).save()


def _seat_of(person: Person, meeting: Meeting, **facts) -> Attendance:
    """A line of the list with the person's name and address of today, not saved."""
    return Attendance(
        meeting=meeting,
        person=person,
        name=person.full_name,
        sex=person.sex,
        rt=person.rt,
        rw=person.rw,
        **facts,
    )


@transaction.atomic
def edit_meeting(
    meeting: Meeting, *, seen_revision: int, by: User, **changes
) -> Meeting:
    """Change the facts of a draft meeting; a new day brings that day's members.

    Raises EditConflict when somebody saved it after `seen_revision`, RuleViolation
    `meeting.closed` when it is no draft, `circular.not_allowed`, `guest.no_vote`
    when the new kind is one of the members and a guest has a vote.
    """
    current = lock_open(meeting)
    if current.revision != seen_revision:
        raise EditConflict(current)
    before = current.held_on, current.kind
    for name, value in changes.items():
        setattr(current, name, value)
    current.revision += 1
    refuse_circular(current.board, kind=current.kind, on=current.held_on)
    current.full_clean(exclude=["created_by"])
    _refuse_voting_guests(current)
    current.save()
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
