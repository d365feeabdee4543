"""Acts of the LKM about a report: open, write, send, mend what came back."""

import datetime

import pytest

from activities.models import Activity, ActivityReport, CostKind, Source
from activities.readiness import gaps_of, spent_until
from activities.services.proof import add_photos, remove_photo, remove_receipt
from activities.services.reports import (
    create_report,
    edit_report,
    open_boxes,
    send_report,
)
from boards.files import put_bytes
from boards.forms import EditConflict
from boards.models import AuditEvent, StoredFile, User
from boards.roles import Role
from boards.triggers import without_triggers
from boards.uploads import PhotoFacts, ReadPhoto
from common.errors import RuleViolation
from common.periods import Period
from tests.make import activities as works
from tests.make import boards as make

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 17)


@pytest.fixture(scope="module")
def kept(module_rows):
    """Keys of a work that runs and of who wrote it; each test reads them anew."""
    board = make.board()
    by = make.user(Role.SECRETARY, board=board)
    return works.running(board, by=by).pk, by.pk


@pytest.fixture
def work(kept):
    return Activity.objects.get(pk=kept[0])


@pytest.fixture
def board(work):
    return work.board


@pytest.fixture
def secretary(kept):
    return User.objects.get(pk=kept[1])


def code_of(act, *args, **kwargs):
    with pytest.raises(RuleViolation) as caught:
        act(*args, **kwargs)
    return caught.value.code


def open_report(work, period, by, *, is_final=False):
    return create_report(work, period=period, is_final=is_final, at=works.SENT, by=by)


def test_a_report_carries_progress_of_the_month_before(work, secretary):
    works.report(work)
    second = open_report(work, works.OCTOBER, secretary)
    assert (second.physical_progress, second.volume_done) == (40, 74)
    assert second.state == ActivityReport.State.DRAFT


@pytest.mark.parametrize(
    ("period", "code"),
    [
        (Period.month(2026, 12), "report.future"),
        (Period.month(2026, 6), "report.period"),
        (
            Period(datetime.date(2026, 9, 1), datetime.date(2026, 9, 20)),
            "report.period",
        ),
    ],
)
def test_a_report_is_about_a_whole_month_that_has_begun(work, secretary, period, code):
    assert code_of(open_report, work, period, secretary) == code
    assert not work.reports.exists()


def test_a_month_has_one_report(work, secretary):
    works.report(work)
    assert code_of(open_report, work, works.SEPTEMBER, secretary) == "report.exists"
    assert work.reports.count() == 1


def test_only_a_running_work_is_reported_on(board, secretary):
    planned = works.activity(board, by=secretary)
    assert (
        code_of(open_report, planned, works.SEPTEMBER, secretary)
        == "report.not_running"
    )


def test_nothing_follows_the_final_report(work, secretary):
    open_report(work, works.SEPTEMBER, secretary, is_final=True)
    assert code_of(open_report, work, works.OCTOBER, secretary) == "report.after_final"


def test_the_final_report_is_the_last(work, secretary):
    open_report(work, works.OCTOBER, secretary)
    code = code_of(open_report, work, works.SEPTEMBER, secretary, is_final=True)
    assert code == "report.final_not_last"


def test_saving_replaces_the_spending_of_the_month(work, secretary):
    report = works.report(work)
    edit_report(
        report,
        columns=set(),
        spendings={(Source.DANA_KELURAHAN, CostKind.WAGES): 1_000_000},
        seen_revision=1,
        by=secretary,
    )
    report.refresh_from_db()
    assert report.spent == 13_000_000
    assert report.spendings.count() == 2


def test_two_editors_of_a_report_never_overwrite_each_other(work, secretary):
    report = works.report(work)
    mine = ActivityReport.objects.get(pk=report.pk)
    report.problems = "Hujan."
    keys = {"columns": {"problems"}, "spendings": {}, "seen_revision": 1}
    edit_report(report, **keys, by=secretary)
    mine.problems = "Banjir."
    with pytest.raises(EditConflict):
        edit_report(mine, **keys, by=secretary)
    assert ActivityReport.objects.get(pk=report.pk).problems == "Hujan."


def test_sending_copies_the_name_and_the_post(work, secretary):
    report = works.sent(work)
    assert report.state == ActivityReport.State.SENT
    assert (report.sent_name, report.sent_role) == (secretary.name, "Sekretaris LKM")
    assert report.state_since == works.SENT
    says = AuditEvent.objects.get(action="activities.report_sent").says
    assert says == "mengirim laporan September 2026 kegiatan KGT-2026-01 ke kelurahan"


