"""`make bench`: list pages against their raw floor, a naive list and Django's admin.

Both databases, `seed_demo --boards 200` (and 20, for growth), in databases of its own.
One line a goal: `GOAL name value limit ok|short`; ends 0 only when all are ok.
docs/bench.md says how to read them.
"""

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench_children import Pages, settled
from bench_pdf import close_presses, measure_letters, pool, settings
from house import PYTHON, ROOT
from postgres import find_binaries, temporary_server
from serving import free_port, wait_until_ready

SMALL, LARGE = 20, 200
LISTS = ("decisions", "meetings", "boards")
ROUNDS = 3
WRK_SECONDS = 4
SEED_SECONDS = 180


def environment(folder: Path, url: str) -> dict:
    """Where a process of the bench looks: settings, data, database."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench_site.settings",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'scripts'}",
        "PYTHONWARNINGS": "ignore",
        "DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "DEMO": "1",
        "LOG_LEVEL": "ERROR",
    }


def manage(told: dict, *command: str) -> float:
    """One command of the portal itself; its seconds."""
    began = time.monotonic()
    done = subprocess.run(
        [PYTHON, "manage.py", *command],
        cwd=ROOT,
        env={**told, "DJANGO_SETTINGS_MODULE": "lkm_portal.settings.dev"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"manage.py {' '.join(command)}\n{done.stdout}{done.stderr}")
    return time.monotonic() - began


def seed(told: dict, boards: int) -> float:
    """A demo of so many boards whose chains are whole; seconds of `seed_demo`."""
    manage(told, "migrate", "--skip-checks", "-v", "0")
    manage(told, "createcachetable", "-v", "0")
    took = manage(told, "seed_demo", "--boards", str(boards))
    manage(told, "verify_records")
    if told["DATABASE_URL"].startswith("postgres"):
        # What autovacuum does by itself on a server that stays.
        query(told["DATABASE_URL"], "VACUUM ANALYZE")
    return took


def query(url: str, statement: str) -> None:
    """One statement outside any transaction."""
    subprocess.run(["psql", "-q", url, "-c", statement], check=True)


@contextmanager
def served(told: dict) -> Iterator[str]:
    """The bench site behind gunicorn, two workers."""
    port = free_port()
    server = subprocess.Popen(
        [
            *(PYTHON, "-m", "gunicorn", "lkm_portal.wsgi", "--workers", "2"),
            *("--bind", f"127.0.0.1:{port}", "--preload", "--no-control-socket"),
            *("--log-level", "error"),
        ],
        cwd=ROOT,
        env=told,
    )
    try:
        asked = {"HOST": "127.0.0.1", "PORT": str(port)}
        if not wait_until_ready(asked, {"web server": server}):
            sys.exit("the bench site did not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def requests_a_second(address: str, cookie: str, seconds: int) -> float:
    """Eight connections for a few seconds on this machine's own loopback."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-H", f"Cookie: {cookie}"]
    done = subprocess.run(
        [*command, "-H", "Host: localhost", address],
        capture_output=True,
        text=True,
        check=True,
    )
    if "Non-2xx" in done.stdout:
        sys.exit(f"{address} answered with errors:\n{done.stdout}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])


def throughput(told: dict, facts: dict) -> dict[str, float]:
    """Requests a second of the register against its peers, in turns: medians."""
    pages = {name: facts["decisions"][name] for name in ("ours", "raw", "naive")}
    rates: dict = {name: [] for name in pages}
    with served(told) as site:
        for page in pages.values():
            requests_a_second(site + page, facts["cookie"], 1)
        for _ in range(ROUNDS):
            for name, page in pages.items():
                found = requests_a_second(site + page, facts["cookie"], WRK_SECONDS)
                rates[name].append(found)
    return {name: statistics.median(found) for name, found in rates.items()}


def page_goals(engine: str, small: Pages, large: Pages) -> Iterator[tuple]:
    """Goals 1 to 3 of every list: name, value, limit."""
    found = settled(small, large)
    for name in LISTS:
        ours = f"{name}.ours"
        yield f"{name}_vs_raw_{engine}", found(ours, f"{name}.raw"), "<=2.0"
        yield f"{name}_vs_admin_{engine}", found(ours, f"{name}.admin"), "<=0.35"
        yield f"{name}_200_vs_20_{engine}", found(ours, ours, many=True), "<=1.3"
        if large.facts[name]["deep"]:
            deep = found(f"{name}.deep", f"{name}.first")
            yield f"{name}_deep_vs_first_{engine}", deep, "<=1.3"
    for name in LISTS:
        asked = large.facts["queries"][name]
        yield f"{name}_queries_{engine}", asked["list"], "<=6"
        growth = asked["list"] - asked["few"]
        yield f"{name}_queries_growth_{engine}", growth, "<=0"
    for name, asked in large.facts["details"].items():
        yield f"{name}_page_queries_{engine}", asked["queries"], "<=6"
    grown = large.facts["details"]["meeting"]["growth"]
    yield f"meeting_page_queries_growth_{engine}", grown, "<=0"


def goals_of(engine: str, small: dict, large: dict) -> Iterator[tuple]:
    """Goals 1 to 4 on one database."""
    with ThreadPoolExecutor(2) as both:
        # The small one is built beside the large one, on the other core.
        _, took = both.map(seed, (small, large), (SMALL, LARGE))
    yield f"seed_200_seconds_{engine}", took, f"<={SEED_SECONDS}.0"
    with Pages(small) as few, Pages(large) as many:
        yield from page_goals(engine, few, many)
        facts = many.facts
    rates = throughput(large, facts)
    yield f"requests_vs_raw_{engine}", rates["ours"] / rates["raw"], ">=0.5"
    yield f"requests_vs_naive_{engine}", rates["ours"] / rates["naive"], ">=4.0"


def on_sqlite(folder: Path) -> Iterator[tuple]:
    """Two files."""
    folders = {size: folder / f"sqlite{size}" for size in (SMALL, LARGE)}
    yield from goals_of(
        "sqlite",
        *(environment(each, f"sqlite:///{each}.sqlite3") for each in folders.values()),
    )


def on_postgresql(folder: Path) -> Iterator[tuple]:
    """Two databases of a server that is ours for the while."""
    binaries = find_binaries()
    if binaries is None:
        sys.exit("PostgreSQL is not installed: apt-get install -y postgresql")
    with temporary_server(binaries) as url:
        base, told = url.rsplit("/", 1)[0], []
        for size in (SMALL, LARGE):
            query(url, f"CREATE DATABASE bench{size}")
            told.append(environment(folder / f"pg{size}", f"{base}/bench{size}"))
        yield from goals_of("postgresql", *told)


def letter(folder: Path) -> Iterator[tuple]:
    """Goal 6: the berita acara, by the press itself."""
    settings.configure(DATA_DIR=str(folder))
    pool()
    took = measure_letters(folder, 5)
    close_presses()
    yield "letter_warm_vs_wkhtmltopdf", took["warm"] / took["wkhtmltopdf"], "<=1.0"
    yield "letter_warm_seconds", took["warm"], "<=0.25"
    yield "letter_cold_seconds", took["cold"], "<=1.0"


PARTS = {"sqlite": on_sqlite, "postgresql": on_postgresql, "letter": letter}


def main() -> int:
    """Print every goal as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append")
    asked = parser.parse_args().only or list(PARTS)
    # Ended from outside it still stops its servers and clears its folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for tool in ("wrk", "wkhtmltopdf"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing: apt-get install -y wrk wkhtmltopdf")
    short = 0
    with tempfile.TemporaryDirectory(prefix="lkm-bench-") as name:
        for part in asked:
            for goal, value, limit in PARTS[part](Path(name)):
                bound = float(limit[2:])
                good = value <= bound if limit.startswith("<=") else value >= bound
                short += not good
                word = "ok" if good else "short"
                print(f"GOAL {goal} {value:.2f} {limit} {word}", flush=True)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
