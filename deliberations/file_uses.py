"""Which stored files show that a follow-up was done, and who may see them."""

from boards.models import StoredFile
from boards.roles import Permission
from deliberations.models import ActionMove


def permission_of(stored: StoredFile) -> Permission | None:
    """The right to read minutes, if the file is the evidence of a follow-up."""
    moves = ActionMove.objects.filter(file=stored)
    return Permission.VIEW_MEETINGS if moves.exists() else None
