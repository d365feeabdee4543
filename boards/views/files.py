"""Stored files, given out one by one behind the right that their use asks for."""

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.files import needed_permission
from boards.models import StoredFile
from boards.roles import Permission


def serve_stored(
    request: HttpRequest, stored: StoredFile, *, download: bool = False
) -> FileResponse:
    """The bytes of a stored file with headers that keep it harmless.

    Shown in the page only what the portal made itself: re-encoded pictures and its own
    PDFs. The policy `sandbox` is left out on own PDFs, since Chromium's viewer stays
    blank with it. The caller has checked the right.
    """
    try:
        file = default_storage.open(stored.path)
    except FileNotFoundError as gone:
        raise Http404("bytes") from gone
    own_pdf = stored.own and stored.kind == StoredFile.Kind.PDF
    shown = own_pdf or (stored.own and stored.kind.startswith("image/"))
    response = FileResponse(
        file,
        as_attachment=download or not shown,
        filename=stored.label,
        content_type=stored.kind,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    if not own_pdf:
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_GET
@board_view(Permission.VIEW_BOARD)
def stored_file(request, board, pk):
    """One file of the board; which right it needs depends on what uses it."""
    stored = get_object_or_404(StoredFile, board=board, pk=pk)
    permission = needed_permission(stored)
    if permission is None:
        raise Http404("unused")
    if permission not in request.permissions:
        raise PermissionDenied(permission)
    return serve_stored(request, stored, download="unduh" in request.GET)
