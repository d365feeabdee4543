"""Warm presses kept as child processes; none is ever forked from the portal."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from pathlib import Path

from reports.document import TAKEN, Document, RenderFailed
from reports.render_slots import Slots

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "static" / "fonts" / "paper" / "fonts.conf"
SECONDS = 60
MEGABYTES = 700
AT_ONCE = 2


class Retired(Exception):
    """The press was gone before it took the order; another can take it."""


class Press:
    """One child process: `ask` it for a paper, `close` it when done."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.wire, theirs = Pipe()
        descriptor = theirs.fileno()
        command = [sys.executable, "-m", "reports.render_worker"]
        self.process = subprocess.Popen(
            [*command, str(descriptor), str(megabytes)],
            cwd=ROOT,
            env=child_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[descriptor],
            start_new_session=True,  # Ctrl-C is for the portal; we end with it anyway
        )
        theirs.close()

    def ask(self, order: tuple[Document, str], *, until: float) -> tuple[dict, bytes]:
        """Send an order and wait; head of the answer and the bytes of the PDF.

        Raises RenderFailed `time` or `crashed`, and Retired. Whatever fails, the
        press is closed: half an answer must never meet the next order.
        """
        begun = False
        try:
            self.wire.send(order)
            begun = self._hear(until) == TAKEN
            head, content = json.loads(self._hear(until)), self._hear(until)
        except (EOFError, OSError) as error:
            status = self.close(grace=2)
            if not begun:
                raise Retired(f"press ended with {status}") from error
            raise RenderFailed("crashed", f"press ended with {status}") from error
        except BaseException:
            self.close()
            raise
        if head["last"]:
            self.close(grace=1)
        return head, content

    def _hear(self, until: float) -> bytes:
        if not self.wire.poll(max(0.0, until - time.monotonic())):
            raise RenderFailed("time")
        return self.wire.recv_bytes()

    def close(self, *, grace: float = 0) -> int:
        """End the child, after `grace` seconds to go by itself; its exit status."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(grace)
        self.process.kill()
        self.wire.close()
        return self.process.wait()


class Pool:
    """Presses of one portal process; the slots are shared by the whole machine."""

    def __init__(
        self,
        folder: Path,
        *,
        seconds: float = SECONDS,
        megabytes: int = MEGABYTES,
        at_once: int = AT_ONCE,
    ) -> None:
        (folder / "cache" / "fontconfig").mkdir(parents=True, exist_ok=True)
        self.folder, self.seconds, self.megabytes = folder, seconds, megabytes
        self.slots = Slots(folder, at_once)
        self.at_once = at_once
        self.idle: list[Press] = []
        self.guard = threading.Lock()

    def print_paper(
        self,
        document: Document,
        *,
        target: str = "",
        patience: float | None = None,
        polite: bool = False,
    ) -> tuple[dict, bytes]:
        """Print one paper, or a chunk into the file `target`.

        Waits at most `patience` seconds for a slot (default: the time limit), then
        at most the time limit for the paper. Raises RenderFailed.
        """
        patience = self.seconds if patience is None else patience
        try:
            with self.slot(patience, polite=polite):
                head, content = self._ask((document, target))
        except TimeoutError as error:
            raise RenderFailed("busy") from error
        if "failed" in head:
            raise RenderFailed(head["failed"], head["detail"])
        return head, content

    @contextmanager
    def slot(self, patience: float, *, polite: bool) -> Iterator[None]:
        """Hold one of the machine's slots, for a paper or for a merge."""
        until = time.monotonic() + patience
        with self.slots.taken(until=until, polite=polite):
            yield

    def warm_up(self) -> None:
        """Start a press in advance; returns at once."""
        with self.guard:
            if not self.idle:
                self.idle.append(Press(self.folder, self.megabytes))

    def close(self) -> None:
        """End all presses that wait for work."""
        with self.guard:
            presses, self.idle = self.idle, []
        for press in presses:
            press.close()

    def _ask(self, order: tuple[Document, str]) -> tuple[dict, bytes]:
        while press := self._waiting_press():
            with suppress(Retired):
                return self._answer(press, order)
        try:
            return self._answer(Press(self.folder, self.megabytes), order)
        except Retired as error:
            raise RenderFailed("crashed", f"no press starts: {error}") from error

    def _answer(self, press: Press, order: tuple[Document, str]) -> tuple[dict, bytes]:
        answer = press.ask(order, until=time.monotonic() + self.seconds)
        if not press.wire.closed:
            with self.guard:
                self.idle.append(press)
        return answer

    def _waiting_press(self) -> Press | None:
        with self.guard:
            return self.idle.pop() if self.idle else None


def child_environment(folder: Path) -> dict[str, str]:
    """What a press may know: our fonts and a cache, no secret of the portal."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "FONTCONFIG_FILE": str(FONTS),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "TMPDIR": str(folder),
    }


@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """A folder for the chunks of one matrix; leftovers of the dead are swept."""
    for left in folder.glob("chunks-*"):
        owner = int(left.name.split("-")[1])
        if not Path(f"/proc/{owner}").exists():
            shutil.rmtree(left, ignore_errors=True)
    prefix = f"chunks-{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, dir=folder) as name:
        yield Path(name)
