"""Untrusted files are read in a process with limits, forked from one that is warm."""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from common.reader_host import STATUS_BYTES

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {  # no secrets; XML is read by defusedxml, not by lxml
    "PATH": os.defpath,
    "OPENPYXL_LXML": "False",
    "PYTHONUTF8": "1",
}


class ReaderFailed(Exception):
    """The reader gave no answer; `reason` is "time", "memory" or "crashed"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class _Host:
    """The warm process of one portal process, and the socket to it."""

    process: subprocess.Popen
    control: socket.socket
    owner: int

    def is_ours(self) -> bool:
        """Is it alive, and not the one of a process that we were forked from?"""
        return self.owner == os.getpid() and self.process.poll() is None


_host: _Host | None = None
_guard = threading.Lock()


def read_apart(module: str, data: bytes, argument: str, *, seconds: float) -> dict:
    """What `module.answer(data, argument)` says as JSON, asked in a process of its own.

    The module names its limits (`MEMORY_BYTES`, `CPU_SECONDS`) and knows no Django.
    Raises ReaderFailed; the process is gone then.
    """
    report, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with (
        report,
        theirs,
        os.fdopen(os.memfd_create("source"), "w+b") as source,
        os.fdopen(os.memfd_create("target"), "w+b") as target,
    ):
        source.write(data)
        source.flush()
        source.seek(0)
        _order(f"{module} {argument}", source, target, theirs)
        theirs.close()
        report.settimeout(seconds)
        try:
            status = report.recv(STATUS_BYTES)
        except TimeoutError as late:
            raise ReaderFailed("time") from late
        _judge(int.from_bytes(status, "big", signed=True) if status else 1)
        target.seek(0)  # the reader wrote through the same place
        return json.load(target)


def _judge(status: int) -> None:
    """Say why a status other than 0 came: ended by itself, or by a limit."""
    if status < 0:
        reason = "time" if status == -signal.SIGXCPU else "memory"
        raise ReaderFailed(reason)
    if status:
        raise ReaderFailed("crashed")


def _order(text: str, source: BinaryIO, target: BinaryIO, report) -> None:
    """Give the order to the host; a host that died is replaced once."""
    files = [source.fileno(), target.fileno(), report.fileno()]
    try:
        socket.send_fds(_living_host().control, [text.encode()], files)
    except OSError:
        socket.send_fds(_living_host().control, [text.encode()], files)


def _living_host() -> _Host:
    global _host
    with _guard:
        if _host and not _host.is_ours():
            _host.control.close()
            _host = None
        _host = _host or _start()
        return _host


def _start() -> _Host:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "common.reader_host", str(theirs.fileno())],
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # it ends with our end of the socket
        )
    return _Host(process, ours, os.getpid())


@atexit.register
def close_host() -> None:
    """End the warm process; the next file starts another."""
    global _host
    with _guard:
        host, _host = _host, None
    if host and host.owner == os.getpid():
        host.control.close()
        with suppress(subprocess.TimeoutExpired):
            host.process.wait(2)
        host.process.kill()
        host.process.wait()
