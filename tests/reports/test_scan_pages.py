"""Pages of a heap placed by hand, read by the worker, and whom they are shown."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from boards.models import AuditEvent, Job
from boards.roles import Role
from common.errors import RuleViolation
from reports.models import IssuedReport, ScanStack, SignedScan, StackPage
from reports.scan_jobs import read_stack
from reports.scan_piles import piles_of
from tests.make import boards as make
from tests.reports.heaps import Office, at, blank, code, every_page, stack_of, upload

pytestmark = pytest.mark.django_db
Finding = StackPage.Finding


@pytest.fixture(scope="module")
def office(module_rows, printing):
    return Office()


@pytest.fixture
def client(office):
    return make.signed_in(office.secretary)


def placed(client, office, sheet, **body):
    return client.post(
        at("sheet_place", office, sheet.stack_id, sheet.pk), make.once(**body)
    )


def test_an_unread_page_is_placed_by_hand(client, office):
    stack = stack_of(office, None, None)
    first, second = stack.sheets.all()
    report = office.minutes

    answer = placed(client, office, first, report=report.pk, number="1")
    assert answer["Location"] == at("sheet_place", office, stack.pk, second.pk)
    answer = placed(
        client, office, second, code=report.short_code.lower(), number=report.pages
    )

    assert answer["Location"] == at("stack_page", office, stack.pk)
    found = stack.sheets.values_list("finding", "report", "page", "by_hand")
    assert list(found) == [
        ("placed", report.pk, 1, True),
        ("placed", report.pk, report.pages, True),
    ]
    says = AuditEvent.objects.filter(action="reports.scan_placed").first().says
    assert says.startswith("menempatkan copier.pdf halaman ")


def test_a_wrong_place_is_refused_and_the_page_stays(client, office):
    (sheet,) = stack_of(office, None).sheets.all()
    report, foreign = office.minutes, office.foreign
    for body, says in (
        ({"report": report.pk, "number": "99"}, "halaman. Isi 1"),
        ({"report": foreign.pk, "number": "1"}, "Pilih surat dari daftar."),
        (
            {"code": foreign.short_code, "number": "1"},
            "Tidak ada surat LKM ini dengan kode itu.",
        ),
        ({"code": report.short_code[:4], "number": "1"}, "Tidak ada surat LKM ini"),
        ({"number": "1"}, "Pilih suratnya, atau isi kode periksanya."),
        ({"report": report.pk, "number": "satu"}, "Isi dengan angka, contoh 2."),
    ):
        answer = placed(client, office, sheet, **body)
        assert answer.status_code == 200
        assert says in answer.content.decode().replace("Surat ini hanya satu", "")
        sheet.refresh_from_db()
        assert sheet.finding == Finding.UNREAD


def test_a_page_is_left_out_and_taken_in_again(client, office):
    (sheet,) = stack_of(office, code(office.foreign)).sheets.all()
    assert sheet.finding == Finding.FOREIGN
    where = at("sheet_skip", office, sheet.stack_id, sheet.pk)

    client.post(where, make.once())

    sheet.refresh_from_db()
    assert sheet.finding == Finding.SKIPPED
    placed(client, office, sheet, report=office.minutes.pk, number="1")
    sheet.refresh_from_db()
    assert (sheet.finding, sheet.report) == (Finding.PLACED, office.minutes)


def test_a_stack_is_thrown_away_after_a_question(client, office):
    stack = stack_of(office, None)
    where = at("stack_drop", office, stack.pk)
    assert "1 halaman yang belum dilampirkan" in client.get(where).content.decode()

    assert client.post(where, make.once())["Location"] == at("scan_upload", office)

    assert not ScanStack.objects.exists()
    assert not StackPage.objects.exists()
    assert AuditEvent.objects.filter(action="reports.scans_dropped").exists()


def test_a_stack_that_nobody_sorts_is_forgotten_at_the_next_upload(client, office):
    old, young = stack_of(office, None), stack_of(office, None)
    then = timezone.now() - datetime.timedelta(days=8)
    ScanStack.objects.filter(pk=old.pk).update(created_at=then)

    upload(client, office, [blank()])

    left = set(ScanStack.objects.values_list("pk", flat=True))
    assert old.pk not in left
    assert len(left) == 2
    assert young.pk in left


class Steps:
    """A progress that remembers what it was told."""

    def __init__(self):
        self.notes = []

    def step(self, done, total, note=""):
        self.notes.append(note)


def test_a_large_heap_is_read_by_the_worker(client, office, settings):
    settings.SCAN_PAGES_WAITED = 1
    answer = upload(client, office, [blank(), *every_page(office.minutes)])

    job, stack = Job.objects.get(), ScanStack.objects.get()
    assert answer["Location"] == reverse("boards:job_page", args=[job.pk])
    page = client.get(at("stack_page", office, stack.pk)).content.decode()
    assert "Halamannya masih dibaca." in page
    steps = Steps()
    for _ in "ab":
        assert read_stack(job, steps) == at("stack_page", office, stack.pk)
        stack.refresh_from_db()
        assert stack.read_at

    total = 1 + office.minutes.pages
    assert steps.notes[0] == f"0 dari {total} halaman"
    assert stack.sheets.count() == total
    assert [pile.attachable for pile in piles_of(stack).piles] == [True]


def test_nothing_is_attached_while_the_worker_reads(client, office):
    upload(client, office, every_page(office.minutes))
    stack = ScanStack.objects.get()
    ScanStack.objects.update(read_at=None)
    body = make.once(scanned_on=f"{office.board.today():%d/%m/%Y}")
    body[f"signatures_{office.minutes.pk}"] = "2"

    answer = client.post(at("stack_page", office, stack.pk), body)

    assert "masih dibaca. Tunggu sampai selesai." in answer.content.decode()
    assert not SignedScan.objects.exists()


def test_the_worker_asks_for_the_right_again_and_for_the_stack(office):
    job = Job(
        kind="scans",
        board=office.board,
        user=office.secretary,
        arguments={"stack": str(uuid.uuid4()), "first": 0},
    )
    with pytest.raises(RuleViolation) as refused:
        read_stack(job, Steps())
    assert refused.value.code == "scans.gone"
    job.user = office.clerk
    with pytest.raises(RuleViolation) as refused:
        read_stack(job, Steps())
    assert refused.value.code == "scans.right_gone"


PAGES = ("stack_page", "stack_add", "stack_drop", "sheet_place", "sheet_skip")


def address(name, office, sheet, board=None):
    args = [sheet.stack_id] + ([sheet.pk] if name.startswith("sheet") else [])
    slug = (board or office.board).slug
    return reverse(f"reports:{name}", args=[slug, *args])


@pytest.mark.parametrize("name", PAGES)
def test_strangers_find_no_stack_and_members_do_not_act(office, name):
    (sheet,) = stack_of(office, None).sheets.all()
    clerk = make.signed_in(office.clerk)
    member = make.signed_in(make.user(Role.MEMBER, board=office.board))
    secretary = make.signed_in(office.secretary)
    own = office.foreign.board

    assert clerk.post(address(name, office, sheet), make.once()).status_code == 404
    assert clerk.post(address(name, office, sheet, own), make.once()).status_code == 404
    assert member.post(address(name, office, sheet), make.once()).status_code == 403
    assert secretary.put(address(name, office, sheet)).status_code == 405
    sheet.refresh_from_db()
    assert sheet.finding == Finding.UNREAD


def test_pictures_are_given_out_to_those_who_sort_alone(client, office):
    upload(client, office, [blank()])
    sheet = StackPage.objects.get()
    where = at("sheet_picture", office, sheet.stack_id, sheet.pk, "kecil")

    answer = client.get(where)

    assert answer["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert client.get(where.replace("kecil", "file")).status_code == 404
    assert make.signed_in(office.clerk).get(where).status_code == 404
    member = make.signed_in(make.user(Role.MEMBER, board=office.board))
    assert member.get(where).status_code == 403


def test_the_database_refuses_a_page_of_another_boards_paper(office):
    (sheet,) = stack_of(office, None).sheets.all()
    for wrong in (
        {"finding": "placed", "report": office.foreign, "page": 1},
        {"finding": "placed", "report": None, "page": None},
        {"finding": "unread", "report": office.minutes, "page": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StackPage.objects.filter(pk=sheet.pk).update(**wrong)


def copies(report, count):
    """As many papers more of the same kind, of one page each."""
    fields = [each for each in IssuedReport._meta.local_fields if not each.primary_key]
    values = {each.name: getattr(report, each.name) for each in fields}
    return IssuedReport.objects.bulk_create(
        IssuedReport(
            **{**values, "token": f"{n:026d}", "subject_pk": f"salinan-{n}", "pages": 1}
        )
        for n in range(count)
    )


@pytest.mark.parametrize("count", [5, 50])
def test_a_stack_of_many_papers_costs_the_same_queries(
    client, office, count, django_assert_max_num_queries
):
    papers = copies(office.minutes, count)
    stack = stack_of(office, *[code(paper) for paper in papers], None, None)
    (first, *_rest) = piles_of(stack).waiting

    with django_assert_max_num_queries(20):
        answer = client.get(at("stack_page", office, stack.pk))
    assert answer.content.decode().count("Lengkap") == count
    with django_assert_max_num_queries(20):
        client.get(at("sheet_place", office, stack.pk, first.pk))
    with django_assert_max_num_queries(20):
        client.get(at("scan_upload", office))
