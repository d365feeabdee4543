"""Plan items of one board: list per year, adding, changing, importing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.forms import EditConflict, save_form
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from boards.views.conflict import conflict_page
from boards.views.sheets import SheetPage, check_page, sheet_file, upload_page
from common.paging import paginate_up
from common.periods import year_asked
from common.sheets import Sheet
from planning.forms import PlanItemForm
from planning.models import PlanItem, ProgrammeCode
from planning.resources import ITEM_COLUMNS, item_sheet

PAGE = 50
HINTS = (
    ("Dokumen", "Renja Kecamatan, Renja Dinas atau RKP Desa"),
    ("Tahun", "wajib, contoh 2026"),
    ("Kode", "wajib, sebagai teks: 1.04.03.2.02.03"),
    ("Subkegiatan", "wajib"),
    ("Indikator, Target, Satuan, Lokasi", "boleh kosong"),
    ("Pagu (Rp)", "wajib, rupiah bulat"),
    ("Sumber dana, Catatan penting", "boleh kosong"),
    ("Target dan pagu tahun berikutnya", "boleh kosong"),
)


def _mark_codes(rows: list[PlanItem], board: Board, year: int) -> int:
    """Set `has_code` on each row; gives how many stand outside the code list."""
    codes = ProgrammeCode.objects.filter(code__in={item.code for item in rows})
    known = codes.names_in(year, board.region_code)
    for item in rows:
        item.has_code = item.code in known or item.kind == PlanItem.Kind.RKP_DESA
    return sum(not item.has_code for item in rows)


@require_GET
@board_view(Permission.VIEW_PLANS)
def item_list(request, board):
    """Plan items of one year by code, with the totals of every year."""
    items = PlanItem.objects.filter(board=board)
    totals = {row["year"]: row for row in items.totals_by_year()}
    asked, this_year = request.GET.get("tahun", ""), board.today().year
    year = year_asked(asked, years=totals, this_year=this_year)
    page = paginate_up(items.filter(year=year), request, by="code", size=PAGE)
    context = {
        "page": page,
        "year": year,
        "next_year": year + 1,
        "years": sorted({*totals, year}, reverse=True),
        "total": totals.get(year),
        "unknown": _mark_codes(page.rows, board, year),
    }
    return render(request, "planning/item_list.html", context)


def _form_context(form: PlanItemForm, board: Board, *, year: int, title: str) -> dict:
    """The form with the subkegiatan to choose from while typing a code."""
    held = ProgrammeCode.objects.in_force(year, board.region_code)
    codes = held.filter(level=ProgrammeCode.Level.SUBKEGIATAN)
    return {"form": form, "title": title, "codes": codes, "year": year}


def _list_url(board: Board, year: int) -> str:
    url = reverse("planning:item_list", kwargs={"board_slug": board.slug})
    return f"{url}?tahun={year}"


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_PLANS)
@post_once
def item_new(request, board):
    """Record a plan item."""
    year = board.today().year
    form = PlanItemForm(request.POST or None, board=board, initial={"year": year})
    if form.is_valid():
        says = f"mencatat butir rencana {form.instance}"
        item = save_form(form, "planning.item_added", by=request.user, says=says)
        messages.success(request, "Butir rencana tercatat.")
        return redirect(_list_url(board, item.year))
    context = _form_context(form, board, year=year, title="Butir rencana baru")
    return render(request, "planning/item_form.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_PLANS)
@post_once
def item_edit(request, board, pk):
    """Correct a plan item."""
    item = get_object_or_404(PlanItem, board=board, pk=pk)
    year, says = item.year, f"mengubah butir rencana {item}"
    form = PlanItemForm(request.POST or None, instance=item, board=board)
    if form.is_valid():
        try:
            item = save_form(form, "planning.item_changed", by=request.user, says=says)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        messages.success(request, "Butir rencana tersimpan.")
        return redirect(_list_url(board, item.year))
    context = _form_context(form, board, year=year, title="Ubah butir rencana")
    return render(request, "planning/item_form.html", context)


def _page(board: Board) -> SheetPage:
    kwargs = {"board_slug": board.slug}
    items = reverse("planning:item_list", kwargs=kwargs)
    return SheetPage(
        plan=item_sheet(board),
        title="Muat rencana dari Excel",
        lead="Satu baris satu subkegiatan, seperti tabel Renja dari Dinas.",
        trail=[("Rencana", items)],
        upload_url=reverse("planning:item_import", kwargs=kwargs),
        example_url=reverse("planning:item_example", kwargs=kwargs),
        done_url=items,
        check_url=lambda token: reverse(
            "planning:item_import_check", kwargs={**kwargs, "token": token}
        ),
        columns=HINTS,
    )


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_PLANS)
def item_import(request, board):
    """Upload a sheet of plan items."""
    return upload_page(request, _page(board))


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_PLANS)
def item_import_check(request, board, token):
    """See what a sheet would do, then load it once."""
    return check_page(request, _page(board), token)


@require_GET
@board_view(Permission.EDIT_PLANS)
def item_example(request, board):
    """A sheet with our columns and one row of the code list."""
    year = board.today().year
    row = (
        "Renja Kecamatan",
        year,
        "7.01.03.2.02.0002",
        "Pembangunan sarana dan prasarana kelurahan",
        "Panjang drainase yang dibangun",
        310,
        "m",
        "RT 003/RW 005",
        72_000_000,
        "DAU",
        "",
        None,
        None,
    )
    return sheet_file(Sheet("Rencana", ITEM_COLUMNS, [row]), "contoh-rencana.xlsx")
