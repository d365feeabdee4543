"""`manage.py calculate`: the figures of the sheet as JSON, and what is refused."""

import io
import json
import subprocess
import sys

import pytest
from django.core.management import call_command

from tests.conftest import ROOT

PLAN = {
    "principal": 1_000_000,
    "instalments": 10,
    "frequency": "monthly",
    "every": 1,
    "rate": "1.5",
    "rate_basis": "percent_per_period",
    "method": "flat",
    "rounding": {"component": "principal", "step": 1, "mode": "nearest"},
    "grace_principal": 0,
    "grace_charge": 0,
    "disbursed_on": "2026-01-31",
}
PAID = PLAN | {
    "disbursed_on": "2024-01-10",
    "payments": [
        {"on": "2024-02-10", "amount": 115_000},
        {"on": "2024-04-10", "amount": "120000"},
    ],
    "order": "row_charge_first",
    "as_of": "2024-04-10",
}
FUND = {
    "loans": [
        {"balance": balance, "arrears_principal": behind, "instalments_in_arrears": k}
        for balance, behind, k in [
            (3_000_000, 0, 0),
            (2_000_000, 400_000, 2),
            (1_500_000, 1_500_000, 5),
            (4_500_000, 0, 0),
            (2_400_000, 900_000, 3),
            (5_000_000, 0, 0),
            (600_000, 0, 0),
            (1_000_000, 200_000, 1),
        ]
    ],
    "income": 1_950_000,
    "cost": 1_500_000,
    "capital": 24_000_000,
    "months": 6,
}


@pytest.fixture
def calculate(monkeypatch, capsys):
    """The command as a function: its document and its status."""

    def run(name, document, status=0):
        text = document if isinstance(document, str | bytes) else json.dumps(document)
        given = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        ended = 0
        try:
            call_command("calculate", name)
        except SystemExit as end:
            ended = end.code
        assert ended == status
        return json.loads(capsys.readouterr().out)

    return run


def test_a_plan(calculate):
    found = calculate("schedule", PLAN)

    assert set(found) == {"lines", "totals"}
    assert len(found["lines"]) == 10
    assert found["lines"][0] == {
        "no": 1,
        "due_on": "2026-02-28",
        "principal": 100_000,
        "service_charge": 15_000,
        "total": 115_000,
        "balance": 900_000,
    }
    assert found["totals"] == {
        "principal": 1_000_000,
        "service_charge": 150_000,
        "total": 1_150_000,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"principal": "1000000", "instalments": "10", "rate": 1.5},
        {"principal": 1e6, "instalments": 10.0, "rate": "1.50"},
        {
            "every": None,
            "rounding": None,
            "grace_principal": None,
            "grace_charge": None,
        },
    ],
    ids=["strings and a float", "exponent", "left out"],
)
def test_numbers_and_what_stands_at_nothing(calculate, changes):
    written = {
        key: value for key, value in (PLAN | changes).items() if value is not None
    }

    assert calculate("schedule", written) == calculate("schedule", PLAN)


def test_payments_in_the_order_of_rows(calculate):
    found = calculate("payments", PAID)

    assert found["lines"][1:3] == [
        {
            "no": 2,
            "principal_paid": 100_000,
            "service_charge_paid": 15_000,
            "principal_open": 0,
            "service_charge_open": 0,
        },
        {
            "no": 3,
            "principal_paid": 0,
            "service_charge_paid": 5_000,
            "principal_open": 100_000,
            "service_charge_open": 10_000,
        },
    ]
    del found["lines"]
    assert found == {
        "arrears": {"principal": 100_000, "service_charge": 10_000},
        "balance": 800_000,
        "k": 1,
        "class": 2,
        "refund": 0,
    }


def test_payments_with_all_charges_first(calculate):
    found = calculate("payments", PAID | {"order": "all_charge_first"})

    assert found["arrears"] == {"principal": 110_000, "service_charge": 0}
    assert (found["balance"], found["k"], found["class"]) == (810_000, 2, 2)


def test_money_over_and_money_to_come(calculate):
    """1,200,000 on a debt of 1,150,000; what comes after the day does not count."""
    payments = [
        {"on": "2024-03-01", "amount": 1_200_000},
        {"on": "2024-05-01", "amount": 9},
    ]

    found = calculate("payments", PAID | {"payments": payments})

    assert (found["balance"], found["refund"]) == (0, 50_000)
    assert (found["k"], found["class"]) == (0, 1)


def test_a_loan_on_the_day_it_was_paid_out(calculate):
    found = calculate("payments", PAID | {"as_of": "2024-01-10"})

    assert (found["balance"], found["k"], found["class"]) == (1_000_000, 0, 1)


def test_the_indicators_of_the_sheet(calculate):
    assert calculate("indicators", FUND) == {
        "lar": "25.00",
        "par": "19.50",
        "rr": "88.00",
        "ccr": "130.00",
        "roi": "3.75",
        "bands": {
            "lar": "penundaan",
            "par": "minimum",
            "rr": "minimum",
            "ccr": "memuaskan",
            "roi": "minimum",
        },
    }


def test_indicators_of_nothing_are_null(calculate):
    empty = {"loans": [], "income": 0, "cost": 0, "capital": 0, "months": 1}

    found = calculate("indicators", empty)

    names = ["lar", "par", "rr", "ccr", "roi"]
    assert [found[name] for name in names] == [None] * 5
    assert [found["bands"][name] for name in names] == [None] * 5


