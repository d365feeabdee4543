"""The rules a board set for itself, each with its article and its day."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view, may_set_rule
from boards.models import Board, BoardSetting
from boards.parameters import set_parameter, setting_of, settings_lines
from boards.roles import Permission
from boards.rule_kinds import Kind, Parameter
from boards.rulebook import PARAMETERS
from boards.submissions import post_once
from boards.tenant_forms import ParameterForm, add_refusal
from common.errors import RuleViolation


@require_GET
@board_view(Permission.VIEW_BOARD)
def setting_list(request, board):
    """What holds today, where it is from, and what is only assumed."""
    mine = {
        judges: may_set_rule(request.user, board, judges=judges)
        for judges in (True, False)
    }
    topics = settings_lines(board, on=board.today())
    context = {
        "topics": [
            (topic, [(line, mine[line.parameter.judges]) for line in lines])
            for topic, lines in topics
        ],
        "today": board.today(),
    }
    return render(request, "boards/setting_list.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.SET_RULES)
@post_once
def setting_new(request, board, name) -> HttpResponse:
    """A new value of one rule from a day; old values stay."""
    if name not in PARAMETERS:
        raise Http404("parameter")
    parameter = PARAMETERS[name]
    form = ParameterForm(
        request.POST or None,
        parameter=parameter,
        initial=_first(board, parameter),
    )
    if form.is_valid():
        facts = {key: form.cleaned_data[key] for key in ("starts_on", "article")}
        facts |= {"on": board.today(), "by": request.user}
        try:
            set_parameter(board, name, value=form.value(), **facts)
        except RuleViolation as refused:
            add_refusal(form, refused, field=_field_of(refused))
        else:
            messages.success(request, f"{parameter.label} tersimpan.")
            return redirect("boards:setting_list", board_slug=board.slug)
    context = {
        "form": form,
        "parameter": parameter,
        "history": _history(board, name),
        "may": may_set_rule(request.user, board, judges=parameter.judges),
    }
    return render(request, "boards/setting_new.html", context)


def _first(board: Board, parameter: Parameter) -> dict:
    """What the form begins with; words and orders from those that hold today."""
    today = board.today()
    first = {"starts_on": today}
    if parameter.kind not in (Kind.LINES, Kind.ORDER):
        return first
    held = setting_of(board, parameter.name, on=today).value
    if parameter.kind == Kind.LINES:
        return first | {"value": "\n".join(held)}
    return first | {f"place_{at}": name for at, name in enumerate(held, start=1)}


def _field_of(refused: RuleViolation) -> str | None:
    """What is wrong with a citation stands beside it."""
    return "article" if refused.code.startswith("rules.") else None


def _history(board, name: str) -> list[dict]:
    """Every value this rule ever had here, newest first."""
    parameter = PARAMETERS[name]
    rows = BoardSetting.objects.filter(board=board, name=name).order_by("-starts_on")
    return [
        {
            "text": parameter.in_words(row.value),
            "starts_on": row.starts_on,
            "article": row.article,
            "by": row.created_by,
        }
        for row in rows.select_related("created_by")
    ]
