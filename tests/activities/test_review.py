"""Acts of the kelurahan: comment, return, approve; and what approval freezes."""

import json

import pytest

from activities.models import Activity, ActivityReport, CostKind, Source
from activities.services.review import (
    approve_report,
    comment_on_field,
    pending_comments,
    return_report,
)
from boards.chain import breaks
from boards.models import AuditEvent, ChainLink, LetterNumber
from boards.roles import Role
from common.errors import RuleViolation
from tests.make import activities as works
from tests.make import boards as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make.board()


@pytest.fixture
def work(board):
    return works.running(board)


@pytest.fixture
def officer(board):
    return works.officer(board, name="Arif Budiman")


def code_of(act, *args, **kwargs):
    with pytest.raises(RuleViolation) as caught:
        act(*args, **kwargs)
    return caught.value.code


def comment(report, by, field="volume", text="Empat meter belum terpasang."):
    return comment_on_field(report, field=field, text=text, at=works.SENT, by=by)


def test_a_comment_waits_with_the_officer_until_the_return(work, officer):
    report = works.sent(work)
    comment(report, officer)
    row = pending_comments(report).get()
    assert (row.round, row.by_name, row.field) == (1, "Arif Budiman", "volume")
    assert report.comments.filter(round=report.round).count() == 0


def test_a_comment_is_changed_and_taken_back(work, officer):
    report = works.sent(work)
    comment(report, officer)
    comment(report, officer, text="Sebutkan alasannya.")
    assert pending_comments(report).get().text == "Sebutkan alasannya."
    assert comment(report, officer, text=" ") is None
    assert not report.comments.exists()


def test_a_return_needs_a_comment_and_opens_a_round(work, officer):
    report = works.sent(work)
    code = code_of(return_report, report, at=works.SENT, by=officer)
    assert code == "report.no_comment"
    comment(report, officer)
    back = return_report(report, at=works.SENT, by=officer)
    assert (back.state, back.round, back.returned_by) == ("returned", 1, officer)
    says = AuditEvent.objects.get(action="activities.report_returned").says
    assert says == "mengembalikan 1 isian laporan September 2026 kegiatan KGT-2026-01"


def test_approval_copies_name_post_and_time_and_gives_a_number(work, officer):
    report = approve_report(works.sent(work), at=works.SENT, by=officer)
    assert report.state == ActivityReport.State.APPROVED
    assert report.approved_name == "Arif Budiman"
    assert report.approved_title == "Kasi PMD"
    assert report.approved_role == "Staf kelurahan/desa"
    assert report.approved_at == works.SENT
    assert report.number_text.startswith("001/LAP/")


def test_approval_writes_the_counters_of_the_work(work, officer):
    approve_report(works.sent(work), at=works.SENT, by=officer)
    work.refresh_from_db()
    assert (work.progress, work.spent) == (40, 36_000_000)
    assert work.reported_until == works.SEPTEMBER.end
    assert work.state == Activity.State.RUNNING


def test_an_approved_final_report_closes_the_work(work, officer):
    report = works.sent(
        work, is_final=True, physical_progress=100, explanation="Selesai."
    )
    approve_report(report, at=works.SENT, by=officer)
    work.refresh_from_db()
    assert work.state == Activity.State.FINISHED
    assert work.closed_on.isoformat() == "2026-11-17"


def test_approval_becomes_a_link_without_personal_numbers(work, officer):
    report = works.approved(work, by=officer)
    link = ChainLink.objects.get(kind="activities.report")
    record = json.loads(link.content)
    assert link.subject_pk == str(report.pk)
    assert record["spent"] == 36_000_000
    assert record["spending"] == [
        [Source.DANA_KELURAHAN, CostKind.MATERIALS, 12_000_000],
        [Source.DANA_KELURAHAN, CostKind.WAGES, 24_000_000],
    ]
    assert record["approved"][1:4] == [
        "Arif Budiman",
        "Kasi PMD",
        "Staf kelurahan/desa",
    ]
    assert len(record["photos"]) == 1
    assert not {"nik", "phone", "address"} & set(record)
    assert list(breaks(ChainLink.objects.all())) == []


def test_nobody_approves_their_own(board):
    both = make.user(Role.SECRETARY, board=board)
    work = works.running(board, by=both)
    report = works.sent(work, by=both)
    assert code_of(approve_report, report, at=works.SENT, by=both) == "report.own"
    assert code_of(comment, report, both) == "report.own"
    assert code_of(return_report, report, at=works.SENT, by=both) == "report.own"
    assert not LetterNumber.objects.filter(kind="LAP").exists()


