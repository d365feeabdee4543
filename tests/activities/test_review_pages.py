"""Pages of the kelurahan: comment, return, approve, each once."""

import pytest

from activities.models import ActivityReport, FieldComment
from boards.roles import Role
from tests.activities.addresses import office, url
from tests.make import activities as works
from tests.make import boards as make

pytestmark = pytest.mark.django_db


def test_the_officer_comments_returns_and_later_approves(board, work):
    officer = make.signed_in(works.officer(board, name="Arif Budiman"))
    report = works.sent(work)
    page = officer.get(office("review_page", report) + "?tanggapi=volume")
    assert "Tanggapan untuk isian Volume" in page.content.decode()
    body = make.once(field="volume", text="Empat meter belum terpasang.")
    answer = officer.post(office("review_page", report), body)
    assert answer.url == office("review_page", report) + "#baris-volume"
    page = officer.get(office("review_page", report)).content.decode()
    assert "Kembalikan 1 isian" in page
    assert "Setujui laporan" not in page
    hidden = make.signed_in(work.created_by).get(
        url("report_page", board, pk=report.pk)
    )
    assert "Empat meter" not in hidden.content.decode()
    officer.post(office("review_return", report), make.once())
    page = officer.get(office("review_done", report)).content.decode()
    assert "1 isian dikembalikan" in page
    report.refresh_from_db()
    assert report.state == ActivityReport.State.RETURNED
    works.reports.send_report(report, at=works.SENT, by=work.created_by)
    officer.post(office("review_approve", report), make.once())
    page = officer.get(office("review_done", report)).content.decode()
    assert "Laporan disetujui" in page
    assert "Arif Budiman, Kasi PMD" in page


def test_a_double_click_approves_once(board, work):
    officer = make.signed_in(works.officer(board))
    report, body = works.sent(work), make.once()
    first = officer.post(office("review_approve", report), body)
    again = officer.post(office("review_approve", report), body)
    assert (first.status_code, again.status_code) == (302, 303)
    assert again.url == first.url
    third = officer.post(office("review_approve", report), make.once())
    assert "tidak menunggu pemeriksaan" in third.content.decode()


def test_a_maker_who_is_officer_too_is_told_and_refused(board):
    both = works.officer(board)
    both.assignments.create(role=Role.SECRETARY, board=board)
    report = works.sent(works.running(board, by=both), by=both)
    page = make.signed_in(both).get(office("review_page", report)).content.decode()
    assert "orang lain yang memeriksanya" in page
    assert "Setujui laporan" not in page
    answer = make.signed_in(both).post(office("review_approve", report), make.once())
    assert "orang lain yang memeriksanya" in answer.content.decode()
    report.refresh_from_db()
    assert report.state == ActivityReport.State.SENT


def test_a_draft_does_not_exist_for_the_kelurahan(board, work):
    report = works.report(work)
    officer = make.signed_in(works.officer(board))
    assert officer.get(office("review_page", report)).status_code == 404


def test_the_same_state_reads_differently_to_its_two_readers(client, board, work):
    report = works.sent(work)
    theirs = client.get(url("report_page", board, pk=report.pk)).content.decode()
    officer = make.signed_in(works.officer(board))
    mine = officer.get(office("review_page", report)).content.decode()
    assert "Menunggu pemeriksaan kelurahan" in theirs
    assert "Perlu Anda periksa" in mine
    assert "Perlu Anda periksa" not in theirs


def test_an_unknown_field_is_no_comment(board, work):
    report = works.sent(work)
    officer = make.signed_in(works.officer(board))
    body = make.once(field="approved_by", text="x")
    assert officer.post(office("review_page", report), body).status_code == 200
    assert not FieldComment.objects.exists()


def test_the_review_list_costs_the_same_at_any_length(
    board, secretary, django_assert_max_num_queries
):
    basis = works.decision(board, amount=100_000_000_000)
    officer = make.signed_in(works.officer(board))
    made = 0
    for count in (5, 50):
        for _ in range(count - made):
            works.sent(works.running(board, basis=basis, by=secretary), by=secretary)
        made = count
        officer.get(office("review_list"))
        with django_assert_max_num_queries(8):
            page = officer.get(office("review_list")).content.decode()
        assert page.count("Perlu Anda periksa") == count + 1


def test_answered_reports_are_paged_and_none_is_lost(board, secretary):
    basis = works.decision(board, amount=100_000_000_000)
    officer = works.officer(board)
    reader = make.signed_in(officer)
    for number in range(28):
        work = works.running(
            board, basis=basis, by=secretary, title=f"Kegiatan {number:02d}"
        )
        works.approved(work, by=officer)
    first = reader.get(office("review_list"))
    older = first.context["page"].older
    second = reader.get(office("review_list") + f"?sesudah={older}")
    titles = {
        report.activity.title
        for answer in (first, second)
        for report in answer.context["page"].rows
    }
    assert len(titles) == 28
    assert [len(a.context["page"].rows) for a in (first, second)] == [25, 3]


def test_one_report_costs_few_queries(board, secretary, django_assert_max_num_queries):
    work = works.running(board, by=secretary)
    report = works.sent(work)
    officer = make.signed_in(works.officer(board))
    officer.get(office("review_page", report))
    with django_assert_max_num_queries(24):
        assert officer.get(office("review_page", report)).status_code == 200
    writer = make.signed_in(secretary)
    with django_assert_max_num_queries(24):
        assert writer.get(url("report_page", board, pk=report.pk)).status_code == 200
    with django_assert_max_num_queries(16):
        assert writer.get(url("activity_page", board, pk=work.pk)).status_code == 200


def test_the_place_of_a_photo_is_for_the_lkm_the_officer_reads_a_distance(
    board, secretary
):
    work = works.running(board, by=secretary)
    report = works.report(work)
    works.photo(report, 50)
    points = {0: ("-7.651400", "111.334000"), 50: ("-7.651420", "111.334010")}
    for photo in report.photos.all():
        photo.latitude, photo.longitude = points[photo.stage]
        photo.taken_at = works.SENT
        photo.save()
    report = works.reports.send_report(report, at=works.SENT, by=secretary)
    inside = make.signed_in(secretary).get(url("report_page", board, pk=report.pk))
    assert "−7,6514; 111,334" in inside.content.decode()
    officer = make.signed_in(works.officer(board))
    for address in (
        office("review_page", report),
        url("report_page", board, pk=report.pk),
    ):
        page = officer.get(address).content.decode()
        assert "111,334" not in page
        assert "jarak 2 m dari titik 0 %" in page.replace("\u00a0", " ")


def test_a_draft_that_was_closed_is_never_shown_to_the_kelurahan(board, work):
    report = works.report(work)
    works.acts.cancel_activity(
        work, reason="Longsor.", on=works.SENT.date(), by=work.created_by
    )
    officer = make.signed_in(works.officer(board))
    assert officer.get(office("review_page", report)).status_code == 404
    page = officer.get(office("review_list")).content.decode()
    assert office("review_page", report) not in page


def test_a_returned_report_that_was_closed_says_so(board, work):
    report = works.returned(work, "volume")
    works.acts.cancel_activity(
        work, reason="Longsor.", on=works.SENT.date(), by=work.created_by
    )
    officer = make.signed_in(works.officer(board))
    assert "Ditutup" in officer.get(office("review_list")).content.decode()
    page = officer.get(office("review_page", report)).content.decode()
    assert "laporan ini tidak dilanjutkan" in page
    assert "Setujui laporan" not in page
