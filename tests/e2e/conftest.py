"""A real browser against real processes: web server and job worker, killed at will."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import expect, sync_playwright

from tests.conftest import use_database, worker_name

START_SECONDS = 30
# Milliseconds a step of a story may take; two cores are shared with other stories.
PATIENCE = 15_000
PICTURES = Path(settings.BASE_DIR) / "build" / "e2e"
CHROMIUM_ARGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright's loop runs in this thread; the ORM is only used between its calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


class Portal:
    """The portal as it is served: gunicorn and a job worker over one database.

    The test process shares the database and DATA_DIR, so `tests.make` and the ORM see
    what the server sees; files stored by either are there for both.
    """

    def __init__(self, database: str, folder: Path) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lkm_portal.settings.test",
            "LIVE_PORTAL": "1",
            "DATA_DIR": str(settings.DATA_DIR),
            "DATABASE_URL": _database_url(database),
            "PORTAL_URL": self.url,
        }
        self.web: subprocess.Popen | None = None
        self.worker: subprocess.Popen | None = None

    def _spawn(self, name: str, *command: str) -> subprocess.Popen:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *command],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def start_web(self) -> None:
        """Start gunicorn as `make run` does and wait until it answers."""
        self.web = self._spawn(
            "web",
            *("-m", "gunicorn", "lkm_portal.wsgi", "--workers", "2", "--preload"),
            *("--bind", f"127.0.0.1:{self.port}", "--no-control-socket"),
        )
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.web.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the web server did not start:\n{self.log('web')}")
            time.sleep(0.05)

    def start_worker(self) -> None:
        """Start the job worker."""
        self.worker = self._spawn("worker", "manage.py", "run_jobs")

    def kill_web(self) -> None:
        """End the whole web server as a power cut does."""
        _end(self.web, signal.SIGKILL)

    def kill_worker(self) -> None:
        """End the job worker, with what it started, as a power cut does."""
        _end(self.worker, signal.SIGKILL)

    def stop(self) -> None:
        """End both, politely."""
        _end(self.worker, signal.SIGTERM)
        _end(self.web, signal.SIGTERM)

    def answers(self) -> bool:
        """True when the server answers at all, with whatever page."""
        try:
            urllib.request.urlopen(f"{self.url}/sehat/", timeout=2).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def manage(self, *arguments: str) -> str:
        """Run a management command in a process of its own; what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def log(self, name: str) -> str:
        """Everything "web" or "worker" has written so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _database_url(name: str) -> str:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _end(process: subprocess.Popen | None, sign: signal.Signals) -> None:
    """Send `sign` to the process group and wait; insist after ten seconds."""
    if process is None or process.poll() is not None:
        return
    os.killpg(process.pid, sign)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def live_portal(
    request, database_template, django_db_setup, django_db_blocker, tmp_path
):
    """A running Portal over a fresh database; the ORM of the test looks at it too."""
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():
        name = database_template.copy(f"e2e_{worker_name()}")
        use_database(name)
        portal = Portal(name, tmp_path)
        try:
            portal.start_web()
            portal.start_worker()
            yield portal
        finally:
            portal.stop()
            if getattr(request.node, "failed_call", False):
                sys.stdout.write(portal.log("web")[-6000:])
                sys.stdout.write(portal.log("worker")[-3000:])
            use_database(before)
            database_template.drop(name)


expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, driven by Playwright (which must not fetch one itself)."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, chromium_sandbox=False, args=CHROMIUM_ARGS
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(request, chromium, live_portal):
    """`open_page(user, width=…)`: a page of a browser of its own, signed in as `user`.

    The sign-in is laid into the database; stories that are about signing in pass no
    user and use the form. `page.faults` lists console errors and CSP violations.
    """
    contexts = []

    def note(page, said):
        if said.type == "error":
            where = said.location.get("url", "")
            page.faults.append(f"{page.url}: {said.text} {where}")

    def open_one(user=None, *, width: int = 1280, height: int = 900):
        context = chromium.new_context(
            base_url=live_portal.url,
            viewport={"width": width, "height": height},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user is not None:
            context.add_cookies([_session_cookie(user, live_portal.url)])
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: note(page, said))
        return page

    yield open_one
    failed = getattr(request.node, "failed_call", False)
    for number, context in enumerate(contexts):
        if failed:
            keep_pictures(context, f"{request.node.name}-{number}")
        context.close()


def keep_pictures(context, name: str) -> None:
    """What a failed story last saw, in build/e2e."""
    for number, page in enumerate(context.pages):
        page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Tell the fixtures of a story whether it failed."""
    report = yield
    if report.when == "call":
        item.failed_call = report.failed
    return report


def _session_cookie(user, url: str) -> dict:
    """A cookie of a new session in which `user` has just signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "username": user.username}
    ]
    session.save()
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": session.session_key,
        "url": url,
    }


def pytest_terminal_summary(terminalreporter):
    """What stories measured: `GOAL name value limit ok|short`, one line each."""
    for report in terminalreporter.getreports("passed"):
        for name, figures in report.user_properties:
            if name.startswith("GOAL "):
                value, limit = figures.split()
                verdict = "ok" if float(value) <= float(limit) else "short"
                terminalreporter.write_line(f"{name} {figures} {verdict}")
