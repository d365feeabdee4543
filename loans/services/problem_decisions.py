"""Which decisions may take a loan out of the book or spread it anew."""

import datetime

from django.db.models import QuerySet

from boards.models import Board
from common.errors import RuleViolation
from common.words import format_date
from deliberations.models import Decision
from loans.models import Loan

KINDS = (Decision.Kind.LOAN, Decision.Kind.GENERAL)


def problem_decisions(board: Board) -> QuerySet[Decision]:
    """Ratified decisions in force on loans or on anything, newest first."""
    rows = Decision.objects.filter(board=board, kind__in=KINDS)
    return rows.in_force().order_by("-held_on", "-pk")


def check_decision(board: Board, decision: Decision, on: datetime.date) -> None:
    """Raises RuleViolation `loan.decision` or `loan.decision_day`."""
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
