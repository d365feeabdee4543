"""Child process: time the pages in process, interleaved; prints one line of JSON."""

import io
import json
import statistics
import sys
import time
from importlib import import_module

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

CALLS = 40


class Visitor:
    """One signed-in browser that never leaves this process."""

    def __init__(self, user) -> None:
        auth = import_module("django.contrib.auth")
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[auth.SESSION_KEY] = str(user.pk)
        session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
        session["seen_at"] = int(time.time())
        session.save()
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        self.portal = get_wsgi_application()

    def get(self, address: str) -> str:
        """The page at `address`; anything but 200 is a broken benchmark."""
        path, _, query = address.partition("?")
        told = []
        parts = self.portal(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "SERVER_NAME": "localhost",
                "SERVER_PORT": "80",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "REMOTE_ADDR": "127.0.0.1",
                "HTTP_HOST": "localhost",
                "HTTP_COOKIE": self.cookie,
                "wsgi.url_scheme": "http",
                "wsgi.input": io.BytesIO(),
                "wsgi.errors": sys.stderr,
            },
            lambda status, headers: told.append(status),
        )
        body = b"".join(parts).decode()
        parts.close()
        if not told[0].startswith("200"):
            raise SystemExit(f"{address}: {told[0]}")
        return body

    def seconds(self, address: str) -> float:
        """How long one page takes."""
        began = time.perf_counter()
        self.get(address)
        return time.perf_counter() - began

    def queries(self, address: str) -> int:
        """Queries of the page itself: without the two that know the visitor."""
        with CaptureQueriesContext(
            connection,
        ) as seen:
            self.get(address)
        known = ("django_session", "boards_user")
        return sum(
            not any(f'FROM "{table}"' in query["sql"] for table in known)
            for query in seen.captured_queries
        )


def deepest(visitor: Visitor, address: str) -> str:
    """Address of the last page of a list, found by walking it."""
    while True:
        body = visitor.get(address)
        mark = body.find("?sesudah=")
        if mark < 0:
            return address
        end = body.find('"', mark)
        address = address.split("?")[0] + body[mark:end].replace("&amp;", "&")


def addresses() -> tuple:
    """A visitor of the fullest board, the addresses, and an administrator."""
    user_model = import_module("boards.models").User
    decision_model = import_module("deliberations.models").Decision
    board_model = import_module("boards.models").Board
    ratified = decision_model.objects.filter(ratified_at__isnull=False).order_by()
    counted = ratified.values("board").annotate(rows=Count("pk")).order_by("-rows")
    held = {"assignments__role": "SECRETARY", "assignments__ended_at": None}
    for found in counted:
        board = board_model.objects.get(pk=found["board"])
        secretary = user_model.objects.filter(assignments__board=board, **held).first()
        if secretary:
            break
    kwargs = {"board_slug": board.slug}
    listed = reverse("deliberations:decision_list", kwargs=kwargs)
    one = ratified.filter(board=board).first()
    pages = {
        "ours": listed,
        "raw": f"/bench/raw/{board.slug}/",
        "naive": f"/bench/naive/{board.slug}/",
        "detail": reverse(
            "deliberations:decision_page", kwargs={**kwargs, "pk": one.pk}
        ),
        "few": f"{listed}?q={one.number_text}",
        "admin": f"/admin/deliberations/decision/?board__id__exact={board.pk}",
    }
    admin, _ = user_model.objects.get_or_create(
        username="bench", defaults={"is_staff": True, "is_superuser": True}
    )
    return Visitor(secretary), Visitor(admin), pages


def main() -> None:
    """Time every page `CALLS` times, in turns."""
    django.setup()
    visitor, admin, pages = addresses()
    pages["deep"] = deepest(visitor, pages["ours"])
    timed = {name: [] for name in ("ours", "raw", "naive", "deep", "admin")}
    for turn in range(CALLS + 3):
        for name, times in timed.items():
            who = admin if name == "admin" else visitor
            took = who.seconds(pages[name])
            # The first turns warm templates and caches.
            if turn >= 3:
                times.append(took)
    facts = {name: statistics.median(times) for name, times in timed.items()}
    facts |= {f"queries_{name}": visitor.queries(pages[name]) for name in pages_asked()}
    facts |= {"cookie": visitor.cookie, "pages": pages}
    print(json.dumps(facts))


def pages_asked() -> tuple:
    """Pages whose queries are counted."""
    return ("ours", "few", "detail")


if __name__ == "__main__":
    main()
