"""The life of one group loan: from the application to the letter that it is paid off.

A meeting decides, somebody else pays out, the group falls behind, is warned, its
savings are used, and it pays the rest. Every figure is reckoned here in plain whole
rupiah, apart from the portal's own code.
"""

from datetime import date

from playwright.sync_api import Page, expect

from loans.models import Loan
from tests.e2e import paper_pages as papers
from tests.e2e.lending_pages import (
    CHARGE,
    OPENING,
    PAID,
    PRINCIPAL,
    ROW,
    ROWS,
    SAVINGS,
    Upk,
    apply,
    bare,
    bind,
    check,
    decide_in_meeting,
    open_upk,
    pay_out,
    rupiah,
    typed,
)
from tests.e2e.pages import follow, heading, lines, press, see


def card_says(page: Page, upk: Upk, loan: Loan, tag: str, **facts: int) -> None:
    """What stands in the head of the card, and how the loan is called."""
    page.goto(upk.card(loan))
    labels = {
        "row": "Angsuran",
        "balance": "Saldo pokok",
        "behind": "Tunggakan",
        "savings": "Tabungan TR",
    }
    told = lines(page.locator("dl.facts > div"))
    for name, amount in facts.items():
        assert f"{labels[name]} {rupiah(amount)}" in told
    expect(page.locator(".tag").first).to_contain_text(tag)


def arrears_say(page: Page, upk: Upk, pokok: int, jasa: int, count: int) -> None:
    """The one row in the list of arrears."""
    page.goto(f"{upk.home}pinjaman/tunggakan/")
    (row,) = lines(page.locator("section[aria-label='KSM yang menunggak'] tbody tr"))
    assert row.startswith(
        f"KSM Mawar {bare(pokok)} {bare(jasa)} {count} {typed(upk.days.due[0])}"
    )
    assert f"{(upk.days.today - upk.days.due[0]).days} hari" in row


def class_of(count: int) -> str:
    """1 to 3 instalments are Kol 2, 4 to 6 are Kol 3."""
    return "Kol 2" if count <= 3 else "Kol 3"


def receive(page: Page, upk: Upk, loan: Loan, amount: int, on: date, how="") -> None:
    """Money of the group, looked at and written."""
    page.goto(f"{upk.home}pinjaman/{loan.pk}/terima/")
    page.get_by_label("Jumlah diterima").fill(bare(amount))
    page.get_by_label("Tanggal diterima").fill(typed(on))
    page.get_by_label("Disetor oleh").fill("Ngatini")
    if how:
        page.get_by_text(how, exact=True).click()
    press(page, "Periksa uang ini mengisi apa")
    heading(page, "Periksa sebelum dicatat")


def pay_part(page: Page, upk: Upk, loan: Loan) -> None:
    """On the first due day, less than the instalment: jasa first, then pokok."""
    receive(page, upk, loan, PAID, upk.days.due[0])
    told = lines(page.locator(".alloc tr"))
    assert told == [
        "Angsuran 1, jasa Rp22.500",
        "Angsuran 1, pokok Rp77.500",
        "Tunggakan sesudahnya Rp72.500",
        "Saldo pokok sesudahnya Rp1.422.500",
    ]
    press(page, f"Catat angsuran {rupiah(PAID)}")
    heading(page, f"{rupiah(PAID)} diterima")


def warn(page: Page, upk: Upk, loan: Loan, pokok: int, jasa: int) -> None:
    """The first warning is issued and says what is behind; its step notes itself."""
    page.goto(f"{upk.home}pinjaman/{loan.pk}/surat/")
    papers.issue_paper(page, "Surat peringatan pertama")
    words = papers.text_of(page).replace(" :", "")
    for text in (
        f"Tunggakan pokok {rupiah(pokok)}",
        f"Tunggakan jasa {rupiah(jasa)}",
        rupiah(pokok + jasa),
        f"Saldo pokok {rupiah(1_422_500)}",
        "Ngatini, Ketua KSM Mawar",
    ):
        assert text in words, words
    page.goto(f"{upk.home}pinjaman/{loan.pk}/kartu/")
    see(page, "Surat peringatan 1", "/SP1/")


def use_savings(page: Page, upk: Upk, loan: Loan) -> None:
    """All of them: the rest of row 1, then Rp 2.500 of the jasa of row 2."""
    receive(page, upk, loan, SAVINGS, upk.days.today, "Tabungan TR")
    told = lines(page.locator(".alloc tr"))
    assert told[:2] == ["Angsuran 1, sisa pokok Rp72.500", "Angsuran 2, jasa Rp2.500"]
    press(page, f"Catat angsuran {rupiah(SAVINGS)}")
    heading(page, f"{rupiah(SAVINGS)} diterima")
    page.goto(f"{upk.home}pinjaman/{loan.pk}/terima/")
    receive_refused(page)


def receive_refused(page: Page) -> None:
    """There is nothing left in the savings."""
    page.get_by_label("Jumlah diterima").fill("1.000")
    page.get_by_label("Disetor oleh").fill("Ngatini")
    page.get_by_text("Tabungan TR", exact=True).click()
    press(page, "Periksa uang ini mengisi apa")
    see(page, "Tabungan")
    expect(page.locator("[aria-invalid=true], .is-invalid").first).to_be_attached()


def pay_off(page: Page, upk: Upk, loan: Loan, price: int, forgiven: int) -> None:
    """The rest at once; the jasa of rows to come is let go."""
    page.goto(upk.card(loan))
    see(page, f"Melunasi hari ini perlu {rupiah(price)}")
    follow(page, "Lunasi pinjaman")
    page.get_by_label("Disetor oleh").fill("Ngatini")
    press(page, "Periksa uang ini mengisi apa")
    see(page, rupiah(price))
    told = lines(page.locator(".alloc tr"))
    assert told[-3:] == [
        f"Jasa yang dibebaskan {rupiah(forgiven)}",
        "Tunggakan sesudahnya Rp0",
        "Saldo pokok sesudahnya Rp0",
    ]
    press(page, f"Catat angsuran {rupiah(price)}")
    see(page, "Pinjaman ini lunas.")


