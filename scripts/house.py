"""Everything `make run` does before it serves; every step is skipped when done."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

from machine import require_machine

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def _lock_hash(lock: str) -> str:
    words = (ROOT / "requirements" / f"{lock}.txt").read_bytes()
    return hashlib.sha256(words + sys.version.encode()).hexdigest()


def _stamp(lock: str) -> Path:
    return VENV / f".installed-{lock}"


def _installed(lock: str) -> bool:
    stamp = _stamp(lock)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == _lock_hash(lock)


def install_packages(lock: str) -> None:
    """Make .venv and install the locked packages of `lock` ("base" or "dev")."""
    # What tests need contains what the portal needs, in the same versions.
    if _installed(lock) or (lock == "base" and _installed("dev")):
        return
    if not PYTHON.exists():
        print("Making .venv", flush=True)
        venv.EnvBuilder(with_pip=True, clear=True).create(VENV)
    print(f"Installing packages of requirements/{lock}.txt", flush=True)
    command = [
        *(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"),
        *("--no-input", "--require-hashes", "--no-deps"),
        *("-r", ROOT / "requirements" / f"{lock}.txt"),
    ]
    if subprocess.run(command, check=False).returncode:
        sys.exit("The packages could not be installed; pip's words stand above.")
    # Django takes psycopg 3 without a word when both are there; we test with one.
    probe = "import importlib.util as u, sys; sys.exit(bool(u.find_spec('psycopg')))"
    if subprocess.run([PYTHON, "-c", probe], check=False).returncode:
        sys.exit("psycopg 3 is in .venv beside psycopg2: remove .venv and try again.")
    _stamp(lock).write_text(_lock_hash(lock))


def address() -> tuple:
    """Host and port to serve on, from HOST and PORT."""
    return os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"


def portal_environment() -> dict:
    """Environment of every process of the portal on this machine."""
    host, port = address()
    environment = {name: value for name, value in os.environ.items() if value != ""}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "lkm_portal.settings.dev")
    environment.setdefault("DATA_DIR", str(ROOT / "data"))
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host
    environment.setdefault("PORTAL_URL", f"http://{shown}:{port}")
    if shown != "localhost":
        known = environment.get("ALLOWED_HOSTS")
        environment["ALLOWED_HOSTS"] = f"{known},{host}" if known else host
    environment.update(HOST=host, PORT=port)
    return environment


def prepare(*steps: str) -> dict:
    """Machine, packages, then database, demo and static files as far as needed."""
    require_machine()
    install_packages("base")
    environment = portal_environment()
    command = [PYTHON, "manage.py", "prepare", *steps]
    # Data, keys and files are for their owner alone.
    done = subprocess.run(command, cwd=ROOT, env=environment, umask=0o077, check=False)
    if done.returncode:
        sys.exit(1)
    return environment


if __name__ == "__main__":
    if sys.argv[1:] == ["dev"]:
        require_machine()
        install_packages("dev")
    else:
        prepare(*sys.argv[1:])
