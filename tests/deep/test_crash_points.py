"""Killed at every write of every service: afterwards nothing is half written."""

import datetime

import pytest
from django.db import connection, transaction
from django.urls import reverse

from activities.models import CostKind, Source
from activities.services import activities as acts
from activities.services import reports, review
from boards import accounts
from boards.numbers import give_number
from boards.roles import Role
from common.periods import Period
from deliberations.models import ActionItem, Meeting
from deliberations.services.actions import Evidence, move_action
from deliberations.services.attendance import add_guest, mark_all_present
from deliberations.services.meetings import edit_meeting
from deliberations.services.minutes import ItemMinutes, Point, Promise, record_item
from deliberations.services.ratification import (
    ratify_meeting,
    return_meeting,
    send_meeting,
)
from tests.deep.snapshot import changed, snapshot
from tests.make import activities as works
from tests.make import boards as make
from tests.make import meetings as meet

WRITES = ("INSERT", "UPDATE", "DELETE")
DAY = datetime.date(2026, 11, 20)
MOST = 200


class Killed(BaseException):
    """The process dies here; nothing may catch it."""


class Killer:
    """Counts writes and dies before, or after, the one it was told."""

    def __init__(self, at: int, *, after: bool) -> None:
        self.at, self.after, self.count = at, after, 0

    def __call__(self, execute, sql, params, many, context):
        """A database wrapper."""
        if not sql.lstrip().upper().startswith(WRITES):
            return execute(sql, params, many, context)
        self.count += 1
        if self.count == self.at and not self.after:
            raise Killed
        done = execute(sql, params, many, context)
        if self.count == self.at:
            raise Killed
        return done


def die_everywhere(act) -> int:
    """Run `act` dying at each of its writes; how many there are."""
    before, at = snapshot(), 0
    while at < MOST:
        at += 1
        for after in (False, True):
            killer = Killer(at, after=after)
            try:
                with transaction.atomic(), connection.execute_wrapper(killer):
                    act()
                    transaction.set_rollback(True)
            except Killed:
                pass
            if killer.count < at:
                return at - 1
            assert changed(before) == [], f"write {at}, after: {after}"
    raise AssertionError("does not end")


def _meeting(board):
    people, secretary = meet.members(board), meet.secretary(board)
    return people, secretary, meet.finished(board, by=secretary, people=people)


def creating(board):
    """A meeting with its people and items."""
    people, secretary = meet.members(board), meet.secretary(board)
    return lambda: meet.draft(board, by=secretary, people=people)


def editing(board):
    """A meeting moved to another day."""
    _, secretary, meeting = _meeting(board)
    day = datetime.date(2026, 3, 21)
    return lambda: edit_meeting(
        meeting, held_on=day, seen_revision=meeting.revision, by=secretary
    )


def noting(board):
    """The minutes of one item."""
    _, secretary, meeting = _meeting(board)
    item = meeting.items.first()
    minutes = ItemMinutes(
        state="discussed",
        points=[Point("Satu."), Point("Dua.", "Warga 04")],
        verdicts=[meet.verdict(), meet.verdict("Iuran bulanan", amount=5_000_000)],
        promises=[Promise("Mengukur", "Warga 05")],
        recused=list(meeting.attendances.filter(status="present")[:2]),
    )
    return lambda: record_item(
        item, seen_revision=item.revision, minutes=minutes, by=secretary
    )


def listing(board):
    """Everybody is here, and one more."""
    people, secretary = meet.members(board), meet.secretary(board)
    meeting = meet.draft(board, by=secretary, people=people)

    def act():
        with transaction.atomic():
            mark_all_present(meeting, by=secretary)
            add_guest(meeting, name="Tamu", by=secretary)

    return act


def sending(board):
    """Minutes handed over."""
    _, secretary, meeting = _meeting(board)
    return lambda: send_meeting(meeting, by=secretary, at=meet.NOON)


def returning(board):
    """Minutes given back."""
    _, secretary, meeting = _meeting(board)
    send_meeting(meeting, by=secretary, at=meet.NOON)
    chair = meet.coordinator(board)
    return lambda: return_meeting(meeting, note="Lengkapi.", by=chair)


def ratifying(board):
    """Minutes frozen: numbers, follow-ups, chain, log."""
    _, secretary, meeting = _meeting(board)
    send_meeting(meeting, by=secretary, at=meet.NOON)
    chair = meet.coordinator(board)
    return lambda: ratify_meeting(meeting, by=chair, at=meet.NOON)


