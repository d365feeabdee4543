"""What a visitor sees when something breaks: never a trace, always a number to name."""

import sys

from django.http import HttpRequest, HttpResponse

from common.error_pages import error_page
from common.troubles import trouble_of


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent is not what a form of ours sends."""
    return error_page(request, 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; the name of the missing right is for the log, not for the screen."""
    return error_page(request, 403)


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the CSRF check, which wants another way out than a missing right."""
    return error_page(request, 403, template="403_csrf.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what is not there and what is another's."""
    return error_page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429; allauth asks for it by the name `handler429`."""
    return error_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """507 for a disk that takes nothing, 503 for a busy database, else 500.

    Django calls it with the fault at hand, also when a middleware broke.
    """
    fault = sys.exc_info()[1]
    status = (fault and trouble_of(fault)) or 500
    response = error_page(request, status)
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response
