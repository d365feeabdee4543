"""The clock of this computer: while it is in doubt, nothing is frozen.

It is in doubt behind what the log already knows, before the day of this release, and
after a jump. The newest moment of the log stands in the heads of the audit chains and
only rises. A jump is found by the worker, which keeps looking at the clock beside one
that nobody sets. An administrator who has looked at the clock confirms it; then it
counts from now.
"""

import datetime
import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, Model, QuerySet, Subquery
from django.utils import timezone

from boards.audit import record
from boards.models import AuditHead, ClockDoubt, User
from common.errors import RuleViolation

SLACK = datetime.timedelta(minutes=10)
BACK = "Jam komputer portal mundur dari catatan terakhir."
EARLY = "Jam komputer portal lebih awal dari tanggal versi portal ini."
JUMPED = "Jam komputer portal melompat lebih dari sepuluh menit."
ASK = "Minta pengelola sistem memeriksa jamnya, lalu coba lagi."
# A clock that also counts sleep, so that a laptop that slept did not jump. Where it is
# missing, the next one counts sleep on macOS; Windows knows neither.
_STEADY = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
# When this process looked last, on a clock that nobody sets, and what it saw.
_looked = [float("-inf"), ""]
logger = logging.getLogger("boards.clock")


@dataclass(frozen=True)
class Look:
    """The clock, and beside it one that nobody sets; both in seconds."""

    wall: float
    steady: float


def jumped(before: Look, after: Look) -> int:
    """By how many seconds the clock was set between two looks, less than 0 for back.

    0 up to ten minutes: what the network puts right, and people too.
    """
    moved = (after.wall - before.wall) - (after.steady - before.steady)
    return round(moved) if abs(moved) > SLACK.total_seconds() else 0


def look() -> Look:
    """Both clocks now; once more when the computer slept between the two."""
    while True:
        begun = _steady()
        seen = Look(time.time(), _steady())
        if seen.steady - begun < 1:
            return seen


def _steady() -> float:
    return time.monotonic() if _STEADY is None else time.clock_gettime(_STEADY)


def watch_clock(before: Look) -> Look:
    """Look again; a jump since `before` is written down for every process."""
    after = look()
    if seconds := jumped(before, after):
        ClockDoubt.objects.create(found_at=timezone.now(), seconds=seconds)
        logger.warning("the clock jumped by %s seconds", seconds)
    return after


def newest_moment() -> datetime.datetime | None:
    """The latest moment that the log knows."""
    return AuditHead.objects.aggregate(newest=Max("last_at"))["newest"]


def is_behind(now: datetime.datetime) -> bool:
    """Whether `now` lies more than ten minutes before the newest row of the log."""
    newest = newest_moment()
    return newest is not None and now < newest - SLACK


def is_early(now: datetime.datetime) -> bool:
    """Whether `now` lies before the day of this release, and nobody confirmed that."""
    built_on = settings.BUILT_ON
    if timezone.localdate(now) >= built_on:
        return False
    return not ClockDoubt.objects.filter(built_on=built_on).exists()


def open_jumps() -> QuerySet[ClockDoubt]:
    """Jumps that nobody confirmed yet, the last one first."""
    return ClockDoubt.objects.filter(built_on=None, confirmed_at=None)


def doubt_at(now: datetime.datetime) -> str:
    """Why a clock that says `now` cannot be trusted, as a sentence; "" when it can."""
    heads = AuditHead.objects.exclude(last_at=None).order_by("-last_at")
    newest = heads.values_list("last_at", Exists(open_jumps())).first()
    return _doubt(now, *(newest or (None, open_jumps().exists())))


def _doubt(
    now: datetime.datetime, newest: datetime.datetime | None, has_jumped: bool
) -> str:
    if newest and now < newest - SLACK:
        return BACK
    if is_early(now):
        return EARLY
    return JUMPED if has_jumped else ""


def clock_facts() -> dict[str, Subquery | Exists]:
    """What `check_clock` asks, to be read beside the rows of an act's own query."""
    newest = AuditHead.objects.exclude(last_at=None).order_by("-last_at")
    return {
        "clock_newest": Subquery(newest.values("last_at")[:1]),
        "clock_jumped": Exists(open_jumps()),
    }


def check_clock(read: Model | None = None) -> None:
    """Raise RuleViolation `boards.clock_back` before anything is frozen or posted.

    `read` is a row that was read with `clock_facts`: no query is asked again.
    """
    now = timezone.now()
    if read is None:
        doubt = doubt_at(now)
    else:
        doubt = _doubt(now, read.clock_newest, read.clock_jumped)
    if doubt:
        raise RuleViolation(f"{doubt} {ASK}", code="boards.clock_back")


def known_doubt() -> str:
    """The same for the frame of every page: looked up again after some minutes."""
    if not settings.CLOCK_LOOK_SECONDS:
        return ""
    if time.monotonic() - _looked[0] > settings.CLOCK_LOOK_SECONDS:
        _looked[:] = [time.monotonic(), doubt_at(timezone.now())]
    return str(_looked[1])


@transaction.atomic
def confirm_clock(*, by: User) -> None:
    """The clock was looked at and is right: the log goes on from now.

    Raises RuleViolation `boards.clock_right` when nothing is the matter.
    """
    now = timezone.now()
    doubt, newest = doubt_at(now), newest_moment()
    if not doubt:
        raise RuleViolation("Jam komputer sudah cocok.", code="boards.clock_right")
    AuditHead.objects.filter(last_at__gt=now).update(last_at=now)
    open_jumps().update(confirmed_at=now)
    if is_early(now):
        ClockDoubt.objects.create(
            found_at=now, built_on=settings.BUILT_ON, confirmed_at=now
        )
    _looked[0] = float("-inf")
    record(
        "boards.clock_confirmed",
        by,
        by=by,
        says="memastikan jam komputer portal benar",
        doubt=doubt,
        before=newest.isoformat() if newest else "",
    )