def following_up(board):
    """A follow-up closed."""
    verdict = meet.verdict(kind="activity", in_charge_name="Warga 03")
    meet.ratified(board, verdicts=(verdict,))
    action, secretary = ActionItem.objects.first(), meet.secretary(board)
    return lambda: move_action(
        action,
        status="done",
        evidence=Evidence("Foto"),
        seen_revision=0,
        on=DAY,
        by=secretary,
    )


def planning_work(board):
    """A work from a decision."""
    plan = works.plan(board)
    secretary = meet.secretary(board)

    def act():
        plan.pk, plan._state.adding = None, True
        acts.create_activity(
            plan,
            lines=works.LINES,
            fundings=works.FUNDS,
            locations=(("001", "002"), ("002", "002")),
            on=works.START,
            by=secretary,
        )

    return act


def reporting(board):
    """A report opened and written."""
    work = works.running(board)
    secretary = work.created_by

    def act():
        with transaction.atomic():
            made = reports.create_report(
                work,
                period=Period.month(2026, 10),
                is_final=False,
                at=works.SENT,
                by=secretary,
            )
            made.physical_progress = 40
            reports.edit_report(
                made,
                columns={"physical_progress"},
                spendings={(Source.DANA_KELURAHAN, CostKind.WAGES): 1_000_000},
                seen_revision=0,
                by=secretary,
            )

    return act


def sending_report(board):
    """A report handed to the kelurahan."""
    report = works.report(works.running(board))
    return lambda: reports.send_report(report, at=works.SENT, by=report.created_by)


def returning_report(board):
    """A report that comes back with a comment."""
    report, officer = works.sent(works.running(board)), works.officer(board)

    def act():
        with transaction.atomic():
            review.comment_on_field(
                report, field="problems", text="Jelaskan", at=works.SENT, by=officer
            )
            review.return_report(report, at=works.SENT, by=officer)

    return act


def approving(board):
    """The last report approved, which closes the work."""
    work = works.running(board)
    report = works.sent(
        work, is_final=True, physical_progress=100, volume_done=work.volume
    )
    officer = works.officer(board)
    return lambda: review.approve_report(report, at=works.SENT, by=officer)


def hiring(board):
    """A new account with its role."""
    admin = make.user(Role.DINAS_ADMIN, region_code=board.region_code[:5])
    return lambda: accounts.create_user(
        username="baru", name="Baru", role=Role.SECRETARY, board=board, by=admin
    )


def handing_over(board):
    """One secretary goes, another comes."""
    admin = make.user(Role.DINAS_ADMIN, region_code=board.region_code[:5])
    old = make.user(Role.SECRETARY, board=board).assignments.get()
    return lambda: accounts.hand_over_secretary(
        board, by=admin, old=old, username="baru", name="Baru"
    )


def closing(board):
    """An account ended."""
    admin = make.user(Role.DINAS_ADMIN, region_code=board.region_code[:5])
    user = make.user(Role.SECRETARY, board=board)
    return lambda: accounts.end_access(user, by=admin)


def posting(board):
    """A whole request: form key, meeting, log."""
    people, secretary = meet.members(board), meet.secretary(board)
    client = make.signed_in(secretary)
    path = reverse("deliberations:meeting_new", args=[board.slug])
    body = {
        "kind": Meeting.Kind.RUTIN,
        "held_on": "14/03/2026",
        "starts_at": "19.30",
        "place": "Balai",
        "chair": people[0].pk,
        "note_taker": people[1].pk,
    }

    def act():
        assert client.post(path, make.once(**body)).status_code == 302

    return act


ACTS = (
    creating,
    editing,
    noting,
    listing,
    sending,
    returning,
    ratifying,
    following_up,
    planning_work,
    reporting,
    sending_report,
    returning_report,
    approving,
    hiring,
    handing_over,
    closing,
    posting,
)


@pytest.mark.django_db
@pytest.mark.parametrize("prepare", ACTS, ids=lambda act: act.__name__)
def test_an_act_that_dies_at_any_write_leaves_nothing(prepare):
    act = prepare(make.board())
    assert die_everywhere(act) >= 2


@pytest.mark.django_db
def test_after_every_death_the_next_number_has_no_gap():
    board = make.board()
    act = ratifying(board)
    die_everywhere(act)
    assert give_number(board, "BA", on=DAY).seq == 1
