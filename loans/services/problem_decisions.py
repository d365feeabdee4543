"""Which decisions may take a loan out of the book or spread it anew."""

import datetime

from django.db.models import QuerySet

from boards.models import Board, User
from boards.parameters import setting_of
from common.errors import RuleViolation
from common.words import format_date
from deliberations.models import Decision, Meeting
from loans.models import Loan

KINDS = (Decision.Kind.LOAN, Decision.Kind.GENERAL)


def problem_decisions(board: Board) -> QuerySet[Decision]:
    """Ratified decisions in force on loans or on anything, newest first."""
    rows = Decision.objects.filter(board=board, kind__in=KINDS)
    return rows.in_force().order_by("-held_on", "-pk")


def check_decision(
    board: Board, decision: Decision, on: datetime.date, by: User
) -> None:
    """May `by` book this decision on that day?

    The decision is the first person's part: a meeting took it, and somebody ratified
    its minutes who did not write them. Who ratified them does not book it too, unless
    the board has too few people (its rule `one_person_office`). Source: revolving-loans
    sheet §1.4 and §8.1 (21). Raises RuleViolation `loan.decision`,
    `loan.decision_day` or `loan.ratifier_books`.
    """
    if not problem_decisions(board).filter(pk=decision.pk).exists():
        raise RuleViolation(
            "Pilih keputusan rapat tentang pinjaman bergulir atau umum yang sudah"
            " disahkan dan berlaku.",
            code="loan.decision",
        )
    if on < decision.held_on:
        raise RuleViolation(
            f"Isi tanggal keputusan ({format_date(decision.held_on)}) atau sesudahnya.",
            code="loan.decision_day",
        )
    alone = setting_of(board, "one_person_office", on=board.today()).value
    if ratifier_of(decision) == by and not alone:
        raise RuleViolation(
            "Anda yang mengesahkan notulen keputusan ini. Mintalah petugas lain"
            " membukukannya.",
            code="loan.ratifier_books",
        )


def check_meeting(decision: Decision) -> None:
    """Was it taken by a meeting that may write off, by the rule of its day?

    Raises RuleViolation `loan.not_rwt`.
    """
    meeting = decision.meeting
    rule = setting_of(decision.board, "write_off_meeting", on=decision.held_on)
    if rule.value == "rwt" and meeting.kind != Meeting.Kind.RWT:
        raise RuleViolation(
            f"Aturan LKM ({rule.article}): penghapusan diputus Rembug Warga Tahunan.",
            code="loan.not_rwt",
        )


def ratifier_of(decision: Decision) -> User | None:
    """Who ratified the minutes in which the decision stands."""
    return decision.meeting.ratified_by


def alone_words(decision: Decision, by: User) -> str:
    """What the log adds where one person ratified and booked; else nothing."""
    alone = ratifier_of(decision) == by
    return "; pengesah keputusan membukukannya sendiri" if alone else ""


def check_running(loan: Loan, on: datetime.date) -> None:
    """The loan runs, and nothing was paid on it after `on`.

    Raises RuleViolation `loan.not_running` or `loan.paid_since`.
    """
    if loan.state != Loan.State.ACTIVE:
        raise RuleViolation(
            f"Pinjaman ini {loan.get_state_display().lower()}.",
            code="loan.not_running",
        )
    last = loan.receipts.order_by("-on").first()
    latest = max(loan.disbursed_on, last.on if last else loan.disbursed_on)
    if on < latest:
        raise RuleViolation(
            f"Kartu ini masih bergerak {format_date(latest)}. Isi tanggal itu atau"
            " sesudahnya.",
            code="loan.paid_since",
        )
