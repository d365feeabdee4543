"""Pages of summaries: who may, what bad input gets, one job for a double press."""

from datetime import timedelta

import pytest
from django.utils import timezone

from boards.jobs import run_job
from boards.models import Assignment, AuditEvent, Job, Region
from boards.roles import Role
from boards.triggers import without_triggers
from reports import jobs
from reports.models import IssuedReport, Summary
from reports.render import Rendered, RenderFailed
from tests.make import boards as make

pytestmark = pytest.mark.django_db
LIST = "/wilayah/35.20/ringkasan/"
NEW = f"{LIST}buat/"


@pytest.fixture
def dinas(place):
    return make.user(Role.DINAS, region_code="35.20", name="Ratna", title="Kasi")


@pytest.fixture
def press(monkeypatch):
    """Print nothing; the press has tests of its own."""

    def printed(progress, documents):
        return Rendered(b"%PDF-1.7 " + documents[0].verify.token.encode(), 8)

    monkeypatch.setattr(jobs, "_print", printed)


def ask(person, **body):
    """Press the button."""
    values = {"region": "35.20", "period": "2026-T3"}
    return make.signed_in(person).post(NEW, make.once(**{**values, **body}))


def made(person, **body) -> Job:
    """A summary asked for and made."""
    ask(person, **body)
    job = Job.objects.latest("created_at")
    run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


def test_pressing_goes_to_the_job_and_the_job_to_the_summary(dinas, press):
    answer = ask(dinas)

    job = Job.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/pekerjaan/{job.pk}/"
    run_job.call(str(job.pk))
    job.refresh_from_db()
    summary = Summary.objects.get()
    assert (job.state, job.percent) == ("done", 100)
    assert job.result_url == f"{LIST}{summary.pk}/"
    assert (job.done, job.total) == (4, 4)
    page = make.signed_in(dinas).get(job.result_url).content.decode()
    assert "600/001/Perkim/2026" in page
    assert summary.report.sha256 in page
    assert summary.report.short_code in page


def test_a_double_press_is_one_job(dinas):
    client, body = make.signed_in(dinas), make.once(region="35.20", period="2026-T3")

    answers = [client.post(NEW, body) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 303]
    assert Job.objects.count() == 1


def test_the_same_request_while_it_runs_is_the_same_job(dinas):
    assert ask(dinas)["Location"] == ask(dinas)["Location"]
    assert Job.objects.count() == 1
    assert AuditEvent.objects.filter(action="boards.job_asked").count() == 1


def test_the_same_request_for_the_same_facts_is_the_same_paper(dinas, press):
    first, second = made(dinas), made(dinas)

    assert first.pk != second.pk
    assert first.result_url == second.result_url
    assert IssuedReport.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"region": "33.12"}, "Pilih wilayah dari daftar."),
        ({"region": ""}, "Pilih wilayah dari daftar."),
        ({"period": "2026-T9"}, "Pilih masa laporan dari daftar."),
        ({"period": "3026-01"}, "Pilih masa laporan dari daftar."),
        ({"period": "<script>"}, "Pilih masa laporan dari daftar."),
    ],
)
def test_bad_input_gets_a_sentence_and_no_job(dinas, body, says):
    answer = ask(dinas, **body)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("</head>")[1]
    assert not Job.objects.exists()


def test_ten_an_hour_are_enough(dinas):
    for number in range(10):
        Job.objects.create(kind="summary", title="R", key=str(number), user=dinas)

    answer = ask(dinas)

    assert answer.status_code == 429
    assert "satu jam" in answer.content.decode()
    assert Job.objects.count() == 10


def test_the_limit_counts_only_the_last_hour(dinas):
    for number in range(10):
        Job.objects.create(kind="summary", title="R", key=str(number), user=dinas)
    Job.objects.update(created_at=timezone.now() - timedelta(hours=2))

    assert ask(dinas).status_code == 302


def test_a_right_that_is_gone_fails_the_job(dinas, press):
    ask(dinas)
    Assignment.objects.update(ended_at=timezone.now(), ended_by=dinas)
    job = Job.objects.get()

    run_job.call(str(job.pk))

    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "izin" in job.note
    assert not IssuedReport.objects.exists()


def test_cancel_stops_at_the_next_board(dinas, press, monkeypatch):
    ask(dinas)
    tell = jobs._tell

    def cancelling(progress, began, done, total):
        if done == 2:
            Job.objects.update(cancel_asked_at=timezone.now())
        tell(progress, began, done, total)

    monkeypatch.setattr(jobs, "_tell", cancelling)
    job = Job.objects.get()

    run_job.call(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.done) == ("cancelled", 1)
    assert not IssuedReport.objects.exists()


