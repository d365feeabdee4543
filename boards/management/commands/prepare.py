"""Database, demo and static files, each only when something is to do (`make run`)."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError
from django.utils import timezone

from boards.models import Board, Region
from boards.triggers import missing_triggers


class Command(BaseCommand):
    """Make a portal ready to serve; a second time it only looks."""

    help = "Prepare database, demo and static files as far as needed."
    requires_system_checks = ()

    def add_arguments(self, parser):
        """One switch."""
        parser.add_argument(
            "--wipe", action="store_true", help="first remove everything of a demo"
        )

    def handle(self, *args, wipe, **options):
        """Do the steps in order."""
        try:
            if wipe or (settings.DEMO_MODE and self.half_loaded.exists()):
                self.wipe()
            self.migrate()
        except OperationalError as refused:
            raise CommandError(f"The database does not answer: {refused}") from refused
        self.fill()
        self.collect_static()

    @property
    def half_loaded(self) -> Path:
        """A mark that stands while the demo is being loaded: a power cut leaves it."""
        return Path(settings.DATA_DIR) / "demo.loading"

    def say(self, words: str) -> None:
        """Tell at once: the next step may take a while."""
        self.stdout.write(words)
        self.stdout.flush()

    def migrate(self) -> None:
        """Bring the database up to the code; then every trigger must be there."""
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if behind or missing_triggers():
            self.say("Preparing the database")
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
            call_command("createcachetable", verbosity=0)
        if missing := missing_triggers():
            raise CommandError(f"triggers are missing: {', '.join(missing)}")
        self.check(databases=["default"], tags=[Tags.database])

    def fill(self) -> None:
        """The demo, or for real work the list of places; once."""
        if settings.DEMO_MODE and not Board.objects.exists():
            self.say("Loading the demo")
            self.half_loaded.touch()
            call_command("seed_demo")
            self.half_loaded.unlink()
        elif not Region.objects.exists():
            self.say("Loading the list of places")
            call_command("import_regions", verbosity=0)
            this_year = timezone.localdate().year
            years = [this_year, this_year + 1]
            call_command("load_programme_codes", year=years, verbosity=0)
        call_command("rebuild_search", if_behind=True)

    def collect_static(self) -> None:
        """Copy static files under hashed names when one has changed."""
        # Packages bring static files too; they change with the lock.
        lock = settings.BASE_DIR / "requirements" / "base.txt"
        seen = hashlib.sha256(lock.read_bytes())
        for folder in settings.STATICFILES_DIRS:
            for path in sorted(Path(folder).rglob("*")):
                facts = path.stat()
                seen.update(f"{path} {facts.st_size} {facts.st_mtime_ns}".encode())
        stamp = Path(settings.DATA_DIR) / "static.stamp"
        done = stamp.exists() and stamp.read_text() == seen.hexdigest()
        if done and Path(settings.STATIC_ROOT).is_dir():
            return
        self.say("Collecting static files")
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(seen.hexdigest())

    def wipe(self) -> None:
        """Remove all rows of a demo portal."""
        if not settings.DEMO_MODE:
            raise CommandError("DEMO is off: this data is not a demo and stays.")
        self.say("Removing the demo")
        connection.close()
        if connection.vendor == "sqlite":
            name = settings.DATABASES["default"]["NAME"]
            for tail in ("", "-wal", "-shm"):
                Path(f"{name}{tail}").unlink(missing_ok=True)
            return
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
