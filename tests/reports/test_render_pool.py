"""The presses themselves: limits, deaths, and never more than two at once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from reports.document import Document, RenderFailed
from reports.render_pool import Pool, scratch_folder
from reports.render_slots import Slots
from tests.reports import papers

ROOT = Path(__file__).resolve().parents[2]
# Far more than any limit of these tests: minutes of layout, gigabytes of boxes.
ENDLESS = Document(html=papers.page(papers.table(0, 30_000)))
SOON = 20


@pytest.fixture
def make_pool(tmp_path):
    made = []

    def make(**limits):
        made.append(Pool(tmp_path / "render", **limits))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


def wait_for(condition):
    """Wait until `condition()` is true; its value."""
    until = time.monotonic() + SOON
    while time.monotonic() < until:
        if value := condition():
            return value
        time.sleep(0.01)
    raise AssertionError("never became true")


def children(process):
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(child) for child in found]


def is_alive(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def busy(process):
    """Whether a press has begun to work: it has used a second of processor time."""
    times = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, times)) > os.sysconf("SC_CLK_TCK") * 1.2


def test_a_press_killed_in_the_middle_fails_clearly_and_the_next_paper_prints(
    make_pool,
):
    pool = make_pool()
    pool.warm_up()
    (press,) = (press.process.pid for press in pool.idle)
    failures = []

    def print_endless():
        try:
            pool.print_paper(ENDLESS)
        except RenderFailed as failure:
            failures.append(failure)

    thread = Thread(target=print_endless)
    thread.start()
    wait_for(lambda: busy(press))
    os.kill(press, signal.SIGKILL)
    thread.join(SOON)

    assert [failure.code for failure in failures] == ["crashed"]
    assert str(failures[0]).startswith("Pencetakan terhenti di tengah jalan.")
    assert pool.print_paper(papers.letter(1))[0]["pages"] == 1


def test_a_paper_that_takes_too_long_is_stopped(make_pool):
    pool = make_pool(seconds=2)
    started = time.monotonic()

    with pytest.raises(RenderFailed) as failure:
        pool.print_paper(ENDLESS)

    assert failure.value.code == "time"
    assert time.monotonic() - started < 4
    assert pool.idle == []


@pytest.mark.deep
def test_a_paper_that_eats_memory_is_stopped(make_pool):
    pool = make_pool(megabytes=110)

    with pytest.raises(RenderFailed) as failure:
        pool.print_paper(ENDLESS)

    assert failure.value.code in ("memory", "crashed")
    assert pool.print_paper(papers.letter(1))[0]["pages"] == 1


def test_a_press_that_went_home_is_replaced_unseen(make_pool):
    pool = make_pool()
    pool.print_paper(papers.letter(1))
    (first,) = (press.process.pid for press in pool.idle)
    os.kill(first, signal.SIGTERM)
    wait_for(lambda: not is_alive(first))

    assert pool.print_paper(papers.letter(1))[0]["pages"] == 1
    assert [press.process.pid for press in pool.idle] != [first]


def test_a_press_serves_many_papers(make_pool):
    pool = make_pool()
    pool.print_paper(papers.letter(1))
    (first,) = (press.process.pid for press in pool.idle)

    pool.print_paper(papers.letter(1))

    assert [press.process.pid for press in pool.idle] == [first]


def test_no_press_outlives_a_portal_that_was_killed(tmp_path):
    portal = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from tests.reports.test_render_pool import *;"
            f"Pool(Path({str(tmp_path)!r})).print_paper(ENDLESS)",
        ],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "lkm_portal.settings.test"},
    )
    (press,) = wait_for(lambda: children(portal.pid))
    wait_for(lambda: busy(press))

    portal.kill()
    portal.wait()

    wait_for(lambda: not is_alive(press))


def test_a_press_knows_no_secret_of_the_portal(make_pool, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia-sekali")
    pool = make_pool()
    pool.print_paper(papers.letter(1))

    (press,) = (press.process.pid for press in pool.idle)

    assert b"rahasia-sekali" not in Path(f"/proc/{press}/environ").read_bytes()


def test_chunks_that_a_dead_portal_left_are_swept(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, kept = tmp_path / f"chunks-{gone.pid}-a", tmp_path / f"chunks-{os.getpid()}-b"
    left.mkdir()
    kept.mkdir()

    with scratch_folder(tmp_path) as folder:
        assert folder.is_dir()
        assert not left.exists()
        assert kept.is_dir()

    assert not folder.exists()


HOLD = """
import sys, time
from pathlib import Path
from reports.render_slots import Slots
with Slots(Path(sys.argv[1]), 2).taken(until=time.monotonic() + 5, polite=False):
    print("held", flush=True)
    time.sleep(60)
"""


def test_two_processes_leave_no_slot_for_a_third_until_one_dies(tmp_path):
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    holders = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(2)
    ]
    try:
        assert [holder.stdout.readline() for holder in holders] == [b"held\n"] * 2
        third = Slots(tmp_path, 2)
        with (
            pytest.raises(TimeoutError),
            third.taken(until=time.monotonic() + 0.2, polite=False),
        ):
            pass
        holders[0].kill()
        with third.taken(until=time.monotonic() + SOON, polite=False):
            pass
    finally:
        for holder in holders:
            holder.kill()
            holder.communicate()


def test_when_all_presses_are_taken_a_letter_says_so(make_pool):
    pool = make_pool(at_once=1)

    with pool.slot(1, polite=False), pytest.raises(RenderFailed) as failure:
        pool.print_paper(papers.letter(1), patience=0.1)

    assert failure.value.code == "busy"


def test_a_letter_goes_before_the_next_chunk_of_a_matrix(tmp_path):
    slots, order = Slots(tmp_path, 1), []

    def take(name, *, polite):
        with slots.taken(until=time.monotonic() + SOON, polite=polite):
            order.append(name)

    chunks = [
        Thread(target=take, args=(f"chunk {n}",), kwargs={"polite": True})
        for n in (1, 2, 3)
    ]
    letter = Thread(target=take, args=("letter",), kwargs={"polite": False})
    with slots.taken(until=time.monotonic() + 1, polite=True):
        for thread in (*chunks, letter):
            thread.start()
        time.sleep(0.2)
    for thread in (*chunks, letter):
        thread.join()

    assert order[0] == "letter"
    assert len(order) == 4
