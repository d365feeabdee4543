"""Which applications the home page of a board asks whom for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.access import permissions_of
from boards.roles import Role
from loans import services
from reports.board_tasks import read_desk, tasks_of
from tests.make import boards as make
from tests.make import loans as lend

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def fund(module_rows):
    return lend.fund()


def asked(fund, user) -> list[str]:
    """Titles of the tasks about loans."""
    desk = read_desk(fund.board, user=user, rights=permissions_of(user, fund.board))
    return [task.title for task in tasks_of(desk) if "/pinjaman/" in task.url]


def test_each_stage_asks_the_one_who_acts(fund):
    loan = lend.application(fund)
    group, secretary = loan.group, make.user(Role.SECRETARY, board=fund.board)
    everybody = (fund.officer, fund.manager, fund.coordinator, secretary)

    def titles():
        return [asked(fund, user) for user in everybody]

    check = [f"Periksa permohonan {group}"]
    assert titles() == [check, check, [], []]
    lend.checked(fund, loan)
    assert titles() == [[], [f"Putus pinjaman {group}"], [], []]
    amounts = {share.pk: share.proposed for share in loan.shares.all()}
    services.decide_loan(loan, on=lend.APPLIED, amounts=amounts, by=fund.manager)
    sign = [f"Tanda tangani putusan pinjaman {group}"]
    assert titles() == [[], [], sign, []]
    services.cosign_loan(loan, by=fund.coordinator)
    pay = [f"Cairkan pinjaman {group}"]
    # Who decided does not pay out.
    assert titles() == [pay, [], [], []]
    assert asked(fund, fund.cashier) == pay


def test_what_is_not_fit_or_goes_back_is_asked_again(fund):
    loan = lend.checked(fund, lend.application(fund), fit=False)
    answer = f"Jawab permohonan {loan.group}"
    assert asked(fund, fund.manager) == asked(fund, fund.coordinator) == [answer]

    services.recheck_loan(loan, reason="usaha belum dilihat", by=fund.manager)

    assert asked(fund, fund.officer) == [f"Periksa permohonan {loan.group}"]


def test_the_desk_costs_no_more_for_many(fund):
    counts = []
    # What a process reads once.
    asked(fund, fund.manager)
    for _ in range(2):
        lend.application(fund)
        lend.application(fund)
        with CaptureQueriesContext(connection) as asked_for:
            asked(fund, fund.manager)
        counts.append(len(asked_for))
    assert counts[0] == counts[1]
