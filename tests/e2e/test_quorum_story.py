"""Quorum as the evening goes: lost half-way, found again, missing from the start."""

import datetime

from playwright.sync_api import Page, expect

from boards.parameters import set_parameter
from deliberations.models import Meeting
from deliberations.services.meetings import add_agenda_item
from tests.e2e.meeting_pages import (
    Wording,
    close_item,
    end_meeting,
    take_attendance,
    type_decision,
    type_points,
)
from tests.e2e.office import Office, open_office
from tests.e2e.pages import follow, heading, press, see
from tests.make import meetings as meet


def draft_of_yesterday(office: Office) -> tuple[Meeting, str]:
    """Eleven members are called to 19.30, three items; the address of its page."""
    yesterday = office.today - datetime.timedelta(days=1)
    meeting = meet.draft(
        office.board, by=office.secretary, people=office.people, held_on=yesterday
    )
    add_agenda_item(meeting, title="Sewa tenda", by=office.secretary)
    return meeting, f"/lkm/{office.board.slug}/musyawarah/{meeting.pk}/"


def test_quorum_is_lost_and_found_and_counts_for_later_items_only(open_page):
    office = open_office()
    meeting, base = draft_of_yesterday(office)
    first, second, third = (item.pk for item in meeting.items.all())
    names = [person.name for person in office.people]
    page = open_page(office.secretary)

    page.goto(f"{base}agenda/")
    take_attendance(page, names[:6])
    note_times(page, names[5], left="20.15")
    note_times(page, names[6], came="20.40")
    write_item(page, f"{base}butir/{first}/", "19.30", "20.00", "Tarif Rp50.000.")
    write_item(page, f"{base}butir/{second}/", "20.05", "20.30", "Tarif Rp75.000.")
    write_item(page, f"{base}butir/{third}/", "20.45", "21.00")
    expect_quorum(page, f"{base}butir/{first}/", 6, "kuorum tercapai", names[5])
    expect_quorum(page, f"{base}butir/{second}/", 5, "kuorum belum tercapai")
    expect_quorum(page, f"{base}butir/{third}/", 6, "kuorum tercapai", names[6])

    end_meeting(page, base, "21.15")
    see(page, "Tanpa kuorum butir ini tidak dapat diputuskan")
    put_off(page, f"{base}butir/{second}/")
    end_meeting(page, base, "21.15")
    press(page, "Ajukan")
    coordinator = open_page(office.coordinator)
    coordinator.goto(f"{base}periksa/")
    press(coordinator, "Sahkan 1 keputusan")
    heading(coordinator, "1 keputusan disahkan")

    kept = [
        (item.counted, item.required, item.quorum_held)
        for item in meeting.items.order_by("position")
    ]
    assert kept == [(6, 6, True), (5, 6, False), (6, 6, True)]
    coordinator.goto(base)
    people = coordinator.locator("details", has_text="Siapa yang dihitung").nth(1)
    people.locator("summary").click()
    expect(people).to_contain_text(f"{names[5]} (19.30–20.15)")
    expect(people).to_contain_text(f"{names[6]} (20.40)")
    assert page.faults == []


def note_times(page: Page, name: str, *, came: str = "", left: str = "") -> None:
    """Somebody came or left at another hour, noted on a page of their own."""
    row = page.locator(".att > li", has_text=name)
    row.get_by_role("link").first.click()
    page.get_by_label("Hadir", exact=True).check()
    if came:
        page.get_by_label("Datang pukul").fill(came)
    if left:
        page.get_by_label("Pulang pukul").fill(left)
    press(page, "Simpan kehadiran")
    heading(page, "Kehadiran")


def write_item(page: Page, address: str, begin: str, end: str, decided: str = ""):
    """Minutes of one item with its hours, and a decision where there is one."""
    page.goto(address)
    type_points(page, ("Suprapto", "Dibahas bersama."))
    if decided:
        type_decision(page, 0, Wording(decided, title="Tarif sewa"))
    page.get_by_label("Mulai dibahas").fill(begin)
    page.locator("[name=ends_at]").fill(end)
    close_item(page, "Simpan, periksa notulen")
    heading(page, "Periksa")


def expect_quorum(page: Page, address: str, counted: int, verdict: str, *names: str):
    """What the page of an item says of its quorum, and who is counted by name."""
    page.goto(address)
    quorum = page.locator(".side")
    expect(quorum.locator(".qnum")).to_have_text(str(counted))
    expect(quorum).to_contain_text(verdict)
    quorum.get_by_text("Siapa yang dihitung").click()
    for name in names:
        expect(quorum.locator("dd").first).to_contain_text(name)


def put_off(page: Page, address: str) -> None:
    """Take the decision out again and leave the item to the next meeting."""
    page.goto(address)
    row = page.locator("fieldset.dec").first
    row.get_by_label("Apa yang diputuskan?").fill("")
    row.get_by_label("Tentang").fill("")
    page.get_by_label("Ditunda", exact=True).check()
    press(page, "Simpan, periksa notulen")
    heading(page, "Periksa")


def test_without_a_quorum_there_is_a_second_call_or_another_day(open_page):
    office = open_office()
    meeting, base = draft_of_yesterday(office)
    meet.come(meeting, 4, by=office.secretary)
    allow_second_call(office, meeting.held_on)
    page = open_page(office.secretary)

    page.goto(base)
    see(page, "Rapat belum dapat dibuka.")
    follow(page, "Panggilan kedua")
    page.get_by_label("Panggilan kedua pukul").fill("19.40")
    press(page, "Catat panggilan kedua")
    see(page, "Panggilan kedua paling cepat 15 menit sesudah rapat mulai")
    page.get_by_label("Panggilan kedua pukul").fill("19.50")
    press(page, "Catat panggilan kedua")
    see(page, "Panggilan kedua pukul 19.50", "Kuorum tercapai")
    press(page, "Batalkan panggilan kedua")
    follow(page, "Tunda rapat")
    page.get_by_label("Ditunda pukul").fill("20.00")
    press(page, "Tunda rapat")
    see(page, "Ditunda pukul 20.00", "Batalkan penundaan")

    following = Meeting.objects.get(resumes=meeting)
    assert following.held_on == meeting.held_on + datetime.timedelta(days=7)
    page.goto(f"/lkm/{office.board.slug}/musyawarah/{following.pk}/agenda/")
    see(page, "Tindak lanjut rapat lalu", "Ditunda dari rapat")
    assert page.faults == []


def allow_second_call(office: Office, on: datetime.date) -> None:
    """ART pasal 15: a second call is valid with whoever came."""
    facts = {"starts_on": on, "article": "ART pasal 15", "on": on}
    set_parameter(
        office.board, "second_call_valid", value=True, by=office.coordinator, **facts
    )
