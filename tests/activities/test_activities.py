"""Acts about works: from a decision to a plan, its start and its end."""

import datetime

import pytest

from activities.models import Activity, ActivityReport, CostKind, Source
from activities.services.activities import (
    align_activity,
    cancel_activity,
    create_activity,
    decisions_for_works,
    edit_activity,
    finish_activity,
    money_left,
    start_activity,
)
from boards.forms import EditConflict
from boards.models import AuditEvent
from boards.roles import Role
from common.errors import RuleViolation
from deliberations.models import Decision
from tests.make import activities as works
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import planning as plans

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 20)


@pytest.fixture
def board():
    return make.board()


@pytest.fixture
def secretary(board):
    return make.user(Role.SECRETARY, board=board)


def create(board, by, basis=None, *, lines=None, fundings=None, places=None, **fields):
    return create_activity(
        works.plan(board, basis, **fields),
        lines=works.LINES if lines is None else lines,
        fundings=works.FUNDS if fundings is None else fundings,
        locations=[("002", "004")] if places is None else places,
        on=works.START,
        by=by,
    )


def refused(code, act, *args, **kwargs):
    before = Activity.objects.count()
    with pytest.raises(RuleViolation) as caught:
        act(*args, **kwargs)
    assert caught.value.code == code
    assert Activity.objects.count() == before
    return str(caught.value)


def test_a_work_gets_code_budget_places_and_an_audit_row(board, secretary):
    work = create(board, secretary, places=[("003", "004"), ("002", "004")])

    assert work.code == "KGT-2026-01"
    assert work.budget_total == 96_000_000
    assert [str(place) for place in work.locations.all()] == [
        "RT 002/RW 004",
        "RT 003/RW 004",
    ]
    assert dict(work.budget_lines.values_list("kind", "amount")) == works.LINES
    assert dict(work.fundings.values_list("source", "amount")) == works.FUNDS
    event = AuditEvent.objects.get(action="activities.activity_created")
    assert event.says.startswith("mencatat kegiatan KGT-2026-01")


def test_codes_count_up_and_each_board_has_its_own(board, secretary):
    create(board, secretary)
    assert create(board, secretary).code == "KGT-2026-02"
    other = make.board()
    theirs = create(other, make.user(Role.SECRETARY, board=other))
    assert theirs.code == "KGT-2026-01"


def test_the_budget_may_not_exceed_the_decision(board, secretary):
    basis = works.decision(board, amount=72_000_000)
    words = refused(
        "activity.over_ceiling",
        create,
        board,
        secretary,
        basis,
        lines={CostKind.WAGES: 75_000_000},
        fundings={Source.DANA_KELURAHAN: 75_000_000},
    )
    assert words == "Pagu Rp75.000.000 melebihi keputusan 001, yaitu Rp72.000.000"


def test_the_budget_may_not_exceed_what_other_works_left(board, secretary):
    basis = works.decision(board, amount=100_000_000)
    create(board, secretary, basis)
    assert money_left(basis) == 4_000_000
    words = refused(
        "activity.over_ceiling",
        create,
        board,
        secretary,
        basis,
        lines={CostKind.TOOLS: 4_000_001},
        fundings={Source.APBD: 4_000_001},
    )
    assert "tersisa Rp4.000.000 dari kegiatan lain" in words


def test_a_cancelled_work_gives_back_what_was_not_spent(board, secretary):
    basis = works.decision(board, amount=100_000_000)
    work = works.running(board, basis=basis, by=secretary)
    works.approved(work)
    cancel_activity(work, reason="Tanah longsor.", on=TODAY, by=secretary)
    assert money_left(basis) == 100_000_000 - 36_000_000


