"""At most two renders at once on a machine, however many processes ask."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PAUSE = 0.01  # seconds between two looks at the locks


class Slots:
    """File locks in a folder; the kernel gives a slot back when its holder dies.

    A letter that somebody waits for goes before the chunks of a long matrix: while it
    waits it holds the lock `waiting` shared, and polite callers step back.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self.paths = [folder / f"slot-{number}.lock" for number in range(count)]
        self.queue = folder / "waiting.lock"

    @contextmanager
    def taken(self, *, until: float, polite: bool) -> Iterator[None]:
        """Hold a slot; raises TimeoutError when none is free before `until`.

        `until` is a time of `time.monotonic`.
        """
        slot = self._first_free(polite)
        if slot is None:
            slot = self._wait(until, polite)
        try:
            yield
        finally:
            os.close(slot)

    def _wait(self, until: float, polite: bool) -> int:
        waiting = None if polite else _open(self.queue)
        try:
            if waiting is not None:
                _lock(waiting, fcntl.LOCK_SH)
            while time.monotonic() < until:
                time.sleep(PAUSE)
                slot = self._first_free(polite)
                if slot is not None:
                    return slot
            raise TimeoutError("no render slot")
        finally:
            if waiting is not None:
                os.close(waiting)

    def _first_free(self, polite: bool) -> int | None:
        if polite and self._somebody_waits():
            return None
        for path in self.paths:
            handle = _open(path)
            if _lock(handle, fcntl.LOCK_EX):
                return handle
            os.close(handle)
        return None

    def _somebody_waits(self) -> bool:
        handle = _open(self.queue)
        try:
            return not _lock(handle, fcntl.LOCK_EX)
        finally:
            os.close(handle)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _lock(handle: int, kind: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
        return True
    return False