def test_a_sent_report_is_not_sent_or_written_again(work, secretary):
    report = works.sent(work)
    assert code_of(send_report, report, at=works.SENT, by=secretary) == "report.locked"
    code = code_of(
        edit_report,
        report,
        columns={"problems"},
        spendings={},
        seen_revision=2,
        by=secretary,
    )
    assert code == "report.locked"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"photographed": False}, "report.no_photo"),
        ({"physical_progress": 50}, "report.no_photo"),
        ({"workers_women": 0}, "report.no_workers"),
        ({"person_days_men": 541}, "report.too_many_days"),
        (
            {"spendings": {(Source.SWADAYA, CostKind.TOOLS): 6_000_001}},
            "report.over_funding",
        ),
        ({"spendings": {(Source.CSR, CostKind.TOOLS): 1}}, "report.over_funding"),
        ({"is_final": True}, "report.final_short"),
    ],
)
def test_a_report_with_a_gap_is_not_sent(work, secretary, changes, code):
    report = works.report(work, **changes)
    assert code in [gap.code for gap in gaps_of(report, today=TODAY)]
    with pytest.raises(RuleViolation):
        send_report(report, at=works.SENT, by=secretary)
    report.refresh_from_db()
    assert report.state == ActivityReport.State.DRAFT


def test_spending_over_its_source_needs_an_explanation(work, secretary):
    report = works.report(
        work,
        spendings={(Source.SWADAYA, CostKind.TOOLS): 6_000_001},
        explanation="Warga menambah dua hari kerja bakti.",
    )
    assert send_report(report, at=works.SENT, by=secretary).state == "sent"


def test_spending_is_added_up_over_the_months(work):
    half = {(Source.SWADAYA, CostKind.TOOLS): 3_000_001}
    works.approved(work, spendings=half)
    second = works.report(work, works.OCTOBER, spendings=half)
    assert [gap.text for gap in gaps_of(second, today=TODAY)] == [
        "Realisasi Swadaya Rp6.000.002 melebihi anggarannya Rp6.000.000. Jelaskan"
        " sebabnya."
    ]


def test_falling_progress_needs_an_explanation(work):
    works.approved(work)
    second = works.report(work, works.OCTOBER, physical_progress=39)
    assert [gap.code for gap in gaps_of(second, today=TODAY)] == [
        "report.progress_fell"
    ]


def test_photos_of_an_earlier_month_count(work):
    works.approved(work)
    second = works.report(work, works.OCTOBER, photographed=False)
    assert gaps_of(second, today=TODAY) == []


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (works.report, "Laporan September 2026 belum dikirim. Kirim laporan itu dulu."),
        (
            works.sent,
            "Laporan September 2026 masih diperiksa kelurahan. Kirim laporan ini"
            " sesudah laporan itu disetujui.",
        ),
        (
            lambda work: works.returned(work, "volume"),
            "Laporan September 2026 belum dikirim. Kirim laporan itu dulu.",
        ),
    ],
    ids=["draft", "sent", "returned"],
)
def test_months_of_one_work_are_sent_in_order(work, secretary, first, words):
    first(work)
    second = works.report(work, works.OCTOBER)
    with pytest.raises(RuleViolation) as caught:
        send_report(second, at=works.SENT, by=secretary)
    assert (caught.value.code, str(caught.value)) == ("report.earlier_open", words)
    second.refresh_from_db()
    assert second.state == ActivityReport.State.DRAFT


def test_the_next_month_is_sent_once_the_one_before_is_approved(work, secretary):
    works.approved(work)
    second = works.report(work, works.OCTOBER)
    assert send_report(second, at=works.SENT, by=secretary).state == "sent"


@pytest.mark.parametrize("handed_in", [works.sent, works.approved])
def test_no_month_is_opened_before_one_that_was_handed_in(work, secretary, handed_in):
    handed_in(work, period=works.OCTOBER)
    with pytest.raises(RuleViolation) as caught:
        open_report(work, works.SEPTEMBER, secretary)
    assert caught.value.code == "report.too_old"
    assert str(caught.value) == (
        "Laporan Oktober 2026 sudah dikirim. Masukkan pekerjaan September 2026 ke"
        " laporan berikutnya."
    )
    assert work.reports.count() == 1


