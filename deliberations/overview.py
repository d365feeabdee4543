"""How far a meeting is: its parts as a task list, and the seats as a sentence."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from deliberations.models import AgendaItem, Attendance, Meeting
from deliberations.presence import Room
from deliberations.quorum import Quorum
from deliberations.readiness import Gap, gaps_of
from members.models import Sex


@dataclass(frozen=True)
class Part:
    """One part of the work on a meeting, as `components/task_list.html` reads it."""

    title: str
    url: str
    note: str
    kind: str
    word: str


def url_of(name: str, meeting: Meeting, **more: int) -> str:
    """Address of a page of this meeting."""
    kwargs = {"board_slug": meeting.board.slug, "pk": meeting.pk, **more}
    return reverse(f"deliberations:{name}", kwargs=kwargs)


def gap_url(meeting: Meeting, gap: Gap) -> str:
    """Where a gap is mended."""
    if gap.where == "item":
        return url_of("item_page", meeting, item_pk=gap.item_pk)
    names = {
        "facts": "meeting_edit",
        "attendance": "attendance_page",
        "agenda": "agenda_page",
        "meeting": "meeting_page",
        "corrections": "meeting_check",
    }
    anchor = "#koreksi" if gap.where == "corrections" else ""
    return url_of(names[gap.where], meeting) + anchor


def parts_of(meeting: Meeting, room: Room, *, now: datetime.datetime) -> list[Part]:
    """Facts, agenda, attendance, every item, and the check, each with its state."""
    gaps = gaps_of(meeting, room, now=now)
    places = {gap.where for gap in gaps}
    faulty = {gap.item_pk: gap for gap in gaps if gap.item_pk}
    came = len(room.present_members)
    parts = [
        _part(
            "Keterangan rapat",
            url_of("meeting_edit", meeting),
            next((gap.says for gap in gaps if gap.where == "facts"), ""),
            complete="facts" not in places,
        ),
        _part(
            "Agenda",
            url_of("agenda_page", meeting),
            f"{len(room.items)} butir",
            complete="agenda" not in places,
        ),
        _part(
            "Kehadiran",
            url_of("attendance_page", meeting),
            f"{came} dari {len(room.entitled)} {room.rule.entitled_word} hadir",
            complete="attendance" not in places and came > 0,
        ),
    ]
    return parts + [
        _item_part(meeting, item, faulty.get(item.pk)) for item in room.items
    ]


def _part(title: str, url: str, note: str, *, complete: bool) -> Part:
    kind, word = ("ok", "Lengkap") if complete else ("draft", "Belum lengkap")
    return Part(title, url, note, kind, word)


def _item_part(meeting: Meeting, item: AgendaItem, gap: Gap | None) -> Part:
    url = url_of("item_page", meeting, item_pk=item.pk)
    if item.state == AgendaItem.State.DEFERRED and gap is None:
        return Part(f"Butir {item}", url, "", "", "Ditunda")
    if item.state == AgendaItem.State.DISCUSSED and gap is None:
        noted = f"dicatat {item.noted_by}" if item.noted_by else ""
        return Part(f"Butir {item}", url, noted, "ok", "Selesai")
    if item.state == AgendaItem.State.OPEN:
        return Part(f"Butir {item}", url, "", "draft", "Belum dibahas")
    return Part(
        f"Butir {item}", url, gap.says if gap else "", "warn", "Perlu dilengkapi"
    )


def quorum_sentence(room: Room, quorum: Quorum) -> str:
    """Quorum in one sentence: "8 dari 13 anggota dihitung, perlu 7. …"."""
    verdict = "Kuorum tercapai." if quorum.held else "Kuorum belum tercapai."
    aside = (
        f" {quorum.recused} berkepentingan, tidak dihitung." if quorum.recused else ""
    )
    return (
        f"{quorum.counted} dari {quorum.entitled} {room.rule.entitled_word} dihitung,"
        f" perlu {quorum.required}. {verdict}{aside}"
    )


def rule_sentence(room: Room) -> str:
    """The rule and where it stands: "Lebih dari separuh anggota, ART pasal 14"."""
    words = room.rule.words
    base = f"{words[0].upper()}{words[1:]} {room.rule.entitled_word}"
    if room.rule.is_default:
        return f"{base}. Aturan belum dicatat, ini anggapan."
    return f"{base}, {room.rule.article}." if room.rule.article else f"{base}."


@dataclass(frozen=True)
class ElementCount:
    """How many of one element came, men and women; `unknown` have no letter."""

    element: str
    men: int
    women: int
    unknown: int

    @property
    def total(self) -> int:
        """Everybody of this element who came."""
        return self.men + self.women + self.unknown


def element_counts(rows: Iterable[Attendance]) -> list[ElementCount]:
    """Those who came, by element, in the order of the list; the last is the sum."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.status == Attendance.Status.PRESENT:
            found.setdefault(row.counted_as, []).append(row.sex)
    lines = [_element_count(name, sexes) for name, sexes in found.items()]
    everybody = [sex for sexes in found.values() for sex in sexes]
    return [*lines, _element_count("Jumlah", everybody)] if lines else []


def _element_count(element: str, sexes: list[str]) -> ElementCount:
    men, women = sexes.count(Sex.MALE), sexes.count(Sex.FEMALE)
    return ElementCount(element, men, women, len(sexes) - men - women)


def attendance_line(room: Room) -> str:
    """ "9 hadir · 3 belum · 1 izin · 2 terlambat" over everybody on the list."""
    counts = {
        "hadir": Attendance.Status.PRESENT,
        "belum": Attendance.Status.INVITED,
        "izin": Attendance.Status.EXCUSED,
        "tidak hadir": Attendance.Status.ABSENT,
    }
    found = {
        word: sum(row.status == status for row in room.attendances)
        for word, status in counts.items()
    }
    start = room.meeting.starts_at
    came = [row for row in room.attendances if row.arrives_at]
    found["terlambat"] = sum(row.arrives_at > start for row in came)
    found["pulang lebih awal"] = sum(
        row.leaves_at is not None and row.leaves_at != room.meeting.ends_at
        for row in came
    )
    return " · ".join(f"{number} {word}" for word, number in found.items() if number)
