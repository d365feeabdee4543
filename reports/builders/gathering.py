"""One meeting read once for its papers: people, items, decisions, in printed words."""

import datetime
from dataclasses import dataclass

from boards.models import Board
from common.words import format_clock, format_date, no_break
from deliberations.models import AgendaItem, Attendance, Decision, Meeting
from deliberations.presence import MOST_NAMED, Room, Rule
from deliberations.quorum import required as smallest
from members.models import Person, Sex
from reports.builders.letters import (
    NOBODY,
    day_and_date,
    figure_words,
    home_of,
    inside_a_sentence,
)
from reports.frame import Signer
from reports.models import IssuedReport


@dataclass(frozen=True)
class Somebody:
    """A name and a post, copied as they stood in the meeting."""

    name: str
    office: str = ""

    @property
    def called(self) -> str:
        """Name and post: "Drs. H. Suprapto, Koordinator"."""
        return f"{self.name}, {self.office}" if self.office else self.name


@dataclass(frozen=True)
class SignatureRow:
    """One line of the members' signature table; even numbers stand in the middle."""

    number: int
    name: str
    sex: str
    office: str
    staggered: bool


# Word of a meeting, word of a circular.
_OF_CIRCULAR = (
    ("Hadir", "Menjawab"),
    ("Pimpinan rapat,", "Pengirim edaran,"),
    ("Dipimpin oleh", "Dikirim oleh"),
    ("Rapat dipimpin oleh", "Edaran dikirim oleh"),
    ("Rapat ditutup", "Jawaban ditutup"),
)


class Gathering:
    """Reads a meeting with all that hangs from it; nothing is written."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.board: Board = meeting.board
        self.room = Room(meeting)
        self.items = list(
            meeting.items.select_related("action").prefetch_related(
                "points",
                "recusals__attendance",
                "decisions__dissents",
                "decisions__amends",
                "actions",
            )
        )
        self.decisions = [each for item in self.items for each in item.decisions.all()]

    def person(self, person: Person | None) -> Somebody | None:
        """Somebody of this meeting by the name of the attendance list."""
        if person is None:
            return None
        for row in self.room.attendances:
            if row.person_id == person.pk:
                return Somebody(no_break(row.name), row.office)
        return Somebody(no_break(person.full_name))

    @property
    def chair(self) -> Somebody:
        """Who led the meeting."""
        return self.person(self.meeting.chair) or Somebody(NOBODY)

    @property
    def note_taker(self) -> Somebody:
        """Who wrote the minutes."""
        return self.person(self.meeting.note_taker) or Somebody(NOBODY)

    @property
    def missing(self) -> list[Attendance]:
        """Entitled people who did not come."""
        return [
            row for row in self.room.entitled if row.status != Attendance.Status.PRESENT
        ]

    @property
    def invitation(self) -> IssuedReport | None:
        """The invitation in force, if one was issued."""
        letters = IssuedReport.objects.about(self.meeting).in_force()
        return letters.filter(kind="undangan").first()

    def signers(self) -> tuple[Signer, Signer]:
        """Note-taker left, chair right, place and date above the right one."""
        chair, note_taker = self.chair, self.note_taker
        post = chair.office
        if post == "Koordinator":
            post = f"{post} {self.board}"
        above = (
            f"{home_of(self.board)}, {format_date(self.meeting.held_on, unbroken=True)}"
        )
        return (
            Signer("Notulis,", note_taker.name, "", _lines(note_taker.office)),
            Signer(self.words["Pimpinan rapat,"], chair.name, above, _lines(post)),
        )

    def count(self, item: AgendaItem) -> tuple[int, int, int, bool]:
        """Counted, entitled, required and whether quorum held: as ratified, or now."""
        if item.counted is not None:
            return item.counted, item.entitled, item.required, item.quorum_held
        now = self.room.quorum(item)
        return now.counted, now.entitled, now.required, now.held

    def without_quorum(self) -> list[str]:
        """Numbers of the items on which quorum did not hold."""
        return [str(item.position) for item in self.items if not self.count(item)[3]]

    def required(self) -> int:
        """The smallest number that makes the meeting valid at its first call."""
        if self.items and self.meeting.second_call_at is None:
            return self.count(self.items[0])[2]
        return smallest(self.room.rule.rule, len(self.room.entitled))

    def clock(self, moment: datetime.time) -> str:
        """ "19.40" on the board's clock."""
        return format_clock(moment, self.board.time_zone)

    def absences(self) -> str:
        """Who did not come and why, or "tidak ada"."""
        return "; ".join(_absence(row) for row in self.missing) or "tidak ada"

    @property
    def words(self) -> dict[str, str]:
        """What a paper calls things; for a circular nobody came anywhere."""
        meeting = self.meeting.kind != Meeting.Kind.SIRKULER
        return {name: name if meeting else other for name, other in _OF_CIRCULAR}

    def members_here(self) -> str:
        """ "Hadir 9 (sembilan) dari 11 (sebelas) anggota, terdiri atas …"."""
        here, all_ = self.room.present_members, self.room.entitled
        word = self.room.rule.entitled_word
        came = self.words["Hadir"]
        line = f"{came} {figure_words(len(here))} dari {figure_words(len(all_))} {word}"
        return no_break(f"{line}{_of_sexes(here)}")

    def signature_rows(self) -> tuple[SignatureRow, ...]:
        """The members who came, in the order of the list."""
        return tuple(
            SignatureRow(
                number, no_break(row.name), row.sex, row.office, number % 2 == 0
            )
            for number, row in enumerate(self.room.present_members, start=1)
        )

    def source_words(self, rule: Rule | None = None) -> str:
        """Where a rule stands, else that of the first call: "menurut AD Pasal 14"."""
        rule = rule or self.room.rule
        if rule.article:
            return f"menurut {no_break(rule.article)}"
        return "(dasarnya dalam AD/ART belum dicatat)"

    def second_call(self) -> str:
        """When and by which rule the meeting was opened again; "" without it."""
        at, rule = self.meeting.second_call_at, self.room.second
        if at is None or rule is None:
            return ""
        needed = smallest(rule.rule, len(self.room.entitled))
        return (
            f"Pukul {self.clock(at)} dibuka dengan panggilan kedua"
            f" {self.source_words(rule)}: {rule.words} {rule.entitled_word}, yaitu"
            f" paling sedikit {figure_words(needed)} orang."
        )

    def postponement(self) -> str:
        """When, with how many, and to which day the meeting was put off; or ""."""
        meeting = self.meeting
        if meeting.postponed_at is None:
            return ""
        now = self.room.quorum_at(meeting.postponed_at)
        return (
            f"Sampai pukul {self.clock(meeting.postponed_at)} hadir"
            f" {figure_words(now.counted)} dari {figure_words(now.entitled)}"
            f" {self.room.rule.entitled_word}, sehingga kuorum tidak tercapai dan rapat"
            f" ditunda ke {day_and_date(meeting.postponed_until)}."
        )

    def people_words(self, item: AgendaItem) -> str:
        """By name who was counted and who was not in the room; "" on a long list."""
        people = self.room.people(item)
        late = [row for row in people.away if row.status == Attendance.Status.PRESENT]
        if len(self.room.entitled) > MOST_NAMED:
            return ""
        said = []
        if people.counted:
            said.append(f"Dihitung: {', '.join(row.name for row in people.counted)}.")
        if late:
            times = ", ".join(f"{row.name} ({self._times(row)})" for row in late)
            said.append(f"Tidak di ruang: {times}.")
        return no_break(" ".join(said))

    def _times(self, row: Attendance) -> str:
        come = f"datang {self.clock(row.arrives_at)}"
        return f"{come}, pulang {self.clock(row.leaves_at)}" if row.leaves_at else come


