"""What a failing disk or database means for the person who waits."""

import errno

from django.db import InterfaceError, OperationalError

BUSY, FULL = 503, 507
_FULL_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
# SQLite says the first four, PostgreSQL the last two.
_FULL_WORDS = (
    "disk is full",
    "readonly database",
    "disk i/o error",
    "unable to open database",
    "no space left",
    "read-only transaction",
)


def trouble_of(fault: BaseException) -> int:
    """Status for a fault: 507 nothing can be written, 503 busy, 0 something else."""
    if isinstance(fault, OSError):
        return FULL if fault.errno in _FULL_DISK else 0
    words = str(fault).lower()
    if isinstance(fault, OperationalError) or "read-only" in words:
        return FULL if any(word in words for word in _FULL_WORDS) else BUSY
    return BUSY if isinstance(fault, InterfaceError) else 0
