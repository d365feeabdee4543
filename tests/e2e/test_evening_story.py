"""A secretary's evening, measured: five decisions, thirteen members, ten guests."""

import re
import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from deliberations.models import Meeting
from deliberations.services.layouts import Layout, StandingGuest, save_layout
from members.models import Mandate, Person
from tests.e2e import paper_pages as papers
from tests.e2e.office import Office, open_office
from tests.e2e.pages import heading, press, see

MOST_FIELDS, MOST_SECONDS = 12, 60
DECISIONS = (
    "Memperbaiki saluran RT 006 sepanjang 120 meter.",
    "Upah harian padat karya Rp95.000.",
    "Kerja bakti tiap Minggu pertama.",
    "Papan informasi dipasang di balai RW.",
    "Rapat berikutnya bulan depan.",
)
GUESTS = tuple(
    StandingGuest(f"Ketua RT {number:03d}", "LP"[number % 2], "RT")
    for number in range(1, 11)
)


@dataclass
class Hand:
    """Counts what the secretary had to fill in by hand."""

    typed: list[str] = field(default_factory=list)

    def fill(self, box: Locator, text: str) -> None:
        """Type into a field that nothing filled before."""
        assert box.input_value() == ""
        box.fill(text)
        self.typed.append(text)

    def choose(self, box: Locator, label: str) -> None:
        """Choose from a list that stood on nothing."""
        assert box.input_value() == ""
        box.select_option(label=label)
        self.typed.append(label)


def full_house() -> Office:
    """Thirteen members, and ten RT heads who are asked to every rapat rutin."""
    office = open_office()
    term = office.people[0].mandates.get().term
    for name, sex in (("Wahono", "L"), ("Kusmiyati", "P")):
        person = Person.objects.create(board=office.board, name=name, sex=sex)
        Mandate.objects.create(
            board=office.board, term=term, person=person, started_on=term.starts_on
        )
    layout = Layout(agenda=("Keputusan malam ini",), guests=GUESTS)
    save_layout(
        office.board,
        Meeting.Kind.RUTIN,
        layout=layout,
        seen_revision=0,
        by=office.secretary,
    )
    return office


def write_evening(page: Page, office: Office, hand: Hand) -> str:
    """From the empty form to "Ajukan"; the address of the meeting."""
    page.goto(f"/lkm/{office.board.slug}/musyawarah/baru/")
    hand.fill(page.get_by_label("Mulai pukul"), "00.00")
    hand.fill(page.get_by_label("Tempat"), "Balai RW 002")
    hand.choose(page.get_by_label("Pemimpin rapat"), office.people[0].name)
    hand.choose(page.get_by_label("Notulis"), office.people[1].name)
    press(page, "Siapkan rapat")
    heading(page, "Agenda")
    address = page.url.removesuffix("agenda/")
    page.goto(f"{address}hadir/")
    press(page, re.compile("Semua yang belum"))
    see(page, "kuorum tercapai")
    page.goto(address)
    page.get_by_role("link", name="Keputusan malam ini").first.click()
    for number, text in enumerate(DECISIONS):
        row = page.locator("fieldset.dec").nth(number)
        if not row.is_visible():
            press(page, "Keputusan lain")
        hand.fill(row.get_by_label("Apa yang diputuskan?"), text)
    press(page, "Simpan, periksa notulen")
    see(page, "Jam selesai rapat belum diisi.")
    page.goto(f"{address}ubah/")
    hand.fill(page.get_by_label("Selesai pukul"), "21.30")
    press(page, "Simpan keterangan")
    page.goto(f"{address}periksa/")
    press(page, "Ajukan untuk disahkan")
    heading(page, "Notulen diajukan")
    return address


def test_five_decisions_cost_an_evening_few_fields(open_page, record_property):
    office, hand = full_house(), Hand()
    page, coordinator = open_page(office.secretary), open_page(office.coordinator)

    began = time.monotonic()
    address = write_evening(page, office, hand)
    coordinator.goto(f"{address}periksa/")
    press(coordinator, "Sahkan 5 keputusan")
    heading(coordinator, "5 keputusan disahkan")
    page.goto(f"{address}disahkan/")
    papers.issue_paper(page, "Berita acara")
    seconds = time.monotonic() - began

    words = papers.text_of(page)
    for text in DECISIONS:
        assert text in words
    meeting = Meeting.objects.get()
    assert (meeting.present, meeting.guests, meeting.decision_count) == (13, 10, 5)
    assert len(hand.typed) <= MOST_FIELDS
    record_property("GOAL five_decisions_fields", f"{len(hand.typed)} {MOST_FIELDS}")
    record_property("GOAL five_decisions_seconds", f"{seconds:.1f} {MOST_SECONDS}")
    assert page.faults == coordinator.faults == []
