"""What the database refuses, told in raw SQL on whichever engine runs."""

import copy
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from activities.models import Activity, ActivityReport
from boards.chain import breaks
from boards.models import ChainLink
from boards.numbers import give_number
from boards.roles import Role
from boards.triggers import missing_triggers, without_triggers
from tests.make import activities as works
from tests.make import boards as make
from tests.make import planning as plans

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def kept(module_rows):
    """An approved report, made once; what a test changes is taken back after it."""
    board = make.board()
    work = works.running(board)
    report = works.sent(work)
    works.review.comment_on_field(
        report, field="volume", text="Kurang.", at=works.SENT, by=works.officer(board)
    )
    works.review.return_report(report, at=works.SENT, by=works.officer(board))
    report.refresh_from_db()
    works.reports.send_report(report, at=works.SENT, by=work.created_by)
    return works.review.approve_report(report, at=works.SENT, by=works.officer(board))


@pytest.fixture
def approved(db, kept):
    return copy.deepcopy(kept)


@pytest.fixture
def board(approved):
    return approved.board


def refused(sql, *params):
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, params)


def test_every_trigger_is_there():
    assert missing_triggers() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE activities_activityreport SET spent = 1",
        "UPDATE activities_activityreport SET state = 'draft'",
        "UPDATE activities_activityreport SET approved_name = 'Orang lain'",
        "UPDATE activities_activityreport SET physical_progress = 99",
        "DELETE FROM activities_activityreport",
        "UPDATE activities_spending SET amount = amount + 1",
        "DELETE FROM activities_spending",
        "UPDATE activities_photo SET note = 'lain'",
        "DELETE FROM activities_photo",
        "UPDATE activities_fieldcomment SET text = 'lain'",
        "DELETE FROM activities_fieldcomment",
        "DELETE FROM activities_reportwriter",
        "UPDATE activities_activity SET budget_total = budget_total + 1",
        "UPDATE activities_activity SET title = 'lain'",
        "UPDATE activities_activity SET state = 'planned'",
        "DELETE FROM activities_activity",
        "UPDATE activities_budgetline SET amount = amount + 1",
        "DELETE FROM activities_budgetline",
        "UPDATE activities_funding SET amount = amount + 1",
        "UPDATE activities_activitylocation SET rt = '999'",
    ],
)
def test_an_approved_report_and_its_plan_are_frozen(approved, change):
    refused(change)


def test_nothing_is_added_to_an_approved_report(approved):
    refused(
        "INSERT INTO activities_spending (report_id, source, kind, amount)"
        " VALUES (%s, 'APBN', 'tools', 5)",
        approved.pk,
    )
    refused(
        "INSERT INTO activities_budgetline (activity_id, kind, amount)"
        " VALUES (%s, 'tools', 5)",
        approved.activity_id,
    )


def test_a_writer_of_a_report_stays_its_writer(board):
    works.sent(works.running(board))
    refused("DELETE FROM activities_reportwriter")
    refused("UPDATE activities_reportwriter SET user_id = user_id + 1")


def test_writers_of_older_reports_are_found_in_the_log(board):
    report = works.report(works.running(board))
    helper = make.user(Role.WORKS_UNIT, board=board)
    works.receipt(report, by=helper)
    with without_triggers():
        report.writers.all().delete()
    module = import_module("activities.migrations.0004_report_writer")
    module.find_writers(apps, SimpleNamespace(connection=connection))
    found = report.writers.order_by("user").values_list("user", flat=True)
    assert list(found) == [report.created_by_id, helper.pk]


def test_nobody_enters_as_a_writer_after_approval(approved):
    refused(
        "INSERT INTO activities_reportwriter (report_id, user_id) VALUES (%s, %s)",
        approved.pk,
        approved.approved_by_id,
    )


def test_the_database_too_refuses_approval_by_a_writer(board):
    report = works.report(works.running(board))
    checker = works.officer(board)
    works.photo(report, by=checker)
    report = works.reports.send_report(
        report, at=works.SENT, by=report.activity.created_by
    )
    number = give_number(board, "LAP", on=works.SENT.date(), subject_name="Laporan")
    refused(
        "UPDATE activities_activityreport SET state = 'approved', approved_at = %s,"
        " approved_by_id = %s, number_id = %s WHERE id = %s",
        works.SENT,
        checker.pk,
        number.pk,
        report.pk,
    )


def test_the_course_of_a_begun_work_still_moves(approved):
    work = approved.activity
    work.refresh_from_db()
    work.plan_item = plans.item(work.board)
    work.save(update_fields=["plan_item"])
    assert Activity.objects.filter(plan_item__isnull=False).count() == 1


def test_another_boards_rows_are_refused(board):
    work, other = works.activity(board), make.board()
    theirs = works.decision(other)
    refused(
        "UPDATE activities_activity SET decision_id = %s WHERE id = %s",
        theirs.pk,
        work.pk,
    )
    refused(
        "UPDATE activities_activity SET plan_item_id = %s WHERE id = %s",
        plans.item(other).pk,
        work.pk,
    )


def test_another_boards_file_is_refused(board):
    report = works.report(works.running(board))
    foreign = works.report(works.running(make.board())).photos.get().file_id
    photo = report.photos.get()
    refused("UPDATE activities_photo SET file_id = %s WHERE id = %s", foreign, photo.pk)
    refused(
        "UPDATE activities_photo SET thumbnail_id = %s WHERE id = %s",
        foreign,
        photo.pk,
    )


def test_a_draft_decision_is_refused(board):
    draft = works.talks.decision(works.talks.item(works.talks.meeting(board)))
    work = works.activity(board)
    refused(
        "UPDATE activities_activity SET decision_id = %s WHERE id = %s",
        draft.pk,
        work.pk,
    )


def test_a_work_does_not_begin_with_sums_that_differ(board):
    work = works.activity(board)
    work.fundings.filter(source="SWADAYA").delete()
    refused(
        "UPDATE activities_activity SET state = 'running', started_on = '2026-07-01'"
        " WHERE id = %s",
        work.pk,
    )


def test_the_maker_is_never_the_approver(board):
    report = works.sent(works.running(board))
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityReport.objects.filter(pk=report.pk).update(
            approved_by=report.sent_by, approved_at=works.SENT
        )


def test_a_changed_byte_behind_the_triggers_breaks_the_chain(approved):
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE activities_spending SET amount = amount + 1 WHERE kind = 'wages'"
        )
    found = list(breaks(ChainLink.objects.all()))
    assert [broken.reason for broken in found] == [
        "catatan aslinya berubah sesudah dikunci"
    ]
