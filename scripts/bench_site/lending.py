"""Child process of `bench_loans.py`: fills a region with loans, then asks for its sums.

Each step ends with one line of JSON.
"""

import datetime
import json
import statistics
import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402

from bench_site.loan_book import fill as fill_book  # noqa: E402
from bench_site.loan_book import make_boards  # noqa: E402
from bench_site.old_book import (  # noqa: E402
    bring_default,
    bring_ours,
    receipt_statements,
)
from boards.models import Board  # noqa: E402
from loans.models import Installment  # noqa: E402
from loans.portfolio import portfolios_now, portfolios_on  # noqa: E402

ROUNDS = 3


def fill(total: int) -> dict[str, float]:
    """So many loans; seconds."""
    began = time.perf_counter()
    _, cashier, _ = make_boards()
    fill_book(total, cashier)
    return {"fill_seconds": time.perf_counter() - began}


def ask(_total: int) -> dict[str, float]:
    """The sums of the region in turns; both ways are checked to be the same."""
    if connection.vendor == "postgresql":
        _run("SET statement_timeout = 0")
    boards, rows = Board.objects.all(), Installment.objects.count()
    today = boards[0].today()
    past = today.replace(day=1) - datetime.timedelta(days=1)
    took: dict[str, list[float]] = {"now": [], "today": [], "past": [], "bare": []}
    for _ in range(ROUNDS):
        now = _timed(took["now"], portfolios_now, boards)
        if now != _timed(took["today"], portfolios_on, boards, today):
            sys.exit("the rows of the loans differ from plan and receipts")
        _timed(took["past"], portfolios_on, boards, past)
        _timed(took["bare"], _run, "SELECT SUM(principal) FROM loans_installment")
    seconds = {name: statistics.median(found) for name, found in took.items()}
    return {
        "region_today_times_full_scan": seconds["today"] / seconds["now"],
        "past_day_instalments_a_second": rows / seconds["past"],
        "bare_sum_instalments_a_second": rows / seconds["bare"],
        **{f"{name}_seconds": found for name, found in seconds.items()},
    }


OLD_LOANS, OLD_LOANS_DEFAULT = 10_000, 300


def bring(_total: int) -> dict[str, float]:
    """An old book of 10,000 loans beside a few by the library's defaults, a receipt."""
    default = bring_default(OLD_LOANS_DEFAULT)
    ours, book, cashier = bring_ours(OLD_LOANS)
    return {
        "old_loans_a_second": ours,
        "old_loans_default_a_second": default,
        "old_loans_times_default": ours / default,
        "receipt_statements": receipt_statements(book, cashier),
    }


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _timed(took: list[float], work, *arguments):
    began = time.perf_counter()
    found = work(*arguments)
    took.append(time.perf_counter() - began)
    return found


STEPS = {"fill": fill, "ask": ask, "bring": bring}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](int(sys.argv[2]))))
