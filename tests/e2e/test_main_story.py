"""The whole way: musyawarah, ratification, berita acara, works, review, Dinas PDF."""

import datetime

import pytest

from activities.models import ActivityReport
from common.periods import Period
from deliberations.models import Decision, Meeting
from reports.models import IssuedReport
from tests.e2e import meeting_pages as meetings
from tests.e2e import paper_pages as papers
from tests.e2e import summary_pages as summaries
from tests.e2e import work_pages as works
from tests.e2e.meeting_pages import Wording
from tests.e2e.office import KABUPATEN, PASSWORD, Office, open_office
from tests.e2e.pages import heading, let_password_age, lines, press, see, sign_in
from tests.make.summaries import regency

pytestmark = pytest.mark.main_story


def decisions_of(office: Office) -> tuple[Wording, ...]:
    """Five decisions, one by vote, one with the money of the works."""
    joko, nur = office.people[4].name, office.people[5].name
    due = office.today + datetime.timedelta(days=60)
    return (
        Wording(
            "Memperbaiki saluran RT 006 sepanjang 120 meter.\n"
            "Pagu pekerjaan Rp72.000.000 dari Dana Kelurahan dan swadaya.",
            title="Perbaikan saluran RT 006",
            kind="activity",
            amount="72.000.000",
            in_charge=joko,
            due_on=due,
        ),
        Wording(
            "Upah harian padat karya Rp95.000.",
            title="Upah harian padat karya",
            kind="budget",
            votes=("6", "2", "1"),
            amount="95.000",
        ),
        Wording("Kerja bakti tiap Minggu pertama.", title="Kerja bakti", in_charge=nur),
        Wording("Papan informasi dipasang di balai RW.", title="Papan informasi"),
        Wording("Rapat berikutnya bulan depan.", title="Rapat berikutnya"),
    )


def write_minutes(page, office: Office, address: str) -> None:
    """Two items with points; the first holds four decisions, the second one."""
    *four, last = decisions_of(office)
    page.goto(address)
    page.get_by_role("link", name="Perbaikan saluran RT 006").first.click()
    meetings.type_points(
        page,
        (office.people[4].name, "Saluran tersumbat sejak Agustus."),
        (office.people[5].name, "Warga siap menyumbang pasir."),
    )
    for number, wording in enumerate(four):
        meetings.type_decision(page, number, wording)
    meetings.close_item(page, "Simpan, butir berikutnya")
    meetings.type_points(page, (office.people[2].name, "Iuran bulan lalu lengkap."))
    meetings.close_item(page, "Simpan, butir berikutnya")
    meetings.type_decision(page, 0, last)
    meetings.close_item(page, "Simpan, periksa notulen")


def record_meeting(page, office: Office) -> str:
    """The secretary's evening: from the invitation list to "Ajukan"."""
    held_on = office.today - datetime.timedelta(days=20)
    address = meetings.prepare_meeting(page, office, held_on=held_on)
    meetings.set_agenda(
        page, "Perbaikan saluran RT 006", first="Perbaikan saluran RT 006"
    )
    meetings.take_attendance(page, [row.name for row in office.people[:9]])
    write_minutes(page, office, address)
    see(page, "Jam selesai rapat belum diisi.")
    meetings.end_meeting(page, address, "22.15")
    see(page, "5 keputusan", "6 setuju, 2 tidak setuju, 1 abstain", "Rp72.000.000")
    press(page, "Ajukan untuk disahkan")
    heading(page, "Notulen diajukan")
    return address


def ratify(page, office: Office, address: str) -> Meeting:
    """The koordinator reads everything once more, gives the password, ratifies."""
    sign_in(page, office.coordinator, address=f"{address}periksa/")
    see(page, "bukan Anda yang menulis", "19.30–22.15 WIB", "Balai RW 002")
    let_password_age(page)
    press(page, "Sahkan 5 keputusan")
    heading(page, "Kata sandi sekali lagi")
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    press(page, "Lanjutkan")
    heading(page, "5 keputusan disahkan")
    meeting = Meeting.objects.get(board=office.board)
    numbers = meeting.decisions.values_list("number_text", flat=True)
    shown = lines(page.locator(".nos li"))
    assert [text.split()[0] for text in shown] == [meeting.number_text, *numbers]
    return meeting