def test_an_amount_in_words(calculate):
    words = "satu juta dua ratus lima puluh ribu rupiah"

    assert calculate("words", {"amount": 1_250_000}) == {"words": words}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"rounding": {"step": 1, "unit": 5}}, "rounding.unit"),
        ({"rounding": {"step": 0}}, "rounding.step"),
        ({"rounding": {"step": 10**15}}, "rounding.step"),
        ({"rounding": {"mode": "sideways"}}, "rounding.mode"),
        ({"rounding": 100}, "rounding"),
        ({"rounding": {"step": 200_000, "mode": "up"}}, "rounding"),
        ({"principal": 0}, "principal"),
        ({"principal": 1000.5}, "principal"),
        ({"principal": "1.000.000"}, "principal"),
        ({"principal": "1e6"}, "principal"),
        ({"principal": "1000000 "}, "principal"),
        ({"principal": True}, "principal"),
        ({"principal": None}, "principal"),
        ({"principal": "9" * 30}, "principal"),
        ({"instalments": -3}, "instalments"),
        ({"instalments": [10]}, "instalments"),
        ({"rate": "1,5"}, "rate"),
        ({"rate": -1}, "rate"),
        ({"rate": "NaN"}, "rate"),
        ({"rate_basis": "percent"}, "rate_basis"),
        ({"method": ["flat"]}, "method"),
        ({"frequency": "daily"}, "frequency"),
        ({"every": 0}, "every"),
        ({"grace_principal": 10}, "grace_principal"),
        ({"grace_charge": 0.5}, "grace_charge"),
        ({"disbursed_on": "31-01-2026"}, "disbursed_on"),
        ({"disbursed_on": "2026-02-30"}, "disbursed_on"),
        ({"disbursed_on": "9999-01-01"}, "disbursed_on"),
        ({"disbursed_on": 20260131}, "disbursed_on"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_its_field(calculate, changes, field):
    found = calculate("schedule", PLAN | changes, status=1)

    assert set(found) == {"error"}
    assert found["error"]["field"] == field
    assert found["error"]["message"].endswith(("}.", "."))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"payments": {}}, "payments"),
        ({"payments": [5]}, "payments.0"),
        ({"payments": [{"on": "2024-02-10", "amount": 0}]}, "payments.0.amount"),
        ({"payments": [{"on": "2024-02-10", "amount": -1}]}, "payments.0.amount"),
        ({"payments": [{"on": "2024-01-09", "amount": 1}]}, "payments.0.on"),
        ({"payments": [{"on": "2024-02-10"}]}, "payments.0.amount"),
        ({"payments": [{"on": "2024-02-10", "amount": 1, "by": "x"}]}, "payments.0.by"),
        ({"order": "oldest"}, "order"),
        ({"as_of": "2024-01-09"}, "as_of"),
        ({"as_of": ""}, "as_of"),
    ],
)
def test_payments_that_cannot_be_are_refused_with_their_field(
    calculate, changes, field
):
    found = calculate("payments", PAID | changes, status=1)

    assert found["error"]["field"] == field


@pytest.mark.parametrize("missing", ["principal", "rate", "rate_basis", "disbursed_on"])
def test_what_changes_the_figures_must_be_said(calculate, missing):
    found = calculate(
        "schedule", {key: PLAN[key] for key in PLAN if key != missing}, status=1
    )

    assert found == {"error": {"field": missing, "message": "Isian ini wajib ada."}}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"months": 0}, "months"),
        ({"income": -1}, "income"),
        (
            {
                "loans": [
                    {"balance": 5, "arrears_principal": 5, "instalments_in_arrears": -1}
                ]
            },
            "loans.0.instalments_in_arrears",
        ),
        ({"kpi": 1}, "kpi"),
        (
            {
                "loans": [
                    {"balance": 5, "arrears_principal": 6, "instalments_in_arrears": 1}
                ]
            },
            "loans.0.arrears_principal",
        ),
    ],
)
def test_funds_that_cannot_be_are_refused(calculate, changes, field):
    assert calculate("indicators", FUND | changes, status=1)["error"]["field"] == field


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        "null",
        "[]",
        '{"principal": NaN}',
        '{"principal": ' + "9" * 5_000 + "}",
        b"\xff\xfe",
        "{} {}",
        " " * 2_000_001,
    ],
    ids=range(10),
)
def test_what_is_not_one_json_object_is_refused_as_a_whole(calculate, text):
    assert calculate("schedule", text, status=1)["error"]["field"] is None


def test_a_name_written_twice_and_an_unknown_calculation(calculate):
    twice = calculate("words", '{"amount": 1, "amount": 2}', status=1)
    unknown = calculate("horoscope", {}, status=1)

    assert twice["error"]["field"] == "amount"
    assert unknown["error"]["field"] == "calculation"


def test_it_runs_without_a_portal(tmp_path):
    """A process of its own, with a database that is not there."""
    done = subprocess.run(
        [sys.executable, "manage.py", "calculate", "words"],
        cwd=ROOT,
        env={
            "DJANGO_SETTINGS_MODULE": "lkm_portal.settings.test",
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
        },
        input=b"\xef\xbb\xbf" + json.dumps({"amount": "11"}).encode(),
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {"words": "sebelas rupiah"}


def test_it_answers_when_there_is_no_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", None)

    with pytest.raises(SystemExit) as end:
        call_command("calculate", "words")

    assert end.value.code == 1
    assert json.loads(capsys.readouterr().out)["error"]["field"] is None


@pytest.mark.parametrize("written", ["1.25e6", "12500E+2", "1250000." + "0" * 30])
def test_a_json_number_may_be_written_in_any_of_its_ways(calculate, written):
    words = "satu juta dua ratus lima puluh ribu rupiah"

    assert calculate("words", f'{{"amount": {written}}}') == {"words": words}
