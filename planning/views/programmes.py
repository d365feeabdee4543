"""The programme codes of a regency, per year: list, search, import."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import region_view
from boards.models import Region
from boards.roles import Permission
from boards.views.sheets import SheetPage, check_page, sheet_file, upload_page
from common.paging import paginate_up
from common.periods import year_asked
from common.sheets import Sheet
from planning.forms import ProgrammeSearchForm
from planning.models import ProgrammeCode
from planning.resources import CODE_COLUMNS, programme_sheet

PAGE = 50
REGENCY_LENGTH = 5
HINTS = (
    ("Tahun", "wajib, contoh 2026"),
    ("Kode", "wajib, sebagai teks: 1.04.03.2.02.03"),
    ("Nama", "wajib"),
    ("Sumber", "nomor keputusannya; boleh kosong"),
)


def _regency(region: Region) -> Region:
    """Codes belong to a regency or city; elsewhere the page does not exist."""
    if len(region.code) != REGENCY_LENGTH:
        raise Http404("regency")
    return region


@require_GET
@region_view(Permission.MANAGE_PROGRAMMES)
def programme_list(request, region):
    """The codes in force for a year: the portal's own rows and the regency's."""
    regency = _regency(region)
    both = ProgrammeCode.objects.filter(region_code__in=["", regency.code])
    years = list(both.order_by("-year").values_list("year", flat=True).distinct())
    asked, this_year = request.GET.get("tahun", ""), timezone.localdate().year
    year = year_asked(asked, years=years, this_year=this_year)
    form = ProgrammeSearchForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    rows = ProgrammeCode.objects.in_force(year, regency.code)
    if wanted:
        rows = rows.filter(Q(code__startswith=wanted) | Q(name__icontains=wanted))
    context = {
        "page": paginate_up(rows, request, by="code", size=PAGE),
        "wanted": wanted,
        "year": year,
        "years": sorted({*years, year}, reverse=True),
        "region": regency,
    }
    return render(request, "planning/programme_list.html", context)


def _page(regency: Region) -> SheetPage:
    kwargs = {"region_code": regency.code}
    codes = reverse("planning:programme_list", kwargs=kwargs)
    return SheetPage(
        plan=programme_sheet(regency),
        title="Muat kode program",
        lead="Tabel kode satu tahun anggaran. Baris Anda menggantikan bawaan portal.",
        trail=[("Kode program", codes)],
        upload_url=reverse("planning:programme_import", kwargs=kwargs),
        example_url=reverse("planning:programme_example", kwargs=kwargs),
        done_url=codes,
        check_url=lambda token: reverse(
            "planning:programme_import_check", kwargs={**kwargs, "token": token}
        ),
        columns=HINTS,
    )


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_PROGRAMMES)
def programme_import(request, region):
    """Upload a code table."""
    return upload_page(request, _page(_regency(region)))


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_PROGRAMMES)
def programme_import_check(request, region, token):
    """See what a code table would do, then load it once."""
    return check_page(request, _page(_regency(region)), token)


@require_GET
@region_view(Permission.MANAGE_PROGRAMMES)
def programme_example(request, region):
    """The codes in force this year as a sheet to start from."""
    regency = _regency(region)
    year = timezone.localdate().year
    rows = ProgrammeCode.objects.in_force(year, regency.code)
    cells = rows.values_list("year", "code", "name", "source")
    return sheet_file(
        Sheet("Kode program", CODE_COLUMNS, cells.iterator()), "kode-program.xlsx"
    )
