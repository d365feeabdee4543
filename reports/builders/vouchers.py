"""Bukti kas masuk, keluar, pemindahbukuan, and the kuitansi over the same money.

Source: revolving-loans sheet, section 2.2 (evidence vouchers, kuitansi).
"""

import datetime
from dataclasses import dataclass

from common.errors import RuleViolation
from common.money import format_rupiah
from common.words import format_date, no_break, terbilang
from ledger.models import Book, Voucher
from reports.builders.fund_people import (
    DOTS,
    coordinator_knows,
    head_of,
    manager_signs,
)
from reports.builders.letters import Paper
from reports.builders.register import Column
from reports.builders.sheets import NONE, Grid, Row, dated_signers, money
from reports.frame import Signer

# Above this sum a receipt bears a meterai. Source: UU 10/2020, papers §7 (habit).
STAMPED_ABOVE = 5_000_000
# A voucher with more lines does not fit on half a sheet.
LINES_ON_HALF = 3
_PARTY = {"BKM": "Diterima dari", "BKK": "Dibayar kepada", "BPB": "Pihak"}
_COLUMNS = (
    Column("Kode", "w18", "c"),
    Column("Akun"),
    Column("Debet (Rp)", "w30", "n"),
    Column("Kredit (Rp)", "w30", "n"),
)


@dataclass(frozen=True, kw_only=True)
class VoucherPaper(Paper):
    """One voucher as it is signed; sums in rupiah, also in words."""

    name: str
    book: str
    dated: str
    day: str
    party_label: str
    party: str
    description: str
    amount: str
    words: str
    grid: Grid
    reverses: str
    people: tuple[Signer, ...]
    shape: str
    stamped: bool = False

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Made, approved, received; place and day over the last."""
        return dated_signers(self.people, f"{self.place}, {self.day}")

    @property
    def three(self) -> str:
        """Two boxes or three beside one another."""
        return "three" if len(self.people) == 3 else ""


def _facts(voucher: Voucher, *, number: str, name: str, public: str) -> dict:
    board = voucher.board
    return {
        **head_of(board, title=name, public=public, number=number, on=voucher.dated),
        "name": public,
        "book": str(voucher.book),
        "day": format_date(voucher.dated, unbroken=True),
        "party_label": _PARTY[voucher.kind],
        "party": voucher.party or NONE,
        "description": no_break(voucher.description),
        "amount": format_rupiah(voucher.amount),
        "words": terbilang(voucher.amount),
        "reverses": str(voucher.reverses) if voucher.reverses_id else "",
    }


def check_posted(voucher: Voucher) -> None:
    """Raise RuleViolation `paper.not_posted` for a voucher that does not count."""
    if voucher.posted_at is None:
        raise RuleViolation(
            "Bukti ini belum dibukukan. Cetak sesudah disetujui.",
            code="paper.not_posted",
        )


def build(voucher: Voucher, *, number: str, on: datetime.date) -> VoucherPaper:
    """The voucher on half a sheet, with its entries; `on` changes nothing on it."""
    check_posted(voucher)
    label = voucher.get_kind_display()
    rows = [
        Row(
            (
                entry.account.code,
                entry.account.name,
                money(entry.debit),
                money(entry.credit),
            )
        )
        for entry in voucher.entries.select_related("account")
    ]
    name = f"{label} {voucher.number_text}"
    return VoucherPaper(
        **_facts(voucher, number=number, name=name, public=label),
        grid=Grid(_COLUMNS, tuple(rows), dense=True),
        people=_voucher_people(voucher),
        shape="half" if len(rows) <= LINES_ON_HALF else "",
    )


def _voucher_people(voucher: Voucher) -> tuple[Signer, ...]:
    made = Signer("Dibuat oleh,", voucher.made_name)
    approved = _approver(voucher, "Disetujui oleh,")
    if voucher.kind == Voucher.Kind.TRANSFER:
        return made, approved
    word = "Yang menyetor," if voucher.kind == "BKM" else "Yang menerima,"
    return made, approved, Signer(word, voucher.party or DOTS)


def manager_of(book: Book, on: datetime.date) -> Signer:
    """Who lets the vouchers of a book through: manajer UPK, or the koordinator."""
    if book.kind == Book.Kind.FUND:
        return manager_signs(book.board, on)
    return coordinator_knows(book.board, on, above="Disetujui")


def build_receipt(voucher: Voucher, *, number: str, on: datetime.date) -> VoucherPaper:
    """The kuitansi over money that came in or went out; `on` changes nothing on it.

    Raises RuleViolation `paper.no_money` for a transfer.
    """
    check_posted(voucher)
    if voucher.kind == Voucher.Kind.TRANSFER:
        raise RuleViolation(
            "Bukti pemindahbukuan tidak punya kuitansi: tidak ada uang yang"
            " diserahkan.",
            code="paper.no_money",
        )
    house = f"{_unit(voucher.book)} {voucher.board}"
    giver, taker = voucher.party or DOTS, voucher.made_name
    source = voucher.party or NONE
    if voucher.kind == Voucher.Kind.PAYMENT:
        giver, taker, source = taker, giver, house
    name = f"Kuitansi {voucher.number_text}"
    facts = _facts(voucher, number=number, name=name, public="Kuitansi")
    return VoucherPaper(
        **facts | {"party_label": "Sudah terima dari", "party": source},
        grid=Grid((), ()),
        people=(
            _approver(voucher, "Disetujui,"),
            Signer("Yang membayar,", giver),
            Signer("Yang menerima,", taker),
        ),
        shape="half",
        stamped=voucher.amount > STAMPED_ABOVE,
    )


def _unit(book: Book) -> str:
    return "UPK" if book.kind == Book.Kind.FUND else "Bendahara"


def _approver(voucher: Voucher, word: str) -> Signer:
    """Who let it through, or who could have."""
    if voucher.approved_name:
        return Signer(word, voucher.approved_name)
    return manager_of(voucher.book, voucher.dated)
