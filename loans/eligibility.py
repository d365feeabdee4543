"""What a group still lacks before it may borrow, line by line.

Source: revolving-loans sheet §1.2 (R9); numbers are rules of the board.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from boards.parameters import rules_of
from common.periods import add_months
from common.shares import percent_of
from common.words import format_decimal, inside_sentence
from loans.models import Loan
from members.models import (
    Appointment,
    CommunityGroup,
    GroupMember,
    GroupSaving,
    GroupTraining,
    Mandate,
    Sex,
)

RULES = (
    *("group_min_members", "group_min_women", "group_min_officers"),
    *("group_saving_months", "officials_may_borrow"),
)


@dataclass(frozen=True)
class Line:
    """One condition: what it asks, whether it is met, and what is missing."""

    code: str
    label: str
    met: bool
    missing: str = ""


@dataclass(frozen=True)
class Eligibility:
    """All conditions of a group on a day, and who may have a conflict of interest."""

    lines: tuple[Line, ...]
    conflicts: tuple[str, ...]

    @property
    def missing(self) -> list[Line]:
        """Conditions that are not met."""
        return [line for line in self.lines if not line.met]


@dataclass
class _Facts:
    """What is read about one group before it is judged."""

    group: CommunityGroup
    rules: dict[str, Any]
    members: list[GroupMember] = field(default_factory=list)
    months: set[datetime.date] = field(default_factory=set)
    has_borrowed: bool = False
    running: Loan | None = None
    conflicts: tuple[str, ...] = ()


def eligibility_of(group: CommunityGroup, *, on: datetime.date) -> Eligibility:
    """Judge a group on a day; the same number of queries however large it is."""
    facts = _read_facts([group], on)
    _read_conflicts(facts, on)
    found = facts[group.pk]
    return Eligibility(_judged(found, on), found.conflicts)


def missing_of(
    groups: Sequence[CommunityGroup], *, on: datetime.date
) -> dict[int, list[Line]]:
    """What each group of one board lacks; as many queries for one as for fifty."""
    facts = _read_facts(groups, on)
    if not all(found.rules["officials_may_borrow"] for found in facts.values()):
        _read_conflicts(facts, on)
    return {
        pk: [line for line in _judged(found, on) if not line.met]
        for pk, found in facts.items()
    }


def _read_facts(
    groups: Sequence[CommunityGroup], on: datetime.date
) -> dict[int, _Facts]:
    if not groups:
        return {}
    board_id = groups[0].board_id
    own = rules_of([board_id], RULES)[board_id]
    rules = {name: own.on(name, on).value for name in RULES}
    facts = {group.pk: _Facts(group, rules) for group in groups}
    members = GroupMember.objects.active_on(on).filter(group__in=facts)
    for member in members.select_related("person").prefetch_related("trainings"):
        facts[member.group_id].members.append(member)
    savings = GroupSaving.objects.filter(group__in=facts)
    for pk, month in savings.values_list("group", "month"):
        facts[pk].months.add(month)
    loans = Loan.objects.filter(group__in=facts, disbursed_on__isnull=False)
    loans = loans.exclude(state=Loan.State.TAKEN_BACK)
    for loan in loans.only("group", "state", "account_number"):
        found = facts[loan.group_id]
        found.has_borrowed = True
        if loan.state == Loan.State.ACTIVE:
            found.running = loan
    return facts


def _judged(facts: _Facts, on: datetime.date) -> tuple[Line, ...]:
    members = facts.members
    return (
        _enough_members(facts),
        _enough_women(facts),
        _all(members, "poor", "Semua anggota di daftar PS2", "listed_poor"),
        _all(members, "consent", "Keluarga semua anggota setuju", "family_consents"),
        _businesses(members),
        _officers(facts),
        _rules(facts.group),
        Line(
            "books", "Pembukuan KSM memadai", facts.group.has_books, "Periksa buku KSM."
        ),
        _saved(facts, on),
        *_trained(members),
        _no_debt(facts.running),
        *_no_officials(facts),
    )


def _enough_members(facts: _Facts) -> Line:
    least, count = facts.rules["group_min_members"], len(facts.members)
    return Line(
        "members",
        f"Paling sedikit {least} anggota",
        count >= least,
        f"Baru {count} anggota.",
    )


def _enough_women(facts: _Facts) -> Line:
    least = facts.rules["group_min_women"]
    women = sum(member.person.sex == Sex.FEMALE for member in facts.members)
    share = percent_of(women, len(facts.members))
    return Line(
        "women",
        f"Paling sedikit {least} % perempuan",
        share is not None and share >= least,
        f"Baru {format_decimal(share, 0)} %." if share is not None else "Belum ada.",
    )


def _names(members: list[GroupMember]) -> str:
    return ", ".join(member.person.name for member in members)


def _all(members: list[GroupMember], code: str, label: str, field: str) -> Line:
    lacking = [member for member in members if not getattr(member, field)]
    return Line(code, label, not lacking, f"Belum: {_names(lacking)}.")


def _businesses(members: list[GroupMember]) -> Line:
    lacking = [
        member for member in members if not (member.business or member.is_starter)
    ]
    return Line(
        "business",
        "Semua anggota punya atau akan mulai usaha",
        not lacking,
        f"Belum: {_names(lacking)}.",
    )


def _officers(facts: _Facts) -> Line:
    least, every = facts.rules["group_min_officers"], len(GroupMember.OFFICERS)
    held = {member.role for member in facts.members}
    lacking = [role.label for role in GroupMember.OFFICERS if role not in held]
    words = f"Paling sedikit {least} dari ketua, sekretaris, dan bendahara ada"
    return Line(
        "officers",
        words if least < every else "Ketua, sekretaris, dan bendahara ada",
        every - len(lacking) >= least,
        f"Belum ada: {', '.join(lacking).lower()}.",
    )


def _rules(group: CommunityGroup) -> Line:
    agreed = bool(group.house_rules and group.rules_agreed_on)
    return Line("rules", "Aturan main disepakati", agreed, "Catat aturan main KSM.")


def _saved(facts: _Facts, on: datetime.date) -> Line:
    """Months in a row with savings, up to this month or the one before it."""
    least = facts.rules["group_saving_months"]
    month, run = on.replace(day=1), 0
    if month not in facts.months:
        month = add_months(month, -1)
    while month in facts.months:
        run, month = run + 1, add_months(month, -1)
    return Line(
        "savings",
        f"Menabung bersama {least} bulan berturut-turut",
        run >= least or facts.has_borrowed,
        f"Baru {run} bulan.",
    )


def _trained(members: list[GroupMember]) -> list[Line]:
    """One line a topic: every member had it."""
    had = {
        member.pk: {training.topic for training in member.trainings.all()}
        for member in members
    }
    lines = []
    for topic in GroupTraining.Topic:
        lacking = [member for member in members if topic not in had[member.pk]]
        lines.append(
            Line(
                f"training_{topic.lower()}",
                f"Pelatihan {inside_sentence(topic.label)}",
                bool(members) and not lacking,
                f"Belum: {_names(lacking)}." if members else "Belum ada anggota.",
            )
        )
    return lines


def _no_debt(running: Loan | None) -> Line:
    return Line(
        "debt",
        "Tidak ada pinjaman berjalan",
        running is None,
        f"Lunasi dulu pinjaman {running.account_number}." if running else "",
    )


def _no_officials(facts: _Facts) -> list[Line]:
    """A line only where the board lets none of its officials borrow."""
    if facts.rules["officials_may_borrow"]:
        return []
    label = "Tidak ada pimpinan LKM, UPK, atau Pengawas yang meminjam"
    return [
        Line("officials", label, not facts.conflicts, " ".join(facts.conflicts)),
    ]


def _read_conflicts(facts: dict[int, _Facts], on: datetime.date) -> None:
    """Borrowers who sit in the board, the UPK or the Pengawas, for all groups at once.

    Seen, not refused, unless the board says so. Source: revolving-loans sheet §8.1,
    trap 20.
    """
    people = {member.person_id for found in facts.values() for member in found.members}
    seats = Mandate.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=on), person__in=people, started_on__lte=on
    )
    posts = Appointment.objects.held_on(on).filter(person__in=people)
    held: dict[int, list[str]] = defaultdict(list)
    for seat in seats:
        held[seat.person_id].append("anggota pimpinan LKM")
    for post in posts.select_related("unit"):
        if post.unit.kind in ("UPK", "SUPERVISORS"):
            held[post.person_id].append(post.title)
    for found in facts.values():
        found.conflicts = tuple(
            f"{member.person.name}: {title}."
            for member in found.members
            for title in held[member.person_id]
        )
