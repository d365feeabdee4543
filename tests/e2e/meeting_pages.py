"""The secretary and the koordinator at work on one meeting, page by page."""

import datetime
import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from common.words import format_date_short
from tests.e2e.office import Office
from tests.e2e.pages import follow, heading, lines, press, see


@dataclass(frozen=True)
class Wording:
    """One decision as it is typed."""

    text: str
    title: str = ""
    kind: str = "general"
    votes: tuple[str, str, str] | None = None
    amount: str = ""
    in_charge: str = ""
    due_on: datetime.date | None = None


def prepare_meeting(page: Page, office: Office, *, held_on: datetime.date) -> str:
    """From the list to a new rapat rutin; the address of its page."""
    page.goto(f"/lkm/{office.board.slug}/musyawarah/")
    follow(page, re.compile("[Rr]apat baru|Siapkan rapat|Catat rapat"))
    page.get_by_label("Jenis rapat").select_option(label="Rapat rutin anggota")
    page.get_by_label("Tanggal").fill(format_date_short(held_on))
    page.get_by_label("Mulai pukul").fill("19.30")
    page.get_by_label("Tempat").fill("Balai RW 002")
    page.get_by_label("Pemimpin rapat").select_option(label=office.people[0].name)
    page.get_by_label("Notulis").select_option(label=office.people[1].name)
    press(page, "Siapkan rapat")
    heading(page, "Agenda")
    return page.url.removesuffix("agenda/")


def set_agenda(page: Page, *titles: str, first: str) -> None:
    """Add these items, then lift `first` to the top by its button."""
    for title in titles:
        page.get_by_label("Pokok bahasan").fill(title)
        press(page, "Tambah butir")
        expect(page.locator(".orderlist")).to_contain_text(title)
    rows = page.locator(".orderlist > li")
    place = next(at for at, text in enumerate(lines(rows)) if first in text)
    for above in range(place - 1, -1, -1):
        rows.filter(has_text=first).get_by_role("button", name="Naikkan butir").click()
        expect(rows.nth(above)).to_contain_text(first)


def take_attendance(page: Page, names: list[str]) -> None:
    """One tap a person."""
    follow(page, "Lanjut ke kehadiran")
    for name in names:
        row = page.locator(".att > li", has_text=name)
        row.get_by_role("button", name="Hadir").click()
        expect(row.get_by_role("link", name="ubah kehadiran")).to_be_visible()
    see(page, "kuorum tercapai")


def type_decision(page: Page, number: int, wording: Wording) -> None:
    """Fill the decision in row `number`, opening it when it is not there yet."""
    row = page.locator("fieldset.dec").nth(number)
    if not row.is_visible():
        press(page, "Keputusan lain")
    expect(row).to_be_visible()
    row.get_by_label("Apa yang diputuskan?").fill(wording.text)
    row.get_by_label("Tentang").fill(wording.title)
    row.get_by_label("Jenis").select_option(wording.kind)
    if wording.votes:
        row.get_by_label("Pemungutan suara").check()
        row.get_by_label("Mengapa mufakat").fill("Dua pendapat tidak bertemu.")
        for label, count in zip(
            ("Setuju", "Tidak setuju", "Abstain"), wording.votes, strict=True
        ):
            row.get_by_label(re.compile(f"^{label}")).fill(count)
    row.get_by_label("Jumlah uang").fill(wording.amount)
    row.get_by_label("Penanggung jawab").fill(wording.in_charge)
    if wording.due_on:
        row.get_by_label("paling lambat").fill(format_date_short(wording.due_on))


def type_points(page: Page, *points: tuple[str, str]) -> None:
    """Who said what, one row each."""
    for number, (speaker, text) in enumerate(points):
        field = page.locator(f'[name="poin-{number}-text"]')
        if not field.is_visible():
            press(page, "Tambah poin")
        page.locator(f'[name="poin-{number}-speaker"]').fill(speaker)
        field.fill(text)


def close_item(page: Page, name: str) -> None:
    """Mark the item as discussed and press the button of the bar."""
    page.get_by_label("Selesai dibahas", exact=True).check()
    press(page, name)


def end_meeting(page: Page, address: str, clock: str) -> None:
    """Write down when the meeting was closed."""
    page.goto(f"{address}ubah/")
    page.get_by_label("Selesai pukul").fill(clock)
    press(page, "Simpan keterangan")
    page.goto(f"{address}periksa/")
