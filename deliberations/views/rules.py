"""Rules of the board as documents: read, compare, write, adopt, take back."""

from collections.abc import Collection

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view, may_set_rule
from boards.chain import link_of
from boards.models import Board, BoardSetting
from boards.roles import Permission
from boards.rulebook import PARAMETERS
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from common.errors import RuleViolation
from common.htmx import render_either
from common.paging import paginate_up
from common.reading import read_count
from deliberations.forms import AdoptionForm, RevocationForm
from deliberations.models import RuleDocument, RuleVersion, SettingBasis
from deliberations.rule_rows import (
    articles_of,
    changes_between,
    document_rows,
    draft_facts,
    history_rows,
    uses_of,
    value_rows,
)
from deliberations.services.adoption import adopt_version, revoke_version
from deliberations.services.citing import citable
from deliberations.services.rules import delete_version

# Where a refusal is shown; the others stand above the form.
FIELDS = {
    "rules.no_forum": "forum",
    "rules.adopted_in_future": "adopted_on",
    "rules.before_meeting": "adopted_on",
    "rules.in_force_before_adoption": "in_force_on",
    "rules.same_start": "in_force_on",
    "rules.deed_before_adoption": "deed_on",
    "rules.other_decision": "decision",
    "rules.own_text": "decision",
    "rules.no_reason": "reason",
    "rules.ends_before_start": "ends_on",
    "rules.ended": "ends_on",
}


def readable(board: Board, rights: Collection[Permission]):
    """Versions of the board; drafts only for those who read or write them."""
    rows = RuleVersion.objects.filter(board=board).select_related("document")
    inside = {Permission.VIEW_DRAFTS, Permission.SET_RULES} & set(rights)
    return rows if inside else rows.adopted()


def version_of(board: Board, pk: int, rights: Collection[Permission]) -> RuleVersion:
    """A version of this board that these rights read."""
    rows = readable(board, rights).select_related("decision", "created_by")
    version = get_object_or_404(rows, pk=pk)
    version.board = version.document.board = board
    return version


@require_GET
@board_view(Permission.VIEW_BOARD)
def rule_list(request, board):
    """Every document with the version that holds today, and drafts beside it."""
    seen = readable(board, request.permissions).defer("source", "preamble", "closing")
    documents = RuleDocument.objects.filter(board=board, versions__in=seen).distinct()
    documents = documents.prefetch_related(Prefetch("versions", queryset=seen))
    page = paginate_up(documents, request, by="name")
    context = {
        "page": page,
        "rows": document_rows(page.rows, board),
        "may_write": may_set_rule(request.user, board, judges=False),
    }
    return render(request, "deliberations/rule_list.html", context)


@require_GET
@board_view(Permission.VIEW_BOARD)
def rule_version(request, board, pk):
    """One version to read, article by article, with what rests on each."""
    version = version_of(board, pk, request.permissions)
    today = board.today()
    versions = readable(board, request.permissions)
    others = versions.filter(document=version.document_id).defer("source")
    articles = articles_of(version)
    uses = {} if version.is_draft else uses_of(version, request.permissions)
    for article in articles:
        article.uses = uses.get(article.pk, [])
    context = {
        "version": version,
        "state": version.state_tag(today),
        "articles": articles,
        "history": history_rows(list(others), version, on=today),
        "link": link_of("deliberations.rule", version),
        "may_write": may_set_rule(request.user, board, judges=False),
        "may_adopt": may_set_rule(request.user, board, judges=True),
        "has_draft": any(row.is_draft for row in others),
    }
    return render(request, "deliberations/rule_version.html", context)


@require_GET
@board_view(Permission.VIEW_BOARD)
def rule_compare(request, board, pk):
    """What this version changed since `?dengan=<key>`, or since the one before."""
    version = version_of(board, pk, request.permissions)
    others = readable(board, request.permissions).filter(document=version.document_id)
    others = list(others.exclude(pk=pk).defer("source"))
    asked = read_count(request.GET.get("dengan", ""))
    earlier = [row for row in others if row.number < version.number]
    if not others:
        raise Http404("nothing to compare with")
    wanted = next((row for row in others if row.pk == asked), None)
    other = wanted or (earlier or others)[0]
    context = {
        "version": version,
        "other": other,
        "others": others,
        **changes_between(other, version),
    }
    return render(request, "deliberations/rule_compare.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.SET_RULES)
@post_once
def rule_adopt(request, board, pk):
    """Record by what and when a draft was adopted; its text is frozen."""
    version, today = version_of(board, pk, request.permissions), board.today()
    form = AdoptionForm(request.POST or None, board=board)
    if form.is_valid():
        try:
            how = form.adoption()
            version = adopt_version(version, how=how, on=today, by=request.user)
        except RuleViolation as refused:
            add_refusal(form, refused, field=FIELDS.get(refused.code))
        except ValidationError as fault:
            add_refusal(form, fault)
        else:
            messages.success(request, f"{version} tercatat sebagai aturan.")
            return redirect("deliberations:rule_version", board.slug, version.pk)
    context = {"form": form, "version": version, **draft_facts(version, today)}
    context["may_adopt"] = may_set_rule(request.user, board, judges=True)
    return render(request, "deliberations/rule_adopt.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.SET_RULES)
@post_once
def rule_revoke(request, board, pk):
    """Take an adopted version back from a day on."""
    version = version_of(board, pk, request.permissions)
    initial = {"ends_on": board.today()}
    form = RevocationForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            revoke_version(version, **form.cleaned_data, by=request.user)
        except RuleViolation as refused:
            add_refusal(form, refused, field=FIELDS.get(refused.code))
        else:
            messages.success(request, f"{version} dicabut.")
            return redirect("deliberations:rule_version", board.slug, version.pk)
    context = {
        "form": form,
        "version": version,
        "may_adopt": may_set_rule(request.user, board, judges=True),
        "values": value_rows(version, since=form.last_day or board.today()),
    }
    return render(request, "deliberations/rule_revoke.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.SET_RULES)
@post_once
def rule_delete(request, board, pk):
    """Throw a draft away; asks on a page of its own."""
    version, fault = version_of(board, pk, request.permissions), ""
    if request.method == "POST":
        try:
            delete_version(version, by=request.user)
        except RuleViolation as refused:
            fault = str(refused)
        else:
            return redirect("deliberations:rule_list", board_slug=board.slug)
    context = {"version": version, "fault": fault}
    context |= draft_facts(version, board.today())
    return render(request, "deliberations/rule_delete.html", context)


@require_GET
@board_view(Permission.VIEW_BOARD)
def rule_citable(request, board):
    """Articles in force today, as one cites them: for a field, or to read."""
    context = {"citable": citable(board, on=board.today())}
    page = "deliberations/rule_citable.html"
    return render_either(request, page, "deliberations/_rule_citable.html", context)


@require_GET
@board_view(Permission.VIEW_BOARD)
def setting_bases(request, board):
    """Which rule value of the board rests on which article."""
    rows = SettingBasis.objects.filter(setting__board=board)
    rows = rows.select_related("setting", "article__version")
    rows = rows.order_by("-setting__starts_on")
    context = {
        "rows": [
            (PARAMETERS[row.setting.name].label, row)
            for row in rows
            if row.setting.name in PARAMETERS
        ],
        "settings": BoardSetting.objects.filter(board=board).count(),
    }
    page = "deliberations/setting_bases.html"
    return render_either(request, page, "deliberations/_setting_bases.html", context)
