"""`make screens`: every page per role and every page of every paper, as PNG."""

import html
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.urls import Resolver404, resolve
from house import PYTHON, ROOT, portal_environment
from playwright.sync_api import Browser, Error, sync_playwright
from serving import end, free_port, start, wait_until_ready

BUILD = ROOT / "build"
TARGET = BUILD / "screens"
WIDTHS = (360, 1280)
PAGES_A_ROLE = 90
ROLES = (
    "sekretaris anggota upl upk ups pengawas kelurahan kecamatan dinas admin provinsi"
    " sistem"
).split()
VISITOR = "tamu"
CHROMIUM_ARGS = [
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
LINKS = "links => links.map(a => a.getAttribute('href'))"


class Walk:
    """One role's way through the portal: one page for every address pattern."""

    def __init__(self, role: str, contexts: dict) -> None:
        self.role, self.contexts = role, contexts
        self.seen: set = set()
        self.waiting = ["/"]
        self.taken: list = []

    def go(self) -> list:
        """Follow links until nothing new is found; the pictures taken."""
        while self.waiting and len(self.seen) < PAGES_A_ROLE:
            path = self.waiting.pop(0)
            name = view_name(path)
            if name and name not in self.seen:
                self.seen.add(name)
                for width, context in self.contexts.items():
                    self.visit(path, name, width, context)
        return self.taken

    def visit(self, path: str, name: str, width: int, context) -> None:
        """Open one page, keep its picture and its links."""
        page = context.new_page()
        try:
            answer = page.goto(path, wait_until="load")
            if "html" in answer.headers.get("content-type", ""):
                self.take(page, name, answer.status, width)
                links = page.eval_on_selector_all("a[href^='/']:not([download])", LINKS)
                self.waiting += [link.split("#")[0] for link in links]
        except Error as failed:
            # A file that the browser saves instead of showing is no page.
            if "Download" not in str(failed):
                print(f"  {self.role} {path}: {str(failed).splitlines()[0]}")
        finally:
            page.close()

    def take(self, page, name: str, status: int, width: int) -> None:
        """Save one picture of the whole page."""
        folder = TARGET / self.role
        folder.mkdir(parents=True, exist_ok=True)
        mark = "" if status == 200 else f"-{status}"
        file = folder / f"{name.replace(':', '.')}{mark}-{width}.png"
        page.screenshot(path=file, full_page=True)
        self.taken.append(file)


def view_name(path: str) -> str:
    """Name of the view behind an address, with the keys of its query; "" for none."""
    parts = urlsplit(path)
    try:
        found = resolve(parts.path).view_name
    except Resolver404:
        return ""
    keys = sorted(pair.split("=")[0] for pair in parts.query.split("&") if pair)
    return ".".join([found, *keys])


def session_cookie(username: str, url: str) -> dict:
    """Sign `username` in without the form."""
    auth = import_module("django.contrib.auth")
    user = auth.get_user_model().objects.get(username=username)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": session.session_key, "url": url}


def walk_role(browser: Browser, role: str, url: str) -> list:
    """Pictures of all pages of one role."""
    contexts = {}
    for width in WIDTHS:
        contexts[width] = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": 800},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        if role != VISITOR:
            contexts[width].add_cookies([session_cookie(role, url)])
    taken = Walk(role, contexts).go()
    for context in contexts.values():
        context.close()
    print(f"{role:<12}{len(taken)} pictures", flush=True)
    return taken


def take_pages(url: str) -> list:
    """Pictures of all pages of all roles."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    django.setup()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            chromium_sandbox=False,
            args=CHROMIUM_ARGS,
        )
        taken = []
        for role in (VISITOR, *ROLES):
            taken += walk_role(browser, role, url)
        browser.close()
    return taken


def take_papers() -> list:
    """Pictures of every page of the sample papers."""
    samples = BUILD / "pdf-samples"
    printed = [PYTHON, ROOT / "scripts" / "pdf_samples.py"]
    if subprocess.run(printed, stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit("make pdf-samples failed")
    folder = TARGET / "surat"
    folder.mkdir(parents=True, exist_ok=True)
    for pdf in sorted(samples.rglob("*.pdf")):
        name = "-".join(pdf.relative_to(samples).with_suffix("").parts)
        subprocess.run(["pdftoppm", "-r", "80", "-png", pdf, folder / name], check=True)
    taken = sorted(folder.glob("*.png"))
    print(f"{'surat':<12}{len(taken)} pictures", flush=True)
    return taken


def write_index(taken: list) -> Path:
    """One page that shows all pictures, by role."""
    rows = "\n".join(
        f'<figure><a href="{name}"><img src="{name}" loading="lazy" height="300"></a>'
        f"<figcaption>{name}</figcaption></figure>"
        for name in (html.escape(str(file.relative_to(TARGET))) for file in taken)
    )
    index = TARGET / "index.html"
    index.write_text(
        "<!doctype html><title>Screens</title><style>figure{display:inline-block;"
        f"font:12px sans-serif;margin:8px;max-width:420px}}</style>\n{rows}\n"
    )
    return index


def main() -> None:
    """Pages and papers, or the one that is named."""
    wanted = sys.argv[1:] or ["pages", "papers"]
    shutil.rmtree(TARGET, ignore_errors=True)
    taken = serve_and_take() if "pages" in wanted else []
    taken += take_papers() if "papers" in wanted else []
    print(write_index(taken))


def serve_and_take() -> list:
    """Serve a demo and walk it."""
    # A demo of its own, so that the desk's data stays as it is.
    os.environ.update(PORT=str(free_port()), HOST="127.0.0.1", DEMO="1")
    os.environ["DATA_DIR"] = str(BUILD / "screens-data")
    for name in ("DATABASE_URL", "PORTAL_URL"):
        os.environ.pop(name, None)
    environment = portal_environment()
    os.environ.update(environment)
    prepared = [PYTHON, "manage.py", "prepare", "--wipe"]
    subprocess.run(prepared, cwd=ROOT, env=environment, check=True)
    processes = start(environment)
    try:
        if not wait_until_ready(environment, processes):
            sys.exit("The portal did not start.")
        return take_pages(f"http://127.0.0.1:{environment['PORT']}")
    finally:
        end(processes)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
