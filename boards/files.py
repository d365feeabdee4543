"""Files that stay: kept by hash, counted against a quota, given out by their use.

Writing bytes happens outside any transaction: first `put_bytes`, then `keep_file`
for the row. What a request wrote for a row that did not come is taken away at once
(`fresh_bytes`); what a crash left is swept weekly.
"""

import errno
import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.module_loading import import_string

from boards.models import Board, StoredFile, User
from boards.roles import Permission
from boards.uploads import (
    MEGABYTE,
    FileRefused,
    PhotoFacts,
    ReadFile,
    clean_label,
    read_logo,
    read_photo,
)


@dataclass(frozen=True)
class Quota:
    """What may still be uploaded today: the smaller of the user's and the board's."""

    files: int
    bytes: int

    @property
    def megabytes(self) -> int:
        """Whole megabytes, rounded down."""
        return self.bytes // MEGABYTE


def put_bytes(data: bytes) -> str:
    """Write bytes under their hash, on the disk for good; the SHA-256.

    Raises FileRefused when the disk has no room.
    """
    digest = hashlib.sha256(data).hexdigest()
    path = StoredFile(sha256=digest).path
    try:
        if default_storage.exists(path):
            # Young again: neither the sweep nor `fresh_bytes` takes it away now.
            Path(default_storage.path(path)).touch()
        else:
            default_storage.save(path, ContentFile(data))
    except OSError as full:
        if full.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        raise FileRefused("disk_full") from full
    return digest


class FreshBytes:
    """Bytes that one request writes, and takes away again if no row names them."""

    def __init__(self) -> None:
        self._written: dict[str, int] = {}

    def put(self, data: bytes) -> str:
        """Write like `put_bytes`, and remember what was not there before."""
        digest = hashlib.sha256(data).hexdigest()
        file = _on_disk(digest)
        is_ours = digest in self._written or not file.exists()
        put_bytes(data)
        if is_ours:
            self._written[digest] = file.stat().st_mtime_ns
        return digest

    def drop_unnamed(self) -> None:
        """Delete what no row names, unless somebody put the same bytes meanwhile."""
        named = StoredFile.objects.filter(sha256__in=self._written)
        for digest in set(self._written) - set(named.values_list("sha256", flat=True)):
            file = _on_disk(digest)
            with suppress(FileNotFoundError):
                if file.stat().st_mtime_ns == self._written[digest]:
                    file.unlink()


@contextmanager
def fresh_bytes() -> Iterator[FreshBytes]:
    """Around an upload: an act that is refused leaves nothing on the disk."""
    fresh = FreshBytes()
    try:
        yield fresh
    finally:
        fresh.drop_unnamed()


def _on_disk(digest: str) -> Path:
    return Path(default_storage.path(StoredFile(sha256=digest).path))


def keep_file(
    file: ReadFile, digest: str, *, board: Board | None, region_code: str = "", by: User
) -> StoredFile:
    """Add the row of a file whose bytes are on the disk."""
    return StoredFile.objects.create(
        board=board,
        region_code=board.region_code if board else region_code,
        sha256=digest,
        size=len(file.data),
        kind=file.kind,
        label=file.label[:150],
        own=file.own,
        width=file.width,
        height=file.height,
        created_by=by,
    )


def quota_left(board: Board, user: User) -> Quota:
    """What may still be uploaded today by this user to this board."""
    midnight = board.local(timezone.now()).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    today = StoredFile.objects.filter(created_at__gte=midnight).exclude(
        kind=StoredFile.Kind.PDF, own=True
    )
    used_files, used_bytes = settings.UPLOAD_USER_FILES, settings.UPLOAD_USER_BYTES
    mine = today.filter(created_by=user).aggregate(n=Count("pk"), b=Sum("size"))
    ours = today.filter(board=board).aggregate(n=Count("pk"), b=Sum("size"))
    return Quota(
        min(used_files - mine["n"], settings.UPLOAD_BOARD_FILES - ours["n"]),
        min(
            used_bytes - (mine["b"] or 0),
            settings.UPLOAD_BOARD_BYTES - (ours["b"] or 0),
        ),
    )


def check_quota(files: Iterable[ReadFile], *, board: Board, by: User) -> None:
    """Raise FileRefused when the day's share, the pace or the disk has no room."""
    new = list(files)
    if shutil.disk_usage(settings.DATA_DIR).free < settings.UPLOAD_DISK_RESERVE:
        raise FileRefused("disk_full")
    recent = StoredFile.objects.filter(
        created_by=by, created_at__gte=timezone.now() - timedelta(minutes=10)
    )
    if recent.count() + len(new) > settings.UPLOAD_PACE_FILES:
        raise FileRefused("too_fast")
    left = quota_left(board, by)
    if left.files < len(new) or left.bytes < sum(len(file.data) for file in new):
        raise FileRefused("quota")


def store_bytes(
    data: bytes,
    *,
    kind: str,
    label: str,
    by: User,
    board: Board | None = None,
    region_code: str = "",
    own: bool = True,
) -> StoredFile:
    """Keep bytes the portal made itself (a paper, a sheet); no quota."""
    file = ReadFile(data, kind, clean_label(label), own)
    digest = put_bytes(data)
    return keep_file(file, digest, board=board, region_code=region_code, by=by)


def store_read(file: ReadFile, *, board: Board, by: User) -> StoredFile:
    """Keep one file that was looked at, within the quota. Raises FileRefused."""
    check_quota([file], board=board, by=by)
    return keep_file(file, put_bytes(file.data), board=board, by=by)


def store_photo(
    upload: UploadedFile, *, board: Board, by: User
) -> tuple[StoredFile, StoredFile, PhotoFacts]:
    """Look at a photo and keep it with its thumbnail. Raises FileRefused."""
    read = read_photo(upload, zone=board.time_zone)
    check_quota([read.photo, read.thumbnail], board=board, by=by)
    photo, thumbnail = (
        keep_file(file, put_bytes(file.data), board=board, by=by)
        for file in (read.photo, read.thumbnail)
    )
    return photo, thumbnail, read.facts


def store_image(upload: UploadedFile, *, board: Board, by: User) -> StoredFile:
    """Look at a logo and keep it as PNG. Raises FileRefused."""
    return store_read(read_logo(upload), board=board, by=by)


def needed_permission(stored: StoredFile) -> Permission | None:
    """The right that the use of this file asks for; None when nothing uses it."""
    for use in settings.FILE_USES:
        permission = import_string(use)(stored)
        if permission:
            return permission
    return None