def papers_of_the_end(page: Page, upk: Upk, loan: Loan, jasa: int) -> None:
    """Card and letter: what was lent, what was paid."""
    page.goto(f"{upk.home}pinjaman/{loan.pk}/surat/")
    papers.issue_paper(page, "Surat keterangan lunas")
    words = papers.text_of(page).replace(" :", "")
    for text in (
        "telah lunas",
        f"{rupiah(PRINCIPAL)} (satu juta lima ratus ribu rupiah)",
        f"Pokok dibayar {rupiah(PRINCIPAL)}",
        f"Jasa dibayar {rupiah(jasa)}",
    ):
        assert text in words, words
    page.goto(f"{upk.home}pinjaman/{loan.pk}/surat/")
    papers.issue_paper(page, "Kartu angsuran KSM")
    words = papers.text_of(page).replace(" :", "")
    today, late = typed(upk.days.today), upk.days.fallen - 1
    first = f"1 {typed(upk.days.due[0])} 77.500 72.500 22.500 – 1.422.500 202.500"
    behind = f"{bare(late * ROW)} 2.500 {bare(late * CHARGE - 2_500)}"
    second = f"2 {today} 72.500 {behind} 1.350.000 200.000"
    third = f"3 {today} 1.350.000 – {bare(jasa - CHARGE - 2_500)} – – –"
    for text in (first, second, third, "tunggakan tidak ada", "saldo pokok Rp0"):
        assert text in words, words


def book_says(page: Page, upk: Upk, cash: int, jasa: int) -> None:
    """The cash book of the month of the payout, and the neraca of today."""
    reports = f"{upk.home}buku/upk/laporan/"
    page.goto(f"{reports}kas/?bulan={upk.days.lent:%Y-%m}")
    told = lines(page.locator("dl.facts > div"))
    handed = PRINCIPAL - SAVINGS
    assert told == [
        f"Saldo awal bulan {rupiah(OPENING)}",
        "Masuk Rp0",
        f"Keluar {rupiah(handed)}",
        f"Saldo akhir {rupiah(OPENING - handed)}",
    ]
    page.goto(f"{reports}neraca/")
    see(page, "Seimbang")
    rows = "\n".join(lines(page.locator("tbody tr")))
    for text in (
        f"Kas {bare(cash)}",
        f"Laba Tahun Berjalan {bare(jasa)}",
        f"Jumlah Kekayaan {bare(OPENING + jasa)}",
    ):
        assert text in rows


def fall_behind(officer: Page, upk: Upk, loan: Loan) -> None:
    """Months have passed and nothing came: every row that fell due is open."""
    fallen = upk.days.fallen
    pokok, jasa = fallen * ROW, fallen * CHARGE
    whole = {"row": ROW + CHARGE, "savings": SAVINGS}
    facts = {"balance": PRINCIPAL, "behind": pokok + jasa}
    card_says(officer, upk, loan, class_of(fallen), **facts, **whole)
    arrears_say(officer, upk, pokok, jasa, fallen)


def pay_part_and_be_warned(officer: Page, cashier: Page, upk: Upk, loan: Loan) -> None:
    """72.500 of 150.000 is still a part of an instalment: counted up, none is gone."""
    pay_part(cashier, upk, loan)
    fallen = upk.days.fallen
    pokok, jasa = fallen * ROW - 77_500, (fallen - 1) * CHARGE
    facts = {"balance": 1_422_500, "behind": pokok + jasa, "savings": SAVINGS}
    card_says(officer, upk, loan, class_of(fallen), **facts)
    arrears_say(officer, upk, pokok, jasa, fallen)
    warn(officer, upk, loan, pokok, jasa)


def end_well(officer: Page, cashier: Page, upk: Upk, loan: Loan) -> None:
    """The savings, then the rest; the papers and the book say what was paid."""
    use_savings(cashier, upk, loan)
    late = upk.days.fallen - 1
    facts = {"balance": 1_350_000, "behind": late * (ROW + CHARGE) - 2_500}
    card_says(officer, upk, loan, class_of(late), **facts, savings=0)
    charged = upk.days.charged * CHARGE
    price = 1_350_000 + charged - CHARGE - 2_500
    pay_off(cashier, upk, loan, price, ROWS * CHARGE - charged)
    card_says(officer, upk, loan, "Lunas", balance=0, behind=0, savings=0)
    officer.goto(f"{upk.home}pinjaman/tunggakan/")
    see(officer, "Tidak ada tunggakan")
    papers_of_the_end(officer, upk, loan, charged)
    cash = OPENING - (PRINCIPAL - SAVINGS) + PAID + price
    assert cash == OPENING + charged
    book_says(cashier, upk, cash, charged)


def test_a_group_loan_lives_until_it_is_paid_off(open_page):
    upk = open_upk()
    office = upk.office
    officer, cashier = open_page(upk.officer), open_page(upk.cashier, width=360)
    secretary, coordinator = open_page(office.secretary), open_page(office.coordinator)

    loan = apply(officer, upk)
    check(officer, upk)
    bind(officer, upk, decide_in_meeting(secretary, coordinator, upk))
    pay_out(cashier, upk)
    fall_behind(officer, upk, loan)
    pay_part_and_be_warned(officer, cashier, upk, loan)
    end_well(officer, cashier, upk, loan)

    pages = (officer, cashier, secretary, coordinator)
    assert [page.faults for page in pages] == [[]] * len(pages)
