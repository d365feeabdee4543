"""`make bench-loans`: plans of the revolving fund, and the sums of a region.

A region of 47 boards with 200,000 loans of ten rows, on SQLite and on PostgreSQL.
One line a goal, `GOAL name value limit ok|short`; ends 0 only when all are ok.
docs/bench.md says how to read them.
"""

import argparse
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from bench_search import ENGINES
from house import ROOT

sys.path.insert(0, str(ROOT))

from loans.schedule import (
    Component,
    LoanTerms,
    Method,
    Mode,
    Rounding,
    group_schedule,
)

ROUNDS = 5
LOANS = 400
MEMBERS, INSTALMENTS = 5, 10


def agreed() -> list[LoanTerms]:
    """Every method with every way of rounding."""
    return [
        LoanTerms(
            INSTALMENTS,
            Decimal("1.5"),
            method=method,
            rounding=Rounding(component, step, mode),
        )
        for method, component, (step, mode) in itertools.product(
            Method,
            Component,
            [(1, Mode.NEAREST), (500, Mode.NEAREST), (1_000, Mode.UP)],
        )
    ]


def instalments_a_second() -> float:
    """Rows of members laid in a second, groups of five, the methods in turns."""
    principals = [500_000 + 100_000 * at for at in range(MEMBERS)]
    kinds = itertools.cycle(agreed())
    began = time.perf_counter()
    for at in range(LOANS):
        anchor_on = date(2020 + at % 7, at % 12 + 1, at % 28 + 1)
        group_schedule(principals, next(kinds), anchor_on=anchor_on)
    return LOANS * MEMBERS * INSTALMENTS / (time.perf_counter() - began)


CHILD = ROOT / "scripts" / "bench_site" / "lending.py"
LIMITS = {
    "sqlite": {
        "region_today_times_full_scan": ">=10",
        "past_day_instalments_a_second": ">=1000000",
        "receipt_statements": "<=12",
        "old_loans_times_default": ">=5",
    },
    "postgresql": {
        "region_today_times_full_scan": ">=10",
        "past_day_instalments_a_second": ">=1500000",
        "receipt_statements": "<=12",
        "old_loans_times_default": ">=5",
    },
}


def goals(engines: list[str], loans: int) -> Iterator[tuple[str, float, str]]:
    """Name, value and limit of every goal."""
    rates = [instalments_a_second() for _ in range(ROUNDS)]
    yield "schedule_instalments_a_second", statistics.median(rates), ">=20000"
    with tempfile.TemporaryDirectory(prefix="lkm-bench-") as name:
        for engine in engines:
            found = ENGINES[engine](Path(name), loans, child=CHILD)
            old = Path(name) / "old"
            old.mkdir(exist_ok=True)
            found |= ENGINES[engine](old, loans, child=CHILD, steps=("bring",))
            print(f"  {engine}: {json.dumps(found)}", file=sys.stderr)
            for goal, limit in LIMITS[engine].items():
                yield f"{goal}_{engine}", found[goal], limit


def main() -> int:
    """Print every goal as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=ENGINES, action="append")
    parser.add_argument("--loans", type=int, default=200_000)
    asked = parser.parse_args()
    short = 0
    for goal, value, limit in goals(asked.only or list(ENGINES), asked.loans):
        bound = float(limit[2:])
        good = value <= bound if limit.startswith("<=") else value >= bound
        short += not good
        print(
            f"GOAL {goal} {value:.0f} {limit} {'ok' if good else 'short'}", flush=True
        )
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
