"""`make bench`: list pages against their raw floor, a naive list and Django's admin.

Both databases, `seed_demo --boards 200` (and 20, for growth), in databases of its own.
One line a goal: `GOAL name value limit ok|short`; ends 0 only when all are ok.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench_pdf import close_presses, measure_letters, pool, settings
from house import PYTHON, ROOT
from postgres import find_binaries, temporary_server
from serving import free_port, wait_until_ready

SMALL, LARGE = 20, 200
ROUNDS = 3
WRK_SECONDS = 4
PAGES = ROOT / "scripts" / "bench_site" / "pages.py"


def environment(folder: Path, url: str) -> dict:
    """Where a process of the bench looks: settings, data, database."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench_site.settings",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'scripts'}",
        "DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "DEMO": "1",
        "LOG_LEVEL": "ERROR",
    }


def seed(told: dict, boards: int) -> None:
    """A demo of so many boards."""
    for command in (
        ["migrate", "--skip-checks", "-v", "0"],
        ["createcachetable", "-v", "0"],
        ["seed_demo", "--boards", str(boards)],
    ):
        subprocess.run(
            [PYTHON, "manage.py", *command],
            cwd=ROOT,
            env={**told, "DJANGO_SETTINGS_MODULE": "lkm_portal.settings.dev"},
            stdout=subprocess.DEVNULL,
            check=True,
        )


def measure(told: dict) -> dict:
    """What one child process found."""
    done = subprocess.run(
        [PYTHON, PAGES], cwd=ROOT, env=told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr or "the pages could not be measured")
    return json.loads(done.stdout)


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


def requests_a_second(address: str, cookie: str) -> float:
    """Eight connections for a few seconds on this machine's own loopback."""
    command = ["wrk", "-t1", "-c8", f"-d{WRK_SECONDS}s", "-H", f"Cookie: {cookie}"]
    done = subprocess.run(
        [*command, "-H", "Host: localhost", address],
        capture_output=True,
        text=True,
        check=True,
    )
    if "Non-2xx" in done.stdout:
        sys.exit(f"{address} answered with errors:\n{done.stdout}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])


def throughput(told: dict, facts: dict) -> dict:
    """Requests a second of three pages, in turns."""
    rates: dict = {"ours": [], "raw": [], "naive": []}
    with served(told) as site:
        for _ in range(ROUNDS):
            for name, found in rates.items():
                address = site + facts["pages"][name]
                found.append(requests_a_second(address, facts["cookie"]))
    return {name: statistics.median(found) for name, found in rates.items()}


def goals_of(engine: str, small: dict, large: dict) -> Iterator[tuple]:
    """Goals 1 to 4 on one database: name, value, limit."""
    seed(small, SMALL)
    seed(large, LARGE)
    rounds = [(measure(small), measure(large)) for _ in range(ROUNDS)]

    def middle(ratio) -> float:
        return statistics.median(ratio(few, many) for few, many in rounds)

    yield f"{engine}_list_per_raw", middle(lambda _, m: m["ours"] / m["raw"]), "<=2.0"
    yield (
        f"{engine}_list_per_admin",
        middle(lambda _, m: m["ours"] / m["admin"]),
        "<=0.35",
    )
    yield f"{engine}_growth_10x", middle(lambda f, m: m["ours"] / f["ours"]), "<=1.3"
    yield (
        f"{engine}_deep_per_first",
        middle(lambda _, m: m["deep"] / m["ours"]),
        "<=1.3",
    )
    facts = rounds[-1][1]
    yield f"{engine}_queries_list", facts["queries_ours"], "<=6"
    grown = facts["queries_ours"] - facts["queries_few"]
    yield f"{engine}_queries_growth", grown, "<=0"
    yield f"{engine}_queries_detail", facts["queries_detail"], "<=6"
    rates = throughput(large, facts)
    yield f"{engine}_requests_per_raw", rates["ours"] / rates["raw"], ">=0.5"
    yield f"{engine}_requests_per_naive", rates["ours"] / rates["naive"], ">=4.0"


def all_goals(folder: Path) -> Iterator[tuple]:
    """SQLite, PostgreSQL, then the letter."""
    folders = {size: folder / str(size) for size in (SMALL, LARGE)}
    files = [
        environment(path, f"sqlite:///{path}.sqlite3") for path in folders.values()
    ]
    yield from goals_of("sqlite", *files)
    binaries = find_binaries()
    if binaries is None:
        sys.exit("PostgreSQL is not installed: apt-get install -y postgresql")
    # Durability stays as a server has it: nothing is written while pages are timed.
    with temporary_server(binaries) as url:
        base = url.rsplit("/", 1)[0]
        for size in folders:
            create = ["psql", "-q", url, "-c", f"CREATE DATABASE bench{size}"]
            subprocess.run(create, check=True)
        servers = [
            environment(path, f"{base}/bench{size}") for size, path in folders.items()
        ]
        yield from goals_of("postgresql", *servers)
    settings.configure(DATA_DIR=str(folder))
    pool()
    letter = measure_letters(folder, ROUNDS)
    close_presses()
    yield "letter_warm_per_wkhtmltopdf", letter["warm"] / letter["wkhtmltopdf"], "<=1.0"
    yield "letter_warm_seconds", letter["warm"], "<=0.25"
    yield "letter_cold_seconds", letter["cold"], "<=1.0"


def main() -> int:
    """Print every goal as soon as it is known."""
    for tool in ("wrk", "wkhtmltopdf"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing: apt-get install -y wrk wkhtmltopdf")
    short = 0
    with tempfile.TemporaryDirectory(prefix="lkm-bench-") as name:
        for goal, value, limit in all_goals(Path(name)):
            bound = float(limit[2:])
            good = value <= bound if limit.startswith("<=") else value >= bound
            short += not good
            word = "ok" if good else "short"
            print(f"GOAL {goal} {value:.2f} {limit} {word}", flush=True)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
