"""The test database: migrated once, then copied for each worker and after each mess.

Real migrations run, with every trigger they lay. The migrated database is a template:
a file on SQLite, a `CREATE DATABASE … TEMPLATE` on PostgreSQL. A test that commits gets
a fresh copy afterwards instead of a flush, which the triggers would refuse.
See docs/adr/0003-test-database-template.md.
"""

import fcntl
import gc
import hashlib
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import TransactionTestCase

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "build" / "test-templates"
KEPT_TEMPLATES = 3
COUNTING = {"django_assert_max_num_queries", "django_assert_num_queries"}
# Modules and tests are read in once and stay: nothing there to search for garbage.
gc.disable()


def pytest_collection_finish():
    """Search for garbage seldom, and not in what was read in: a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def pytest_collection_modifyitems(config, items):
    """Tests below tests/e2e are e2e; those about the other database stay out."""
    sqlite = connection.vendor == "sqlite"
    other = "postgresql_only" if sqlite else "sqlite_only"
    here, elsewhere = [], []
    for item in items:
        if "e2e" in item.path.relative_to(ROOT / "tests").parts[:-1]:
            item.add_marker("e2e")
        away = item.get_closest_marker(other) or not (sqlite or asks_a_database(item))
        (elsewhere if away else here).append(item)
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = here


def asks_a_database(item) -> bool:
    """Does the answer hang on the database? If not, SQLite alone is asked.

    So it is where none is opened, where queries are counted (Django sends as many to
    either), and where a test says so itself.
    """
    marks = {mark.name for mark in item.iter_markers()}
    if "either" in marks or COUNTING.intersection(item.fixturenames):
        return False
    asking = {"db", "transactional_db", "django_db_setup", "database_template"}
    marked = marks.intersection(("django_db", "e2e", "deep"))
    return bool(marked or asking.intersection(item.fixturenames))


def schema_fingerprint() -> str:
    """Hash of all that shapes a migrated database, so that old templates die."""
    seen = hashlib.sha256(django.__version__.encode())
    seen.update((ROOT / "requirements" / "base.txt").read_bytes())
    seen.update((ROOT / "lkm_portal" / "settings" / "base.py").read_bytes())
    for path in sorted(ROOT.glob("*/**/*.py")):
        parts = path.relative_to(ROOT).parts
        shapes = "migrations" in parts or path.name in ("apps.py", "freezing.py")
        if parts[0] in (".venv", "build", "data", "tests", "scripts"):
            continue
        if shapes or path.name.startswith(("trigger", "freezing", "fulltext")):
            seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


@contextmanager
def one_at_a_time():
    """Let one xdist worker make the template while the others wait."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate_into(name: str) -> None:
    """Run all migrations, and what follows them, in the database `name`."""
    use_database(name)
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    call_command("createcachetable", verbosity=0)
    connection.close()


def use_database(name: str) -> None:
    """Point the default connection at another database."""
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name


class SQLiteTemplate:
    """A migrated file, kept between runs, copied beside the test data."""

    def __init__(self) -> None:
        self.file = TEMPLATES / f"{schema_fingerprint()}.sqlite3"

    def make(self) -> None:
        """Migrate once; leave a single closed file without a journal beside it."""
        if self.file.exists():
            return
        draft = self.file.with_suffix(".new")
        for left in (draft, *TEMPLATES.glob(f"{draft.name}-*")):
            left.unlink(missing_ok=True)
        migrate_into(str(draft))
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        draft.rename(self.file)
        kept = sorted(
            TEMPLATES.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime
        )
        for old in kept[:-KEPT_TEMPLATES]:
            old.unlink(missing_ok=True)

    def copy(self, name: str) -> str:
        """Lay a fresh copy under `name`; the name to connect to."""
        target = Path(settings.DATA_DIR) / f"{name}.sqlite3"
        self.drop(str(target))
        shutil.copyfile(self.file, target)
        return str(target)

    def drop(self, name: str) -> None:
        """Remove a copy and its journal."""
        for tail in ("", "-wal", "-shm"):
            Path(name + tail).unlink(missing_ok=True)


class PostgreSQLTemplate:
    """A migrated database on the server of this run, copied by the server itself."""

    def __init__(self) -> None:
        self.origin = settings.DATABASES["default"]["NAME"]
        self.name = f"lkm_template_{schema_fingerprint()}"

    def run(self, *statements: str) -> list:
        """Execute outside any transaction, connected to a database of no interest."""
        before = connections["default"].settings_dict["NAME"]
        use_database(self.origin)
        rows = []
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                rows = cursor.fetchall() if cursor.description else []
        use_database(before)
        return rows

    def make(self) -> None:
        """Migrate once on this server."""
        known = f"SELECT 1 FROM pg_database WHERE datname = '{self.name}'"
        if self.run(known):
            return
        draft = f"{self.name}_new"
        self.run(f"DROP DATABASE IF EXISTS {draft}", f"CREATE DATABASE {draft}")
        migrate_into(draft)
        self.run(f"ALTER DATABASE {draft} RENAME TO {self.name}")

    def copy(self, name: str) -> str:
        """Lay a fresh copy under `name`; the name to connect to."""
        self.run(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE {self.name} STRATEGY file_copy',
        )
        return name

    def drop(self, name: str) -> None:
        """Remove a copy."""
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def worker_name() -> str:
    """Name of this process among the xdist workers and other runs on the machine."""
    return f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"


@pytest.fixture(scope="session")
def database_template(django_db_blocker):
    """The migrated template of this database engine."""
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    with django_db_blocker.unblock(), one_at_a_time():
        template = SQLiteTemplate() if sqlite else PostgreSQLTemplate()
        template.make()
    return template


@pytest.fixture(scope="session")
def django_db_setup(database_template, django_db_blocker):
    """Replace pytest-django's own creation by a copy of the template."""
    name = f"test_{worker_name()}"

    def fresh_copy(_test=None) -> None:
        for other in connections.all():
            other.close()
        with one_at_a_time():
            use_database(database_template.copy(name))

    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = fresh_copy
    with django_db_blocker.unblock():
        fresh_copy()
    yield
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        last = connections["default"].settings_dict["NAME"]
        connections["default"].close()
        database_template.drop(str(last))


@pytest.fixture(scope="module")
def module_rows(django_db_setup, django_db_blocker):
    """Room for rows that a module makes once; taken back after its last test.

    The transaction of each test lies inside. Not for modules with tests that commit.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def on_disk(settings, tmp_path):
    """A store of this test alone; gives what lies in it: the names of all files."""
    default = settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": default}
    return lambda: {file.name for file in tmp_path.glob("*/*")}
