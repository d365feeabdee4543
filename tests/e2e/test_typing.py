"""Nothing typed is lost: sign-in ended, server killed, no signal, a second writer."""

import re
import time

from playwright.sync_api import Page, expect

from boards.models import Draft
from boards.roles import Role
from deliberations.models import Meeting, MinutePoint
from tests.e2e.office import Office, account, open_office
from tests.e2e.pages import fill_sign_in, heading, press, see, session_of
from tests.make import meetings as meet

FIRST, SECOND = '[name="poin-0-text"]', '[name="poin-1-text"]'
AUTOSAVE_SECONDS = 10


def evening(office: Office) -> Meeting:
    """A draft meeting, everybody there, nothing written yet."""
    meeting = meet.draft(office.board, by=office.secretary, people=office.people)
    meet.come(meeting, 9, by=office.secretary)
    return meeting


def item_address(meeting: Meeting) -> str:
    """The page of the first item of the agenda."""
    item = meeting.items.first()
    return f"/lkm/{meeting.board.slug}/musyawarah/{meeting.pk}/butir/{item.pk}/"


def open_item(page: Page, meeting: Meeting) -> None:
    """Open it and wait until its scripts are awake."""
    page.goto(item_address(meeting), wait_until="networkidle")


def type_slowly(page: Page, field: str, text: str) -> None:
    """Key by key, without leaving the field, as a hand does."""
    page.locator(field).focus()
    page.keyboard.press("Control+End")
    page.locator(field).press_sequentially(text)


def state(page: Page, words: str, *, seconds: float = 15) -> None:
    """The save state in the bar says so."""
    bar = page.locator("[data-save-state]")
    expect(bar).to_contain_text(words, timeout=seconds * 1000)


def unsaved(page: Page) -> list[str]:
    """Addresses of requests that the browser could not finish, dropped from faults."""
    network = ("ERR_", "401", "Failed to fetch")
    page.faults[:] = [
        fault for fault in page.faults if not any(word in fault for word in network)
    ]
    return page.faults


def saved_points(meeting: Meeting) -> list[str]:
    """What stands in the minutes now."""
    points = MinutePoint.objects.filter(item__meeting=meeting)
    return list(points.values_list("text", flat=True))


def test_a_sign_in_that_ended_while_typing_costs_no_word(open_page):
    office = open_office()
    meeting = evening(office)
    page = open_page(office.secretary)
    open_item(page, meeting)

    session_of(page).delete()
    type_slowly(page, FIRST, "Saluran tersumbat sejak Agustus.")
    page.locator('[name="poin-0-speaker"]').click()
    state(page, "Belum terkirim")
    see(page, "Masuk lagi untuk melanjutkan. Tulisan Anda tetap ada.")
    page.get_by_role("link", name="Masuk", exact=True).click()
    fill_sign_in(page, office.secretary)
    expect(page).to_have_url(re.compile(f"{item_address(meeting)}$"))
    expect(page.locator(FIRST)).to_have_value("Saluran tersumbat sejak Agustus.")

    # The same again, now found out by the button that saves.
    session_of(page).delete()
    type_slowly(page, FIRST, " Warga siap kerja bakti.")
    press(page, "Simpan, butir berikutnya")
    fill_sign_in(page, office.secretary)
    whole = "Saluran tersumbat sejak Agustus. Warga siap kerja bakti."
    expect(page.locator(FIRST)).to_have_value(whole)
    press(page, "Simpan, butir berikutnya")
    heading(page, meeting.title)
    expect(page.locator(FIRST)).to_have_value("")

    assert saved_points(meeting) == [whole]
    assert not Draft.objects.exists()
    assert unsaved(page) == []


def test_a_rule_text_that_was_looked_at_is_saved_and_not_called_restored(open_page):
    office = open_office()
    page = open_page(office.secretary)
    address = f"/lkm/{office.board.slug}/dokumen-aturan/baru/"
    page.goto(address, wait_until="networkidle")
    page.locator('[name="name"]').fill("Tata tertib rapat")
    page.locator('[name="source"]').fill("Pasal 1\nSatu.\nPasal 2\nDua.")
    press(page, "Periksa pembagian")
    heading(page, "Catat dokumen aturan")
    state(page, "Tersimpan")
    assert "Dipulihkan" not in page.locator("[data-save-state]").inner_text()

    assert Draft.objects.get().content["name"] == "Tata tertib rapat"
    assert unsaved(page) == []


