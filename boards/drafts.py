"""Text being typed is kept on the server until it is saved for good."""

import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from boards.models import Board, Draft, User

# A colleague counts as "writing now" for this long after the last keystroke saved.
WRITING_NOW = datetime.timedelta(minutes=2)


def keep_draft(
    *,
    user: User,
    board: Board | None,
    form: str,
    object_key: str,
    part: str,
    content: dict[str, Any],
    base_revision: int,
) -> Draft:
    """Keep what `user` typed into `form` about one object; the last write wins.

    A draft belongs to one user, so two writers never overwrite each other here.
    """
    draft, made = Draft.objects.get_or_create(
        user=user,
        form=form,
        object_key=object_key,
        defaults={
            "board": board,
            "part": part,
            "content": content,
            "base_revision": base_revision,
            "revision": 1,
        },
    )
    if not made:
        draft.content, draft.part = content, part
        draft.base_revision, draft.revision = base_revision, draft.revision + 1
        draft.save(
            update_fields=[
                "content",
                "part",
                "base_revision",
                "revision",
                "updated_at",
            ]
        )
    return draft


def draft_of(user: User, form: str, object_key: str) -> Draft | None:
    """What the user left unsaved in this form, or None."""
    return Draft.objects.filter(user=user, form=form, object_key=object_key).first()


def drop_draft(user: User, form: str, object_key: str) -> None:
    """Forget the draft: its text was saved for good."""
    Draft.objects.filter(user=user, form=form, object_key=object_key).delete()


def writing_now(user: User, form: str, *, object_prefix: str) -> models.QuerySet[Draft]:
    """Drafts of colleagues in the same record that were touched just now."""
    return (
        Draft.objects.filter(
            form=form,
            object_key__startswith=object_prefix,
            updated_at__gte=timezone.now() - WRITING_NOW,
        )
        .exclude(user=user)
        .select_related("user")
    )
