"""`make check`: every gate that runs no test, one line each with its seconds."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
AUDIT_SECONDS = 60
# Advisory: told, never a gate; the service may be out of reach.
ADVISORY = {"advisories"}


def steps(folder: str) -> dict:
    """Name of each step -> command and what it changes in the environment."""
    strictly = ["--fail-level", "WARNING"]
    manage = [PYTHON, "-W", "error", "manage.py"]
    test = {"DJANGO_SETTINGS_MODULE": "lkm_portal.settings.test", "DATA_DIR": folder}
    server = {
        "DJANGO_SETTINGS_MODULE": "lkm_portal.settings.production",
        "DATA_DIR": f"{folder}/server",
        "DATABASE_URL": f"sqlite:///{folder}/server.sqlite3",
        "ALLOWED_HOSTS": "portal.example.go.id",
        "PORTAL_URL": "https://portal.example.go.id",
        "SECRET_KEY": "",
        "DEMO": "0",
    }
    return {
        "format": ([BIN / "ruff", "format", "--check", "--quiet", "."], {}),
        "lint": ([BIN / "ruff", "check", "--quiet", "."], {}),
        "house rules": ([PYTHON, "scripts/lint_house.py"], {}),
        "templates": ([BIN / "djlint", "--lint", "--quiet", "templates"], {}),
        "import contracts": ([BIN / "lint-imports"], {}),
        "types": ([BIN / "mypy"], {}),
        "migrations": ([*manage, "makemigrations", "--check", "--dry-run"], test),
        "system check": ([*manage, "check", *strictly], test),
        "deploy check": ([*manage, "check", "--deploy", *strictly], server),
        "static files": ([*manage, "collectstatic", "--no-input", "-v", "0"], server),
        "locked packages": ([BIN / "pip", "check"], {}),
        "advisories": (
            [
                *(BIN / "pip-audit", "-r", "requirements/base.txt", "--require-hashes"),
                *("--disable-pip", "--timeout", "10", "--progress-spinner", "off"),
            ],
            {},
        ),
    }


def run_step(command: list, changes: dict) -> tuple:
    """Run one step quietly; its status and what it said."""
    environment = {**os.environ, **changes}
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=AUDIT_SECONDS * 10,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return 1, "took too long"
    return done.returncode, done.stdout.strip()


def main() -> int:
    """Run all steps, or those named; 1 when a gate failed."""
    wanted, failed = sys.argv[1:], []
    with tempfile.TemporaryDirectory(prefix="lkm-check-") as folder:
        for name, (command, changes) in steps(folder).items():
            if wanted and name not in wanted:
                continue
            began = time.monotonic()
            status, said = run_step(command, changes)
            word = "ok" if status == 0 else "told" if name in ADVISORY else "FAILED"
            seconds = time.monotonic() - began
            print(f"{name:<18}{word:<8}{seconds:5.1f} s", flush=True)
            unasked = said.count("could not be audited")
            if unasked:
                print(f"    no answer about {unasked} packages")
            if status:
                print("\n".join(f"    {line}" for line in said.splitlines()[-60:]))
                failed += [] if name in ADVISORY else [name]
    if failed:
        print(f"\nFailed: {', '.join(failed)}. `make fix` mends format and some lint.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
