"""A work in the browser: planned, started, reported, reviewed, mended."""

import re

from playwright.sync_api import Page, expect

from common.words import format_date_short
from deliberations.models import Decision
from tests.e2e.office import Office
from tests.e2e.pages import follow, heading, press, see
from tests.make import photos

MONEY = {"line_wages": "44.000.000", "line_materials": "28.000.000"}
FUNDS = {"fund_DANA_KELURAHAN": "60.000.000", "fund_SWADAYA": "12.000.000"}


def plan_work(page: Page, office: Office, decision: Decision, *, starts_on) -> None:
    """A cash-for-work from a decision; ends on the page of the work."""
    page.goto(f"/lkm/{office.board.slug}/kegiatan/baru/?keputusan={decision.pk}")
    expect(page.get_by_label("Dasar keputusan")).to_have_value(str(decision.pk))
    page.get_by_label("Padat karya tunai (CFW)").check()
    values = {
        "title": "Padat karya saluran RT 006",
        "volume": "120",
        "locations": "006/002",
        "starts_on": format_date_short(starts_on),
        "ends_on": format_date_short(decision.due_on),
        "workers_women": "8",
        "workers_men": "12",
        "person_days_women": "80",
        "person_days_men": "160",
        "daily_wage": "95.000",
        **MONEY,
        **FUNDS,
    }
    page.locator("[name=works_type]").select_option("DRAIN")
    page.locator("[name=unit]").select_option("m")
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    press(page, "Simpan kegiatan")
    heading(page, "Padat karya saluran RT 006")


def start_work(page: Page, *, on) -> None:
    """From the page of the work: it began on this day."""
    follow(page, "Mulai kegiatan")
    page.get_by_label("Tanggal mulai dikerjakan").fill(format_date_short(on))
    press(page, "Mulai kegiatan")
    see(page, "Berjalan")


def write_report(page: Page, *, receipt_on) -> None:
    """The final report of the first month: photos of three stages, one receipt."""
    follow(page, "Laporan baru")
    page.get_by_label("Ini laporan akhir").check()
    press(page, "Buka laporan")
    for stage in (0, 50, 100):
        add_photo(page, stage)
    add_receipt(page, receipt_on=receipt_on)
    values = {
        "physical_progress": "100",
        "volume_done": "118",
        "spend_DANA_KELURAHAN_wages": "22.800.000",
        "spend_DANA_KELURAHAN_materials": "27.450.000",
        "spend_SWADAYA_materials": "2.000.000",
        "workers_women": "8",
        "workers_men": "12",
        "person_days_women": "8",
        "person_days_men": "12",
        "problems": "Hujan tiga hari.",
        "follow_up": "Saluran dibersihkan tiap bulan.",
    }
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    press(page, "Simpan, lalu periksa")
    heading(page, "Periksa sebelum dikirim")


def add_photo(page: Page, stage: int) -> None:
    """One photo of a stage, made small by the browser before it travels."""
    box = page.locator("#foto")
    box.get_by_label(re.compile(rf"^{stage}\s%")).check()
    shot = photos.jpeg(photos.street(stage), tags=photos.exif(), quality=85)
    box.locator("[name=photos]").set_input_files(
        {"name": f"foto-{stage}.jpg", "mimeType": "image/jpeg", "buffer": shot}
    )
    expect(box.get_by_role("img", name=f"foto-{stage}.jpg")).to_be_visible()
    press(page, "Unggah foto")
    expect(page.locator("#foto .hd")).to_contain_text(f"{1 + stage // 50} foto")


def add_receipt(page: Page, *, receipt_on) -> None:
    """One receipt with its picture."""
    box = page.locator("#nota")
    scan = photos.jpeg(photos.street(50, size=(600, 800)), quality=60)
    box.locator("[name=label]").fill("Semen 40 zak")
    box.locator("[name=receipt_on]").fill(format_date_short(receipt_on))
    box.locator("[name=amount]").fill("2.340.000")
    box.locator("[name=file]").set_input_files(
        {"name": "nota.jpg", "mimeType": "image/jpeg", "buffer": scan}
    )
    press(page, "Unggah nota")
    expect(page.locator("#nota .hd")).to_contain_text("1 nota")


def send_report(page: Page) -> None:
    """From the check page to the kelurahan."""
    press(page, "Kirim ke kelurahan")
    heading(page, "terkirim")


def open_review(page: Page, office: Office) -> None:
    """The oldest report that waits for the kelurahan."""
    page.goto(f"/wilayah/{office.board.region_code}/periksa/")
    follow(page, "Padat karya saluran RT 006")


def comment(page: Page, field: str, text: str) -> None:
    """Write under one row of the comparison."""
    page.locator(f"#baris-{field}").get_by_role("link", name="Tanggapi").click()
    page.get_by_label("Tanggapan untuk isian").fill(text)
    press(page, "Simpan tanggapan")


def give_back(page: Page) -> None:
    """Return the report with its one comment."""
    follow(page, "Kembalikan 1 isian")
    press(page, "Kembalikan 1 isian")
    heading(page, "1 isian dikembalikan")


def approve(page: Page) -> None:
    """Approve and freeze the report that is open."""
    follow(page, "Setujui laporan")
    press(page, "Setujui laporan")
    heading(page, "Laporan disetujui")