def test_a_month_may_be_left_out(work, secretary):
    works.approved(work, period=Period.month(2026, 8))
    second = works.report(work, works.OCTOBER)
    assert send_report(second, at=works.SENT, by=secretary).state == "sent"


def test_money_of_an_approved_later_month_counts_too(work):
    """Rows of a time when months were not yet kept in order."""
    earlier = works.report(work, spendings={(Source.SWADAYA, CostKind.TOOLS): 10})
    later = works.report(work, works.OCTOBER)
    with without_triggers():
        ActivityReport.objects.filter(pk=later.pk).update(
            period_start=datetime.date(2026, 7, 1)
        )
    later.refresh_from_db()
    works.reports.send_report(later, at=works.SENT, by=work.created_by)
    works.review.approve_report(later, at=works.SENT, by=works.officer(work.board))
    with without_triggers():
        ActivityReport.objects.filter(pk=later.pk).update(
            period_start=works.OCTOBER.start
        )
    assert spent_until(earlier) == {
        Source.DANA_KELURAHAN: 36_000_000,
        Source.SWADAYA: 10,
    }


def test_a_receipt_after_the_month_is_a_gap(work):
    report = works.report(work)
    works.receipt(report, receipt_on=datetime.date(2026, 10, 1))
    assert [gap.code for gap in gaps_of(report, today=TODAY)] == ["report.receipt_late"]


def test_a_receipt_of_tomorrow_is_refused(work):
    report = works.report(work)
    code = code_of(works.receipt, report, receipt_on=datetime.date(2026, 11, 18))
    assert code == "receipt.future"
    assert not report.receipts.exists()


def test_a_returned_report_opens_only_commented_boxes(work, secretary):
    report = works.returned(work, "volume")
    assert open_boxes(report) == {"volume_done", "explanation"}
    report.volume_done, report.problems = 80, "Tidak ditanya"
    code = code_of(
        edit_report,
        report,
        columns={"volume_done", "problems"},
        spendings={},
        seen_revision=report.revision,
        by=secretary,
    )
    assert code == "report.box_closed"
    report.refresh_from_db()
    assert (report.volume_done, report.problems) == (74, "")


def test_money_of_a_returned_report_stays_shut(work, secretary):
    report = works.returned(work, "wages")
    before = report.spent
    code = code_of(
        edit_report,
        report,
        columns=set(),
        spendings={(Source.DANA_KELURAHAN, CostKind.MATERIALS): 1},
        seen_revision=report.revision,
        by=secretary,
    )
    assert code == "report.box_closed"
    report.refresh_from_db()
    assert report.spent == before == 36_000_000


def test_photos_of_a_returned_report_stay_shut(work, secretary):
    report = works.returned(work, "volume")
    photo = report.photos.get()
    assert code_of(works.photo, report) == "report.box_closed"
    assert code_of(remove_photo, photo, by=secretary) == "report.box_closed"
    assert code_of(works.receipt, report) == "report.box_closed"
    assert report.photos.count() == 1


def test_mending_and_answering_settles_the_comment(work, secretary):
    report = works.returned(work, "volume")
    report.volume_done = 76
    edit_report(
        report,
        columns={"volume_done"},
        spendings={},
        answers={"volume": "Dua meter selesai 18 November."},
        seen_revision=report.revision,
        by=secretary,
    )
    sent = send_report(report, at=works.SENT, by=secretary)
    comment = report.comments.get()
    assert (sent.state, sent.round) == ("sent", 1)
    assert comment.answer == "Dua meter selesai 18 November."
    assert comment.resolved_at == works.SENT


def test_a_photo_that_is_there_already_is_passed_over(work, secretary):
    report = works.report(work)
    file = works.read_file("sama")
    digest = put_bytes(file.data)
    shots = [(ReadPhoto(file, file, PhotoFacts()), digest, digest, PhotoFacts())]
    keep = {"photos": shots, "stage": 0, "note": "", "by": secretary}
    assert len(add_photos(report, **keep)) == 1
    assert add_photos(report, **keep) == []
    assert report.photos.count() == 2


def test_a_removed_photo_takes_its_rows_along(work, secretary):
    report = works.report(work)
    works.receipt(report)
    remove_photo(report.photos.get(), by=secretary)
    remove_receipt(report.receipts.get(), by=secretary)
    assert not report.photos.exists()
    assert not StoredFile.objects.exists()
