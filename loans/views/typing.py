"""Long forms keep what is typed: the draft of a page, as its template reads it."""

from typing import Any

from django.http import HttpRequest

from boards.drafts import draft_of, typed_in, writing_now
from boards.models import Board, Draft


def kept_draft(request: HttpRequest, board: Board, form: str, key: str, revision: int):
    """The draft of this person that still fits the row; None without one."""
    if request.method != "GET":
        return None
    draft = draft_of(request.user, form, f"{board.pk}:{key}")
    return draft if draft and draft.base_revision == revision else None


def typed(draft: Draft | None) -> dict[str, Any]:
    """What the draft holds, as initial values."""
    return typed_in(draft) if draft else {}


def draft_context(
    request: HttpRequest,
    board: Board,
    form: str,
    key: str,
    *,
    revision: int,
    draft: Draft | None,
) -> dict[str, Any]:
    """What `loans/_autosave.html` and the bar below the form ask for."""
    peers = writing_now(request.user, form, object_prefix=f"{board.pk}:{key}")
    return {
        "draft": draft,
        "draft_form": form,
        "draft_object": key,
        "draft_time": board.local(draft.updated_at) if draft else None,
        "draft_ms": int(draft.updated_at.timestamp() * 1000) if draft else 0,
        "revision": revision,
        "peers": [{"name": str(peer.user), "part": "isian ini"} for peer in peers],
    }
