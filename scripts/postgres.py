"""A PostgreSQL server of our own for one test run: started from what is installed."""

import os
import shutil
import socket
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Durability costs time and this data lives for minutes.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
WAL = "-c wal_level=minimal -c max_wal_senders=0 -c min_wal_size=32MB"
ROOM = "-c shared_buffers=256MB -c max_connections=60"
# Migrated databases are kept from run to run; see docs/adr/0003.
KEPT = Path(__file__).resolve().parent.parent / "build" / "test-templates"
TEMPLATE = "lkm_template_"


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


def _quietly(command: list[str]) -> str:
    """Run; what it said, or an error that tells it."""
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
    return done.stdout


class Server:
    """One server in a folder of its own, on a free port."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries, self.folder, self.port = binaries, folder, _free_port()
        self.data = folder / "data"
        self.url = f"postgres://lkm@127.0.0.1:{self.port}/postgres"
        # A folder made by one version is nothing to another.
        self.kept = KEPT / f"postgresql-{binaries.parent.name}.tar.gz"

    def start(self) -> None:
        """Run on what was kept, or on a new folder."""
        try:
            self._unpack()
            self._control("start")
        except (OSError, RuntimeError, tarfile.TarError):
            shutil.rmtree(self.data, ignore_errors=True)
            self._initialise()
            self._control("start")

    def stop(self, how: str) -> None:
        """Stop: `immediate`, or `fast` where the folder is still wanted."""
        self._control("stop", "-m", how)

    def made(self) -> set[str]:
        """Names of the databases that somebody made here."""
        names = set(self._ask("SELECT datname FROM pg_database").split())
        return names - {"postgres", "template0", "template1"}

    def keep(self, names: set[str]) -> None:
        """Stop, and pack these databases for the next run."""
        for other in self.made() - names:
            self._ask(f'DROP DATABASE "{other}" WITH (FORCE)')
        self.stop("fast")
        KEPT.mkdir(parents=True, exist_ok=True)
        draft = self.kept.with_suffix(f".{os.getpid()}")
        with tarfile.open(draft, "w:gz", compresslevel=1) as archive:
            archive.add(self.data, "data")
        draft.rename(self.kept)

    def _ask(self, statement: str) -> str:
        psql = str(self.binaries / "psql")
        return _quietly([psql, self.url, "-qAtX", "-c", statement])

    def _unpack(self) -> None:
        with tarfile.open(self.kept) as archive:
            # Owners and modes as they were packed: the server is strict about both.
            # Before Python 3.11.4 there was no filter, and that was so anyway.
            trusted = getattr(tarfile, "fully_trusted_filter", None)
            archive.extraction_filter = trusted
            archive.extractall(self.folder)

    def _initialise(self) -> None:
        _quietly(
            [
                *(str(self.binaries / "initdb"), "-D", str(self.data), "-U", "lkm"),
                *("--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
            ]
        )

    def _control(self, *verb: str) -> None:
        place = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        options = f"{place} {FAST} {WAL} {ROOM}"
        command = [str(self.binaries / "pg_ctl"), "-D", str(self.data), "-w", "-s"]
        log = ["-l", str(self.folder / "server.log"), "-o", options]
        _quietly([*command, *(log if verb == ("start",) else ()), *verb])


@contextmanager
def temporary_server(binaries: Path) -> Iterator[str]:
    """Run a server in a folder that goes away; gives its DATABASE_URL.

    Migrated templates that a run made are there again in the next one.
    """
    folder = Path(tempfile.mkdtemp(prefix="lkm-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = Server(binaries, folder)
    try:
        server.start()
        try:
            before = server.made()
            yield server.url
            after = server.made()
        except BaseException:
            server.stop("immediate")
            raise
        new = {name for name in after - before if name.startswith(TEMPLATE)}
        if new:
            server.keep(new)
        else:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
