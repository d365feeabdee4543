"""Web server and job worker as two process groups that live and die together."""

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

from house import PYTHON, ROOT

READY_SECONDS = 60
GRACE_SECONDS = 10
PR_SET_PDEATHSIG = 1


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _die_with_parent() -> None:
    """If the parent itself is killed, the kernel ends its children (Linux)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _spawn(command: list, environment: dict) -> subprocess.Popen:
    # A group of its own: Ctrl-C reaches the parent alone, which ends both in order.
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        umask=0o077,
        preexec_fn=_die_with_parent,
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
        # An old book of 10,000 loans is loaded in one request: two minutes.
        *("--timeout", "180", "--graceful-timeout", "8", "--log-level", "warning"),
    ]


def start(environment: dict) -> dict:
    """Start both; name -> process."""
    worker = [PYTHON, "manage.py", "run_jobs"]
    return {
        "web server": _spawn(_web_command(environment), environment),
        "job worker": _spawn(worker, environment),
    }


def ended(processes: dict) -> list:
    """Names of those that are no longer there."""
    return [name for name, process in processes.items() if process.poll() is not None]


def end(processes: dict) -> None:
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


def wait_until_ready(environment: dict, processes: dict) -> bool:
    """True as soon as the first page answers; False when a process ends before."""
    every = {"0.0.0.0": "127.0.0.1", "::": "::1"}
    host = every.get(environment["HOST"], environment["HOST"])
    host = f"[{host}]" if ":" in host else host
    address = f"http://{host}:{environment['PORT']}/sehat/"
    request = urllib.request.Request(address, headers={"Host": "localhost"})
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not ended(processes):
        try:
            urllib.request.urlopen(request, timeout=5).close()
            return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.05)
    return False
