"""The clock of this computer: behind what was already written, nothing is frozen.

The newest moment of the log stands in the heads of the audit chains and only rises.
An administrator who has looked at the clock confirms it; then it counts from now.
"""

import datetime
import time

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from boards.audit import record
from boards.models import AuditHead, User
from common.errors import RuleViolation

SLACK = datetime.timedelta(minutes=10)
BACK = (
    "Jam komputer portal mundur dari catatan terakhir. Minta pengelola sistem"
    " memeriksa jamnya, lalu coba lagi."
)
# When this process looked last, on a clock that nobody sets, and what it saw.
_looked = [float("-inf"), False]


def newest_moment() -> datetime.datetime | None:
    """The latest moment that the log knows."""
    return AuditHead.objects.aggregate(newest=Max("last_at"))["newest"]


def is_behind(now: datetime.datetime) -> bool:
    """Whether `now` lies more than ten minutes before the newest row of the log."""
    newest = newest_moment()
    return newest is not None and now < newest - SLACK


def check_clock() -> None:
    """Raise RuleViolation `boards.clock_back` before anything is frozen or posted."""
    if is_behind(timezone.now()):
        raise RuleViolation(BACK, code="boards.clock_back")


def seems_behind() -> bool:
    """The same for the frame of every page: looked up again after some minutes."""
    if not settings.CLOCK_LOOK_SECONDS:
        return False
    if time.monotonic() - _looked[0] > settings.CLOCK_LOOK_SECONDS:
        _looked[:] = [time.monotonic(), is_behind(timezone.now())]
    return bool(_looked[1])


@transaction.atomic
def confirm_clock(*, by: User) -> None:
    """The clock was looked at and is right: the log goes on from now.

    Raises RuleViolation `boards.clock_right` when nothing is the matter.
    """
    now = timezone.now()
    if not is_behind(now):
        raise RuleViolation("Jam komputer sudah cocok.", code="boards.clock_right")
    newest = newest_moment()
    AuditHead.objects.filter(last_at__gt=now).update(last_at=now)
    _looked[0] = float("-inf")
    record(
        "boards.clock_confirmed",
        by,
        by=by,
        says="memastikan jam komputer portal benar",
        before=newest.isoformat(),
    )
