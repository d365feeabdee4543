"""`make test`, `make e2e`, `make test-deep`: the same tests on both databases."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from postgres import find_binaries, temporary_server

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest"]
CI = os.environ.get("CI", "").lower() in ("1", "true")
NO_TESTS = 5
# The long tests stand together: a worker that is done takes from the other.
STEAL = ("--dist", "worksteal")
# Not even collected where only the fast ones run.
FAST = ("--ignore=tests/e2e", "--ignore=tests/deep")
# What each suite runs on SQLite, then on PostgreSQL.
SUITES = {
    # On PostgreSQL a worker waits for the server, and a third fills the time.
    "test": (["-n", "2", *STEAL, *FAST], ["-n", "3", *STEAL, *FAST]),
    "e2e": (
        [*("-n", "2", "--dist", "worksteal"), "tests/e2e", "-m", "e2e and not deep"],
        ["tests/e2e", "-m", "e2e and main_story and not deep"],
    ),
    "deep": (["-m", "deep"], ["-m", "deep"]),
}


def run_pytest(title: str, arguments: list[str], database: str | None) -> int:
    """Run pytest once against `database` (None: SQLite in a folder of its own)."""
    environment = os.environ | {"PYTHONWARNINGS": "default"}
    # Compiled tests are kept: the second worker and the second suite start faster.
    for name in (
        *("DATABASE_URL", "DATA_DIR", "DJANGO_SETTINGS_MODULE"),
        "PYTHONDONTWRITEBYTECODE",
    ):
        environment.pop(name, None)
    if database:
        environment["DATABASE_URL"] = database
    print(f"\n== {title}", flush=True)
    began = time.monotonic()
    status = subprocess.run(
        [*PYTEST, *arguments], cwd=ROOT, env=environment, check=False
    ).returncode
    print(f"== {title}: {time.monotonic() - began:.0f} s", flush=True)
    return status


def main() -> int:
    """Run the suite named first on both databases; the rest goes to pytest."""
    suite, *extra = sys.argv[1:] or ["test"]
    on_sqlite, on_postgresql = SUITES[suite]
    if suite == "e2e" and not shutil.which("chromium"):
        print("Chromium is missing: apt-get install -y chromium", file=sys.stderr)
        return 1
    statuses = [run_pytest(f"{suite}, SQLite", [*on_sqlite, *extra], None)]
    binaries = find_binaries()
    if binaries is None:
        print("PostgreSQL is not installed: apt-get install -y postgresql")
        print("The tests ran on SQLite alone.")
        statuses.append(1 if CI else 0)
    else:
        with temporary_server(binaries) as url:
            title = f"{suite}, PostgreSQL"
            statuses.append(run_pytest(title, [*on_postgresql, *extra], url))
    bad = [status for status in statuses if status not in (0, NO_TESTS)]
    # A suite that found nothing at all is broken, not green.
    return 1 if bad or all(status == NO_TESTS for status in statuses) else 0


def _stop(*_signal) -> None:
    """SIGTERM ends like Ctrl-C, so that the server of this run is stopped too."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
