"""Forms over rows of a board: narrowed choices, whole constraints, no lost edits."""

from django import forms
from django.db import models, transaction

from boards.audit import record
from boards.models import Board, User
from common.errors import RuleViolation


class EditConflict(RuleViolation):
    """Someone else saved the row after this form was opened."""

    def __init__(self, current: models.Model) -> None:
        self.current = current
        super().__init__(
            "Catatan ini diubah orang lain saat Anda menulis. Bandingkan keduanya.",
            code="boards.edit_conflict",
        )


class BoardOwnedForm(forms.ModelForm):
    """A ModelForm of a BoardOwned row.

    Keeps `board` in the constraint check (Django skips a constraint that names a
    field the form does not show), narrows every choice of a board-owned row to this
    board, and carries the revision the user saw.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board
        self.instance.board = board
        self.fields["revision"].initial = self.instance.revision
        for field in self.fields.values():
            queryset = getattr(field, "queryset", None)
            if queryset is not None and _has_board(queryset.model):
                field.queryset = queryset.filter(board=board)

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"board", "region_code"}


def _has_board(model: type[models.Model]) -> bool:
    return any(field.name == "board" for field in model._meta.get_fields())


@transaction.atomic
def save_form(
    form: BoardOwnedForm, action: str, *, by: User, says: str
) -> models.Model:
    """Save a plain one-row edit under optimistic lock, with its audit row.

    Raises EditConflict when the row's revision is no longer the one the form showed.
    """
    row = form.instance
    if row.pk:
        seen = form.cleaned_data.get("revision") or 0
        claimed = type(row)._default_manager.filter(pk=row.pk, revision=seen)
        if not claimed.update(revision=seen + 1):
            raise EditConflict(type(row)._default_manager.get(pk=row.pk))
        row.revision = seen + 1
    saved = form.save()
    changed = {name: _plain(form, name) for name in form.changed_data}
    record(action, saved, by=by, says=says, **changed)
    return saved


def _plain(form: forms.ModelForm, name: str) -> str:
    """Before and after of one field as text; secrets say only that they changed."""
    if name in getattr(form, "secret_fields", ()):
        return "diubah"
    before, after = form.initial.get(name, ""), form.cleaned_data.get(name, "")
    return f"{before} → {after}"[:300]
