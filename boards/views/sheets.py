"""The two pages of every import: upload, then check and load."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from boards.imports import SheetCheck, SheetPlan, load_sheet, loaded_before
from boards.models import StoredFile
from boards.staging import StagedSheet, load_key, stage_sheet, staged_sheet
from common.errors import RuleViolation
from common.sheets import (
    MAX_BYTES,
    Sheet,
    SheetError,
    SheetTable,
    read_sheet,
    write_xlsx,
)


@dataclass(frozen=True)
class SheetPage:
    """Words and addresses round one kind of import."""

    plan: SheetPlan
    title: str
    lead: str
    trail: list[tuple[str, str]]
    upload_url: str
    example_url: str
    done_url: str
    check_url: Callable[[uuid.UUID], str]
    columns: tuple[tuple[str, str], ...]  # title and what to write there


class SheetForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Berkas Excel atau CSV",
        help_text="Jenis .xlsx atau .csv, paling besar 5 MB dan 5.000 baris.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": "Pilih berkasnya dulu.",
            "empty": "Berkas ini kosong. Pilih berkas yang berisi tabel.",
            "invalid": "Pilih berkasnya dulu.",
        },
    )

    def clean_file(self):
        """Refuse what is too large before anything reads it."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise SheetError("too_large")
        return file


def sheet_file(sheet: Sheet, name: str) -> HttpResponse:
    """A workbook of one sheet to download as `name`."""
    return sheets_file([sheet], name)


def sheets_file(sheets: Iterable[Sheet], name: str) -> HttpResponse:
    """A workbook to download as `name`."""
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        write_xlsx(sheets),
        content_type=StoredFile.Kind.SHEET.value,
        headers={"Content-Disposition": disposition},
    )


def upload_page(request: HttpRequest, page: SheetPage) -> HttpResponse:
    """Take a file, see that it is a sheet with our columns, keep it for the check."""
    posted = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if posted else SheetForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            resource = page.plan.resource()
            table = read_sheet(data, file.name, most_rows=resource.most_rows)
            resource.with_own_titles(table)
        except RuleViolation as violation:
            form.add_error("file", violation)
        else:
            token = stage_sheet(
                page.plan.bond, name=file.name, data=data, by=request.user
            )
            return redirect(page.check_url(token))
    return render(request, "boards/sheet_upload.html", {"form": form, "page": page})


def check_page(request: HttpRequest, page: SheetPage, token: uuid.UUID) -> HttpResponse:
    """Show what the file would do; on POST do it, once."""
    before = loaded_before(load_key(token), by=request.user)
    if before:
        messages.info(request, "Berkas ini sudah dimuat sebelumnya.")
        return _see(before.result_url)
    staged = staged_sheet(page.plan.bond, token, by=request.user)
    if staged is None:
        messages.warning(request, "Berkas itu tidak disimpan lagi. Unggah sekali lagi.")
        return redirect(page.upload_url)
    resource = page.plan.resource()
    table = read_sheet(staged.data, staged.name, most_rows=resource.most_rows)
    if request.method == "POST":
        return _load(request, page, staged, table)
    return _show(request, page, staged, resource.check(table))


def _load(
    request: HttpRequest, page: SheetPage, staged: StagedSheet, table: SheetTable
) -> HttpResponse:
    done = load_sheet(
        page.plan, staged, table, result_url=page.done_url, by=request.user
    )
    if done.problems:
        return _show(request, page, staged, done)
    messages.success(request, f"Dimuat: {done.added} baru, {done.changed} diubah.")
    return _see(page.done_url)


def _see(url: str) -> HttpResponse:
    """After a POST the browser reads the next page with GET."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def _show(
    request: HttpRequest, page: SheetPage, staged: StagedSheet, check: SheetCheck
) -> HttpResponse:
    figures = (
        {"value": check.added, "label": "baru"},
        {"value": check.changed, "label": "diubah"},
        {"value": check.same, "label": "sama, dilewati"},
        {"value": check.bad_rows, "label": "perlu diperbaiki"},
    )
    context = {
        "page": page,
        "check": check,
        "figures": figures,
        "name": staged.name,
        "samples": [
            list(zip(page.plan.sample_titles, row, strict=True))
            for row in check.samples
        ],
        "total": check.added + check.changed,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "boards/sheet_check.html", context, status=status)
