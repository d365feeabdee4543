"""Text being typed is kept on the server until it is saved for good."""

import datetime
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from boards.models import Board, Draft, User
from common.errors import RuleViolation

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
    Raises RuleViolation `boards.too_many_drafts` for one more than a user may leave.
    """
    draft, made = draft_of(user, form, object_key), False
    if draft is None:
        _check_room(user)
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
        draft.updated_at = timezone.now()
        names = ("content", "part", "base_revision", "revision", "updated_at")
        # Saved for good in between, the draft is gone and does not come back.
        rows = Draft.objects.filter(pk=draft.pk)
        rows.update(**{name: getattr(draft, name) for name in names})
    return draft


def _check_room(user: User) -> None:
    """Refuse one draft more than the server keeps; the browser keeps that text."""
    if user.drafts.count() >= settings.DRAFTS_PER_USER:
        raise RuleViolation(
            f"Draf Anda sudah {settings.DRAFTS_PER_USER}. Simpan yang lama dulu.",
            code="boards.too_many_drafts",
        )


def draft_of(user: User, form: str, object_key: str) -> Draft | None:
    """What the user left unsaved in this form, or None."""
    return Draft.objects.filter(user=user, form=form, object_key=object_key).first()


def typed_in(draft: Draft, *, lists: Collection[str] = ()) -> dict[str, Any]:
    """What a draft holds, as initial values of a form: one text for each field.

    Only the fields named in `lists` may hold several; a list elsewhere was never
    typed into this form and falls out.
    """
    return {
        name: value
        for name, value in draft.content.items()
        if isinstance(value, str) or (isinstance(value, list) and name in lists)
    }


def drop_draft(user: User, form: str, object_key: str) -> None:
    """Forget the draft: its text was saved for good."""
    Draft.objects.filter(user=user, form=form, object_key=object_key).delete()


def forget_old_drafts(*, now: datetime.datetime) -> int:
    """Delete drafts that nobody touched for `DRAFT_DAYS`; how many went."""
    edge = now - datetime.timedelta(days=settings.DRAFT_DAYS)
    return Draft.objects.filter(updated_at__lt=edge).delete()[0]


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
