"""Delegates from a sheet: upload, check, load, and the example to fill."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.roles import Permission
from boards.views.sheets import SheetPage, check_page, sheet_file, upload_page
from common.sheets import Sheet
from deliberations.models import Meeting
from deliberations.overview import url_of
from deliberations.resources import COLUMNS, EXAMPLE, delegate_sheet
from deliberations.views.meetings import meeting_of

HINTS = (
    ("Nama", "wajib"),
    ("L/P", "wajib: L atau P"),
    ("RT, RW", "contoh 003"),
    ("Unsur", "misalnya Utusan RT, PKK, KSM"),
    ("Jabatan", "boleh kosong"),
    ("Hak suara", "ya atau tidak; kosong berarti tidak"),
)


def _page(meeting: Meeting) -> SheetPage:
    kwargs = {"board_slug": meeting.board.slug, "pk": meeting.pk}
    return SheetPage(
        plan=delegate_sheet(meeting),
        title="Muat undangan dari Excel",
        lead="Satu baris satu orang. Yang sudah ada di daftar tidak menjadi dua.",
        trail=[
            (meeting.title, url_of("meeting_page", meeting)),
            ("Kehadiran", url_of("attendance_page", meeting)),
        ],
        upload_url=url_of("delegate_import", meeting),
        example_url=url_of("delegate_example", meeting),
        done_url=url_of("attendance_page", meeting),
        check_url=lambda token: reverse(
            "deliberations:delegate_import_check", kwargs={**kwargs, "token": token}
        ),
        columns=HINTS,
    )


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
def delegate_import(request, board, pk):
    """Upload a sheet of delegates; a closed list takes none."""
    meeting = meeting_of(board, pk)
    if not meeting.is_open:
        return redirect(url_of("attendance_page", meeting))
    return upload_page(request, _page(meeting))


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
def delegate_import_check(request, board, pk, token):
    """See what a sheet would do, then load it once."""
    meeting = meeting_of(board, pk)
    if not meeting.is_open:
        return redirect(url_of("attendance_page", meeting))
    return check_page(request, _page(meeting), token)


@require_GET
@board_view(Permission.EDIT_MEETINGS)
def delegate_example(request, board, pk):
    """A sheet with our columns and two invented delegates."""
    meeting_of(board, pk)
    return sheet_file(Sheet("Undangan", COLUMNS, EXAMPLE), "contoh-undangan.xlsx")
