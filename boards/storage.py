"""Files on this machine's disk, written so that a power cut leaves all or nothing."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class DurableStorage(FileSystemStorage):
    """Temp file, fsync, rename, fsync of the folder.

    Names are hashes of the content, so that a name that exists holds the same bytes
    and writing it again does no harm.
    """

    def get_available_name(self, name, max_length=None):
        """The name itself: the same name is the same content."""
        return name

    def _save(self, name, content):
        target = Path(self.path(name))
        target.parent.mkdir(
            mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, parents=True, exist_ok=True
        )
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).chmod(settings.FILE_UPLOAD_PERMISSIONS)
            Path(draft).rename(target)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        for folder in (target.parent, target.parent.parent):
            _sync_folder(folder)
        return name


def _sync_folder(folder: Path) -> None:
    """Make the rename last: the folder's own entry goes to the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
