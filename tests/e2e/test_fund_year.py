"""A year of a UPK: opened, twelve months closed, the profit shared after the RWT.

January, February, December, the end of the year and the sharing are done in the
browser; the months between by the same acts without it. Every figure is reckoned here
in plain whole rupiah, apart from the portal's own code.
"""

from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page

from boards.models import BoardSetting, User
from boards.roles import Post, Role
from common.periods import Period
from deliberations.models import Meeting
from ledger.models import Book, PeriodClose
from ledger.services import close_month, money_accounts
from loans import services
from loans.models import Loan
from tests.e2e import book_pages as books
from tests.e2e.book_pages import BOOK, rupiah
from tests.e2e.office import KELURAHAN, account
from tests.e2e.pages import follow, heading, lines, press, see
from tests.make import boards as make
from tests.make import loans as lend
from tests.make import problems

YEAR = 2025
FUND = "/lkm/sumber-rejeki/pinjaman/"
CASH, BANK, CAPITAL = 5_000_000, 20_000_000, 25_000_000
# Melati: Rp 2.000.000 in January from cash. Mawar: Rp 1.000.000 in February by bank.
# Ten rows each, 1.5 percent flat, 5 percent kept as savings.
MELATI, MAWAR = 230_000, 115_000
INTEREST = 512_500
INCENTIVE, PAPER, TRANSPORT = 150_000, 40_000, 60_000
# What cash gains in each month. Melati pays a row from February to June, four rows in
# July and never the tenth; Mawar pays three rows and then nothing.
CASH_MOVES = {
    1: -1_900_000 - INCENTIVE,
    2: MELATI - PAPER,
    3: MELATI + MAWAR,
    4: MELATI + MAWAR,
    5: MELATI + MAWAR,
    6: MELATI,
    7: 4 * MELATI,
    12: -TRANSPORT,
}
BANK_MOVES = {1: INTEREST, 2: -950_000}
# The reserve at the end of each month, by hand. Melati has 2.000.000 and 200.000 less a
# month, all at 1 percent; Rp 200.000 from July, at 5 percent once its last row is late.
# Mawar stays at 700.000 with one row more behind each month from June: 5 percent up to
# three, 15 up to six, then 50.
RESERVE = {
    1: 20_000,
    2: 18_000 + 10_000,
    3: 16_000 + 9_000,
    4: 14_000 + 8_000,
    5: 12_000 + 7_000,
    6: 10_000 + 35_000,
    7: 2_000 + 35_000,
    8: 2_000 + 35_000,
    9: 2_000 + 105_000,
    10: 2_000 + 105_000,
    11: 10_000 + 105_000,
    12: 10_000 + 350_000,
}
INCOME = 9 * 30_000 + 3 * 15_000 + INTEREST
COST = INCENTIVE + PAPER + TRANSPORT + RESERVE[12]
PROFIT = INCOME - COST
# 20, 10, 15 and 5 percent cut down to Rp 1.000; capital takes the rest.
SHARES = {
    "Dana Sosial": 43_000,
    "Dana Lingkungan": 21_000,
    "BOP LKM": 32_000,
    "Honor Pengawas": 10_000,
    "Penambahan Modal dari Laba": 111_500,
}
assert (INCOME, COST, PROFIT) == (827_500, 610_000, 217_500)
assert sum(SHARES.values()) == PROFIT
RWT_ON = date(2026, 3, 14)


def held(moves: dict[int, int], opening: int, month: int) -> int:
    """What an account holds at the end of a month."""
    return opening + sum(moves.get(at, 0) for at in range(1, month + 1))


def pieces_of(amount: int) -> dict[int, int]:
    """Notes and coins of a sum."""
    found = {}
    for piece in (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500):
        found[piece], amount = divmod(amount, piece)
    assert amount == 0
    return {piece: count for piece, count in found.items() if count}


@dataclass(frozen=True)
class Upk:
    """Who closes the months, and what lends without the browser."""

    manager: User
    fund: lend.Fund

    @property
    def book(self) -> Book:
        return self.fund.book