def test_a_paper_that_cannot_be_printed_fails_with_its_sentence(dinas, monkeypatch):
    def broken(progress, documents):
        raise RenderFailed("memory")

    monkeypatch.setattr(jobs, "_print", broken)

    job = made(dinas)

    assert (job.state, job.result_url) == ("failed", "")
    assert job.note == "Dokumen ini terlalu besar untuk dicetak."


def test_files_are_given_out_to_those_who_may_see_summaries(dinas, press):
    made(dinas)
    summary = Summary.objects.get()
    kecamatan = make.user(Role.KECAMATAN, region_code="35.20.06")

    pdf = make.signed_in(dinas).get(f"{LIST}{summary.pk}/pdf/?unduh")
    sheet = make.signed_in(dinas).get(f"{LIST}{summary.pk}/excel/")

    assert b"".join(pdf.streaming_content).startswith(b"%PDF-1.7")
    assert "ringkasan-dinas-35.20-2026-T3.pdf" in pdf["Content-Disposition"]
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    assert make.signed_in(dinas).get(f"{LIST}{summary.pk}/csv/").status_code == 404
    # A summary of the whole regency is above a kecamatan.
    own = f"/wilayah/35.20.06/ringkasan/{summary.pk}/"
    assert make.signed_in(kecamatan).get(own).status_code == 404


def test_a_kecamatan_sees_its_own_summaries_and_makes_none(dinas, press):
    made(dinas, region="35.20.06")
    kecamatan = make.signed_in(make.user(Role.KECAMATAN, region_code="35.20.06"))

    page = kecamatan.get("/wilayah/35.20.06/ringkasan/").content.decode()

    assert "Ringkasan Kecamatan Magetan, Triwulan III 2026" in page
    assert "Buat ringkasan" not in page
    assert kecamatan.post("/wilayah/35.20.06/ringkasan/buat/").status_code == 403


def test_older_ones_are_in_the_archive(dinas, press):
    made(dinas)
    with without_triggers():
        IssuedReport.objects.update(issued_at=timezone.now() - timedelta(days=31))

    page = make.signed_in(dinas).get(LIST).content.decode()

    assert "Belum ada ringkasan dalam 30 hari terakhir." in page
    assert "di arsip" in page


@pytest.mark.parametrize("path", [LIST, f"{LIST}1/", f"{LIST}1/pdf/"])
def test_another_region_does_not_exist(place, path):
    make.region("33.12", "Wonogiri")
    stranger = make.user(Role.DINAS, region_code="33.12")

    assert make.signed_in(stranger).get(path).status_code == 404


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        (Role.KELURAHAN, "35.20.06.1010", 404),
        (Role.DINAS_ADMIN, "35.20", 403),
        (Role.PROVINCE, "35", 403),
    ],
)
def test_other_roles_may_not_make_one(place, role, code, status):
    person = make.user(role, region_code=code)

    assert ask(person).status_code == status
    assert not Job.objects.exists()


def test_the_page_says_the_totals_of_the_paper(dinas, press):
    made(dinas)
    summary = Summary.objects.get()

    html = make.signed_in(dinas).get(f"{LIST}{summary.pk}/").content.decode()

    assert "4: 1 lengkap, 1 sebagian, 1 belum, 1 tidak wajib" in html
    assert "2 kegiatan, 5 laporan disetujui" in html
    assert "Rp55.000.009" in html
    assert "505 HOK, 200 di antaranya perempuan" in html


def test_a_province_reads_the_sums_but_not_the_files_with_rows(dinas, press):
    made(dinas)
    summary = Summary.objects.get()
    address = f"/wilayah/35/ringkasan/{summary.pk}/"
    client = make.signed_in(make.user(Role.PROVINCE, region_code="35"))

    html = client.get(address).content.decode()

    assert "Rp55.000.009" in html
    assert "Unduh" not in html
    assert "Unduh" not in client.get("/wilayah/35/ringkasan/").content.decode()
    for what in ("pdf", "excel"):
        assert client.get(f"{address}{what}/").status_code == 403


def test_wrong_methods_are_refused(dinas):
    client = make.signed_in(dinas)

    assert client.get(NEW).status_code == 405
    assert client.post(LIST).status_code == 405
    assert client.post(f"{LIST}1/").status_code == 405


def test_strangers_are_asked_to_sign_in(client, place):
    assert client.get(LIST).status_code == 302
    assert client.post(NEW).status_code == 302


def test_the_list_costs_the_same_with_more_rows(
    dinas, press, django_assert_max_num_queries
):
    for code in ("35.20", "35.20.06", "35.20.07"):
        for period in ("2026-T3", "2026-T2", "2026-09", "2026"):
            made(dinas, region=code, period=period)
            Job.objects.update(created_at=timezone.now() - timedelta(hours=2))
    client = make.signed_in(dinas)
    client.get(LIST)

    with django_assert_max_num_queries(8):
        page = client.get(LIST).content.decode()

    assert page.count("Unduh") == 12
    assert Region.objects.filter(code="35.20").exists()
