"""What follows a meeting: a promise kept with a photo, a letter, the books."""

import datetime

from tests.e2e.office import Office, open_office
from tests.e2e.pages import follow, heading, press, see, taken_by
from tests.e2e.walk import Findings, look
from tests.make import meetings as meet
from tests.make import photos


def test_a_promise_is_kept_and_a_letter_is_entered(open_page):
    office, findings = open_office(), Findings()
    promise(office)
    photo = photos.upload().read()
    evidence = {"name": "bukti.jpg", "mimeType": "image/jpeg", "buffer": photo}
    page = open_page(office.secretary, width=360)

    keep_promise(page, office, evidence, findings)
    enter_letter(page, office, evidence, findings)

    page.goto(f"/lkm/{office.board.slug}/buku/kehadiran/")
    look(page, "recap", findings)
    see(page, office.people[2].name)
    sheet = taken_by(page, lambda: follow(page, "Unduh Excel"))
    assert sheet.startswith(b"PK")
    assert "\n".join(findings.said) == ""
    assert page.faults == []


def promise(office: Office) -> None:
    """Ratified minutes in which somebody promised what was due three days ago."""
    due = office.today - datetime.timedelta(days=3)
    verdict = meet.verdict(in_charge_name=office.people[2].name, due_on=due)
    meet.ratified(
        office.board,
        by=office.secretary,
        ratifier=office.coordinator,
        people=office.people,
        verdicts=(verdict,),
    )


def keep_promise(page, office: Office, evidence: dict, findings: Findings) -> None:
    """From the late ones to "selesai": refused without evidence, then with a photo."""
    page.goto(f"/lkm/{office.board.slug}/tindak-lanjut/?keadaan=lewat")
    look(page, "late promises", findings)
    follow(page, "Perbaikan drainase")
    see(page, "Lewat 3", "Dijanjikan di rapat")
    link = page.get_by_role("link", name="Ingatkan").get_attribute("href")
    assert link.startswith("https://wa.me/?text=Pengingat%20dari")
    follow(page, "Ubah keadaan")
    look(page, "moving a promise", findings)
    page.get_by_label("Selesai").check()
    press(page, "Simpan keadaan")
    see(page, "Lampirkan foto atau PDF")
    page.get_by_label("Berkas bukti").set_input_files(evidence)
    press(page, "Simpan keadaan")
    see(page, "bukti.jpg")
    look(page, "a promise kept", findings)


def enter_letter(page, office: Office, scan: dict, findings: Findings) -> None:
    """From Surat over the books to a letter with its agenda number."""
    page.goto(f"/lkm/{office.board.slug}/surat/")
    follow(page, "Buku")
    look(page, "books", findings)
    follow(page, "Buku agenda surat masuk")
    follow(page, "Catat surat masuk")
    look(page, "a letter to enter", findings)
    page.get_by_label("Pengirim", exact=True).fill("Warga RT 003")
    page.get_by_label("Perihal").fill("Permohonan lampu gang")
    page.get_by_label("Pindaian").set_input_files(scan)
    press(page, "Catat surat")
    heading(page, "Permohonan lampu gang")
    see(page, f"001/SM/{office.board.code}")
    look(page, "a letter", findings)