def seat_people() -> tuple:
    """The board and the four who lend."""
    facts = {"name": "Sumber Rejeki", "slug": "sumber-rejeki", "code": "LKM-SR"}
    board = make.board(KELURAHAN, **facts)
    officer, manager, cashier = (
        account(Role.LOAN_UNIT, name, board=board, post=post)
        for name, post in (
            ("Yuni Astuti", Post.OFFICER),
            ("Nur Hidayah", Post.MANAGER),
            ("Tumini", Post.CASHIER),
        )
    )
    coordinator = account(
        Role.MEMBER, "Drs. H. Suprapto", board=board, post=Post.COORDINATOR
    )
    return board, officer, manager, cashier, coordinator


def open_book(writes: Page, approves: Page) -> None:
    """What the old book said on New Year; somebody else lets it through."""
    writes.goto(BOOK)
    follow(writes, "Buka buku")
    writes.get_by_label("Dibuka per tanggal").fill(f"01/01/{YEAR}")
    press(writes, "Buka buku")
    follow(writes, "Catat saldo awal")
    opening = {"Kas": CASH, "Bank UPK": BANK, "Modal Awal Dana Bergulir": CAPITAL}
    for label, amount in opening.items():
        writes.get_by_label(label, exact=False).first.fill(rupiah(amount))
    see(writes, "Seimbang")
    press(writes, "Periksa")
    press(writes, "Catat dan minta persetujuan")
    heading(writes, "menunggu persetujuan")
    books.approve_all(approves)


def borrow(upk: Upk, name: str, month: int, source: str, *amounts: int) -> Loan:
    """A loan paid out on the tenth; all its stages by the acts themselves."""
    group = lend.group(upk.fund.board)
    group.name = name
    group.save()
    facts = {"on": date(YEAR, month, 10), "source": source, "amounts": amounts}
    return lend.lent(upk.fund, group_=group, **facts)


def take_money(page: Page, loan: Loan, amount: int, day: str) -> None:
    """One instalment in the browser."""
    page.goto(f"{FUND}{loan.pk}/terima/")
    page.get_by_label("Jumlah diterima").fill(rupiah(amount))
    page.get_by_label("Tanggal diterima").fill(day)
    page.get_by_label("Disetor oleh").fill("Bendahara")
    press(page, "Periksa uang ini mengisi apa")
    press(page, f"Catat angsuran Rp{rupiah(amount)}")
    see(page, "Isi penerimaan")


def finish(page: Page, month: int) -> None:
    """The reserve is booked, the money counted, the month locked."""
    page.goto(f"{FUND}cadangan/")
    see(page, f"Rp{rupiah(RESERVE[month])}")
    press(page, "Bukukan cadangan")
    see(page, f"/{month:02d}/{YEAR}")
    cash = held(CASH_MOVES, CASH, month)
    books.close_month(page, pieces_of(cash), held(BANK_MOVES, BANK, month))


def finish_quietly(upk: Upk, month: int) -> None:
    """The same without the browser; the money is what was reckoned here."""
    span, by = Period.month(YEAR, month), upk.manager
    made = services.book_reserve(upk.book, month=span, by=by)
    assert made.target == RESERVE[month]
    assert bool(made.voucher) == (RESERVE[month] != RESERVE[month - 1])
    real = {
        "cash": held(CASH_MOVES, CASH, month),
        "bank": held(BANK_MOVES, BANK, month),
    }
    counts = {
        row.pk: (real.get(row.use, 0), "") for row in money_accounts(upk.book).all()
    }
    close_month(upk.book, month=span, counts=counts, by=by)


def live_through(upk: Upk, melati: Loan, mawar: Loan) -> None:
    """March to November; in August and in October there is no voucher at all."""
    for month in range(3, 12):
        on = date(YEAR, month, 10)
        for loan, amount in ((melati, melati_pays(month)), (mawar, mawar_pays(month))):
            if amount:
                lend.paid(upk.fund, loan, amount, on=on)
        finish_quietly(upk, month)


