"""Which stored files are evidence or letters that came in, and who may see them."""

from boards.models import StoredFile
from boards.roles import Permission
from deliberations.models import ActionMove, IncomingLetter


def permission_of(stored: StoredFile) -> Permission | None:
    """The right to read minutes for evidence of a follow-up, or to read letters."""
    if ActionMove.objects.filter(file=stored).exists():
        return Permission.VIEW_MEETINGS
    letters = IncomingLetter.objects.filter(file=stored)
    return Permission.VIEW_LETTERS if letters.exists() else None
