"""`make run`: from a bare clone to a portal that serves, in one terminal."""

import os
import signal
import socket
import sys
import time

from house import address, prepare
from serving import end, ended, start, wait_until_ready

ACCOUNTS = (
    ("sekretaris", "Sekretaris LKM"),
    ("anggota", "Koordinator LKM"),
    ("kelurahan", "Staf kelurahan"),
    ("dinas", "Staf Dinas Perkim"),
)
PASSWORD = "Musyawarah-2026"
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(Exception):
    """Ctrl-C or SIGTERM arrived."""


def _stop(*_signal) -> None:
    raise Stop


def _require_free_port(host: str, port: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except (OSError, ValueError) as refused:
            sys.exit(f"{host}:{port} cannot be used ({refused}). Try PORT=8001")


def _say_hello(environment: dict) -> None:
    print(f"\n  Portal LKM  {environment['PORTAL_URL']}/")
    if environment.get("DEMO", "1").lower() in ("0", "false", "no", "off"):
        print("  First account: .venv/bin/python manage.py create_admin")
    else:
        print(f"  Demo accounts, password {PASSWORD}:")
        for name, post in ACCOUNTS:
            print(f"    {name:<12}{post}")
        print("    and upl, upk, upk2, ups, pengawas, kecamatan, admin, provinsi,")
        print("    sistem; sekretaris2, kelurahan2; sekretaris3, dinas3")
    print("  Ctrl-C ends it.\n", flush=True)


def serve(environment: dict) -> int:
    """Run web server and job worker until a signal or until one of them ends."""
    processes: dict = {}
    for sign in ENDINGS:
        signal.signal(sign, _stop)
    try:
        processes.update(start(environment))
        if wait_until_ready(environment, processes):
            _say_hello(environment)
        while not ended(processes):
            time.sleep(0.3)
        for name in ended(processes):
            status = processes[name].returncode
            print(f"The {name} ended with status {status}; stopping.", flush=True)
        return 1
    except Stop:
        print("\nStopping", flush=True)
        return 0
    finally:
        for sign in ENDINGS:
            signal.signal(sign, signal.SIG_IGN)
        end(processes)


if __name__ == "__main__":
    if os.environ.get("HOST") == "localhost":
        os.environ["HOST"] = "127.0.0.1"
    _require_free_port(*address())
    try:
        prepared = prepare()
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(serve(prepared))
