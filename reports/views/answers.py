"""Answers that several pages give."""

from django.http import HttpResponse

from boards.models import StoredFile
from reports.render import Rendered


def fresh_pdf(rendered: Rendered, name: str) -> HttpResponse:
    """A PDF printed for this request, shown in the browser and kept nowhere."""
    response = HttpResponse(rendered.bytes, content_type=StoredFile.Kind.PDF.value)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
