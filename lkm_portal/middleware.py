"""What every answer tells the browser, and what every request tells the log."""

import logging
import re
import secrets
import time

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils.functional import SimpleLazyObject

from common.error_pages import error_page
from common.reading import read_count
from lkm_portal.logs import request_id

# More digits than a key of a row can have.
_ENDLESS = re.compile(r"/[0-9]{19,}/")
CSP_HEADER = "Content-Security-Policy"
NONCE = "<CSP_NONCE_SENTINEL>"
access = logging.getLogger("portal.access")


def content_security_policy(get_response):
    """Send `SECURE_CSP` with every response that does not bring a policy of its own.

    Setting names and values are those of Django 6.0 (docs/adr/0002), so this function
    goes when that comes. `request.csp_nonce` makes the nonce when it is first used.
    """

    def middleware(request):
        made = []
        request.csp_nonce = SimpleLazyObject(
            lambda: made.append(secrets.token_urlsafe(16)) or made[0]
        )
        response = get_response(request)
        if CSP_HEADER not in response:
            nonce = f" 'nonce-{made[0]}'" if made else ""
            response[CSP_HEADER] = "; ".join(
                f"{directive} {' '.join(sources)}".replace(f" {NONCE}", nonce)
                for directive, sources in settings.SECURE_CSP.items()
            )
        return response

    return middleware


def browser_rules(get_response):
    """Close what a page may ask of the browser; keep signed-in pages out of caches."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        cookie = settings.SESSION_COOKIE_NAME
        if cookie in request.COOKIES or cookie in response.cookies:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def client_address(get_response):
    """Behind one of our own proxies the visitor is the last address it forwards."""

    def middleware(request):
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if forwarded and request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES:
            request.META["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip()
        return get_response(request)

    return middleware


def plain_address(get_response):
    """What no database takes names nothing: 400 for a NUL, 404 for an endless key."""

    def middleware(request):
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL")
        if _ENDLESS.search(request.path_info):
            raise Http404("key")
        return get_response(request)

    return middleware


def body_limit(get_response):
    """No form of ours is larger: 413 before a byte of it is written to the disk."""

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if (read_count(length) or 0) > settings.LARGEST_BODY:
            return error_page(request, 413)
        return get_response(request)

    return middleware


def request_log(get_response):
    """One line a request, without query string or body; its number on every line."""

    def middleware(request):
        began = time.monotonic()
        token = request_id.set(request.id)
        try:
            response = get_response(request)
            access.info(
                "%s %s %s %d ms",
                request.method,
                request.path,
                response.status_code,
                (time.monotonic() - began) * 1000,
            )
        finally:
            request_id.reset(token)
        return response

    return middleware
