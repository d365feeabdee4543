"""What a visitor sees when something breaks: never a trace, always a number to name."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from common.troubles import trouble_of


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """507 for a disk that takes nothing, 503 for a busy database, else 500.

    Django calls it with the fault at hand, also when a middleware broke.
    """
    fault = sys.exc_info()[1]
    status = (fault and trouble_of(fault)) or 500
    page = loader.get_template(f"{status}.html")
    reference = getattr(request, "id", "")
    response = HttpResponse(page.render({"reference": reference}), status=status)
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response
