"""Hand-over of a secretary: one form, one page that says what comes next."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view, fresh_password, users_known_in, users_managed_by
from boards.account_forms import HandoverForm
from boards.accounts import hand_over_secretary
from boards.models import Assignment
from boards.roles import Permission, Role
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from boards.views.codes import keep_code, take_code
from common.errors import RuleViolation


@require_http_methods(["GET", "POST"])
@board_view(Permission.MANAGE_USERS)
@fresh_password
@post_once
def secretary_handover(request, board) -> HttpResponse:
    """The old secretary's role ends, the new one's begins."""
    regency = users_known_in(board.region_code[:5]).filter(is_active=True).values("pk")
    known = users_managed_by(request.user).filter(pk__in=regency)
    form = HandoverForm(request.POST or None, board=board, known=known)
    if form.is_valid():
        try:
            user, code = hand_over_secretary(board, by=request.user, **form.facts())
        except RuleViolation as refused:
            add_refusal(form, refused)
        else:
            if code:
                keep_code(request, user, code)
            return redirect("boards:handover_done", board_slug=board.slug, pk=user.pk)
    return render(request, "boards/secretary_handover.html", {"form": form})


@require_GET
@board_view(Permission.MANAGE_USERS)
def handover_done(request, board, pk):
    """Who is secretary now, the code once, and what happens next."""
    held = get_object_or_404(
        Assignment.objects.select_related("user"),
        board=board,
        user=pk,
        role=Role.SECRETARY,
        ended_at=None,
    )
    code = take_code(request, held.user)
    context = {
        "person": held.user,
        "code": code,
        "has_password": not held.user.code_hash,
    }
    return render(request, "boards/handover_done.html", context)
