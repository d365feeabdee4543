"""The Dinas and its summary: asked for, waited for, read, and added up by raw SQL."""

import datetime
import re

from django.db import connection
from playwright.sync_api import Page

from common.periods import Period
from tests.e2e.pages import follow, heading, press, see, taken_by

JOB_SECONDS = 60
SPENT = """
    SELECT COALESCE(SUM(s.amount), 0) FROM activities_spending s
    JOIN activities_activityreport r ON r.id = s.report_id
    WHERE r.state = 'approved' AND r.region_code LIKE %s
    AND r.period_end >= %s AND r.period_end <= %s"""
DAYS = """
    SELECT COALESCE(SUM(r.person_days_women + r.person_days_men), 0)
    FROM activities_activityreport r
    WHERE r.state = 'approved' AND r.region_code LIKE %s
    AND r.period_end >= %s AND r.period_end <= %s"""
WORKS = """
    SELECT COUNT(DISTINCT r.activity_id) FROM activities_activityreport r
    WHERE r.state = 'approved' AND r.region_code LIKE %s
    AND r.period_end >= %s AND r.period_end <= %s"""
MEETINGS = """
    SELECT COUNT(*) FROM deliberations_meeting m
    WHERE m.state = 'ratified' AND m.region_code LIKE %s
    AND m.held_on >= %s AND m.held_on <= %s"""
DECISIONS = """
    SELECT COUNT(*) FROM deliberations_decision d
    WHERE d.ratified_at IS NOT NULL AND d.region_code LIKE %s
    AND d.held_on >= %s AND d.held_on <= %s"""


def ask_for_summary(page: Page, region_code: str, period: Period) -> None:
    """One press on the page of summaries; ends on the page of the job."""
    page.goto(f"/wilayah/{region_code}/ringkasan/")
    page.get_by_label("Wilayah").select_option(region_code)
    page.get_by_label("Masa laporan").select_option(period.code)
    press(page, "Buat ringkasan PDF")
    heading(page, re.compile("^Ringkasan"))


def wait_for_summary(page: Page) -> None:
    """Stay on the page of the job until it shows the way to the result."""
    result = page.get_by_role("link", name="Buka hasilnya")
    result.wait_for(timeout=JOB_SECONDS * 1000)
    result.click()
    see(page, "Sidik berkas (SHA-256)")


def download_summary(page: Page) -> bytes:
    """The PDF as the browser keeps it."""
    return taken_by(page, lambda: follow(page, "Unduh PDF"))


def totals(region_code: str, start: datetime.date, end: datetime.date) -> dict:
    """Rupiah, work days, works, meetings and decisions of a region, by raw SQL."""
    asked = {
        "spent": SPENT,
        "days": DAYS,
        "works": WORKS,
        "meetings": MEETINGS,
        "decided": DECISIONS,
    }
    found = {}
    with connection.cursor() as cursor:
        for name, sql in asked.items():
            cursor.execute(sql, [f"{region_code}%", start, end])
            found[name] = int(cursor.fetchone()[0])
    return found


def check_totals(words: str, sums: dict) -> None:
    """The table of all LKM, the table of sources and the annex add up to `sums`."""
    spent = f"{sums['spent']:,}".replace(",", ".")
    # The works of three LKM are in the sums: one is silent, one has none.
    row = rf"Jumlah 5 LKM/BKM; kegiatan 3 \d+ \d+ {sums['meetings']} {sums['decided']}"
    assert re.search(rf"{row} {sums['works']} {spent} {sums['days']} ", words)
    assert re.search(rf"Jumlah semua sumber [\d.]+ {spent} ", words)
    annex = re.findall(r"Jumlah \d+ laporan ([\d.]+) (\d+) (\d+) ", words)
    assert sum(rupiah(money) for money, *_days in annex) == sums["spent"]
    assert sum(int(w) + int(m) for _money, w, m in annex) == sums["days"]


def rupiah(text: str) -> int:
    """ "1.250.000" as a number."""
    return int(text.replace(".", ""))