def test_an_amending_decision_shares_its_money_with_the_one_it_amends(board, secretary):
    first = works.decision(board, amount=96_000_000)
    create(board, secretary, first)
    second = works.decision(board, amount=120_000_000, amends=first)
    assert money_left(second) == 24_000_000
    assert list(decisions_for_works(board)) == [second]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("activity.no_budget", {"lines": {}, "fundings": {}}),
        ("activity.sums_differ", {"fundings": {Source.APBN: 95_000_000}}),
        ("activity.unit", {"works_type": "DRAIN", "unit": "ha"}),
        ("activity.starts_early", {"starts_on": datetime.date(2026, 6, 19)}),
        ("activity.no_location", {"places": []}),
    ],
)
def test_a_plan_that_breaks_a_rule_is_refused(board, secretary, code, changes):
    refused(code, create, board, secretary, **changes)


def test_a_decision_without_an_amount_carries_no_money(board, secretary):
    basis = works.decision(board, amount=None)
    words = refused("activity.over_ceiling", create, board, secretary, basis)
    assert "tidak menyebut jumlah uang" in words


def test_a_draft_decision_carries_no_work(board, secretary):
    meeting = talks.meeting(board, held_on=works.HELD)
    draft = talks.decision(
        talks.item(meeting), kind=Decision.Kind.ACTIVITY, amount=100_000_000
    )
    refused("activity.decision", create, board, secretary, draft)


def test_a_loan_decision_carries_no_work(board, secretary):
    basis = works.decision(board, kind=Decision.Kind.LOAN)
    refused("activity.decision", create, board, secretary, basis)


def test_another_boards_decision_does_not_exist(board, secretary):
    foreign = works.decision(make.board())
    refused("activity.decision", create, board, secretary, foreign)


def test_a_plan_can_be_changed_until_the_work_begins(board, secretary):
    work = create(board, secretary)
    work.title = "Paving dan saluran"
    edit_activity(
        work,
        lines={CostKind.MATERIALS: 50_000_000},
        fundings={Source.CSR: 50_000_000},
        locations=[("009", "001")],
        seen_revision=0,
        by=secretary,
    )
    work.refresh_from_db()
    assert (work.title, work.budget_total) == ("Paving dan saluran", 50_000_000)
    assert work.revision == 1
    assert [line.amount for line in work.budget_lines.all()] == [50_000_000]
    assert str(work.locations.get()) == "RT 009/RW 001"


def test_two_editors_never_overwrite_each_other(board, secretary):
    work = create(board, secretary)
    mine = Activity.objects.get(pk=work.pk)
    parts = {
        "lines": works.LINES,
        "fundings": works.FUNDS,
        "locations": [("002", "004")],
        "seen_revision": 0,
        "by": secretary,
    }
    work.title = "Judul pertama"
    edit_activity(work, **parts)
    mine.title = "Judul kedua"
    with pytest.raises(EditConflict):
        edit_activity(mine, **parts)
    assert Activity.objects.get(pk=work.pk).title == "Judul pertama"


def test_starting_freezes_the_plan(board, secretary):
    work = create(board, secretary)
    started = start_activity(work, on=works.START, today=TODAY, by=secretary)
    assert started.state == Activity.State.RUNNING
    assert started.started_on == works.START
    with pytest.raises(RuleViolation) as caught:
        edit_activity(
            started,
            lines=works.LINES,
            fundings=works.FUNDS,
            locations=[("002", "004")],
            seen_revision=1,
            by=secretary,
        )
    assert caught.value.code == "activity.begun"


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (TODAY + datetime.timedelta(days=1), "activity.future"),
        (datetime.date(2026, 6, 19), "activity.starts_early"),
    ],
)
def test_a_work_starts_between_its_decision_and_today(board, secretary, on, code):
    work = create(board, secretary)
    refused(code, start_activity, work, on=on, today=TODAY, by=secretary)
    work.refresh_from_db()
    assert work.state == Activity.State.PLANNED


def test_a_work_starts_once(board, secretary):
    work = works.running(board, by=secretary)
    refused(
        "activity.not_planned",
        start_activity,
        work,
        on=TODAY,
        today=TODAY,
        by=secretary,
    )