def melati_pays(month: int) -> int:
    return {7: 4 * MELATI}.get(month, MELATI if month < 7 else 0)


def mawar_pays(month: int) -> int:
    return MAWAR if month <= 5 else 0


def january(writes: Page, approves: Page) -> None:
    """Interest and an incentive."""
    where = {"income": "Pendapatan Bunga Bank", "money": "Bank UPK"}
    facts = (INTEREST, where, "Bank", "Bunga")
    books.write_form(writes, "Terima pendapatan lain", *facts, day=f"15/01/{YEAR}")
    where = {"cost": "Insentif UPK", "money": "Kas"}
    facts = (INCENTIVE, where, "Sri", "Insentif")
    books.write_form(writes, "Bayar biaya", *facts, day=f"20/01/{YEAR}")
    books.approve_all(approves)
    finish(approves, 1)


def spend(writes: Page, approves: Page, amount: int, cost: str, day: str) -> None:
    """A cost from cash, let through by somebody else."""
    facts = (amount, {"cost": cost, "money": "Kas"}, "Toko Jaya", cost)
    books.write_form(writes, "Bayar biaya", *facts, day=day)
    books.approve_all(approves)


def journals_say(page: Page) -> None:
    """CUM and CUK of January and March: the sums of both sides."""
    sums = {
        ("uang-masuk", 1): INTEREST,
        # The loan is lent whole: what was kept as savings stands on the other side.
        ("uang-keluar", 1): 2_000_000 + INCENTIVE,
        ("uang-masuk", 3): MELATI + MAWAR,
        ("uang-keluar", 2): 1_000_000 + PAPER,
        ("uang-keluar", 12): TRANSPORT,
    }
    for (name, month), amount in sums.items():
        page.goto(f"{BOOK}laporan/{name}/?bulan={YEAR}-{month:02d}")
        see(page, f"Jumlah debet Rp{rupiah(amount)}, sama dengan jumlah kredit.")


def result_says(page: Page) -> None:
    """Laba rugi of December beside the whole year."""
    page.goto(f"{BOOK}laporan/laba-rugi/?bulan={YEAR}-12")
    rows = lines(page.locator("tbody tr"))
    december = TRANSPORT + RESERVE[12] - RESERVE[11]
    for row in (
        f"Jasa Pinjaman 0 {rupiah(9 * 30_000 + 3 * 15_000)}",
        f"Jumlah Pendapatan 0 {rupiah(INCOME)}",
        f"Jumlah Biaya {rupiah(december)} {rupiah(COST)}",
        f"Laba bersih −{rupiah(december)} {rupiah(PROFIT)}",
    ):
        assert row in rows


def sheet_says(page: Page, day: str, **amounts: int) -> None:
    """Neraca of a day, line by line."""
    page.goto(f"{BOOK}laporan/neraca/?tanggal={day}")
    see(page, "Seimbang")
    rows = lines(page.locator("tbody tr"))
    for label, amount in amounts.items():
        assert f"{label} {rupiah(amount).replace('-', '−')}" in rows


def health_says(page: Page) -> None:
    """The five figures of New Year's Eve, divided here by hand.

    One of two KSM is seven rows behind: 700.000 of 900.000, all of it late.
    827.500 over 610.000, and 217.500 over 25.000.000 in twelve months.
    """
    page.goto(f"{FUND}kesehatan/?per=31/12/{YEAR}")
    told = dict(
        zip(
            lines(page.locator(".kpi h3")),
            lines(page.locator(".kpi > b")),
            strict=True,
        )
    )
    told = {name: figure.replace("%", "").strip() for name, figure in told.items()}
    assert told == {
        "LAR": "50,00",
        "PAR": "77,78",
        "RR": "22,22",
        "CCr": "135,66",
        "ROI": "0,87",
    }


