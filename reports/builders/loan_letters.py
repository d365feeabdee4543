"""Letters to a group: three warnings, and the letter that its loan is paid off.

Source: revolving-loans sheet, sections 4.4 (steps) and 8.3; what follows is a
rule of the board.
"""

import datetime
from dataclasses import dataclass

from boards.parameters import rules_of
from common.money import format_rupiah
from common.words import format_date, no_break
from loans.arrears import arrears_of
from loans.models import Loan, Receipt
from loans.positions import read_plan
from reports.builders.fund_people import coordinator_knows, head_of, manager_signs
from reports.builders.letters import Paper, figure_words, home_of, rupiah_words
from reports.builders.loan_people import address_of, chair_of
from reports.builders.loan_ready import check_ready
from reports.builders.sheets import dated_signers
from reports.frame import Signer

_ARREARS, _PAID_OFF = "Tunggakan angsuran pinjaman", "Pelunasan pinjaman"
_WORDS = {1: "pertama", 2: "kedua", 3: "ketiga"}
_DAYS, _ENDS = "loan_warning_days", "warning_ends"


@dataclass(frozen=True, kw_only=True)
class LoanLetter(Paper):
    """A letter to the chair of a group."""

    name: str
    regarding: str
    dated: str
    addressee: str
    address: str
    texts: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    after: tuple[str, ...]
    copies: tuple[str, ...]
    people: tuple[Signer, ...]

    @property
    def signers(self) -> tuple[Signer, ...]:
        """The UPK at the right; place and day stand in the head of the letter."""
        return dated_signers(self.people, "")


def _letter(
    loan: Loan, name: str, regarding: str, number: str, on: datetime.date
) -> dict:
    return {
        **head_of(
            loan.board,
            title=f"{name} {loan.group}",
            public=name,
            number=number,
            on=on,
        ),
        "name": name,
        "regarding": regarding,
        "addressee": f"{chair_of(loan, on)}, Ketua {loan.group}",
        "address": address_of(loan),
    }


def build_warning_1(loan: Loan, *, number: str, on: datetime.date) -> LoanLetter:
    """Surat peringatan pertama."""
    return _warning(loan, 1, number, on)


def build_warning_2(loan: Loan, *, number: str, on: datetime.date) -> LoanLetter:
    """Surat peringatan kedua."""
    return _warning(loan, 2, number, on)


def build_warning_3(loan: Loan, *, number: str, on: datetime.date) -> LoanLetter:
    """Surat peringatan ketiga."""
    return _warning(loan, 3, number, on)


def _warning(loan: Loan, which: int, number: str, on: datetime.date) -> LoanLetter:
    """What is behind on the day of the letter, and until when it is to be paid."""
    check_ready(f"peringatan-{which}", loan, on)
    plan = read_plan(loan, until=on)
    behind = arrears_of(plan.lines, as_of=on)
    rules = rules_of([loan.board_id], (_DAYS, _ENDS))[loan.board_id]
    days, ends = (rules.on(name, on).value for name in (_DAYS, _ENDS))
    until = on + datetime.timedelta(days=days)
    return LoanLetter(
        **_letter(loan, f"Surat peringatan {_WORDS[which]}", _ARREARS, number, on),
        texts=(
            "Berdasarkan perjanjian pinjaman Nomor"
            f" {loan.contract_number or loan.account_number} tanggal"
            f" {format_date(loan.disbursed_on, unbroken=True)}, kami memberitahukan"
            f" bahwa sampai {format_date(on, unbroken=True)} kelompok Saudara"
            " menunggak angsuran sebagai berikut.",
        ),
        facts=(
            ("Rekening pinjaman", loan.account_number),
            ("Menunggak sejak", format_date(behind.since, unbroken=True)),
            ("Banyaknya angsuran", f"{figure_words(behind.k)} kali"),
            ("Tunggakan pokok", format_rupiah(behind.principal)),
            ("Tunggakan jasa", format_rupiah(behind.service_charge)),
            ("Jumlah tunggakan", rupiah_words(behind.total)),
            ("Saldo pokok", format_rupiah(plan.balance)),
        ),
        after=(
            "Kami minta tunggakan dibayar di kantor UPK paling lambat"
            f" {format_date(until, unbroken=True)} ({figure_words(days)} hari sejak"
            f" surat ini). {ends[which - 1]}",
            "Bila sudah dibayar sebelum surat ini diterima, mohon tunjukkan buktinya"
            " dan abaikan surat ini.",
        ),
        copies=_copies(loan, which),
        people=_signers(loan, on, with_coordinator=which > 1),
    )


def _copies(loan: Loan, which: int) -> tuple[str, ...]:
    board = loan.board
    copies = [f"Koordinator {board}", "Pengawas UPK"]
    if which == 3:
        copies.append(no_break(f"{board.head_title} {home_of(board)}"))
    return (*copies, "Arsip")


def _signers(
    loan: Loan, on: datetime.date, *, with_coordinator: bool
) -> tuple[Signer, ...]:
    manager = manager_signs(loan.board, on)
    if not with_coordinator:
        return (manager,)
    return coordinator_knows(loan.board, on), manager


def build_paid(loan: Loan, *, number: str, on: datetime.date) -> LoanLetter:
    """Surat keterangan lunas: what was lent, what was paid, since when nothing is owed.

    Raises RuleViolation `paper.loan_not_ready` while something is owed.
    """
    check_ready("surat-lunas", loan, on)
    rows = Receipt.objects.filter(loan=loan).standing()
    paid = list(rows.values_list("principal", "service_charge"))
    principal, charge = (sum(each[place] for each in paid) for place in (0, 1))
    return LoanLetter(
        **_letter(loan, "Surat keterangan lunas", _PAID_OFF, number, on),
        texts=(
            f"UPK {loan.board} menerangkan bahwa pinjaman {loan.group} berikut ini"
            " telah lunas.",
        ),
        facts=(
            (
                "Perjanjian",
                f"Nomor {loan.contract_number or '–'} tanggal"
                f" {format_date(loan.disbursed_on, unbroken=True)}",
            ),
            ("Rekening pinjaman", loan.account_number),
            ("Pokok pinjaman", rupiah_words(loan.principal)),
            ("Pokok dibayar", format_rupiah(principal)),
            ("Jasa dibayar", format_rupiah(charge)),
            ("Lunas pada", format_date(loan.closed_on, unbroken=True)),
        ),
        after=(
            "Sejak tanggal itu kelompok dan anggotanya tidak lagi mempunyai kewajiban"
            " atas pinjaman ini. Tabungan tanggung renteng dapat diminta kembali atau"
            " disimpan untuk pinjaman berikutnya.",
        ),
        copies=("Pengawas UPK", "Arsip"),
        people=_signers(loan, on, with_coordinator=True),
    )