def test_a_work_ends_only_with_an_approved_final_report(board, secretary):
    work = works.running(board, by=secretary)
    refused("activity.no_final_report", finish_activity, work, on=TODAY, by=secretary)
    work.refresh_from_db()
    assert work.closed_on is None


def test_cancelling_needs_words_and_no_waiting_report(board, secretary):
    work = works.running(board, by=secretary)
    refused(
        "activity.no_reason",
        cancel_activity,
        work,
        reason="  ",
        on=TODAY,
        by=secretary,
    )
    works.sent(work, by=secretary)
    refused(
        "activity.report_waiting",
        cancel_activity,
        work,
        reason="Longsor",
        on=TODAY,
        by=secretary,
    )
    work.refresh_from_db()
    assert work.state == Activity.State.RUNNING


@pytest.mark.parametrize(
    "begun", [works.report, lambda work: works.returned(work, "volume")]
)
def test_cancelling_closes_what_is_not_finished(board, secretary, begun):
    work = works.running(board, by=secretary)
    report = begun(work)
    cancel_activity(work, reason="Tanah longsor.", on=TODAY, by=secretary)
    report.refresh_from_db()
    assert report.state == ActivityReport.State.CLOSED
    event = AuditEvent.objects.get(action="activities.activity_cancelled")
    assert event.details["closed_reports"] == 1
    kept = ActivityReport.objects.values().get()
    refused("report.work_ended", works.photo, report)
    refused("report.work_ended", works.receipt, report)
    refused(
        "report.work_ended",
        works.reports.edit_report,
        report,
        columns={"problems"},
        spendings={},
        seen_revision=report.revision,
        by=secretary,
    )
    refused(
        "report.work_ended",
        works.reports.send_report,
        report,
        at=works.SENT,
        by=secretary,
    )
    assert ActivityReport.objects.values().get() == kept


def test_an_approved_report_stays_when_its_work_is_cancelled(board, secretary):
    work = works.running(board, by=secretary)
    report = works.approved(work)
    cancel_activity(work, reason="Tanah longsor.", on=TODAY, by=secretary)
    report.refresh_from_db()
    assert report.is_approved


def test_a_report_of_a_cancelled_work_is_not_approved(board, secretary):
    """Rows of a time when a report could outlive its work."""
    work = works.running(board, by=secretary)
    report = works.sent(work)
    Activity.objects.filter(pk=work.pk).update(
        state="cancelled", closed_on=TODAY, cancel_reason="Longsor"
    )
    refused(
        "report.work_ended",
        works.review.approve_report,
        report,
        at=works.SENT,
        by=works.officer(board),
    )
    report.refresh_from_db()
    assert report.state == ActivityReport.State.SENT


def test_a_cancelled_work_stays_cancelled(board, secretary):
    work = create(board, secretary)
    cancel_activity(work, reason="Tanah dijual.", on=TODAY, by=secretary)
    work.refresh_from_db()
    assert (work.state, work.closed_on) == (Activity.State.CANCELLED, TODAY)
    refused(
        "activity.closed", cancel_activity, work, reason="Lagi", on=TODAY, by=secretary
    )


def test_a_running_work_can_still_be_tied_to_the_plan(board, secretary):
    work = works.running(board, by=secretary)
    item = plans.item(board)
    align_activity(work, plan_item=item, seen_revision=1, by=secretary)
    work.refresh_from_db()
    assert work.plan_item == item
    with pytest.raises(EditConflict):
        align_activity(work, plan_item=None, seen_revision=1, by=secretary)


def test_another_boards_plan_item_does_not_exist(board, secretary):
    work = create(board, secretary)
    foreign = plans.item(make.board())
    refused(
        "activity.plan_item",
        align_activity,
        work,
        plan_item=foreign,
        seen_revision=0,
        by=secretary,
    )
