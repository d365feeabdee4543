"""Which stored files belong to a training, and who may see them."""

from boards.models import StoredFile
from boards.roles import Permission
from members.models import TrainingFile


def permission_of(stored: StoredFile) -> Permission | None:
    """The right to see members, if the file is of a training."""
    used = TrainingFile.objects.filter(file=stored)
    return Permission.VIEW_MEMBERS if used.exists() else None
