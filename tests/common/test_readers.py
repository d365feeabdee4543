"""The warm process and its children: alone, limited, replaced, and never left over."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from common import readers

READER = "tests.common.dying_reader"
CSV = "common.sheet_worker"


def ask(text: str, seconds: float = 10):
    return readers.read_apart(READER, text.encode(), "", seconds=seconds)


def rows(data: bytes) -> list:
    return readers.read_apart(CSV, data, ".csv 5000", seconds=10)["rows"]


def children_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def gone(pid: int) -> bool:
    """Is the process gone, at the latest in five seconds?"""
    for _turn in range(100):
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


def test_a_reader_knows_no_secret_of_the_portal(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    readers.close_host()
    names = ask("environment")
    assert "SECRET_KEY" not in names
    assert {"PATH", "OPENPYXL_LXML"} <= set(names)


def test_many_at_once_each_get_their_own_answer():
    files = [f"Nama\nWarga {number}\n".encode() for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(rows, files))
    assert answers == [[[2, [f"Warga {number}"]]] for number in range(24)]


def test_a_file_larger_than_any_pipe_arrives_whole():
    lines = [f"{number:04d} {'x' * 400}" for number in range(4000)]
    read = rows("\n".join(["Nama", *lines]).encode())
    assert [cells[0] for _number, cells in read] == lines


def test_a_host_that_was_killed_is_replaced():
    assert rows(b"Nama\nSiti\n") == [[2, ["Siti"]]]
    host = readers._host.process
    os.kill(host.pid, signal.SIGKILL)
    host.wait()
    assert rows(b"Nama\nSiti\n") == [[2, ["Siti"]]]
    assert readers._host.process.pid != host.pid


def test_a_reader_whose_asker_gave_up_is_ended():
    rows(b"Nama\nSiti\n")
    host = readers._host.process.pid
    with pytest.raises(readers.ReaderFailed) as failed:
        ask("asleep", seconds=0.2)
    assert failed.value.reason == "time"
    for _turn in range(100):
        if not children_of(host):
            break
        time.sleep(0.05)
    assert not children_of(host)
    assert rows(b"Nama\nBudi\n") == [[2, ["Budi"]]]


def test_nothing_outlives_a_portal_that_was_killed():
    script = (
        "import threading, time; from common import readers as r; "
        f"ask = lambda: r.read_apart({READER!r}, b'asleep', '', seconds=60); "
        "threading.Thread(target=ask, daemon=True).start(); "
        "time.sleep(0.7); print(r._host.process.pid, flush=True); time.sleep(60)"
    )
    portal = subprocess.Popen(
        [sys.executable, "-c", script], cwd=readers.ROOT, stdout=subprocess.PIPE
    )
    host = int(portal.stdout.readline())
    (reader,) = map(int, children_of(host))
    portal.kill()
    portal.wait()
    portal.stdout.close()
    assert gone(host)
    assert gone(reader)
