"""Autosave of drafts, and long work as its owner sees it."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from boards.access import board_view, signed_in_view
from boards.drafts import keep_draft, writing_now
from boards.jobs import cancel_job, retry_job
from boards.models import Board, Draft, Job
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.reading import read_count

DRAFT_LIMIT = 200_000
LATEST_REVISION = 2**31 - 1


def _keep_sent(request: HttpRequest, board: Board) -> Draft:
    """The draft in the body of a request; ValueError, KeyError or TypeError if none."""
    sent = json.loads(request.body[: DRAFT_LIMIT + 1])
    content, revision = sent["content"], sent.get("revision") or 0
    if len(request.body) > DRAFT_LIMIT or not isinstance(content, dict):
        raise ValueError
    form, key, part = sent["form"], sent["object"], sent.get("part", "")
    _check_texts([form, key, part, *content, *content.values()])
    return keep_draft(
        user=request.user,
        board=board,
        form=form[:60],
        object_key=f"{board.pk}:{key}"[:60],
        part=part[:120],
        content=content,
        base_revision=min(read_count(str(revision)) or 0, LATEST_REVISION),
    )


def _check_texts(values: list) -> None:
    """Raise ValueError unless all are text that a form could have sent, or lists."""
    for value in values:
        for text in value if isinstance(value, list) else [value]:
            if not isinstance(text, str) or "\0" in text:
                raise ValueError("draft")
            text.encode()  # a lone surrogate is no text either


@require_POST
@board_view(Permission.VIEW_BOARD)
def draft_save(request, board):
    """Keep what is being typed; answers with the time and who else is writing.

    A text that is not taken stays in the browser, which says "Belum terkirim".
    """
    try:
        draft = _keep_sent(request, board)
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"error": "bad draft"}, status=400)
    except RuleViolation as refused:
        return JsonResponse({"error": refused.message}, status=429)
    record_key = draft.object_key.rsplit("/", 1)[0]
    peers = writing_now(request.user, draft.form, object_prefix=record_key)
    return JsonResponse(
        {
            "saved_at": f"{board.local(timezone.now()):%H.%M}",
            "revision": draft.revision,
            "peers": [
                {
                    "name": str(peer.user),
                    "part": peer.part,
                    "same": peer.object_key == draft.object_key,
                }
                for peer in peers
            ],
        }
    )


def _own_job(request: HttpRequest, pk) -> Job:
    """A job of this user; another's does not exist for them."""
    return get_object_or_404(
        Job.objects.select_related("board"), pk=pk, user=request.user
    )


@require_GET
@signed_in_view
def job_page(request, pk) -> HttpResponse:
    """One job: how far it is, cancel, try again, or the way to what it made."""
    return render(request, "boards/job_page.html", {"job": _own_job(request, pk)})


@require_GET
@signed_in_view
def job_state(request, pk) -> JsonResponse:
    """The same as data, for the page that watches it."""
    job = _own_job(request, pk)
    return JsonResponse(
        {
            "state": job.state,
            "label": job.get_state_display(),
            "percent": job.percent,
            "done": job.done,
            "total": job.total,
            "note": job.note,
            "open": job.is_open,
            "result_url": job.result_url,
        }
    )


@require_POST
@signed_in_view
@post_once
def job_cancel(request, pk):
    """Stop a job at its next step."""
    job = cancel_job(_own_job(request, pk), by=request.user)
    return redirect("boards:job_page", pk=job.pk)


@require_POST
@signed_in_view
@post_once
def job_retry(request, pk):
    """Start a failed job again."""
    job = retry_job(_own_job(request, pk), by=request.user)
    return redirect("boards:job_page", pk=job.pk)
