"""A machine that lacks something is told exactly what to type."""

import pytest

from tests.scripts.loading import load

machine = load("machine")


@pytest.fixture
def without_pango(monkeypatch):
    """A Linux machine on which one library cannot be loaded."""
    libraries = {"libpango-that-is-not-there.so.0": "libpango-1.0-0"}
    monkeypatch.setattr(machine, "LIBRARIES", libraries)
    monkeypatch.setattr(machine.sys, "platform", "linux")


def test_who_is_not_root_reads_the_line_and_status_1(
    without_pango, monkeypatch, capsys
):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)

    with pytest.raises(SystemExit) as stopped:
        machine.require_machine()

    assert stopped.value.code == 1
    line = "  sudo apt-get install -y --no-install-recommends libpango-1.0-0\n"
    assert line in capsys.readouterr().out


def test_root_installs_what_is_missing(without_pango, monkeypatch):
    ran = []

    def run(command, **more):
        ran.append(command)
        monkeypatch.setattr(machine, "LIBRARIES", {})
        return machine.subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    monkeypatch.setattr(machine.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(machine.subprocess, "run", run)

    machine.require_machine()

    assert [command[0] for command in ran] == ["apt-get", "apt-get"]
    assert ran[1][-1] == "libpango-1.0-0"


def test_a_machine_that_has_everything_is_left_alone(monkeypatch):
    monkeypatch.setattr(machine, "missing_packages", list)
    monkeypatch.setattr(machine.subprocess, "run", None)

    assert machine.require_machine() is None
