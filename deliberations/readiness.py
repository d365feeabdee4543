"""What still stands between a draft and its ratification; one list, read by all."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from common.words import format_date, format_time
from deliberations.agendas import MEMBER_KINDS
from deliberations.calls import postponement_fault, second_call_fault
from deliberations.circular import (
    circular_allowed,
    not_allowed,
    waiting_circulars,
)
from deliberations.models import (
    AgendaItem,
    Attendance,
    Decision,
    DecisionBasis,
    Meeting,
    RuleVersion,
)
from deliberations.models.decision import taken_up
from deliberations.presence import Room


@dataclass(frozen=True)
class Gap:
    """One thing to mend: what is the case, and on which page (`where`, `item_pk`)."""

    code: str
    says: str
    where: str
    item_pk: int | None = None


def gaps_of(meeting: Meeting, room: Room, *, now: datetime.datetime) -> list[Gap]:
    """Everything that forbids sending and ratifying this draft, in reading order.

    `now` is any moment with a zone; the meeting begins on the clock of its board.
    """
    return [
        *_fact_gaps(meeting, now),
        *_call_gaps(meeting, room),
        *_people_gaps(meeting, room),
        *_item_gaps(room),
        *_decision_gaps(meeting, room),
        *_circular_gaps(meeting, room),
        *_correction_gaps(meeting),
    ]


def _fact_gaps(meeting: Meeting, now: datetime.datetime) -> Iterator[Gap]:
    local = meeting.board.local(now)
    if meeting.held_on > local.date():
        yield Gap(
            "meeting.in_future",
            f"Rapat baru diadakan {format_date(meeting.held_on)}. Notulen dapat"
            " diajukan sesudah rapat.",
            "facts",
        )
    elif meeting.held_on == local.date() and meeting.starts_at > local.time():
        yield Gap(
            "meeting.in_future",
            f"Rapat baru mulai hari ini pukul"
            f" {format_time(meeting.starts_at, meeting.board.time_zone)}. Notulen"
            " dapat diajukan sesudah rapat. Bila rapat dibuka lebih awal, ubah jam"
            " mulainya.",
            "facts",
        )
    if meeting.ends_at is None:
        yield Gap("meeting.no_end", "Jam selesai rapat belum diisi.", "facts")
    elif meeting.ends_at <= meeting.starts_at:
        yield Gap(
            "meeting.ends_before_start",
            f"Rapat selesai pukul {meeting.ends_at:%H.%M}, tidak sesudah mulai pukul"
            f" {meeting.starts_at:%H.%M}.",
            "facts",
        )


def _call_gaps(meeting: Meeting, room: Room) -> Iterator[Gap]:
    """A second call and a postponement must still fit the list."""
    at = meeting.second_call_at
    if at and (fault := second_call_fault(room, at)):
        yield Gap("meeting.second_call", fault, "meeting")
    if fault := postponement_fault(room):
        yield Gap("meeting.postponed_with_quorum", fault, "meeting")


def _people_gaps(meeting: Meeting, room: Room) -> Iterator[Gap]:
    here = {row.person_id for row in room.attendances if _came(row)}
    # Nobody comes anywhere for a circular: its officers send it and gather answers.
    if meeting.kind == Meeting.Kind.SIRKULER:
        here |= {meeting.chair_id, meeting.note_taker_id}
    for word, person_id in (
        ("Pemimpin rapat", meeting.chair_id),
        ("Notulis", meeting.note_taker_id),
    ):
        if person_id is None:
            yield Gap("meeting.no_officer", f"{word} belum dipilih.", "facts")
        elif person_id not in here:
            yield Gap(
                "meeting.officer_absent",
                f"{word} belum tercatat hadir.",
                "attendance",
            )
    if not room.entitled:
        yield Gap(
            "meeting.nobody_entitled",
            "Belum ada orang yang berhak suara di daftar hadir.",
            "attendance",
        )


def _came(row: Attendance) -> bool:
    return row.status == Attendance.Status.PRESENT


def _item_gaps(room: Room) -> Iterator[Gap]:
    if not room.items:
        yield Gap("meeting.no_agenda", "Agenda masih kosong.", "agenda")
    for item in room.items:
        if item.state == AgendaItem.State.OPEN:
            yield Gap(
                "item.open",
                f"Butir {item} belum dibahas. Pilih Selesai dibahas atau Ditunda.",
                "item",
                item.pk,
            )


def _decision_gaps(meeting: Meeting, room: Room) -> Iterator[Gap]:
    items = {item.pk: item for item in room.items}
    decisions = list(meeting.decisions.all())
    for item_pk in dict.fromkeys(decision.item_id for decision in decisions):
        yield from _quorum_gap(room, items[item_pk])
    for decision in decisions:
        yield from _vote_gap(room, items[decision.item_id], decision)
    # A change that was voted down changes nothing, so it can come second to none.
    changes = [row for row in decisions if row.amends_id and row.is_carried]
    yield from _amendment_gaps(items, changes)
    yield from _basis_gaps(meeting, items, decisions)
    if not decisions and not _held_somewhere(room):
        yield Gap(
            "meeting.no_quorum",
            "Kuorum tidak tercapai di butir mana pun. Tunda rapat di halaman rapat,"
            " atau tandai semua butir Ditunda.",
            "meeting",
        )


def _held_somewhere(room: Room) -> bool:
    discussed = [item for item in room.items if item.state != AgendaItem.State.DEFERRED]
    return not discussed or any(room.quorum(item).held for item in discussed)


def _quorum_gap(room: Room, item: AgendaItem) -> Iterator[Gap]:
    quorum = room.quorum(item)
    if item.state == AgendaItem.State.DEFERRED:
        yield Gap(
            "item.deferred_with_decision",
            f"Butir {item} ditunda tetapi berisi keputusan. Hapus keputusannya, atau"
            " pilih Selesai dibahas.",
            "item",
            item.pk,
        )
    elif not quorum.held:
        yield Gap(
            "item.no_quorum",
            f"Butir {item}: {quorum.counted} dari {quorum.entitled} dihitung, perlu"
            f" {quorum.required}. Tanpa kuorum butir ini tidak dapat diputuskan; tunda"
            " butirnya atau lengkapi kehadiran.",
            "item",
            item.pk,
        )


def _vote_gap(room: Room, item: AgendaItem, decision: Decision) -> Iterator[Gap]:
    if decision.votes is None:
        return
    counted = room.quorum(item).counted
    if decision.votes != counted:
        yield Gap(
            "decision.votes",
            f"Butir {item}: jumlah suara {decision.votes}, yang dihitung hadir"
            f" {counted}. Samakan keduanya.",
            "item",
            item.pk,
        )


def _amendment_gaps(
    items: dict[int, AgendaItem], decisions: list[Decision]
) -> Iterator[Gap]:
    """A decision is changed once: another meeting, or this one, may have been first."""
    if not decisions:
        return
    changed = {row.amends_id: row for row in decisions}
    later = Decision.objects.changing().filter(amends__in=changed)
    taken = {row.amends_id: row.number_text for row in later}
    listed = Decision.objects.with_force().filter(pk__in=changed)
    dropped = set(listed.filter(is_dropped=True).values_list("pk", flat=True))
    for decision in decisions:
        item, old = items[decision.item_id], decision.amends
        by = taken.get(old.pk, "")
        if not by and changed[old.pk] is not decision:
            by = f"keputusan lain di rapat ini, “{changed[old.pk].title}”"
        if by:
            yield Gap(
                "decision.amended_before",
                f"Butir {item}: {old.number_text} sudah diubah oleh {by}."
                " Ubah keputusan itu, atau hapus yang ini.",
                "item",
                item.pk,
            )
        if old.pk in dropped:
            yield Gap(
                "decision.amends_dropped",
                f"Butir {item}: {old.number_text} gugur, tidak dikukuhkan rapat. Tidak"
                " ada yang diubah; putuskan sebagai keputusan baru.",
                "item",
                item.pk,
            )


def _circular_gaps(meeting: Meeting, room: Room) -> Iterator[Gap]:
    """The next meeting of the members says yes or no to each circular decision."""
    listed = {item.confirms_id: item for item in room.items if item.confirms_id}
    yield from _spoken_gaps(meeting, listed)
    is_circular = meeting.kind == Meeting.Kind.SIRKULER
    if is_circular and not circular_allowed(meeting.board, on=meeting.held_on):
        says = not_allowed(meeting.board, on=meeting.held_on)
        yield Gap("circular.not_allowed", says, "facts")
    if meeting.kind not in MEMBER_KINDS or is_circular:
        return
    waiting = waiting_circulars(meeting.board).filter(held_on__lte=meeting.held_on)
    for decision in waiting:
        if decision.pk not in listed:
            yield Gap(
                "circular.unconfirmed",
                f"Keputusan sirkuler {decision.number_text} menunggu pengukuhan."
                " Masukkan ke agenda.",
                "agenda",
            )
    decided = set(meeting.decisions.values_list("item", flat=True)) if listed else ()
    for item in listed.values():
        if item.state == AgendaItem.State.DISCUSSED and item.pk not in decided:
            yield Gap(
                "circular.undecided",
                f"Butir {item}: tulis keputusan rapat tentang keputusan sirkuler ini,"
                " atau pilih Ditunda.",
                "item",
                item.pk,
            )


def _spoken_gaps(meeting: Meeting, listed: dict[int, AgendaItem]) -> Iterator[Gap]:
    """Once, by a meeting of the members, and not before the circular was there."""
    members = MEMBER_KINDS - {Meeting.Kind.SIRKULER}
    for decision in Decision.objects.filter(pk__in=listed):
        item = listed[decision.pk]
        if item.state == AgendaItem.State.DEFERRED:
            continue
        before = taken_up(decision).exclude(meeting=meeting).select_related("meeting")
        if spoken := before.first():
            yield Gap(
                "circular.taken_up",
                f"Butir {item}: rapat {format_date(spoken.meeting.held_on)} sudah"
                " memutuskan keputusan sirkuler ini. Pilih Ditunda, atau hapus"
                " butirnya.",
                "item",
                item.pk,
            )
        if meeting.kind not in members or meeting.held_on < decision.held_on:
            yield Gap(
                "circular.not_here",
                f"Butir {item}: keputusan sirkuler dikukuhkan rapat anggota, tidak"
                f" sebelum {format_date(decision.held_on)}. Pilih Ditunda, atau hapus"
                " butirnya.",
                "item",
                item.pk,
            )


def _correction_gaps(meeting: Meeting) -> Iterator[Gap]:
    """Whoever asked to mend a part gets an answer before anything is frozen."""
    waiting = meeting.corrections.unanswered().count() if meeting.round else 0
    if waiting:
        yield Gap(
            "correction.unanswered",
            f"{waiting} permintaan koreksi belum dijawab.",
            "corrections",
        )


def _basis_gaps(
    meeting: Meeting, items: dict[int, AgendaItem], decisions: list[Decision]
) -> Iterator[Gap]:
    """The day moved, or a rule got its last day: the article held then no more."""
    if not decisions:
        return
    held = RuleVersion.objects.filter(board=meeting.board).in_force(meeting.held_on)
    bases = DecisionBasis.objects.filter(decision__in=decisions)
    for basis in bases.exclude(article__version__in=held).select_related("decision"):
        item = items[basis.decision.item_id]
        yield Gap(
            "decision.basis",
            f"Butir {item}: {basis.says} tidak berlaku pada hari rapat. Ganti atau"
            " kosongkan dasarnya.",
            "item",
            item.pk,
        )