def print_proceedings(page, office: Office, meeting: Meeting) -> IssuedReport:
    """The berita acara says what was decided, by whom, and the money in words."""
    page.goto(f"/lkm/{office.board.slug}/musyawarah/{meeting.pk}/disahkan/")
    paper = papers.issue_paper(page, "Berita acara")
    words = papers.text_of(page)
    for text in (
        meeting.number_text,
        "Pertama",
        "Rp72.000.000 (tujuh puluh dua juta rupiah)",
        *(person.name for person in office.people[:9]),
    ):
        assert text in words
    return paper


def carry_out(page, office: Office, meeting: Meeting) -> None:
    """The decision becomes a cash-for-work, begun a fortnight ago and reported."""
    decision = meeting.decisions.get(kind=Decision.Kind.ACTIVITY)
    began = office.today - datetime.timedelta(days=14)
    works.plan_work(page, office, decision, starts_on=began)
    works.start_work(page, on=began)
    works.write_report(page, receipt_on=began)
    works.send_report(page)


def review_and_mend(secretary, officer, office: Office) -> None:
    """One field comes back, only that one is open, and then the report is frozen."""
    sign_in(officer, office.kelurahan)
    works.open_review(officer, office)
    see(officer, "Rencana dan kenyataan", "−2")
    works.comment(officer, "volume", "Ukur lagi, rencananya 120 m.")
    works.give_back(officer)
    report = ActivityReport.objects.get(board=office.board)
    secretary.goto(f"/lkm/{office.board.slug}/kegiatan/laporan/{report.pk}/ubah/")
    see(secretary, "Ukur lagi, rencananya 120 m.")
    fields = secretary.locator("#laporan :is(input:not([type=hidden]), textarea)")
    names = [box.get_attribute("name") for box in fields.all()]
    assert names == ["volume_done", "explanation", "answer_volume"]
    secretary.locator("[name=volume_done]").fill("120")
    secretary.locator("[name=answer_volume]").fill("Diukur ulang bersama KSM.")
    press(secretary, "Simpan, lalu periksa")
    works.send_report(secretary)
    works.open_review(officer, office)
    see(officer, "Diukur ulang bersama KSM.")
    works.approve(officer)


def prove_signature(page, visitor, office: Office, paper: IssuedReport) -> None:
    """The paper says unsigned until the signed sheet is attached."""
    papers.verify(visitor, paper, signed=False)
    page.goto(f"/lkm/{office.board.slug}/surat/{paper.pk}/")
    papers.attach_scan(page, signatures=11)
    papers.verify(visitor, paper, signed=True)


def summarise(page, office: Office) -> None:
    """The Dinas presses once; every total of the PDF is the sum in the database."""
    report = ActivityReport.objects.get(board=office.board)
    year = Period.year(report.period_end.year)
    sign_in(page, office.dinas)
    summaries.ask_for_summary(page, KABUPATEN, year)
    summaries.wait_for_summary(page)
    words = papers.words_in(summaries.download_summary(page))
    sums = summaries.totals(KABUPATEN, year.start, year.end)
    assert sums["spent"] >= report.spent > 0
    summaries.check_totals(words, sums)


def test_a_decision_travels_from_the_musyawarah_to_the_dinas(open_page):
    regency()
    office = open_office()
    secretary, coordinator = open_page(), open_page(width=360)
    officer, visitor, dinas = open_page(), open_page(width=360), open_page()
    everybody = (secretary, coordinator, officer, visitor, dinas)

    sign_in(secretary, office.secretary)
    address = record_meeting(secretary, office)
    meeting = ratify(coordinator, office, address)
    paper = print_proceedings(secretary, office, meeting)
    prove_signature(secretary, visitor, office, paper)
    carry_out(secretary, office, meeting)
    review_and_mend(secretary, officer, office)
    summarise(dinas, office)

    assert [page.faults for page in everybody] == [[]] * len(everybody)
