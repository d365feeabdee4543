"""The books in the browser: forms, approvals, counting the money of a month."""

from collections.abc import Mapping

from playwright.sync_api import Page, expect

from tests.e2e.pages import follow, heading, press, see

BOOK = "/lkm/sumber-rejeki/buku/upk/"


def rupiah(amount: int) -> str:
    """An amount as people write it, without the sign."""
    return f"{amount:,}".replace(",", ".")


def pick(page: Page, name: str, label: str) -> None:
    """An account from a list or from radios."""
    box = page.locator(f"select[name={name}]")
    if box.count():
        box.select_option(label=label)
    else:
        page.locator(f"fieldset:has([name={name}])").get_by_label(label).check()


def write_form(
    page: Page,
    form: str,
    amount: int,
    picks: Mapping[str, str],
    party: str,
    words: str,
    day: str,
) -> None:
    """One plain form, looked at, then written by a double click."""
    page.goto(BOOK)
    follow(page, form)
    page.get_by_label("Jumlah").fill(rupiah(amount))
    page.get_by_label("Tanggal").fill(day)
    for name, label in picks.items():
        pick(page, name, label)
    if party:
        page.get_by_label("kepada").or_(page.get_by_label("Diterima dari")).fill(party)
    page.get_by_label("Uraian").fill(words)
    press(page, "Periksa")
    heading(page, "Periksa sebelum dicatat")
    page.get_by_role("button", name="Catat").dblclick()
    page.locator(".panel.weave").wait_for()


def approve_all(page: Page) -> None:
    """Every voucher that waits, one page after the other."""
    while True:
        page.goto(f"{BOOK}bukti/?keadaan=tunggu")
        waiting = page.locator("tbody .rowlink")
        if not waiting.count():
            return
        waiting.first.click()
        follow(page, "Periksa dan setujui")
        press(page, "Setujui dan bukukan")
        heading(page, "Bukti dibukukan")


def close_month(page: Page, pieces: Mapping[int, int], bank: int) -> None:
    """Count the pieces of cash, look at the bank's own balance, lock."""
    page.goto(f"{BOOK}tutup/")
    follow(page, "Hitung uang dan tutup")
    for piece, count in pieces.items():
        page.locator(f"[name=piece{piece}]").fill(str(count))
    cash = sum(piece * count for piece, count in pieces.items())
    expect(page.locator("[data-sum=kas]")).to_have_text(f"Rp{rupiah(cash)}")
    page.get_by_label("Saldo Bank UPK").fill(rupiah(bank))
    page.get_by_label("Saldo Bank TR").fill("0")
    press(page, "Periksa")
    expect(page.get_by_text("cocok", exact=True)).to_have_count(3)
    press(page, "Tutup")
    see(page, "Dikunci")
