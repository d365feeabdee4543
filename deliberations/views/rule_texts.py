"""Writing a rule down: paste or upload, look at the split, correct, keep as draft."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from boards.access import board_view, may_set_rule
from boards.drafts import draft_of, drop_draft, typed_in
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from common.errors import RuleViolation
from common.reading import read_count
from deliberations.forms import RuleForm, RuleTextForm
from deliberations.models import RuleDocument, RuleVersion
from deliberations.rule_rows import split_shown
from deliberations.services.rules import draft_rule, draft_version, edit_version
from deliberations.views.rules import version_of

FORM = "deliberations.rule"


class WritingPage:
    """One page of writing: its form, its autosave key, and what it writes to."""

    def __init__(
        self, request: HttpRequest, board: Board, place: str, *, revision: int = 0
    ) -> None:
        self.request, self.board, self.place = request, board, place
        self.revision, self.conflict = revision, None
        kept = draft_of(request.user, FORM, f"{board.pk}:{place}")
        self.draft = kept if kept and kept.base_revision >= revision else None

    def initial(self, otherwise: dict) -> dict:
        """What this user left unsaved, or what is stored."""
        return typed_in(self.draft) if self.draft else otherwise

    @property
    def wants_to_save(self) -> bool:
        """The button that keeps it, not the one that only looks."""
        return self.request.POST.get("then") == "save"

    def save(self, form: RuleTextForm, act: Callable[[], RuleVersion]):
        """Carry out the act of a valid form; the version, or None when refused."""
        if not (self.wants_to_save and form.is_valid()):
            return None
        try:
            version = act()
        except EditConflict as clash:
            self.conflict, self.revision = clash.current, clash.current.revision
            form.add_error(None, clash)
        except RuleViolation as refused:
            known = refused.code in ("rules.keeper", "rules.draft_exists")
            add_refusal(form, refused, field=None if known else "source")
        except ValidationError as fault:
            add_refusal(form, fault)
        else:
            drop_draft(self.request.user, FORM, f"{self.board.pk}:{self.place}")
            says = f"{version} tersimpan sebagai draf."
            messages.success(self.request, says)
            return version
        return None

    def page(self, form: RuleTextForm, *, title: str, back: str) -> HttpResponse:
        """The form, and beside it how the text is split."""
        shown = form["source"].value() or ""
        draft, board = self.draft, self.board
        context = {
            "form": form,
            "title": title,
            "back": back,
            "split": split_shown(shown) if form.is_bound else None,
            "looked_at": form.is_bound and not self.wants_to_save,
            "place": self.place,
            "revision": self.revision,
            "conflict": self.conflict,
            "draft": None if form.is_bound else draft,
            "saved_at": f"{board.local(draft.updated_at):%H.%M}" if draft else "",
            "saved_ms": int(draft.updated_at.timestamp() * 1000) if draft else 0,
            "may_write": may_set_rule(self.request.user, board, judges=False),
        }
        status = 409 if self.conflict else 200
        page = "deliberations/rule_text.html"
        return render(self.request, page, context, status=status)


def _opened(board: Board, version: RuleVersion) -> HttpResponse:
    return redirect("deliberations:rule_version", board_slug=board.slug, pk=version.pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.SET_RULES)
@post_once
def rule_new(request, board):
    """A document nobody recorded yet, with its text."""
    sheet = WritingPage(request, board, "aturan-baru")
    form = RuleForm(
        request, initial=sheet.initial({"kind": RuleDocument.Kind.STATUTES})
    )

    def act():
        facts = {name: form.cleaned_data[name] for name in ("kind", "name", "source")}
        return draft_rule(board, **facts, by=request.user)

    version = sheet.save(form, act)
    if version:
        return _opened(board, version)
    return sheet.page(form, title="Catat dokumen aturan", back="")


@require_http_methods(["GET", "POST"])
@board_view(Permission.SET_RULES)
@post_once
def rule_next(request, board, pk):
    """The next version of a document, begun from the text of the last one."""
    document = get_object_or_404(RuleDocument, board=board, pk=pk)
    document.board = board
    last = document.versions.order_by("-number").first()
    sheet = WritingPage(request, board, f"aturan-{pk}/versi-baru")
    form = RuleTextForm(request, initial=sheet.initial({"source": last.source}))

    def act():
        source = form.cleaned_data["source"]
        return draft_version(document, source=source, by=request.user)

    version = sheet.save(form, act)
    if version:
        return _opened(board, version)
    return sheet.page(form, title=f"Versi baru {document}", back=str(last.pk))


@require_http_methods(["GET", "POST"])
@board_view(Permission.SET_RULES)
@post_once
def rule_edit(request, board, pk):
    """Correct the text of a draft."""
    version = version_of(board, pk, request.permissions)
    place = f"aturan-{version.document_id}/versi-{pk}"
    sheet = WritingPage(request, board, place, revision=version.revision)
    form = RuleTextForm(request, initial=sheet.initial({"source": version.source}))

    def act():
        seen = read_count(request.POST.get("revision", ""))
        text = {"source": form.cleaned_data["source"]}
        text["seen_revision"] = -1 if seen is None else seen
        return edit_version(version, **text, by=request.user)

    saved = sheet.save(form, act)
    if saved:
        return _opened(board, saved)
    return sheet.page(form, title=f"Ubah draf {version}", back=str(pk))
