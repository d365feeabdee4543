"""The indicators: of today, of a past day, by hand, and as a page."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from boards.management.commands.run_jobs import count_anew
from boards.models import BoardSetting
from boards.roles import Role
from loans.arrears import arrears_of
from loans.health import health_on, last_month_end, month_ends
from loans.models import Loan, LoanStanding
from loans.performance import Indicator
from loans.portfolio import portfolio_now, portfolio_on, positions_on
from loans.positions import read_plan
from tests.make import boards as make
from tests.make import ledger
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
JUNE_30 = date(2025, 6, 30)
# Sheet 5.3: principal, instalments, paid out on; nothing was paid back. Rows that fell
# due up to 30 June make arrears of (0, 400.000, 1.500.000, 0, 900.000, 0, 0, 200.000).
EIGHT = (
    (3_000_000, 10, JUNE_30),
    (2_000_000, 10, date(2025, 4, 30)),
    (1_500_000, 5, date(2025, 1, 31)),
    (4_500_000, 10, JUNE_30),
    (2_400_000, 8, date(2025, 3, 31)),
    (5_000_000, 10, JUNE_30),
    (600_000, 10, JUNE_30),
    (1_000_000, 5, date(2025, 5, 31)),
)


@pytest.fixture(scope="module")
def house(module_rows):
    """The eight groups of sheet 5.3, with income, cost and capital of its example."""
    fund = lend.fund(cash=24_000_000, rate="0", ceilings={1: 10_000_000})
    loans = [
        lend.lent(fund, on=on, amounts=(amount,), instalments=rows)
        for amount, rows, on in EIGHT
    ]
    by, book = fund.cashier, fund.book
    for day, lines in (
        (date(2025, 2, 3), (("11010", 1_950_000), ("41010", -1_950_000))),
        (JUNE_30, (("51010", 1_500_000), ("11010", -1_500_000))),
        # After the last month: in none of the figures.
        (date(2025, 7, 1), (("51010", 7), ("11010", -7))),
    ):
        ledger.voucher(book, by, *lines, dated=day)
    return {
        "fund": fund,
        "loans": loans,
        "reader": make.signed_in(make.user(Role.SUPERVISOR, board=fund.board)),
        "stranger": make.signed_in(
            make.user(Role.LOAN_UNIT, board=make.board("33.13.01.2001"))
        ),
        "kelurahan": make.signed_in(
            make.user(Role.KELURAHAN, region_code=fund.board.region_code)
        ),
    }


def url(house, name="health_page", query=""):
    slug = house["fund"].board.slug
    return reverse(f"loans:{name}", kwargs={"board_slug": slug}) + query


def text_of(response) -> str:
    return " ".join(response.text.replace("\xa0", " ").split())


def test_the_example_of_the_guideline_comes_out_exactly(house):
    health = health_on(house["fund"].board, JUNE_30)

    values = {name.value: figure.value for name, figure in health.figures.items()}
    assert values == {
        "lar": Decimal("25.00"),
        "par": Decimal("19.50"),
        "rr": Decimal("88.00"),
        "ccr": Decimal("130.00"),
        "roi": Decimal("3.75"),
    }
    words = {name.value: figure.word for name, figure in health.figures.items()}
    assert words == {
        "lar": "penundaan",
        "par": "minimum",
        "rr": "minimum",
        "ccr": "memuaskan",
        "roi": "minimum",
    }
    assert (health.result.months, health.result.capital) == (6, 24_000_000)


def test_every_row_of_the_example(house):
    found = positions_on(house["fund"].board, JUNE_30)

    assert [(one.balance, one.principal_arrears, one.k) for one in found] == [
        (3_000_000, 0, 0),
        (2_000_000, 400_000, 2),
        (1_500_000, 1_500_000, 5),
        (4_500_000, 0, 0),
        (2_400_000, 900_000, 3),
        (5_000_000, 0, 0),
        (600_000, 0, 0),
        (1_000_000, 200_000, 1),
    ]
    assert found[1].since == date(2025, 5, 30)


def test_before_the_first_loan_there_is_nothing_to_divide(house):
    health = health_on(house["fund"].board, date(2025, 1, 30))

    assert health.figures[Indicator.LAR].word == "belum ada pinjaman"
    assert health.figures[Indicator.CCR].word == "belum ada biaya"


def test_another_count_of_instalments_is_taken_from_its_day_on(house):
    board, by = house["fund"].board, house["fund"].manager
    BoardSetting.objects.create(
        board=board,
        name="loan_risk_instalments",
        value=2,
        starts_on=JUNE_30,
        article="AD pasal 9",
        created_by=by,
    )

    now = health_on(board, JUNE_30)
    before = health_on(board, JUNE_30 - timedelta(days=1))

    # KSM 2, 3 and 5: 5.900.000 of 20.000.000.
    assert now.figures[Indicator.PAR].value == Decimal("29.50")
    assert now.rules[0] == (
        "Berisiko bila menunggak",
        "2 angsuran atau lebih",
        "AD pasal 9",
    )
    assert before.risk == 3


def test_today_from_the_standings_is_the_full_scan(house):
    board = house["fund"].board

    assert portfolio_now(board, risk=3) == portfolio_on(board, board.today(), risk=3)


def test_the_statement_counts_as_the_one_function_does(module_rows):
    fund = lend.fund(rounding_step=1, grace_principal=1, ceilings={1: 9_000_000})
    # Thirds that the database must add to a whole; a month end; rows without principal.
    first = lend.lent(fund, on=date(2025, 1, 31), amounts=(1_000_000,), instalments=4)
    other = lend.lent(fund, on=date(2025, 1, 10), amounts=(700_001, 11), instalments=7)
    lend.paid(fund, first, 15_000, on=date(2025, 2, 28))
    taken = lend.paid(fund, other, 120_000, on=date(2025, 4, 10))
    lend.paid(fund, other, 55_555, on=date(2025, 6, 10))
    lend.take_back(fund, taken, on=date(2025, 7, 20))
    days = [date(2025, 1, 9) + timedelta(days=step) for step in range(0, 480, 9)]
    days += [date(2025, month, 28) for month in range(2, 12)]
    days += [date(2025, 5, 31), date(2025, 6, 30), date(2025, 7, 31), date(2026, 2, 28)]

    for day, loan in itertools.product(days, (first, other)):
        if day < loan.disbursed_on:
            continue
        plan = read_plan(loan, until=day)
        behind = arrears_of(plan.lines, as_of=day)
        (found,) = [
            one for one in positions_on(fund.board, day) if one.loan_id == loan.pk
        ]
        assert (
            found.balance,
            found.charge_left,
            found.principal_arrears,
            found.charge_arrears,
            found.since,
            found.k,
        ) == (
            plan.balance,
            plan.charge_left,
            behind.principal,
            behind.service_charge,
            behind.since,
            behind.k,
        ), day


def test_months_that_were_over():
    assert last_month_end(date(2025, 6, 30)) == date(2025, 6, 30)
    assert last_month_end(date(2025, 7, 1)) == date(2025, 6, 30)
    assert last_month_end(date(2026, 1, 15)) == date(2025, 12, 31)
    assert month_ends(date(2025, 3, 5), 3) == [
        date(2024, 12, 31),
        date(2025, 1, 31),
        date(2025, 2, 28),
    ]


def test_the_page_shows_figures_with_their_words_and_rules(house):
    text = text_of(house["reader"].get(url(house, query="?per=30/06/2025")))

    for words in (
        "25,00 %",
        "19,50 %",
        "88,00 %",
        "130,00 %",
        "3,75 %",
        "Penundaan",
        "Memuaskan",
        "8 KSM aktif · buku sampai 30 Juni 2025",
        "KSM dengan tunggakan berisiko ÷ KSM yang punya saldo",
        "3 angsuran atau lebih",
        "POB Pinjaman Bergulir 2013 (R8), lampiran kinerja.",
    ):
        assert words in text


def test_each_figure_opens_its_list(house):
    query = "?per=2025-06-30&hanya=berisiko"
    text = text_of(house["reader"].get(url(house, "health_loans", query)))

    three, five = house["loans"][2].group, house["loans"][4].group
    assert str(three) in text
    assert str(five) in text
    assert str(house["loans"][1].group) not in text
    assert text.index(str(three)) < text.index(str(five))
    everybody = text_of(
        house["reader"].get(url(house, "health_loans", "?per=2025-06-30"))
    )
    assert "Kol 1 · Lancar" in everybody


@pytest.mark.parametrize("day", ["31/12/2199", "31/02/2025", "besok-lusa", "1/1/1900"])
def test_a_day_that_cannot_be_counted_gets_a_sentence(house, day):
    response = house["reader"].get(url(house, query=f"?per={day}"))

    assert response.status_code == 200
    assert "field-error" in response.text


def test_who_may_see_it(house):
    for name in ("health_page", "health_loans"):
        path = url(house, name)
        assert house["stranger"].get(path).status_code == 404
        assert house["kelurahan"].get(path).status_code == 403
        assert house["reader"].post(path).status_code == 405


def test_a_board_without_loans_is_told_so(module_rows):
    board = make.board()
    client = make.signed_in(make.user(Role.SUPERVISOR, board=board))
    house = {"fund": lend.Fund(board, *(None,) * 7)}

    text = text_of(client.get(url(house)))

    assert "Belum ada pinjaman" in text
    assert "Belum ada modal" in text


def test_the_pages_cost_the_same_for_many_loans(house, django_assert_max_num_queries):
    with django_assert_max_num_queries(34):
        house["reader"].get(url(house))
    with django_assert_max_num_queries(20):
        house["reader"].get(url(house, "health_loans"))


def test_the_nightly_check_names_the_first_difference(house, capsys):
    call_command("check_loans")
    assert "cocok" in capsys.readouterr().out
    loan = Loan.objects.get(pk=house["loans"][2].pk)
    LoanStanding.objects.filter(loan=loan).update(balance=1_499_999)

    with pytest.raises(SystemExit) as ended:
        call_command("check_loans")

    assert ended.value.code == 1
    out = capsys.readouterr().out
    assert f"{house['fund'].board.slug}, {loan}: saldo pokok Rp1.499.999" in out
    assert "seharusnya Rp1.500.000" in out


def test_the_worker_counts_anew_what_fell_due(house):
    """As it starts, and every hour: the day alone moves a loan into arrears."""
    loan = house["loans"][1]
    LoanStanding.objects.filter(loan=loan).update(
        late_count=0, stale_on=date(2025, 5, 30)
    )

    count_anew()

    assert LoanStanding.objects.get(loan=loan).late_count > 3
