"""Pages of the LKM about a report: write, look over, send, mend."""

import pytest

from activities.models import ActivityReport
from boards.drafts import keep_draft
from boards.models import Draft
from tests.activities.addresses import url
from tests.make import activities as works
from tests.make import boards as make

pytestmark = pytest.mark.django_db


def test_a_report_is_opened_written_looked_over_and_sent(client, board, work):
    address = url("report_new", board, pk=work.pk)
    answer = client.post(address, make.once(month="2026-09"))
    report = ActivityReport.objects.get()
    assert answer.url == url("report_edit", board, pk=report.pk)
    body = make.once(
        revision="0",
        physical_progress="40 %",
        volume_done="74,5",
        person_days_women="80",
        person_days_men="160,5",
        workers_women="9",
        workers_men="18",
        problems="Hujan tiga hari.",
        spend_DANA_KELURAHAN_wages="24.000.000",
    )
    answer = client.post(url("report_edit", board, pk=report.pk), body)
    assert answer.url == url("report_check", board, pk=report.pk)
    report.refresh_from_db()
    assert (str(report.volume_done), report.spent) == ("74.50", 24_000_000)
    assert "Unggah foto 0 %." in client.get(answer.url).content.decode()
    works.photo(report)
    assert "Kirim ke kelurahan" in client.get(answer.url).content.decode()
    answer = client.post(url("report_send", board, pk=report.pk), make.once())
    assert answer.url == url("report_sent", board, pk=report.pk)
    page = client.get(answer.url).content.decode()
    assert "Laporan September 2026 terkirim" in page
    assert "oleh Dewi Anggraini" in page


def test_a_report_with_a_gap_is_not_sent_by_a_bare_post(client, board, work):
    report = works.report(work, photographed=False)
    answer = client.post(url("report_send", board, pk=report.pk), make.once())
    assert answer.url == url("report_check", board, pk=report.pk)
    report.refresh_from_db()
    assert report.state == ActivityReport.State.DRAFT


