"""A PostgreSQL server of our own for one test run: started from what is installed."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Durability costs time and this data lives for minutes.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
ROOM = "-c shared_buffers=256MB -c max_connections=60"


def find_binaries() -> Path | None:
    """Folder with initdb and pg_ctl, the newest installed version first."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: (
            int(folder.parent.name) if folder.parent.name.isdigit() else 0
        ),
        reverse=True,
    )
    on_path = shutil.which("pg_ctl")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _quietly(command: list[str]) -> None:
    """Run; on failure show what it said."""
    # PostgreSQL refuses to run as root, and wants a folder its user may enter.
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}")


@contextmanager
def temporary_server(binaries: Path) -> Iterator[str]:
    """Run a server in a folder that goes away; gives its DATABASE_URL."""
    folder = Path(tempfile.mkdtemp(prefix="lkm-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data, port = folder / "data", _free_port()
    control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-s"]
    try:
        _quietly(
            [
                *(str(binaries / "initdb"), "-D", str(data), "-U", "lkm"),
                *("--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
            ]
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} {FAST} {ROOM}"
        log = str(folder / "server.log")
        _quietly([*control, "-l", log, "-o", options, "start"])
        try:
            yield f"postgres://lkm@127.0.0.1:{port}/postgres"
        finally:
            _quietly([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
