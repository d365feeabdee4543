"""Papers to PDF: what the portal calls. The work is done by warm child processes."""

import atexit
import dataclasses
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path

from django.conf import settings

from reports.document import (
    Attachment,
    Document,
    Rendered,
    RenderFailed,
    VerifyLine,
)
from reports.render_pool import ROOT, Pool, child_environment, scratch_folder

__all__ = [
    "Attachment",
    "Document",
    "RenderFailed",
    "Rendered",
    "VerifyLine",
    "render_long",
    "render_pdf",
    "warm_up",
]
LOOK_SECONDS = 0.5  # how often a long matrix asks whether it is cancelled
QUEUE_SECONDS = 600  # a matrix gives way to letters and other matrices
POOLS: dict[tuple[int, str], Pool] = {}
GUARD = threading.Lock()


def pool() -> Pool:
    """The presses of this process; a forked child starts its own."""
    key = (os.getpid(), str(settings.DATA_DIR))
    with GUARD:
        if key not in POOLS:
            POOLS[key] = Pool(Path(settings.DATA_DIR) / "render")
        return POOLS[key]


@atexit.register
def close_presses() -> None:
    """Send home the presses of this process; those of a parent are not ours."""
    for (process, _), presses in POOLS.items():
        if process == os.getpid():
            presses.close()


def warm_up() -> None:
    """Start a press, so that the first paper of this process is not slow."""
    pool().warm_up()


def render_pdf(document: Document, *, patience: float | None = None) -> Rendered:
    """Print one paper whole; the same document always gives the same bytes.

    Tagged papers are PDF/A-3a and PDF/UA-1, others PDF/A-3b. Waits at most
    `patience` seconds for one of the two slots of this machine (default 60), then at
    most 60 seconds for the paper. Raises RenderFailed.
    """
    head, content = pool().print_paper(document, patience=patience)
    return Rendered(content, head["pages"], tuple(head["remarks"]))


def render_long(
    documents: Sequence[Document],
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Rendered:
    """Print the chunks of a long matrix side by side and join them into one paper.

    Number, verify line and identity come from the first chunk, attachments from all.
    The result is PDF/A-3b, untagged, numbered through. `progress(done, total)` and
    `cancelled()` are called in this thread, the second at least every half second.
    Raises RenderFailed, with code `cancelled` when asked to stop.
    """
    attachments = tuple(each for part in documents for each in part.attachments)
    first = dataclasses.replace(documents[0], attachments=attachments)
    rest = [dataclasses.replace(part, attachments=()) for part in documents[1:]]
    presses = pool()
    with scratch_folder(presses.folder) as folder, _start_joiner(presses) as joiner:
        parts = [(part, folder / f"{at}.pdf") for at, part in enumerate([first, *rest])]
        heads = _print_chunks(presses, parts, progress, cancelled)
        target = folder / "joined.pdf"
        _join(presses, joiner, first, [path for _, path in parts], target)
        remarks = tuple(line for head in heads for line in head["remarks"])
        pages = sum(head["pages"] for head in heads)
        return Rendered(target.read_bytes(), pages, remarks)


def _print_chunks(presses, parts, progress, cancelled) -> list[dict]:
    """Heads of all chunks, in their order; two presses work at once."""
    stop = threading.Event()
    with ThreadPoolExecutor(presses.at_once) as crew:
        futures = [crew.submit(_print_chunk, presses, *part, stop) for part in parts]
        try:
            _watch(futures, progress, cancelled)
        except BaseException:
            stop.set()
            raise
    return [future.result() for future in futures]


def _watch(futures: list[Future], progress, cancelled) -> None:
    waiting, total = set(futures), len(futures)
    while waiting:
        done, waiting = wait(waiting, LOOK_SECONDS, FIRST_COMPLETED)
        for future in done:
            future.result()
        if done:
            progress(total - len(waiting), total)
        if cancelled():
            raise RenderFailed("cancelled")


def _print_chunk(presses: Pool, part: Document, path: Path, stop) -> dict:
    """One chunk into its file; if the press dies under it, it is tried once more."""
    order = partial(presses.print_paper, part, target=str(path), polite=True)
    if stop.is_set():
        raise RenderFailed("cancelled")
    try:
        return order(patience=QUEUE_SECONDS)[0]
    except RenderFailed as failure:
        if failure.code != "crashed":
            raise
    return order(patience=QUEUE_SECONDS)[0]


def _start_joiner(presses: Pool) -> subprocess.Popen:
    """The program that joins, loading while the chunks are printed.

    It goes home without an order when its input closes.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "reports.pdf_pages", str(presses.megabytes)],
        cwd=ROOT,
        env=child_environment(presses.folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _join(
    presses: Pool,
    joiner: subprocess.Popen,
    first: Document,
    chunks: list[Path],
    target: Path,
) -> None:
    asked = {
        "chunks": [str(path) for path in chunks],
        "target": str(target),
        "number": first.number,
        "verify": dataclasses.asdict(first.verify) if first.verify else None,
    }
    try:
        with presses.slot(QUEUE_SECONDS, polite=True):
            _, said = joiner.communicate(json.dumps(asked).encode(), presses.seconds)
    except TimeoutError as error:
        raise RenderFailed("busy") from error
    except subprocess.TimeoutExpired as error:
        joiner.kill()
        raise RenderFailed("time") from error
    if joiner.returncode != 0:
        raise RenderFailed("crashed", said.decode()[-300:])
