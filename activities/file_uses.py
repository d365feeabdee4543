"""Which stored files are photos and receipts of works, and who may see them."""

from django.db.models import Q

from activities.models import Photo, ReceiptFile
from boards.models import StoredFile
from boards.roles import Permission


def permission_of(stored: StoredFile) -> Permission | None:
    """The right to read works, if the file is a photo or a receipt of one."""
    photos = Photo.objects.filter(Q(file=stored) | Q(thumbnail=stored))
    if photos.exists() or ReceiptFile.objects.filter(file=stored).exists():
        return Permission.VIEW_ACTIVITIES
    return None
