"""Photos and receipts of a report: looked at first, then kept in one transaction.

What may not be added is refused before the file is read; the bytes of what is refused
later do not stay on the disk.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from activities.forms.report import FIELD_OF, PhotoForm, ReceiptForm
from activities.services.proof import (
    add_photos,
    add_receipt,
    refuse_closed,
    remove_photo,
    remove_receipt,
)
from activities.views.reports import report_of
from boards.access import board_view
from boards.files import FreshBytes, check_quota, fresh_bytes, quota_left
from boards.roles import Permission
from boards.submissions import post_once
from boards.uploads import FileRefused, PhotoFacts, ReadPhoto, photo_facts
from boards.uploads import read_photo as look_at_photo
from boards.uploads import read_receipt as look_at_receipt
from common.errors import RuleViolation


@require_POST
@board_view(Permission.EDIT_ACTIVITIES)
def photo_add(request, board, pk):
    """Add photos: every file is read and written before the database is asked."""
    report = report_of(board, pk)
    form, photos = PhotoForm(request.POST, request.FILES), []
    with fresh_bytes() as fresh:
        if form.is_valid():
            try:
                refuse_closed(report, "photos")
                photos = _read_photos(request, form, board, fresh)
            except RuleViolation as refused:
                form.add_error("photos", refused)
        return _keep_photos(request, board, report=report, form=form, photos=photos)


@post_once
def _keep_photos(request, board, *, report, form, photos):
    if form.is_valid():
        stage, note = form.cleaned_data["stage"], form.cleaned_data["note"]
        try:
            add_photos(report, photos=photos, stage=stage, note=note, by=request.user)
        except ValidationError as refused:
            form.add_error("photos", refused.messages)
        else:
            return _back(board, report, "foto")
    return _proof_page(request, report, form, "activities/photo_add.html")


def _read_photos(
    request: HttpRequest, form: PhotoForm, board, fresh: FreshBytes
) -> list[tuple]:
    """Photos with their hashes on the disk and the facts of camera or browser."""
    reads = []
    for place, upload in enumerate(form.cleaned_data["photos"]):
        try:
            read = look_at_photo(upload, zone=board.time_zone)
        except FileRefused as refused:
            refused.message = f"{upload.name[:60]}: {refused.message}"
            raise
        reads.append((read, _facts(request, read, place, board)))
    files = [file for read, _facts in reads for file in (read.photo, read.thumbnail)]
    check_quota(files, board=board, by=request.user)
    return [
        (read, fresh.put(read.photo.data), fresh.put(read.thumbnail.data), facts)
        for read, facts in reads
    ]


def _facts(request: HttpRequest, read: ReadPhoto, place: int, board) -> PhotoFacts:
    """The camera's own facts; else those that the browser read before it shrank it."""
    said = [
        (request.POST.getlist(name)[place : place + 1] or [""])[0]
        for name in ("taken_at", "latitude", "longitude")
    ]
    told = photo_facts(*said, zone=board.time_zone)
    own = read.facts
    if own.latitude is None:
        return PhotoFacts(own.taken_at or told.taken_at, told.latitude, told.longitude)
    return PhotoFacts(own.taken_at or told.taken_at, own.latitude, own.longitude)


@require_POST
@board_view(Permission.EDIT_ACTIVITIES)
def receipt_add(request, board, pk):
    """Add one receipt; the file is read and written before the database is asked."""
    report = report_of(board, pk)
    form, file, digest = ReceiptForm(request.POST, request.FILES), None, ""
    with fresh_bytes() as fresh:
        if form.is_valid():
            try:
                refuse_closed(report, "receipts")
                file = look_at_receipt(form.cleaned_data["file"], zone=board.time_zone)
                check_quota([file], board=board, by=request.user)
                digest = fresh.put(file.data)
            except RuleViolation as refused:
                form.add_error("file", refused)
        return _keep_receipt(
            request, board, report=report, form=form, file=file, digest=digest
        )


@post_once
def _keep_receipt(request, board, *, report, form, file, digest):
    if form.is_valid():
        typed = {name: form.cleaned_data[name] for name in form.Meta.fields}
        who = {"today": board.today(), "by": request.user}
        try:
            add_receipt(report, file=file, digest=digest, **typed, **who)
        except ValidationError as refused:
            field = FIELD_OF.get(getattr(refused, "code", ""))
            form.add_error(field, refused.messages)
        else:
            return _back(board, report, "nota")
    return _proof_page(request, report, form, "activities/receipt_add.html")


@require_POST
@board_view(Permission.EDIT_ACTIVITIES)
@post_once
def photo_remove(request, board, pk, photo_pk):
    """Take one photo out."""
    report = report_of(board, pk)
    photo = get_object_or_404(report.photos, pk=photo_pk)
    return _remove(request, board, report, remove_photo, photo, "foto")


@require_POST
@board_view(Permission.EDIT_ACTIVITIES)
@post_once
def receipt_remove(request, board, pk, receipt_pk):
    """Take one receipt out."""
    report = report_of(board, pk)
    receipt = get_object_or_404(report.receipts, pk=receipt_pk)
    return _remove(request, board, report, remove_receipt, receipt, "nota")


def _remove(request: HttpRequest, board, report, service, row, anchor: str):
    try:
        service(row, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return _back(board, report, anchor)


def _back(board, report, anchor: str):
    response = redirect("activities:report_edit", board.slug, report.pk)
    response["Location"] += f"#{anchor}"
    return response


def _proof_page(request: HttpRequest, report, form, template: str):
    """The refused form alone, so that nothing typed in the report is lost."""
    context = {
        "report": report,
        "form": form,
        "quota": quota_left(report.board, request.user),
    }
    return render(request, template, context)