def test_a_killed_server_loses_at_most_ten_seconds_of_typing(open_page, live_portal):
    office = open_office()
    meeting = evening(office)
    page = open_page(office.secretary)
    open_item(page, meeting)

    began = time.monotonic()
    type_slowly(page, FIRST, "Saluran RT 006 diperbaiki.")
    state(page, "Tersimpan")
    assert time.monotonic() - began < AUTOSAVE_SECONDS + 3
    type_slowly(page, FIRST, " Pasir dari warga.")
    live_portal.kill_web()
    page.locator('[name="poin-0-speaker"]').click()
    state(page, "Belum terkirim")
    see(page, "Tersimpan di perangkat ini. Dikirim sendiri begitu ada sinyal.")
    page.goto("about:blank")
    live_portal.start_web()

    other = open_page(office.secretary)
    open_item(other, meeting)
    expect(other.locator(FIRST)).to_have_value("Saluran RT 006 diperbaiki.")
    see(other, "dipulihkan. Periksa, lalu simpan.")
    other.context.close()
    open_item(page, meeting)
    whole = "Saluran RT 006 diperbaiki. Pasir dari warga."
    expect(page.locator(FIRST)).to_have_value(whole)
    press(page, "Simpan, butir berikutnya")
    expect(page.locator(FIRST)).to_have_value("")

    assert saved_points(meeting) == [whole]
    assert unsaved(page) == []


def test_a_phone_without_signal_keeps_the_text_and_sends_it_later(open_page):
    office = open_office()
    meeting = evening(office)
    page = open_page(office.secretary, width=360)
    open_item(page, meeting)

    page.context.set_offline(True)
    type_slowly(page, FIRST, "Ditulis di balai tanpa sinyal.")
    state(page, "Belum terkirim (1)")
    see(page, "Tersimpan di perangkat ini.")
    press(page, "Simpan, butir berikutnya")
    expect(page.locator(FIRST)).to_have_value("Ditulis di balai tanpa sinyal.")
    assert not Draft.objects.exists()
    page.context.set_offline(False)
    state(page, "Tersimpan")

    draft = Draft.objects.get()
    assert draft.content["poin-0-text"] == "Ditulis di balai tanpa sinyal."
    press(page, "Simpan, butir berikutnya")
    expect(page.locator(FIRST)).to_have_value("")
    assert saved_points(meeting) == ["Ditulis di balai tanpa sinyal."]
    assert unsaved(page) == []


def test_two_writers_are_told_of_each_other_and_lose_nothing(open_page):
    office = open_office()
    meeting = evening(office)
    second = account(Role.SECRETARY, "Rina Marlina", board=office.board)
    dewi, rina = open_page(office.secretary), open_page(second)
    for page in (dewi, rina):
        open_item(page, meeting)

    dewi.locator(FIRST).fill("Kata Dewi.")
    dewi.locator('[name="poin-0-speaker"]').click()
    state(dewi, "Tersimpan")
    rina.locator(FIRST).fill("Kata Rina.")
    rina.locator('[name="poin-0-speaker"]').click()
    see(rina, "Dewi Anggraini sedang mencatat bagian yang sama.")
    dewi.locator('[name="poin-0-speaker"]').fill("Suprapto")
    dewi.locator(FIRST).click()
    see(dewi, "Rina Marlina sedang mencatat bagian yang sama.")

    press(dewi, "Simpan, butir berikutnya")
    expect(dewi.locator(FIRST)).to_have_value("")
    with rina.expect_response(lambda answer: answer.request.method == "POST") as post:
        press(rina, "Simpan, butir berikutnya")
    assert post.value.status == 409
    see(rina, "Disimpan Dewi Anggraini saat Anda menulis:")
    expect(rina.locator("del.theirs").nth(1)).to_have_text("Dewi")
    expect(rina.locator("ins").first).to_have_text("Rina")
    expect(rina.locator(FIRST)).to_have_value("Kata Rina.")
    assert saved_points(meeting) == ["Kata Dewi."]

    press(rina, "Tambah poin")
    rina.locator(SECOND).fill("Kata Dewi.")
    press(rina, "Simpan, butir berikutnya")
    expect(rina.locator(FIRST)).to_have_value("")
    assert saved_points(meeting) == ["Kata Rina.", "Kata Dewi."]
