"""What a group still lacks before it may borrow, line by line.

Source: revolving-loans sheet §1.2 (R9); numbers are rules of the board.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from boards.parameters import setting_of
from common.periods import add_months
from common.shares import percent_of
from common.words import format_decimal
from loans.models import Loan
from members.models import (
    Appointment,
    CommunityGroup,
    GroupMember,
    GroupTraining,
    Mandate,
    Sex,
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


def eligibility_of(group: CommunityGroup, *, on: datetime.date) -> Eligibility:
    """Judge a group on a day; the same number of queries however large it is."""
    members = list(
        group.members.active_on(on)
        .select_related("person")
        .prefetch_related("trainings")
    )
    lines = (
        _enough_members(group, members, on),
        _enough_women(group, members, on),
        _all(members, "poor", "Semua anggota di daftar PS2", "listed_poor"),
        _all(members, "consent", "Keluarga semua anggota setuju", "family_consents"),
        _businesses(members),
        _officers(members),
        _rules(group),
        Line("books", "Pembukuan KSM memadai", group.has_books, "Periksa buku KSM."),
        _saved(group, on),
        *_trained(members),
        _no_debt(group),
    )
    return Eligibility(lines, _conflicts(members, on))


def _whole(group: CommunityGroup, name: str, on: datetime.date) -> int:
    return setting_of(group.board, name, on=on).value


def _enough_members(group, members: list[GroupMember], on: datetime.date) -> Line:
    least = _whole(group, "group_min_members", on)
    return Line(
        "members",
        f"Paling sedikit {least} anggota",
        len(members) >= least,
        f"Baru {len(members)} anggota.",
    )


def _enough_women(group, members: list[GroupMember], on: datetime.date) -> Line:
    least = _whole(group, "group_min_women", on)
    women = sum(member.person.sex == Sex.FEMALE for member in members)
    share = percent_of(women, len(members))
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


def _officers(members: list[GroupMember]) -> Line:
    held = {member.role for member in members}
    lacking = [role.label for role in GroupMember.OFFICERS if role not in held]
    return Line(
        "officers",
        "Ketua, sekretaris, dan bendahara ada",
        not lacking,
        f"Belum ada: {', '.join(lacking).lower()}.",
    )


def _rules(group: CommunityGroup) -> Line:
    agreed = bool(group.house_rules and group.rules_agreed_on)
    return Line("rules", "Aturan main disepakati", agreed, "Catat aturan main KSM.")


def _saved(group: CommunityGroup, on: datetime.date) -> Line:
    """Months in a row with savings, up to this month or the one before it."""
    least = _whole(group, "group_saving_months", on)
    first_loan = not group.loans.filter(disbursed_on__isnull=False).exists()
    months = set(group.savings.values_list("month", flat=True))
    month, run = on.replace(day=1), 0
    if month not in months:
        month = add_months(month, -1)
    while month in months:
        run, month = run + 1, add_months(month, -1)
    return Line(
        "savings",
        f"Menabung bersama {least} bulan berturut-turut",
        run >= least or not first_loan,
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
                f"Pelatihan {topic.label.lower()}",
                bool(members) and not lacking,
                f"Belum: {_names(lacking)}." if members else "Belum ada anggota.",
            )
        )
    return lines


def _no_debt(group: CommunityGroup) -> Line:
    running = group.loans.filter(state=Loan.State.ACTIVE).first()
    return Line(
        "debt",
        "Tidak ada pinjaman berjalan",
        running is None,
        f"Lunasi dulu pinjaman {running.account_number}." if running else "",
    )


def _conflicts(members: list[GroupMember], on: datetime.date) -> tuple[str, ...]:
    """Borrowers who sit in the board, the UPK or the Pengawas: seen, not refused.

    Source: revolving-loans sheet §8.1, trap 20.
    """
    people = {member.person_id: member.person.name for member in members}
    seats = Mandate.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=on), person__in=people, started_on__lte=on
    )
    posts = Appointment.objects.held_on(on).filter(person__in=people)
    found = [f"{people[row.person_id]}: anggota pimpinan LKM." for row in seats]
    found += [
        f"{people[row.person_id]}: {row.title}."
        for row in posts.select_related("unit")
        if row.unit.kind in ("UPK", "SUPERVISORS")
    ]
    return tuple(found)
