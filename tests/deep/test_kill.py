"""kill -9 of a real server under writes: nothing acknowledged is lost, chains hold."""

import http.client
import http.cookiejar
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

import pytest
from django.conf import settings

from deliberations.models import Meeting

ROOT = settings.BASE_DIR
ROUNDS, WRITERS = 4, 3
BUILD = """
import django; django.setup()
from boards.models import User
from boards.roles import Role
from tests.make import boards as make, meetings as meet
board = make.board(slug="lkm-uji")
people = meet.members(board)
for number in range(3):
    user = make.user(Role.SECRETARY, board=board, username=f"penulis{number}")
    user.set_password("Kata-sandi-penulis-26"); user.save()
"""
SEEN = """
import django; django.setup()
from deliberations.models import Meeting
from boards.models import AuditEvent, Submission
print("TITLES", *Meeting.objects.values_list("title", flat=True))
print("COUNTS", Meeting.objects.count(), Submission.objects.count(),
      AuditEvent.objects.filter(action="deliberations.meeting_created").count())
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Browser:
    """A writer with cookies and no redirects followed."""

    def __init__(self, base: str) -> None:
        jar = http.cookiejar.CookieJar()
        self.base, self.jar = base, jar

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *args):
                return None

        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(jar), Stay
        )

    def get(self, path: str) -> str:
        """A page."""
        return self.opener.open(self.base + path, timeout=30).read().decode()

    def post(self, path: str, **body: str) -> int:
        """The status of a form that was sent."""
        token = next(c.value for c in self.jar if "csrf" in c.name)
        data = urllib.parse.urlencode(body | {"csrfmiddlewaretoken": token})
        request = urllib.request.Request(self.base + path, data.encode())
        request.add_header("Referer", self.base)
        try:
            return self.opener.open(request, timeout=60).status
        except urllib.error.HTTPError as answer:
            return answer.code

    def sign_in(self, name: str) -> None:
        """By name and password."""
        self.get("/akun/masuk/")
        body = {"login": name, "password": "Kata-sandi-penulis-26"}
        status = self.post("/akun/masuk/", **body)
        if status != 302:
            raise RuntimeError(f"sign-in: {status}")


def python(environment: dict, *words: str) -> str:
    """Run Python in the portal; what it printed."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def serve(environment: dict, port: int) -> subprocess.Popen:
    """A server in a group of its own, ready to answer."""
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "lkm_portal.wsgi", "--workers", "2"),
            *("--bind", f"127.0.0.1:{port}", "--preload", "--no-control-socket"),
        ],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat/", timeout=2).close()
            return server
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def write_until_dead(base: str, number: int, acknowledged: list, sent: list) -> None:
    """Open meetings one after the other until the server is gone."""
    browser = Browser(base)
    try:
        browser.sign_in(f"penulis{number}")
        while True:
            title = f"R{uuid.uuid4().hex[:12]}"
            body = {
                "submission_key": uuid.uuid4().hex,
                "kind": Meeting.Kind.RUTIN.value,
                "title": title,
                "held_on": "14/03/2026",
                "starts_at": "19.30",
                "place": "Balai",
            }
            sent.append(title)
            status = browser.post("/lkm/lkm-uji/musyawarah/baru/", **body)
            if status in (302, 303):
                acknowledged.append(title)
            else:
                acknowledged.append(f"status-{status}")
    except (OSError, http.client.HTTPException):
        return


@pytest.fixture
def portal(tmp_path):
    """Environment of a real portal: synchronous=FULL, a folder of its own."""
    environment = os.environ | {
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lkm_portal.settings.dev",
        "LOG_LEVEL": "CRITICAL",
        "DEMO": "0",
    }
    environment.pop("DATABASE_URL", None)
    python(environment, "manage.py", "migrate", "-v0", "--skip-checks")
    python(environment, "manage.py", "createcachetable", "-v0")
    python(environment, "manage.py", "collectstatic", "-v0", "--noinput")
    python(environment, "-c", BUILD)
    return environment


@pytest.mark.sqlite_only
def test_kill_9_under_writes_loses_nothing_that_was_acknowledged(portal):
    acknowledged: list[str] = []
    sent: list[str] = []
    dice = random.Random(7)
    for _ in range(ROUNDS):
        port = free_port()
        server, base = serve(portal, port), f"http://127.0.0.1:{port}"
        writers = [
            threading.Thread(
                target=write_until_dead, args=(base, n, acknowledged, sent)
            )
            for n in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        enough = len(acknowledged) + dice.randint(5, 15)
        patience = time.monotonic() + 60
        while len(acknowledged) < enough and time.monotonic() < patience:
            time.sleep(dice.random() / 10)
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        for writer in writers:
            writer.join()
        python(portal, "manage.py", "verify_records")
        python(
            portal,
            *("manage.py", "check", "--database", "default"),
            *("--fail-level", "WARNING"),
        )
    out = python(portal, "-c", SEEN)
    kept = set(re.search(r"TITLES (.*)", out)[1].split())
    meetings, submissions, events = re.search(r"COUNTS (.*)", out)[1].split()
    assert len(acknowledged) >= ROUNDS * 3
    assert set(acknowledged) <= kept
    assert kept <= set(sent)
    assert meetings == submissions == events