def _lines(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _absence(row: Attendance) -> str:
    words = {
        Attendance.Status.EXCUSED: "izin",
        Attendance.Status.ABSENT: "tanpa keterangan",
        Attendance.Status.INVITED: "belum dicatat",
    }
    reason = words[Attendance.Status(row.status)]
    if row.note:
        reason = f"izin {row.note}" if reason == "izin" else row.note
    return no_break(f"{row.name} ({reason})")


def sexes(rows: list[Attendance]) -> tuple[int, int]:
    """Men and women on a list; those without a letter are in neither."""
    men = sum(row.sex == Sex.MALE for row in rows)
    women = sum(row.sex == Sex.FEMALE for row in rows)
    return men, women


def _of_sexes(rows: list[Attendance]) -> str:
    men, women = sexes(rows)
    if not rows or men + women < len(rows):
        return ""
    return (
        f", terdiri atas {figure_words(men)} laki-laki"
        f" dan {figure_words(women)} perempuan"
    )


def votes_words(decision: Decision) -> str:
    """ "6 setuju, 2 tidak setuju, dan 1 abstain"."""
    return (
        f"{decision.votes_for} setuju, {decision.votes_against} tidak setuju,"
        f" dan {decision.votes_abstain} abstain"
    )


def method_words(decision: Decision) -> str:
    """How it was decided, with the votes: "mufakat"."""
    method = decision.get_method_display().lower()
    if decision.votes is None:
        return method
    secret = " rahasia" if decision.is_secret else ""
    return f"{method}{secret}: {votes_words(decision)}"


def reasons_of(decision: Decision) -> dict[str, list[str]]:
    """Reasons of those who did not agree, each with their names."""
    found: dict[str, list[str]] = {}
    for dissent in decision.dissents.all():
        found.setdefault(dissent.reason.strip().rstrip("."), []).append(dissent.name)
    return found


def listed(names: list[str]) -> str:
    """ "A dan B"; "A, B, dan C"."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def title_and_day(meeting: Meeting) -> str:
    """ "rapat rutin anggota, 21 November 2026" for the register, after a first word."""
    return f"{inside_a_sentence(meeting.title)}, {format_date(meeting.held_on)}"


def kind_and_day(meeting: Meeting) -> str:
    """The same without words people typed, for everybody to read."""
    kind = inside_a_sentence(meeting.get_kind_display())
    return f"{kind}, {format_date(meeting.held_on)}"


def day_of(meeting: Meeting) -> str:
    """ "Sabtu, 21 November 2026"."""
    return day_and_date(meeting.held_on)
