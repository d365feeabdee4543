"""Error pages: static, with the number of the request, and nothing of the inside."""

from django.http import HttpRequest, HttpResponse
from django.template import loader


def error_page(
    request: HttpRequest, status: int, *, template: str = "", **facts: object
) -> HttpResponse:
    """The page of `status` with the number under which the log knows this request.

    Drawn without the request, so no frame is read from a database that may be the
    trouble. `facts` are what the template asks for; `template` is another than the
    status' own.
    """
    page = loader.get_template(template or f"{status}.html")
    reference = getattr(request, "id", "")
    content = page.render({"reference": reference, **facts})
    response = HttpResponse(content, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
