"""Answer htmx with a part of the page and everybody else with the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_either(
    request: HttpRequest, page: str, part: str, context: dict
) -> HttpResponse:
    """Render `part` for an htmx request, else `page` (which includes `part`)."""
    return render(request, part if request.htmx else page, context)
