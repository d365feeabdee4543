"""Juklak as a board sees them: a checklist of clauses with state and evidence."""

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view, keeps_board
from boards.forms import EditConflict
from boards.guide_forms import ClauseStateForm
from boards.guides import guides_of, set_clause_state, shares_of
from boards.models import Board, Guide, GuideClause, GuideState
from boards.roles import Permission
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from boards.views.files import serve_stored
from common.errors import RuleViolation
from common.paging import paginate

NOT_SAID = ("draft", "Belum diisi")


def _guide(board: Board, pk: int) -> Guide:
    return get_object_or_404(guides_of(board.region_code), pk=pk)


@require_GET
@board_view(Permission.VIEW_BOARD)
def checklist_list(request, board):
    """Juklak that hold for this board, newest first."""
    page = paginate(guides_of(board.region_code), request, by="in_force_on")
    return render(request, "boards/checklist_list.html", {"page": page})


@require_GET
@board_view(Permission.VIEW_BOARD)
def checklist_page(request, board, pk):
    """Every clause of one juklak with the state that the board gave it."""
    guide = _guide(board, pk)
    own = GuideState.objects.filter(board=board).select_related("changed_by")
    clauses = guide.clauses.prefetch_related(
        Prefetch("states", queryset=own, to_attr="said")
    )
    rows = [(clause, next(iter(clause.said), None)) for clause in clauses]
    context = {
        "guide": guide,
        "rows": [
            (clause, said, GuideState.TAGS[said.state] if said else NOT_SAID)
            for clause, said in rows
        ],
        "share": shares_of(guide, [board])[board.pk],
        "keeps": keeps_board(request.user, board),
    }
    return render(request, "boards/checklist_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_BOARD)
@post_once
def checklist_clause(request, board, pk, clause_pk) -> HttpResponse:
    """Say how far the board is with one clause."""
    clause = _clause(_guide(board, pk), clause_pk, posted=request.method == "POST")
    said = GuideState.objects.filter(board=board, clause=clause).first()
    form, status = ClauseStateForm(request.POST or None, initial=_shown(said)), 200
    if form.is_valid():
        facts = {**form.cleaned_data, "on": board.today(), "by": request.user}
        facts["seen_revision"] = facts.pop("revision")
        try:
            set_clause_state(board, clause, **facts)
        except EditConflict as clash:
            form.add_error(None, clash)
            # A revision that no row ever had meets a row that is not there yet.
            said, status = clash.current if clash.current.pk else None, 409
        except (RuleViolation, ValidationError) as refused:
            status = _refuse(form, refused)
        else:
            return redirect("boards:checklist_page", board_slug=board.slug, pk=pk)
    context = {"form": form, "clause": clause, "said": said if status == 409 else None}
    context["keeps"] = keeps_board(request.user, board)
    return render(request, "boards/checklist_clause.html", context, status=status)


def _clause(guide: Guide, pk: int, *, posted: bool) -> GuideClause:
    """One clause of a juklak.

    One that is gone was written anew while somebody typed: it comes back without a
    row, so that the service says so and what was typed stays.
    """
    clause = GuideClause.objects.filter(pk=pk).first()
    if clause is None and posted:
        return GuideClause(pk=pk, guide=guide)
    if clause is None or clause.guide_id != guide.pk:
        raise Http404("clause")
    return clause


def _shown(said: GuideState | None) -> dict:
    if said is None:
        return {"revision": 0}
    names = ("state", "evidence", "note", "revision")
    return {name: getattr(said, name) for name in names}


def _refuse(form: ClauseStateForm, refused: ValidationError) -> int:
    """What is missing stands beside the field that lacks it; the status to answer."""
    state = form.cleaned_data.get("state")
    field = {"sudah": "evidence", "tidak_berlaku": "note"}.get(state)
    if isinstance(refused, RuleViolation):
        form.add_error(None, refused)
        return 409 if refused.code == "boards.clause_gone" else 200
    if field and not form.cleaned_data[field]:
        form.add_error(field, refused.messages[0])
    else:
        add_refusal(form, refused)
    return 200


@require_GET
@board_view(Permission.VIEW_BOARD)
def checklist_file(request, board, pk):
    """The PDF of a juklak."""
    return serve_stored(request, _guide(board, pk).file, download=True)
