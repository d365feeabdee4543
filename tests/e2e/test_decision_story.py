"""Decisions in their whole life: circular, objected, corrected, confirmed, amended."""

import re

from playwright.sync_api import Page, expect

from boards.models import User
from boards.parameters import set_parameter
from boards.roles import Role
from deliberations.models import Decision, Meeting
from tests.e2e import meeting_pages as meetings
from tests.e2e.meeting_pages import Wording
from tests.e2e.office import Office, account, open_office
from tests.e2e.pages import follow, heading, press, see

PUMP = "Meminjam pompa air dari RW 004"


def set_rules(office: Office) -> User:
    """Circulars are allowed and one member must agree; that member's account."""
    rules = {"circular_allowed": True, "confirmations_needed": 1}
    for name, value in rules.items():
        set_parameter(
            office.board,
            name,
            value=value,
            starts_on=office.today,
            article="ART pasal 12",
            on=office.today,
            by=office.coordinator,
        )
    member = account(Role.MEMBER, "Nur Hidayah", board=office.board)
    person = office.people[5]
    person.user = member
    person.save()
    return member


def open_meeting(page: Page, office: Office, kind: str, starts_at: str) -> str:
    """A new meeting of today with its two officers; the address of its page."""
    page.goto(f"/lkm/{office.board.slug}/musyawarah/baru/")
    page.get_by_label("Jenis rapat").select_option(label=kind)
    page.get_by_label("Mulai pukul").fill(starts_at)
    page.get_by_label("Tempat").fill("Balai RW 002")
    page.get_by_label("Pemimpin rapat").select_option(label=office.people[0].name)
    page.get_by_label("Notulis").select_option(label=office.people[1].name)
    press(page, "Siapkan rapat")
    heading(page, "Agenda")
    return page.url.removesuffix("agenda/")


def everybody_is_here(page: Page, address: str) -> None:
    """All eleven, from the beginning."""
    page.goto(f"{address}hadir/")
    press(page, re.compile("Semua yang belum"))
    see(page, "kuorum tercapai")


def send(page: Page, address: str, clock: str) -> None:
    """Close the meeting and hand the minutes over."""
    meetings.end_meeting(page, address, clock)
    press(page, "Ajukan untuk disahkan")
    heading(page, "Notulen diajukan")


def ratify(page: Page, address: str) -> None:
    """The koordinator reads and ratifies."""
    page.goto(f"{address}periksa/")
    press(page, re.compile("^Sahkan"))
    heading(page, "disahkan")


def decide_by_circular(page: Page, office: Office) -> tuple[str, Meeting]:
    """One circular decision that one member objects to, handed over."""
    address = open_meeting(page, office, "Keputusan sirkuler", "00.00")
    everybody_is_here(page, address)
    page.goto(address)
    page.get_by_role("link", name="Pokok yang diputuskan").first.click()
    meetings.type_decision(page, 0, Wording(PUMP + "."))
    row = page.locator("fieldset.dec").first
    row.get_by_text("Keberatan, atau mengubah").click()
    row.get_by_label("Catatan keberatan").fill("Hadi Winoto: sewanya belum jelas")
    meetings.close_item(page, "Simpan, periksa notulen")
    send(page, address, "17.00")
    return address, Meeting.objects.get(kind=Meeting.Kind.SIRKULER)


def correct(secretary: Page, member: Page, address: str) -> None:
    """A member finds a mistake; it is mended, answered and agreed with."""
    member.goto(f"{address}periksa/")
    see(member, "Aturan LKM meminta persetujuan 1 anggota")
    follow(member, "Minta koreksi")
    member.get_by_label("Apa yang perlu diperbaiki?").fill("Bukan RW 004, RW 003.")
    press(member, "Kirim permintaan")
    see(member, "Menunggu jawaban sekretaris.")
    secretary.goto(f"{address}periksa/")
    press(secretary, "Tarik untuk diperbaiki")
    see(secretary, "1 permintaan koreksi belum dijawab.")
    secretary.goto(address)
    secretary.get_by_role("link", name="Pokok yang diputuskan").first.click()
    text = secretary.get_by_label("Apa yang diputuskan?").first
    text.fill("Meminjam pompa air dari RW 003.")
    secretary.get_by_label("Tentang").first.fill("Meminjam pompa air dari RW 003")
    press(secretary, "Simpan, periksa notulen")
    follow(secretary, re.compile("^Jawab"))
    secretary.get_by_label("Diperbaiki").check()
    press(secretary, "Simpan jawaban")
    press(secretary, "Ajukan untuk disahkan")
    member.goto(f"{address}periksa/")
    see(member, "Meminjam pompa air dari RW 003.", "Diperbaiki")
    press(member, "Setujui notulen ini")
    see(member, "1 dari 1 setuju")


def confirm_and_amend(page: Page, office: Office, circular: Decision) -> str:
    """The next meeting confirms the circular decision and changes it at once."""
    address = open_meeting(page, office, "Rapat rutin anggota", "00.00")
    press(page, re.compile("Masukkan.*pompa"))
    see(page, "Pengukuhan keputusan sirkuler: Meminjam pompa air dari RW 003")
    everybody_is_here(page, address)
    page.goto(address)
    page.get_by_role("link", name=re.compile("Pengukuhan")).first.click()
    see(page, "Butir ini mengukuhkan")
    meetings.type_decision(page, 0, Wording("Mengukuhkan pinjaman pompa air."))
    meetings.close_item(page, "Simpan, butir berikutnya")
    meetings.type_decision(page, 0, Wording("Meminjam dua pompa air dari RW 003."))
    row = page.locator("fieldset.dec").first
    row.get_by_text("Keberatan, atau mengubah").click()
    row.get_by_label("Mengubah keputusan").select_option(str(circular.pk))
    row.get_by_label("Alasan perubahan").fill("Satu pompa tidak cukup")
    meetings.close_item(page, "Simpan, butir berikutnya")
    meetings.close_item(page, "Simpan, periksa notulen")
    send(page, address, "21.00")
    return address


def test_a_decision_without_a_meeting_lives_until_it_is_changed(open_page):
    office = open_office()
    agreeing = set_rules(office)
    secretary, coordinator = open_page(office.secretary), open_page(office.coordinator)
    member = open_page(agreeing, width=360)

    address, _meeting = decide_by_circular(secretary, office)
    correct(secretary, member, address)
    ratify(coordinator, address)
    circular = Decision.objects.get()
    page = f"/lkm/{office.board.slug}/keputusan/{circular.pk}/"
    coordinator.goto(page)
    see(coordinator, "Menunggu pengukuhan", "Berlaku sementara", "sewanya belum jelas")

    following = confirm_and_amend(secretary, office, circular)
    member.goto(f"{following}periksa/")
    press(member, "Setujui notulen ini")
    ratify(coordinator, following)
    coordinator.goto(page)
    see(coordinator, "Dikukuhkan", "Satu pompa tidak cukup")
    amendment = circular.amendments.get()
    link = coordinator.get_by_role("link", name=amendment.number_text).first
    expect(link).to_be_visible()
    coordinator.goto(f"/lkm/{office.board.slug}/keputusan/{amendment.pk}/")
    see(coordinator, "Mengubah", "Satu pompa tidak cukup")

    for open_one in (secretary, coordinator, member):
        assert open_one.faults == []