def test_who_only_opened_the_report_does_not_approve_it_either(board):
    writer = make.user(Role.WORKS_UNIT, board=board)
    secretary = make.user(Role.SECRETARY, board=board)
    work = works.running(board, by=writer)
    report = works.report(work, by=writer)
    report = works.reports.send_report(report, at=works.SENT, by=secretary)
    assert code_of(approve_report, report, at=works.SENT, by=writer) == "report.own"


WRITING = {
    "filled it": lambda report, who: works.reports.edit_report(
        report,
        columns=set(),
        spendings={},
        seen_revision=report.revision,
        by=who,
    ),
    "added a photo": lambda report, who: works.photo(report, by=who),
    "took a photo out": lambda report, who: works.proof.remove_photo(
        works.photo(report, 50), by=who
    ),
    "added a receipt": lambda report, who: works.receipt(report, by=who),
    "took a receipt out": lambda report, who: works.proof.remove_receipt(
        works.receipt(report), by=who
    ),
}


@pytest.fixture
def both(board):
    """In the works unit of the board, and staff of its kelurahan."""
    person = make.user(Role.WORKS_UNIT, board=board, title="Kasi PMD")
    person.assignments.create(role=Role.KELURAHAN, region_code=board.region_code)
    return person


@pytest.mark.parametrize("wrote", WRITING)
def test_whoever_wrote_into_a_report_does_not_check_it(work, both, wrote):
    report = works.report(work)
    WRITING[wrote](report, both)
    report.refresh_from_db()
    report = works.reports.send_report(report, at=works.SENT, by=work.created_by)
    assert code_of(approve_report, report, at=works.SENT, by=both) == "report.own"
    assert code_of(comment, report, both) == "report.own"
    report.refresh_from_db()
    assert report.state == ActivityReport.State.SENT
    assert not ChainLink.objects.filter(kind="activities.report").exists()


def test_a_return_does_not_make_a_writer_forgotten(work, officer, both):
    report = works.report(work)
    WRITING["filled it"](report, both)
    report.refresh_from_db()
    works.reports.send_report(report, at=works.SENT, by=work.created_by)
    comment(report, officer)
    return_report(report, at=works.SENT, by=officer)
    report = works.reports.send_report(report, at=works.SENT, by=work.created_by)
    assert code_of(approve_report, report, at=works.SENT, by=both) == "report.own"


def test_a_frozen_row_names_the_role_that_gives_the_right(board, work, both):
    sender = make.user(Role.SUPERVISOR, board=board)
    sender.assignments.create(role=Role.SECRETARY, board=board)
    report = works.reports.send_report(works.report(work), at=works.SENT, by=sender)
    assert report.sent_role == "Sekretaris LKM"
    report = approve_report(report, at=works.SENT, by=both)
    assert report.approved_role == "Staf kelurahan/desa"


def test_approval_waits_for_open_comments(work, officer):
    report = works.sent(work)
    comment(report, officer)
    code = code_of(approve_report, report, at=works.SENT, by=officer)
    assert code == "report.comments_pending"
    assert not ChainLink.objects.filter(kind="activities.report").exists()


def test_months_of_one_work_are_approved_in_order(work, officer):
    """September is still a draft, from a time when months were not kept in order."""
    works.report(work)
    later = works.report(work, works.OCTOBER)
    ActivityReport.objects.filter(pk=later.pk).update(
        state="sent", sent_at=works.SENT, sent_by=work.created_by
    )
    with pytest.raises(RuleViolation) as caught:
        approve_report(later, at=works.SENT, by=officer)
    assert caught.value.code == "report.earlier_open"
    assert str(caught.value) == (
        "Laporan September 2026 belum disetujui. Setujui laporan itu dulu, atau"
        " kembalikan laporan ini."
    )
    later.refresh_from_db()
    assert later.state == ActivityReport.State.SENT
    work.refresh_from_db()
    assert work.spent == 0
    comment(later, officer)
    assert return_report(later, at=works.SENT, by=officer).state == "returned"


@pytest.mark.parametrize("act", [approve_report, return_report])
def test_a_report_is_answered_once(work, officer, act):
    report = works.approved(work, by=officer)
    assert code_of(act, report, at=works.SENT, by=officer) == "report.not_sent"
    assert LetterNumber.objects.filter(kind="LAP").count() == 1


def test_a_draft_is_not_answered(work, officer):
    report = works.report(work)
    assert code_of(comment, report, officer) == "report.not_sent"
    assert not report.comments.exists()
