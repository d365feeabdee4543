"""The demo tells of three years: a clock that can be set, for the demo alone."""

import datetime
from contextlib import ExitStack, contextmanager
from unittest.mock import patch
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")


# Nothing in the log lies ahead of the day on which the demo is loaded.
_LOADED_AT = datetime.datetime.now(WIB)


def moment(on: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    """A moment of the demo on the clock of Jakarta, never after now."""
    told = datetime.datetime.combine(on, datetime.time(hour, minute), tzinfo=WIB)
    return min(told, _LOADED_AT)


# Where the portal refuses to write when its clock went back.
_CLOCK_ASKED = ("boards.chain", "ledger.services.vouchers", "ledger.services.closing")


@contextmanager
def clock_at(at: datetime.datetime):
    """Let every "now" inside be `at`, so that the log tells the story's own time.

    What is planned was planned by now: no row of the log lies ahead of the clock.
    """
    at = min(at, datetime.datetime.now(datetime.UTC))
    now = patch("django.utils.timezone.now", return_value=at.astimezone(datetime.UTC))
    # The story goes back in time with each board, which the portal refuses for real.
    with ExitStack() as back:
        back.enter_context(now)
        for place in _CLOCK_ASKED:
            back.enter_context(patch(f"{place}.check_clock"))
        yield at