def close_year(page: Page) -> None:
    """December is locked: the result is carried over."""
    page.goto(f"{BOOK}tutup/")
    follow(page, f"Tutup tahun {YEAR}")
    press(page, f"Tutup tahun {YEAR}")
    heading(page, f"Tahun {YEAR} sudah ditutup")


def share(page: Page, upk: Upk) -> None:
    """The RWT decided; a rupiah too much is refused, then all is shared, once."""
    board = upk.fund.board
    facts = {"starts_on": date(2026, 1, 1), "article": "Keputusan RWT 2025"}
    percents = ["50", "20", "10", "15", "5"]
    BoardSetting.objects.create(
        board=board, name="profit_shares", value=percents, **facts
    )
    wanted = {"title": "Pembagian laba 2025", "kind": "budget", "amount": PROFIT}
    (decision,) = problems.decisions(board, wanted, kind=Meeting.Kind.RWT, came=11)
    page.goto(f"{FUND}laba/{YEAR}/")
    page.get_by_label("Keputusan rapat").select_option(str(decision.pk))
    page.get_by_label("Tanggal dibukukan").fill(f"{RWT_ON:%d/%m/%Y}")
    page.get_by_label("Laba yang dibagi").fill(rupiah(PROFIT + 1))
    press(page, f"Bagi laba {YEAR}")
    see(page, f"Laba yang dapat dibagi Rp{rupiah(PROFIT)}.")
    page.get_by_label("Laba yang dibagi").fill(rupiah(PROFIT))
    press(page, f"Bagi laba {YEAR}")
    see(page, "dibagi 14 Maret 2026", decision.number_text)
    rows = lines(page.locator("tbody tr"))
    for label, amount in SHARES.items():
        assert [row for row in rows if label in row and f"Rp{rupiah(amount)}" in row]
    assert f"Rp{rupiah(PROFIT)}" in rows[-1]


def live(upk: Upk, writes: Page, approves: Page) -> None:
    """Twelve months, one after the other; the first two and the last by hand."""
    melati = borrow(upk, "Melati", 1, "cash", 1_000_000, 1_000_000)
    january(writes, approves)
    mawar = borrow(upk, "Mawar", 2, "bank", 1_000_000)
    take_money(writes, melati, MELATI, f"10/02/{YEAR}")
    spend(writes, approves, PAPER, "ATK", f"12/02/{YEAR}")
    finish(approves, 2)
    live_through(upk, melati, mawar)
    spend(writes, approves, TRANSPORT, "Transport", f"05/12/{YEAR}")
    finish(approves, 12)
    assert PeriodClose.objects.filter(book=upk.book).count() == 12


def test_a_year_of_the_fund_from_new_year_to_the_rwt(open_page):
    board, *people = seat_people()
    _officer, manager, cashier, _coordinator = people
    writes, approves = open_page(cashier), open_page(manager, width=360)
    open_book(writes, approves)
    product = lend.product(board, manager, savings_percent=5)
    book, terms = Book.objects.get(board=board), product.terms.get()
    upk = Upk(manager, lend.Fund(board, *people, book, product, terms))
    live(upk, writes, approves)

    journals_say(writes)
    result_says(writes)
    standing = {
        "Kas": 5_265_000,
        "Bank UPK": 19_562_500,
        "Pinjaman KSM": 900_000,
        "Cadangan Risiko Pinjaman": -360_000,
        "Tabungan KSM / Tanggung Renteng": 150_000,
        "Jumlah Kekayaan": 25_367_500,
    }
    at_the_end = {"Jumlah Modal": CAPITAL + PROFIT, "Laba Tahun Berjalan": PROFIT}
    sheet_says(writes, f"31/12/{YEAR}", **standing, **at_the_end)
    health_says(writes)

    close_year(approves)
    share(approves, upk)
    # The year that is over says what it said; in the new one the profit has its places.
    health_says(writes)
    result_says(writes)
    after = {**standing, **SHARES, "Jumlah Modal": CAPITAL + 111_500}
    sheet_says(writes, f"{RWT_ON:%d/%m/%Y}", **after)
    assert writes.faults == []
    assert approves.faults == []
