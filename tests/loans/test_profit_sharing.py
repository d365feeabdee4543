"""The profit of a closed year is shared once, after the RWT, by the board's rule."""

from datetime import date

import pytest
from django.db import Error, transaction

from common.errors import RuleViolation
from ledger.models import Entry, Voucher, YearClose
from loans import services
from loans.models import ProfitAllocation, ProfitShare
from tests.make import boards as make
from tests.make import problems

pytestmark = pytest.mark.django_db
RWT_ON = problems.RWT_ON


@pytest.fixture(scope="module")
def year(module_rows):
    """2025 ends with 522.101.425; the RWT of March 2026 and an ordinary meeting."""
    return problems.closed_year()


def set_rule(close, *percents):
    problems.profit_rule(close.board, *percents)


def share(year, **facts):
    close, clerk, found = year
    values = {"on": RWT_ON, "decision": found[0], "by": clerk}
    return services.allocate_profit(close, **{**values, **facts})


def refused(code, year, **facts):
    def counts():
        rows = (ProfitAllocation, ProfitShare, Voucher, Entry)
        return [model.objects.count() for model in rows]

    before = counts()
    with pytest.raises(RuleViolation) as told:
        share(year, **facts)
    assert told.value.code == code
    assert counts() == before
    return str(told.value)


def test_the_year_of_karangtengah_is_shared_to_the_rupiah(year):
    """R21: 15 percent social, 35 for the LKM, 50 for capital."""
    close = year[0]
    set_rule(close, "50", "15", "0", "35", "0")

    made = share(year)

    rows = made.voucher.entries.values_list("account__code", "debit", "credit")
    assert list(rows) == [
        ("32010", 522_101_425, 0),
        ("31040", 0, 261_051_425),
        ("21030", 0, 78_315_000),
        ("21050", 0, 182_735_000),
    ]
    assert [row.amount for row in made.shares.all()] == [
        261_051_425,
        78_315_000,
        0,
        182_735_000,
        0,
    ]
    assert services.unshared_years(close.board).count() == 0
    assert refused("profit.shared", year) == "Laba 2025 sudah dibagi."
    with pytest.raises(Error), transaction.atomic():
        ProfitShare.objects.filter(allocation=made).update(amount=1)


def test_the_rule_is_set_before_it_is_used(year):
    says = refused("profit.rule_not_set", year)

    assert says.startswith("Persen pembagian laba masih anggapan portal.")


def test_no_more_is_shared_than_there_is(year):
    set_rule(year[0], "50", "15", "0", "35", "0")

    says = refused("profit.too_much", year, amount=522_101_426)
    assert says == "Laba yang dapat dibagi Rp522.101.425."
    refused("profit.amount", year, amount=0)
    made = share(year, amount=1_000_000)
    assert [row.amount for row in made.shares.all()] == [
        500_000,
        150_000,
        0,
        350_000,
        0,
    ]


def test_shares_that_do_not_make_a_hundred_are_refused(year):
    set_rule(year[0], "50", "15", "0", "34", "0")

    assert refused("profit.percents", year) == (
        "Persen pembagian laba harus berjumlah 100."
    )


def test_only_a_decision_of_the_rwt_after_the_year(year):
    close = year[0]
    set_rule(close, "50", "15", "0", "35", "0")
    refused("profit.day", year, on=date(2026, 3, 13))
    other = problems.decisions(make.board(), {"title": "Lain", "kind": "general"})[0]
    refused("profit.decision", year, decision=other)


def test_a_year_of_loss_has_nothing_to_share(year):
    close, clerk, found = year
    with transaction.atomic():
        loss = YearClose(
            board=close.board,
            book=close.book,
            year=2024,
            last_day=date(2024, 12, 31),
            profit=-5,
            closed_by=clerk,
            closed_name="x",
        )
        loss.save()
    with pytest.raises(RuleViolation) as told:
        services.sharing_of(loss, on=RWT_ON)
    assert told.value.code == "profit.nothing"
    assert found


def test_no_part_is_added_afterwards(year):
    set_rule(year[0], "50", "15", "0", "35", "0")
    made = share(year)
    first = made.shares.first()

    with pytest.raises(Error), transaction.atomic():
        ProfitShare.objects.create(
            allocation=made,
            position=99,
            name="Lain",
            account=first.account,
            percent=1,
            amount=1,
        )
