"""The funds over a region for its office: on screen, as a workbook and as a paper."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from boards.access import region_view
from boards.brakes import brake
from boards.models import Region
from boards.roles import Permission
from boards.views.sheets import sheet_file
from common.reading import read_date
from reports.builders.fund_table import (
    CAPITAL,
    STANDING,
    Field,
    bands_of,
    cells,
    sheet_of,
    standing_of,
)
from reports.builders.fund_upward import notes_of, region_sheet
from reports.fund_region import Funds, day_of, funds_of, numbered
from reports.render import Document, RenderFailed, render_pdf
from reports.services.printing import PATIENCE_SECONDS
from reports.views.answers import fresh_pdf

_EARLIEST = datetime.date(1999, 1, 1)
# About four seconds of layout.
MOST_LINES = 300


def _asked(request: HttpRequest, region: Region) -> tuple[Funds, str, str]:
    """The funds of the address; what was typed as the day, and why it was not taken."""
    today, typed = timezone.localdate(), request.GET.get("per", "")[:40]
    day, problem = None, ""
    if typed:
        try:
            day = read_date(typed)
        except ValueError as unread:
            problem = str(unread)
        else:
            if not _EARLIEST <= day <= today:
                day, problem = None, "Pilih hari ini atau tanggal sebelumnya."
    district = request.GET.get("kecamatan", "")[:8]
    on = day or day_of(region, today)
    return funds_of(region, on, today=today, district=district), typed, problem


def _rows(funds: Funds, fields: tuple[Field, ...]) -> list[dict]:
    return [
        {"number": number, "line": line, "cells": cells(line, fields)}
        for number, line in numbered(funds.all_lines)
    ]


@require_GET
@region_view(Permission.VIEW_FUND_TOTALS)
def fund_region(request, region):
    """A row an LKM (a kabupaten/kota above a Dinas), and their sum, on a day."""
    return _page(request, *_asked(request, region))


def _page(
    request: HttpRequest,
    funds: Funds,
    typed: str,
    problem: str,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    capital, standing = _rows(funds, CAPITAL), _rows(funds, STANDING)
    for row in capital:
        row["word"] = standing_of(row["line"])
    for row in standing:
        row["word"] = bands_of(row["line"].progress)
    context = {
        "funds": funds,
        "typed": typed,
        "problem": problem,
        "refused": refused,
        "capital": capital,
        "standing": standing,
        "capital_heads": [each.title for each in CAPITAL],
        "standing_heads": [each.title for each in STANDING],
        "notes": notes_of(funds),
    }
    return render(request, "reports/fund_region.html", context, status=status)


def _name(funds: Funds) -> str:
    where = funds.district or funds.region.code or "indonesia"
    return f"dana-bergulir-{where}-{funds.on.isoformat()}"


@require_GET
@region_view(Permission.VIEW_FUND_TOTALS)
def fund_region_sheet(request, region):
    """The same rows as a workbook."""
    funds, _typed, _problem = _asked(request, region)
    return sheet_file(sheet_of(funds.all_lines, on=funds.on), f"{_name(funds)}.xlsx")


@require_GET
@brake("paper")
@region_view(Permission.VIEW_FUND_TOTALS)
def fund_region_print(request, region):
    """The same rows as a PDF, printed for this request."""
    asked = funds, _typed, _problem = _asked(request, region)
    if len(funds.lines) > MOST_LINES:
        says = f"Tabel ini lebih dari {MOST_LINES} baris. Pilih satu kecamatan dulu."
        return _page(request, *asked, refused=says, status=409)
    paper = region_sheet(funds, printed_on=timezone.localdate())
    context = {"paper": paper, "letterhead": paper.letterhead}
    document = Document(
        html=render_to_string("reports/pdf/dana_wilayah.html", context),
        size=settings.SUMMARY_PAPER_SIZE,
        number=f"{paper.title}, {paper.under}",
    )
    try:
        rendered = render_pdf(document, patience=PATIENCE_SECONDS)
    except RenderFailed as failed:
        return _page(request, *asked, refused=str(failed), status=503)
    return fresh_pdf(rendered, f"{_name(funds)}.pdf")
