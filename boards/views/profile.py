"""The profile of one board: letterhead, law, regions, and its end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.files import check_quota, fresh_bytes, keep_file
from boards.forms import EditConflict, save_form
from boards.models import Assignment, Board, Region, StoredFile
from boards.roles import Permission
from boards.submissions import post_once
from boards.tenant_forms import SECTIONS, CloseForm, LogoForm, add_refusal
from boards.tenants import (
    add_served_region,
    check_number_pattern,
    close_board,
    remove_served_region,
    set_logo,
)
from boards.uploads import read_logo
from boards.views.conflict import conflict_page
from boards.views.files import serve_stored
from common.errors import RuleViolation
from common.htmx import render_either
from common.words import format_date, inside_sentence

FOUND = 20
SHORTEST_SEARCH = 3


def _shown(board: Board, name: str) -> str:
    """One field of the profile as text; a pattern as the number that it gives."""
    if name == "number_pattern":
        try:
            sample = check_number_pattern(board.number_pattern, code=board.code)
        except RuleViolation:  # kept before patterns had to say kind and year
            return f"{board.number_pattern} (belum lengkap: ubah polanya)"
        return f"{sample} (contoh)"
    field = Board._meta.get_field(name)
    if field.choices:
        return getattr(board, f"get_{name}_display")()
    value = getattr(board, name)
    if value and field.get_internal_type() == "DateField":
        return format_date(value)
    return str(value or "")


def _label(name: str) -> str:
    """Name of a field as a line begins with it; NPWP and NIP stay as they are."""
    word = Board._meta.get_field(name).verbose_name
    return word[:1].upper() + word[1:]


def _sections(board: Board, permissions) -> list[dict]:
    """The profile by sections, with the way to change each where it is allowed."""
    return [
        {
            "key": key,
            "title": section.title,
            "may_edit": section.permission in permissions,
            "rows": [
                {"label": _label(name), "value": _shown(board, name)}
                for name in section.form.Meta.fields
            ],
        }
        for key, section in SECTIONS.items()
    ]


@require_GET
@board_view(Permission.VIEW_BOARD)
def board_page(request, board):
    """Who this board is, for everybody who may see it."""
    served = list(board.served_regions.order_by("region_code"))
    titles = Region.objects.in_bulk([row.region_code for row in served])
    people = Assignment.objects.filter(board=board, ended_at=None)
    context = {
        "sections": _sections(board, request.permissions),
        "served": [
            {"pk": row.pk, "region": titles.get(row.region_code, row.region_code)}
            for row in served
        ],
        "people": people.select_related("user").order_by("role", "post", "pk"),
    }
    return render(request, "boards/board_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_BOARD)
@post_once
def board_edit(request, board, section) -> HttpResponse:
    """One section of the profile."""
    if section not in SECTIONS:
        raise Http404("section")
    part = SECTIONS[section]
    if part.permission not in request.permissions:
        raise PermissionDenied(part.permission)
    form = part.form(request.POST or None, instance=board)
    if form.is_valid():
        says = f"mengubah profil {board}: {inside_sentence(part.title)}"
        try:
            save_form(form, "boards.board_changed", by=request.user, says=says)
        except EditConflict as clash:
            page = reverse("boards:board_page", kwargs={"board_slug": board.slug})
            return conflict_page(request, form, clash, back_url=page)
        messages.success(request, f"{part.title} tersimpan.")
        return redirect("boards:board_page", board_slug=board.slug)
    context = {"form": form, "part": part}
    return render(request, "boards/board_edit.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_BOARD)
def logo_new(request, board) -> HttpResponse:
    """A picture for the letterhead: read and written before the database is asked."""
    form = LogoForm(request.POST or None, request.FILES or None)
    with fresh_bytes() as fresh:
        file, digest = None, ""
        if form.is_valid():
            try:
                file = read_logo(form.cleaned_data["logo"])
                check_quota([file], board=board, by=request.user)
                digest = fresh.put(file.data)
            except RuleViolation as refused:
                form.add_error("logo", refused)
        return _keep_logo(request, board, form=form, file=file, digest=digest)


@post_once
def _keep_logo(request, board, *, form, file, digest) -> HttpResponse:
    if form.is_valid():
        try:
            stored = keep_file(file, digest, board=board, by=request.user)
            set_logo(board, stored, by=request.user)
        except RuleViolation as refused:
            form.add_error("logo", refused)
        else:
            messages.success(request, "Logo tersimpan. Surat berikutnya memakainya.")
            return redirect("boards:board_page", board_slug=board.slug)
    return render(request, "boards/logo_new.html", {"form": form})


@require_GET
@board_view(Permission.VIEW_BOARD)
def logo(request, board, pk):
    """The picture in the letterhead."""
    if board.logo_id != pk:
        raise Http404("logo")
    return serve_stored(request, get_object_or_404(StoredFile, pk=pk))


def _around(board: Board) -> QuerySet[Region]:
    """Kecamatan, kelurahan and desa of the board's kabupaten or kota."""
    return Region.objects.filter(code__startswith=f"{board.region_code[:5]}.")


@require_GET
@board_view(Permission.MANAGE_BOARDS)
def served_new(request, board):
    """Which further region the board works for: search by code or name."""
    words = request.GET.get("q", "").strip()
    found = []
    if len(words) >= SHORTEST_SEARCH:
        match = Q(code__startswith=words) | Q(name__icontains=words)
        found = list(
            _around(board).filter(match).exclude(code=board.region_code)[:FOUND]
        )
    context = {"words": words, "found": found, "limit": FOUND}
    return render_either(
        request, "boards/served_new.html", "boards/_served_places.html", context
    )


@require_http_methods(["POST"])
@board_view(Permission.MANAGE_BOARDS)
@post_once
def served_add(request, board, code):
    """Note the region that was found."""
    region = get_object_or_404(_around(board), code=code)
    try:
        add_served_region(board, region, by=request.user)
    except RuleViolation as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{region} tercatat sebagai wilayah layanan.")
    return redirect("boards:board_page", board_slug=board.slug)


@require_http_methods(["POST"])
@board_view(Permission.MANAGE_BOARDS)
@post_once
def served_end(request, board, pk):
    """Take a region off the list."""
    served = get_object_or_404(board.served_regions, pk=pk)
    remove_served_region(served, by=request.user)
    messages.success(request, "Wilayah layanan dihapus.")
    return redirect("boards:board_page", board_slug=board.slug)


@require_http_methods(["GET", "POST"])
@board_view(Permission.MANAGE_BOARDS)
@post_once
def board_close(request, board) -> HttpResponse:
    """Mark the board as no longer active, after saying what that means."""
    form = CloseForm(request.POST or None, initial={"on": board.today()})
    if form.is_valid():
        try:
            today, on = board.today(), form.cleaned_data["on"]
            close_board(board, on=on, today=today, by=request.user)
        except RuleViolation as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, f"{board} ditutup.")
            return redirect("boards:board_page", board_slug=board.slug)
    return render(request, "boards/board_close.html", {"form": form})
