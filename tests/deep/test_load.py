"""Ten clients at once on the pages people open most: no fault, and the numbers.

`wrk` is Debian's. The numbers are printed; limits stand in `make bench`.
"""

import http.cookiejar
import os
import re
import shutil
import signal
import subprocess

import pytest

from tests.deep.test_kill import Browser, free_port, portal, python, serve

__all__ = ["portal"]
CLIENTS, SECONDS = 10, 6
PAGES = (
    "/sehat/",
    "/akun/masuk/",
    "/lkm/lkm-uji/",
    "/lkm/lkm-uji/musyawarah/",
    "/lkm/lkm-uji/warga/",
    "/lkm/lkm-uji/jejak/",
)
MORE = """
import django; django.setup()
from boards.models import Board, User
from tests.make import deliberations as talks
board, user = Board.objects.get(), User.objects.get(username="penulis0")
for number in range(120):
    talks.meeting(board, by=user, title=f"Rapat {number}")
    talks.person(board, f"Warga uji {number}")
"""


def run_wrk(base: str, path: str, cookies: http.cookiejar.CookieJar) -> str:
    """What wrk says about one page."""
    cookie = "; ".join(f"{each.name}={each.value}" for each in cookies)
    return subprocess.run(
        [
            *("wrk", f"-c{CLIENTS}", "-t2", f"-d{SECONDS}s", "--latency"),
            *("-H", f"Cookie: {cookie}", base + path),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.sqlite_only
def test_ten_clients_get_every_page(portal, capsys):
    assert shutil.which("wrk"), "apt-get install -y wrk"
    python(portal, "-c", MORE)
    port = free_port()
    server, base = serve(portal, port), f"http://127.0.0.1:{port}"
    try:
        browser = Browser(base)
        browser.sign_in("penulis0")
        for path in PAGES:
            said = run_wrk(base, path, browser.jar)
            rate = re.search(r"Requests/sec:\s+([\d.]+)", said)[1]
            slow = re.search(r"99%\s+(\S+)", said)[1]
            with capsys.disabled():
                os.write(1, f"\nLOAD {path} {rate}/s p99 {slow}".encode())
            assert "Non-2xx" not in said, said
            assert "Socket errors" not in said, said
            assert float(rate) > 1
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    python(portal, "manage.py", "verify_records")