def test_months_before_one_that_was_handed_in_are_not_offered(client, board, work):
    works.sent(work)
    address = url("report_new", board, pk=work.pk)
    page = client.get(address).content.decode()
    assert 'value="2026-08"' not in page
    assert 'value="2026-10"' in page
    page = client.post(address, make.once(month="2026-08")).content.decode()
    assert "Pilih bulan dari daftar ini." in page
    assert work.reports.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("physical_progress", "101", "Isi paling banyak 100."),
        ("person_days_women", "-1", "Isi paling sedikit 0."),
        ("workers_women", "40000", "Isi paling banyak 2000 orang."),
        ("spend_DANA_KELURAHAN_wages", "1,234,567.00", "Pisahkan ribuan dengan titik"),
    ],
)
def test_a_bad_box_keeps_everything_typed(client, board, work, field, value, words):
    report = works.report(work)
    body = make.once(
        revision="1",
        physical_progress="55",
        volume_done="80",
        person_days_women="1",
        person_days_men="1",
        workers_women="1",
        workers_men="1",
        problems="Semen terlambat datang.",
    )
    answer = client.post(
        url("report_edit", board, pk=report.pk), {**body, field: value}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "Semen terlambat datang." in page
    report.refresh_from_db()
    assert (report.problems, report.spent) == ("", 36_000_000)


def test_two_editors_of_a_report_get_409_with_both_texts(client, board, work):
    report = works.report(work, problems="Yang tersimpan lebih dulu")
    body = make.once(
        revision="0",
        physical_progress="55",
        volume_done="80",
        person_days_women="1",
        person_days_men="1",
        workers_women="1",
        workers_men="1",
        problems="Tulisan saya",
    )
    answer = client.post(url("report_edit", board, pk=report.pk), body)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Yang tersimpan lebih dulu" in page
    assert "Tulisan saya" in page
    assert 'name="revision" value="1"' in page


def test_a_returned_report_takes_only_what_was_asked(client, board, work):
    report = works.returned(work, "volume")
    page = client.get(url("report_edit", board, pk=report.pk)).content.decode()
    assert 'name="volume_done"' in page
    assert 'name="problems"' not in page
    assert "Unggah foto" not in page
    body = make.once(
        revision=str(report.revision),
        volume_done="80",
        problems="Diselundupkan",
        physical_progress="99",
        spend_DANA_KELURAHAN_wages="1",
        answer_volume="Selesai.",
        state="approved",
        board="1",
    )
    client.post(url("report_edit", board, pk=report.pk), body)
    report.refresh_from_db()
    assert str(report.volume_done) == "80.00"
    assert (report.problems, report.physical_progress, report.spent) == (
        "",
        40,
        36_000_000,
    )
    assert report.state == ActivityReport.State.RETURNED
    assert report.comments.get().answer == "Selesai."


def test_a_sent_report_cannot_be_opened_for_writing(client, board, work):
    report = works.sent(work)
    answer = client.get(url("report_edit", board, pk=report.pk))
    assert answer.url == url("report_page", board, pk=report.pk)
    client.post(url("report_edit", board, pk=report.pk), make.once(problems="x"))
    report.refresh_from_db()
    assert report.problems == ""


def test_an_unsaved_draft_is_offered_and_dropped_when_saved(
    client, board, work, secretary
):
    report = works.report(work)
    keep_draft(
        user=secretary,
        board=board,
        form="activities.report",
        object_key=f"{board.pk}:laporan-{report.pk}",
        part="laporan",
        content={"problems": "Belum tersimpan", "volume_done": "99,5", "revision": "0"},
        base_revision=report.revision,
    )
    address = url("report_edit", board, pk=report.pk)
    page = client.get(address).content.decode()
    assert "Belum tersimpan" in page
    assert 'value="99,5"' in page
    assert "dipulihkan" in page
    body = make.once(
        revision="1",
        physical_progress="55",
        volume_done="99,5",
        person_days_women="1",
        person_days_men="1",
        workers_women="1",
        workers_men="1",
    )
    assert client.post(address, body).status_code == 302
    assert not Draft.objects.exists()


def test_the_page_asks_for_autosave_of_this_very_revision(client, board, work):
    report = works.report(work)
    page = client.get(url("report_edit", board, pk=report.pk)).content.decode()
    assert f'data-object="laporan-{report.pk}"' in page
    assert 'data-form="activities.report"' in page
    assert 'data-revision="1"' in page


def test_a_closed_report_is_read_and_not_written(client, board, work):
    report = works.report(work)
    address = url("activity_cancel", board, pk=work.pk)
    assert "1 laporan yang belum selesai" in client.get(address).content.decode()
    client.post(address, make.once(reason="Tanah longsor."))
    page = client.get(url("report_page", board, pk=report.pk)).content.decode()
    assert "laporan ini tidak dilanjutkan" in page
    assert "Lengkapi laporan" not in page
    answer = client.get(url("report_edit", board, pk=report.pk))
    assert answer.url == url("report_page", board, pk=report.pk)
    answer = client.post(url("report_send", board, pk=report.pk), make.once())
    assert answer.url == url("report_check", board, pk=report.pk)
    report.refresh_from_db()
    assert report.state == ActivityReport.State.CLOSED


@pytest.mark.parametrize("name", ["physical_progress", "problems", "volume_done"])
def test_a_draft_with_lists_for_single_fields_opens(
    client, board, work, secretary, name
):
    report = works.report(work)
    Draft.objects.create(
        user=secretary,
        board=board,
        form="activities.report",
        object_key=f"{board.pk}:laporan-{report.pk}",
        base_revision=report.revision,
        content={name: ["1", "2"], "spend_DANA_KELURAHAN_wages": ["x"]},
    )

    answer = client.get(url("report_edit", board, pk=report.pk))

    assert answer.status_code == 200
