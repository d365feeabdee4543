"""A month of a UPK in the browser: opened, noted, approved, closed, printed in sums.

The book's sums are reckoned here once more, apart from the portal's own code.
"""

from playwright.sync_api import Page

from boards.models import Board
from boards.roles import Post, Role
from ledger.models import Book, PeriodClose, Voucher
from tests.e2e.book_pages import (
    BOOK,
    approve_all,
    close_month,
    pick,
    rupiah,
    write_form,
)
from tests.e2e.office import Office, account, open_office
from tests.e2e.pages import follow, heading, lines, press, see

OPENING = {
    "Kas": 640_000,
    "Bank UPK": 48_500_000,
    "Modal PNPM": 49_000_000,
    "Laba Tahun Lalu": 140_000,
}
# Form, amount, what is picked, to or from whom, what for: of the month before this one.
MONTH = (
    ("Ambil dari bank", 500_000, {"bank": "Bank UPK"}, "", "Kas bulan ini"),
    ("Bayar biaya", 26_000, {"cost": "ATK", "money": "Kas"}, "Toko Jaya", "Kertas"),
    (
        "Bayar biaya",
        150_000,
        {"cost": "Insentif UPK", "money": "Kas"},
        "Sri Rahayu",
        "Insentif",
    ),
    (
        "Terima pendapatan lain",
        361_500,
        {"income": "Pendapatan Bunga Bank", "money": "Bank UPK"},
        "Bank",
        "Bunga bank",
    ),
)
CASH = 640_000 + 500_000 - 26_000 - 150_000
BANK = 48_500_000 - 500_000 + 361_500
PROFIT = 361_500 - 26_000 - 150_000
PIECES = {100_000: 9, 50_000: 1, 10_000: 1, 2_000: 2}
assert sum(piece * count for piece, count in PIECES.items()) == CASH == 964_000


def open_the_book(page: Page, board: Board) -> str:
    """From the tab to opening balances that wait; the month before this one."""
    last_month = board.today().replace(day=1)
    last_month = last_month.replace(
        year=last_month.year - (last_month.month == 1),
        month=last_month.month - 1 or 12,
    )
    page.goto(f"/lkm/{board.slug}/")
    follow(page, "Pinjaman")
    follow(page, "Buku UPK")
    follow(page, "Buka buku")
    page.get_by_label("Dibuka per tanggal").fill(f"{last_month:%d/%m/%Y}")
    press(page, "Buka buku")
    follow(page, "Catat saldo awal")
    for label, amount in OPENING.items():
        page.get_by_label(label, exact=False).first.fill(rupiah(amount))
    see(page, "Seimbang")
    page.get_by_label("Kas", exact=False).first.fill("640.001")
    see(page, "Selisih Rp1")
    page.get_by_label("Kas", exact=False).first.fill("640.000")
    press(page, "Periksa")
    press(page, "Catat dan minta persetujuan")
    heading(page, "menunggu persetujuan")
    return f"{last_month:%m/%Y}"


def write_month(page: Page, month: str) -> None:
    """Every form of the month; each pressed twice."""
    for day, row in enumerate(MONTH, start=3):
        write_form(page, *row, day=f"{day:02d}/{month}")


def test_a_month_of_the_fund_from_opening_to_close(open_page):
    office: Office = open_office()
    board = office.board
    manager = account(Role.LOAN_UNIT, "Nur Hidayah", board=board, post=Post.MANAGER)
    cashier = account(Role.LOAN_UNIT, "Tumini", board=board, post=Post.CASHIER)
    writes, approves = open_page(cashier), open_page(manager, width=360)

    month = open_the_book(writes, board)
    approve_all(approves)
    write_month(writes, month)
    approve_all(approves)
    close_month(approves, PIECES, BANK)

    # A double click wrote each voucher once, and the month takes no more.
    book = Book.objects.get(board=board)
    assert Voucher.objects.filter(book=book).count() == 1 + len(MONTH)
    assert PeriodClose.objects.filter(book=book).count() == 1
    writes.goto(f"{BOOK}catat/bank_out/")
    writes.get_by_label("Jumlah").fill("5.000")
    writes.get_by_label("Tanggal").fill(f"28/{month}")
    pick(writes, "bank", "Bank UPK")
    writes.get_by_label("Uraian").fill("Terlambat")
    press(writes, "Periksa")
    see(writes, "sudah ditutup")

    writes.goto(f"{BOOK}laporan/neraca/")
    see(writes, "Seimbang")
    rows = "\n".join(lines(writes.locator("tbody tr")))
    for label, amount in (
        ("Kas", CASH),
        ("Bank UPK", BANK),
        ("Laba Tahun Berjalan", PROFIT),
        ("Jumlah Modal", 49_140_000 + PROFIT),
        ("Jumlah Kekayaan", CASH + BANK),
    ):
        assert f"{label} {rupiah(amount)}" in rows
    assert writes.faults == []
    assert approves.faults == []
