"""The yearly assessment: list, result, one bidang at a time, evidence, finishing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from boards.access import board_view
from boards.drafts import draft_of, drop_draft, typed_in, writing_now
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from members.forms import EvaluationAreaForm, EvaluationStartForm
from members.models import (
    Evaluation,
    EvaluationArea,
    EvaluationLevel,
    EvaluationScore,
)
from members.services import (
    finish_evaluation,
    revision_of,
    score_area,
    start_evaluation,
)
from reports.assessments import read_assessment, results_of
from reports.catalogue import KINDS
from reports.evidence_forms import EvidenceForm
from reports.models import EvaluationEvidence, IssuedReport
from reports.services import add_evidence, remove_evidence

KIND = KINDS["penilaian-tahunan"]
FORM = "members.evaluation"
MOST_SHOWN = 12


def _evaluation(board: Board, pk: int) -> Evaluation:
    rows = Evaluation.objects.select_related("sheet", "finished_by")
    found = get_object_or_404(rows, board=board, pk=pk)
    found.board = board
    return found


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def evaluation_list(request, board):
    """Every assessment of the board, the newest year first."""
    return _list(request, board, EvaluationStartForm(this_year=board.today().year))


def _list(request: HttpRequest, board: Board, form: EvaluationStartForm):
    rows = Evaluation.objects.filter(board=board).select_related("sheet")
    context = {"results": results_of(list(rows[:MOST_SHOWN])), "form": form}
    return render(request, "reports/evaluation_list.html", context)


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def evaluation_start(request, board):
    """Begin a year, or a new edition of one that is finished."""
    form = EvaluationStartForm(request.POST, this_year=board.today().year)
    if form.is_valid():
        try:
            made = start_evaluation(board, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error("year", violation)
        else:
            return redirect("reports:evaluation_page", board.slug, made.pk)
    return _list(request, board, form)


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def evaluation_page(request, board, pk):
    """The result as table and radar, beside the year before."""
    evaluation = _evaluation(board, pk)
    told = read_assessment(evaluation)
    issued = IssuedReport.objects.about(evaluation).in_force()
    context = {
        "evaluation": evaluation,
        "told": told,
        "chart": told.chart(),
        "edits": evaluation.is_open and Permission.EDIT_MEMBERS in request.permissions,
        "issued": issued.filter(kind=KIND.code).first(),
        "kind": KIND,
    }
    return render(request, "reports/evaluation_page.html", context)


def _draft_object(evaluation: Evaluation, area: EvaluationArea) -> str:
    return f"{evaluation.pk}:{area.pk}"


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def evaluation_area(request, board, pk, area_pk):
    """Give the aspects of one bidang their levels."""
    evaluation = _evaluation(board, pk)
    areas = EvaluationArea.objects.filter(sheet=evaluation.sheet_id)
    area = get_object_or_404(areas.prefetch_related("aspects"), pk=area_pk)
    if not evaluation.is_open:
        messages.info(request, f"{evaluation} sudah selesai.")
        return redirect("reports:evaluation_page", board.slug, pk)
    if request.method == "GET":
        return _area_page(request, evaluation, area)
    form = _area_form(evaluation, area, data=request.POST)
    if form.is_valid():
        seen = form.cleaned_data["revision"] or 0
        facts = {"levels": form.levels(), "seen_revision": seen}
        try:
            score_area(evaluation, area, **facts, by=request.user)
        except EditConflict:
            return _area_page(request, evaluation, area, form=form, late=True)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return _saved(request, evaluation, area)
    return _area_page(request, evaluation, area, form=form)


def _saved(request: HttpRequest, evaluation: Evaluation, area: EvaluationArea):
    """Forget the draft and go on to the next bidang, or back to the result."""
    board = evaluation.board
    key = f"{board.pk}:{_draft_object(evaluation, area)}"
    drop_draft(request.user, FORM, key)
    messages.success(request, f"Bidang {area} tersimpan.")
    after = EvaluationArea.objects.filter(
        sheet=area.sheet_id, position__gt=area.position
    ).first()
    if after and "next" in request.POST:
        keys = (board.slug, evaluation.pk, after.pk)
        return redirect("reports:evaluation_area", *keys)
    return redirect("reports:evaluation_page", board.slug, evaluation.pk)


def _area_form(
    evaluation: Evaluation, area: EvaluationArea, **kwargs
) -> EvaluationAreaForm:
    scores = evaluation.scores.filter(aspect__area=area)
    levels = EvaluationLevel.objects.filter(sheet=evaluation.sheet_id)
    return EvaluationAreaForm(
        area=area,
        scores={row.aspect_id: row for row in scores},
        levels=list(levels.values_list("value", "name")),
        **kwargs,
    )


def _area_page(
    request: HttpRequest,
    evaluation: Evaluation,
    area: EvaluationArea,
    *,
    form: EvaluationAreaForm | None = None,
    late: bool = False,
):
    """The form; `late` puts what a colleague saved beside what was typed."""
    board, revision = evaluation.board, revision_of(evaluation, area)
    prefix = f"{board.pk}:{_draft_object(evaluation, area)}"
    draft = None if form else draft_of(request.user, FORM, prefix)
    if draft and draft.base_revision != revision:
        draft = None
    typed = typed_in(draft) if draft else {}
    saved = evaluation.scores.filter(aspect__area=area).select_related("aspect")
    peers = writing_now(request.user, FORM, object_prefix=prefix)
    context = {
        "evaluation": evaluation,
        "area": area,
        "form": form or _area_form(evaluation, area, initial=typed),
        "revision": revision,
        "saved": saved.order_by("aspect__position") if late else [],
        "draft": draft,
        "draft_object": _draft_object(evaluation, area),
        "draft_time": board.local(draft.updated_at) if draft else None,
        "draft_ms": int(draft.updated_at.timestamp() * 1000) if draft else 0,
        "peers": [{"name": str(peer.user), "part": f"bidang {area}"} for peer in peers],
    }
    status = 409 if late else 200
    return render(request, "reports/evaluation_area.html", context, status=status)


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def evaluation_finish(request, board, pk):
    """Close the assessment for good."""
    evaluation = _evaluation(board, pk)
    try:
        finish_evaluation(evaluation, at=timezone.now(), by=request.user)
    except RuleViolation as violation:
        messages.error(request, str(violation))
    else:
        messages.success(request, "Penilaian selesai dan terkunci.")
    return redirect("reports:evaluation_page", board.slug, pk)


def _score(board: Board, pk: int, score_pk: int) -> EvaluationScore:
    rows = EvaluationScore.objects.select_related("evaluation", "aspect__area")
    return get_object_or_404(rows, evaluation__board=board, evaluation=pk, pk=score_pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def evidence_add(request, board, pk, score_pk):
    """Tie a decision, a paper or a work to a level."""
    score = _score(board, pk, score_pk)
    form = EvidenceForm(request.POST or None, board=board)
    if form.is_valid():
        try:
            add_evidence(score, record_of=form.chosen, by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Bukti dihubungkan.")
            return redirect("reports:evaluation_page", board.slug, pk)
    context = {"form": form, "score": score, "evaluation": score.evaluation}
    return render(request, "reports/evidence_add.html", context)


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def evidence_remove(request, board, pk, evidence_pk):
    """Untie a record."""
    rows = EvaluationEvidence.objects.select_related("score__aspect")
    evidence = get_object_or_404(
        rows,
        score__evaluation__board=board,
        score__evaluation=pk,
        pk=evidence_pk,
    )
    try:
        remove_evidence(evidence, by=request.user)
    except RuleViolation as violation:
        messages.error(request, str(violation))
    else:
        messages.success(request, "Bukti dilepas.")
    return redirect("reports:evaluation_page", board.slug, pk)
