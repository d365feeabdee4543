"""`make bench-search`: search and the register of one board with 20,000 decisions.

On SQLite and on PostgreSQL, each in a database of its own. One line a goal,
`GOAL name value limit ok|short`; ends 0 only when all are ok. docs/bench.md says how
to read them.
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import environment, manage, query
from house import PYTHON, ROOT
from postgres import find_binaries, temporary_server

CHILD = ROOT / "scripts" / "bench_site" / "decisions.py"
LIMITS = {
    "fill_index_seconds": "<=180",
    "search_cold_p95_seconds": "<=1.0",
    "search_warm_median_seconds": "<=0.25",
    "search_warm_p95_seconds": "<=1.0",
    "search_vs_bare_sql": "<=6.0",
    "search_vs_like": "<=1.0",
    "register_first_seconds": "<=0.3",
    "register_deep_vs_first": "<=1.3",
    "register_vs_bare_sql": "<=2.0",
    "register_filters_p95_seconds": "<=1.0",
    "workbook_1000_seconds": "<=5.0",
    "book_1000_seconds": "<=60.0",
    "book_1000_rows": ">=1000",
}


def measured(
    told: dict, rows: int, child: Path, steps: Sequence[str]
) -> dict[str, float]:
    """Lay a database, let `child` fill it and ask it; every figure by its name."""
    manage(told, "migrate", "--skip-checks", "-v", "0")
    manage(told, "createcachetable", "-v", "0")
    found: dict[str, float] = {}
    for step in steps:
        done = subprocess.run(
            [PYTHON, child, step, str(rows)],
            cwd=ROOT,
            env=told,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        found |= json.loads(done.stdout.splitlines()[-1])
        if step == "fill" and told["DATABASE_URL"].startswith("postgres"):
            # What autovacuum does by itself on a server that stays.
            query(told["DATABASE_URL"], "VACUUM ANALYZE")
    return found


STEPS = ("fill", "ask")


def on_sqlite(
    folder: Path, rows: int, child: Path = CHILD, steps: Sequence[str] = STEPS
) -> dict[str, float]:
    """One file."""
    url = f"sqlite:///{folder / 'bench.sqlite3'}"
    return measured(environment(folder / "sqlite", url), rows, child, steps)


def on_postgresql(
    folder: Path, rows: int, child: Path = CHILD, steps: Sequence[str] = STEPS
) -> dict[str, float]:
    """A server that is ours for the while."""
    binaries = find_binaries()
    if binaries is None:
        sys.exit("PostgreSQL is not installed: apt-get install -y postgresql")
    with temporary_server(binaries) as url:
        return measured(environment(folder / "postgresql", url), rows, child, steps)


ENGINES = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def goals(engine: str, found: dict[str, float]) -> Iterator[tuple[str, float, str]]:
    """Every figure that has a limit, with it."""
    for name, limit in LIMITS.items():
        yield f"{name}_{engine}", found[name], limit


def main() -> int:
    """Measure one database after the other and print its goals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=ENGINES, action="append")
    parser.add_argument("--decisions", type=int, default=20_000)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    short = 0
    with tempfile.TemporaryDirectory(prefix="lkm-bench-") as name:
        for engine in asked.only or ENGINES:
            found = ENGINES[engine](Path(name), asked.decisions)
            for goal, value, limit in goals(engine, found):
                bound = float(limit[2:])
                good = value <= bound if limit.startswith("<=") else value >= bound
                short += not good
                word = "ok" if good else "short"
                print(f"GOAL {goal} {value:.3f} {limit} {word}", flush=True)
            print(f"  {engine}: {json.dumps(found)}", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
