"""Residents as sheets: import, the example to fill, export."""

from django.urls import reverse
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.views.sheets import SheetPage, check_page, sheet_file, upload_page
from common.sheets import Sheet
from members.models import Person
from members.resources import COLUMNS, EXAMPLE, export_row, person_sheet
from members.services import record_export

HINTS = (
    ("Nama", "wajib, tanpa gelar"),
    ("Nama panggilan, gelar", "boleh kosong"),
    ("L/P", "wajib: L atau P"),
    ("Tahun lahir", "empat angka, contoh 1979"),
    ("RT, RW", "contoh 003"),
    ("Alamat, Telepon", "boleh kosong; telepon sebagai teks"),
    ("NIK", "16 angka sebagai teks, boleh kosong"),
)


def _page(board: Board) -> SheetPage:
    kwargs = {"board_slug": board.slug}
    persons = reverse("members:person_list", kwargs=kwargs)
    return SheetPage(
        plan=person_sheet(board),
        title="Muat warga dari Excel",
        lead="Satu baris satu warga. Warga yang sudah tercatat tidak menjadi dua.",
        trail=[
            ("Anggota", reverse("members:term_page", kwargs=kwargs)),
            ("Warga", persons),
        ],
        upload_url=reverse("members:person_import", kwargs=kwargs),
        example_url=reverse("members:person_example", kwargs=kwargs),
        done_url=persons,
        check_url=lambda token: reverse(
            "members:person_import_check", kwargs={**kwargs, "token": token}
        ),
        columns=HINTS,
    )


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
def person_import(request, board):
    """Upload a sheet of residents."""
    return upload_page(request, _page(board))


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
def person_import_check(request, board, token):
    """See what a sheet would do, then load it once."""
    return check_page(request, _page(board), token)


@require_GET
@board_view(Permission.EDIT_MEMBERS)
def person_example(request, board):
    """A sheet with our columns and two invented residents."""
    return sheet_file(Sheet("Warga", COLUMNS, EXAMPLE), "contoh-warga.xlsx")


@require_POST
@board_view(Permission.EDIT_MEMBERS)
def person_export(request, board):
    """All residents as a sheet, the NIK masked; logged, hence a POST."""
    persons = Person.objects.filter(board=board).order_by("name", "pk")
    rows = [export_row(person) for person in persons.iterator()]
    record_export(board, rows=len(rows), by=request.user)
    return sheet_file(Sheet("Warga", COLUMNS, rows), f"warga-{board.slug}.xlsx")
