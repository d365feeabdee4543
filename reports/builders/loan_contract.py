"""Surat Perjanjian Pinjaman: parties, articles, the members who sign.

Source: revolving-loans sheet, section 2.2 (form KM-4, R23): number, approval, parties,
articles 1 and 2; the words of the further articles are rules of the board.
"""

import datetime
from dataclasses import dataclass

from boards.parameters import rules_of
from common.money import format_rupiah
from common.words import format_date, format_decimal, no_break
from loans.models import Loan
from reports.builders.fund_people import (
    coordinator_knows,
    head_of,
    manager_signs,
)
from reports.builders.letters import Paper, day_and_date, figure_words, rupiah_words
from reports.builders.loan_people import (
    address_of,
    chair_of,
    lent_shares,
    rate_words,
    term_words,
)
from reports.builders.loan_ready import check_ready
from reports.builders.register import Column
from reports.builders.sheets import NO, NONE, Grid, Row, dated_signers, money
from reports.builders.vouchers import STAMPED_ABOVE
from reports.frame import Signer

_WORDS = (
    *("contract_payment", "contract_joint", "contract_late", "contract_visits"),
    *("contract_disputes", "contract_end"),
)


@dataclass(frozen=True)
class Article:
    """One article: its heading and its paragraphs."""

    number: int
    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Contract(Paper):
    """A contract as it is signed."""

    dated: str
    opening: str
    parties: tuple[tuple[str, str], ...]
    articles: tuple[Article, ...]
    members: Grid
    people: tuple[Signer, ...]
    stamped: bool

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Pihak Kedua, who knows, Pihak Pertama under place and date."""
        return dated_signers(self.people, f"{self.place}, {self.dated}")


def build(loan: Loan, *, number: str, on: datetime.date) -> Contract:
    """The contract of a loan, dated by the day of its payout; whole rupiah.

    Raises RuleViolation `paper.loan_not_ready` before it.
    """
    check_ready("perjanjian-pinjaman", loan, on)
    day, board = loan.disbursed_on, loan.board
    manager, chair = manager_signs(board, day), chair_of(loan, day)
    return Contract(
        **head_of(
            board,
            title=f"Surat perjanjian pinjaman {loan.group}",
            public="Surat perjanjian pinjaman",
            number=number,
            on=day,
        ),
        opening=no_break(
            f"Pada hari {day_and_date(day)}, berdasarkan putusan pinjaman atas"
            f" permohonan Nomor {loan.application_number}{_decided(loan)}, yang"
            " bertanda tangan di bawah ini:"
        ),
        parties=_parties(loan, manager.name, chair),
        articles=_articles(loan),
        members=_members(loan),
        people=(
            Signer("Pihak Kedua,", chair, below=(f"Ketua {loan.group}",)),
            coordinator_knows(board, day),
            Signer("Pihak Pertama,", manager.name, below=("Manajer UPK",)),
        ),
        stamped=loan.principal > STAMPED_ABOVE,
    )


def _parties(loan: Loan, manager: str, chair: str) -> tuple[tuple[str, str], ...]:
    return (
        (
            "Pihak Pertama",
            f"{manager}, Manajer UPK, bertindak untuk dan atas nama {loan.board}",
        ),
        (
            "Pihak Kedua",
            no_break(
                f"{chair}, Ketua {loan.group}, {address_of(loan)}, bertindak untuk diri"
                " sendiri dan anggota yang namanya tercantum di bawah"
            ),
        ),
    )


def _decided(loan: Loan) -> str:
    if loan.decided_on is None:
        return ""
    return f" tanggal {format_date(loan.decided_on, unbroken=True)}"


def _articles(loan: Loan) -> tuple[Article, ...]:
    """The articles in their order, in the words that held when it was paid out."""
    rules = rules_of([loan.board_id], _WORDS)[loan.board_id]
    said = {name: tuple(rules.on(name, loan.disbursed_on).value) for name in _WORDS}
    parts = (
        ("Pokok pinjaman", _principal(loan)),
        ("Penggunaan", _use(loan)),
        ("Jangka waktu dan angsuran", _instalments(loan, said["contract_payment"])),
        ("Jasa", _charge(loan)),
        ("Tabungan tanggung renteng", _savings(loan)),
        ("Tanggung renteng", said["contract_joint"]),
        ("Keterlambatan dan sanksi", _sanctions(loan, said["contract_late"])),
        ("Pelunasan lebih awal", _early(loan)),
        ("Pembinaan", said["contract_visits"]),
        ("Perselisihan", said["contract_disputes"]),
        ("Penutup", said["contract_end"]),
    )
    return tuple(
        Article(at, heading, tuple(map(no_break, texts)))
        for at, (heading, texts) in enumerate(parts, start=1)
    )


def _principal(loan: Loan) -> tuple[str, ...]:
    return (
        "Pihak Pertama meminjamkan dan Pihak Kedua menerima uang sebesar"
        f" {rupiah_words(loan.principal)}, dengan rekening pinjaman"
        f" {loan.account_number}. Bagian setiap anggota tercantum pada daftar di"
        " akhir perjanjian ini.",
    )


def _use(loan: Loan) -> tuple[str, ...]:
    return (
        f"Pinjaman dipakai untuk {loan.purpose[:1].lower()}{loan.purpose[1:]} dan"
        " tidak boleh dipakai untuk keperluan lain.",
    )


def _instalments(loan: Loan, payment: tuple[str, ...]) -> tuple[str, ...]:
    rows = list(loan.plan.order_by("no"))
    first, last = rows[0], rows[-1]
    due = first.principal + first.service_charge
    return (
        f"Jangka waktu pinjaman {term_words(loan)}, dibayar dalam"
        f" {figure_words(len(rows))} angsuran pokok beserta jasa. Angsuran pertama"
        f" {format_rupiah(due)} jatuh tempo {format_date(first.due_on)} dan yang"
        f" terakhir {format_date(last.due_on)}, menurut rencana angsuran yang menjadi"
        " bagian perjanjian ini.",
        *payment,
    )


def _charge(loan: Loan) -> tuple[str, ...]:
    return (
        f"Pihak Kedua membayar jasa {rate_words(loan.terms)}, seluruhnya"
        f" {rupiah_words(loan.service_charge)}.",
        f"Pembayaran mengisi {loan.terms.get_payment_order_display()}.",
    )


def saving_words(loan: Loan) -> tuple[str, ...]:
    """What is saved with each instalment, a sentence; nothing without a rule."""
    rule = loan.terms.saving_rule
    if not rule:
        return ()
    what = (
        f"{format_rupiah(rule.amount)} dari setiap anggota"
        if rule.amount
        else f"{format_decimal(rule.percent.normalize())} persen dari pokoknya"
    )
    return (f"Bersama setiap angsuran ditabung {what} (tabungan tanggung renteng).",)


def _savings(loan: Loan) -> tuple[str, ...]:
    percent = loan.terms.savings_percent
    if not percent:
        none = ("Pinjaman ini tidak disertai potongan tabungan.",)
        return saving_words(loan) or none
    return (
        f"Tabungan tanggung renteng {format_decimal(percent.normalize())} persen dari"
        " pokok dipotong saat pencairan, disimpan atas nama kelompok, dan"
        " dikembalikan sesudah pinjaman lunas bila tidak dipakai membayar tunggakan.",
        *saving_words(loan),
    )


_OFF_WORDS = {
    "none": "",
    "sunday": " Jatuh tempo hari Minggu boleh dibayar hari Senin tanpa denda.",
    "weekend": " Jatuh tempo hari Sabtu atau Minggu boleh dibayar hari Senin tanpa"
    " denda.",
}


def _sanctions(loan: Loan, after: tuple[str, ...]) -> tuple[str, ...]:
    rule = loan.terms.penalty_rule
    what = (
        format_rupiah(rule.amount)
        if rule.amount
        else f"{format_decimal(rule.percent.normalize())} persen dari kekurangannya"
    )
    fine = (
        f"Setiap angsuran yang terlambat dikenai denda {what}, satu kali."
        f"{_OFF_WORDS[loan.terms.off_days]} "
        if rule
        else "Keterlambatan tidak dikenai denda. "
    )
    return (f"{fine}{after[0]}", *after[1:])


def _early(loan: Loan) -> tuple[str, ...]:
    rule = loan.terms.get_settlement_display()
    return (f"Pinjaman boleh dilunasi lebih awal dengan membayar {rule}.",)


def _members(loan: Loan) -> Grid:
    columns = (
        NO,
        Column("Nama"),
        Column("RT/RW", "w30"),
        Column("Bagian pinjaman (Rp)", "w30", "n"),
        Column("Tanda tangan"),
    )
    shares = lent_shares(loan)
    rows = [
        Row(
            (
                str(at),
                share.name,
                share.member.person.neighbourhood or NONE,
                money(share.approved),
                f"{at}.",
            )
        )
        for at, share in enumerate(shares, start=1)
    ]
    rows.append(Row(("Jumlah", "", money(loan.principal), ""), "sum", 2))
    return Grid(
        columns, tuple(rows), caption="Anggota yang meminjam dan menyetujui", sheet=True
    )
