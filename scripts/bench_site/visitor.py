"""A signed-in browser that never leaves the process."""

import io
import re
import sys
import time
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

# What every signed-in page asks before it is a page: who is there.
KNOWN = ("django_session", "boards_user")
TABLE = re.compile("<tbody.*</tbody>", re.DOTALL)


class Visitor:
    """Goes through the portal's whole WSGI application, middleware and all."""

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
        with CaptureQueriesContext(connection) as seen:
            self.get(address)
        return sum(
            not any(f'FROM "{table}"' in query["sql"] for table in KNOWN)
            for query in seen.captured_queries
        )

    def table(self, address: str) -> str:
        """The rows of a list, without the blanks between them."""
        return " ".join(TABLE.search(self.get(address))[0].split())

    def deepest(self, first: str) -> str:
        """Address of the last full page of a list, found by walking it; "" if none."""
        address, full, rows = first, "", self.table(first).count("<tr>")
        while True:
            cursor = re.search(r'\?([^"]*sesudah=[^"]+)', self.get(address))
            if not cursor:
                return full
            query = cursor[1].replace("&amp;", "&")
            address = f"{first.partition('?')[0]}?{query}"
            full = address if self.table(address).count("<tr>") == rows else full
