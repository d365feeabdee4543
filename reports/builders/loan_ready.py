"""When a paper of a loan can be made, said before and refused after."""

import datetime
from collections.abc import Callable

from common.errors import RuleViolation
from loans.arrears import arrears_of
from loans.models import Loan
from loans.positions import read_plan

_LAID = "Terbit sesudah pinjaman cair."


def _checked(loan: Loan, on: datetime.date) -> str:
    return "" if loan.checked_on else "Terbit sesudah petugas memeriksa."


def _lent(loan: Loan, on: datetime.date) -> str:
    if loan.state == Loan.State.TAKEN_BACK:
        return "Pencairan pinjaman ini sudah dibatalkan."
    return "" if loan.disbursed_on else _LAID


def _paid(loan: Loan, on: datetime.date) -> str:
    return "" if loan.state == Loan.State.PAID else "Terbit sesudah pinjaman lunas."


def _behind(loan: Loan, on: datetime.date) -> str:
    if loan.state != Loan.State.ACTIVE:
        return "Hanya untuk pinjaman berjalan yang menunggak."
    behind = arrears_of(read_plan(loan, until=on).lines, as_of=on)
    return "" if behind.total else "Pinjaman ini tidak menunggak."


_RULES: dict[str, Callable[[Loan, datetime.date], str]] = {
    "verifikasi-pinjaman": _checked,
    "perjanjian-pinjaman": _lent,
    "rencana-angsuran": _lent,
    "kartu-angsuran": _lent,
    "kartu-kosong": _lent,
    "rekening-koran": _lent,
    "kartu-tabungan": _lent,
    "laporan-kunjungan": _lent,
    "surat-lunas": _paid,
    "peringatan-1": _behind,
    "peringatan-2": _behind,
    "peringatan-3": _behind,
}


def why_not_yet(code: str, loan: Loan, on: datetime.date) -> str:
    """What this paper still waits for, a sentence; "" when it can be made."""
    rule = _RULES.get(code)
    return rule(loan, on) if rule else ""


def check_ready(code: str, loan: Loan, on: datetime.date) -> None:
    """Raise RuleViolation `paper.loan_not_ready` with that sentence."""
    if reason := why_not_yet(code, loan, on):
        raise RuleViolation(reason, code="paper.loan_not_ready")
