"""`make run`: from a bare clone to a portal that serves, in one terminal."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from house import PYTHON, ROOT, address, prepare

READY_SECONDS = 60
GRACE_SECONDS = 10
PR_SET_PDEATHSIG = 1
ACCOUNTS = (
    ("sekretaris", "Sekretaris LKM"),
    ("anggota", "Koordinator LKM"),
    ("kelurahan", "Staf kelurahan"),
    ("dinas", "Staf Dinas Perkim"),
)
PASSWORD = "Musyawarah-2026"


class Stop(Exception):
    """Ctrl-C or SIGTERM arrived."""


def _stop(*_signal) -> None:
    raise Stop


def _die_with_parent() -> None:
    """If this script itself is killed, the kernel ends its children (Linux)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _spawn(command: list, environment: dict) -> subprocess.Popen:
    # A group of its own: Ctrl-C reaches this script alone, which ends both in order.
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        umask=0o077,
        preexec_fn=_die_with_parent,
    )


def _end(processes: dict) -> None:
    """SIGTERM to both groups; SIGKILL to what is left after ten seconds."""
    for process in processes.values():
        _signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        # Also the helpers a dead leader left behind in its group.
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _signal_group(process: subprocess.Popen, sign: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, sign)


def _require_free_port(host: str, port: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except (OSError, ValueError) as refused:
            sys.exit(
                f"{host}:{port} cannot be used ({refused}). Try: make run PORT=8001"
            )


def _web_command(environment: dict) -> list:
    host, port = environment["HOST"], environment["PORT"]
    # SQLite has one writer: two processes serve an office. PostgreSQL: two a core.
    sqlite = environment.get("DATABASE_URL", "sqlite:").startswith("sqlite")
    workers = 2 if sqlite else 2 * (os.cpu_count() or 1)
    return [
        *(PYTHON, "-m", "gunicorn", "lkm_portal.wsgi"),
        *("--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}"),
        *("--workers", str(workers), "--preload", "--no-control-socket"),
        *("--timeout", "60", "--graceful-timeout", "8", "--log-level", "warning"),
    ]


def _wait_until_ready(environment: dict, processes: dict) -> None:
    """Return when the first page answers, or stop when a process ends before."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(
        environment["HOST"], environment["HOST"]
    )
    host = f"[{host}]" if ":" in host else host
    request = urllib.request.Request(
        f"http://{host}:{environment['PORT']}/sehat/", headers={"Host": "localhost"}
    )
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes.values()):
            return
        try:
            urllib.request.urlopen(request, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"The portal did not answer within {READY_SECONDS} s.")


def _say_hello(environment: dict) -> None:
    print(f"\n  Portal LKM  {environment['PORTAL_URL']}/")
    if environment.get("DEMO", "1").lower() in ("0", "false", "no", "off"):
        print("  First account: .venv/bin/python manage.py create_admin")
    else:
        print(f"  Demo accounts, password {PASSWORD}:")
        for name, post in ACCOUNTS:
            print(f"    {name:<12}{post}")
        print("    and upl, upk, ups, pengawas, kecamatan, admin, provinsi, sistem")
    print("  Ctrl-C ends it.\n", flush=True)


def serve(environment: dict) -> int:
    """Run web server and job worker until a signal or until one of them ends."""
    processes: dict = {}
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _stop)
    try:
        worker = [PYTHON, "manage.py", "run_jobs"]
        processes["web server"] = _spawn(_web_command(environment), environment)
        processes["job worker"] = _spawn(worker, environment)
        _wait_until_ready(environment, processes)
        if all(process.poll() is None for process in processes.values()):
            _say_hello(environment)
        while True:
            for name, process in processes.items():
                if process.poll() is not None:
                    print(f"The {name} ended with status {process.returncode}.")
                    return 1
            time.sleep(0.3)
    except Stop:
        print("\nStopping", flush=True)
        return 0
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)
        _end(processes)


if __name__ == "__main__":
    _require_free_port(*address())
    try:
        prepared = prepare()
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(serve(prepared))
