"""Delete stored bytes that no row names: uploads that were never finished."""

import re
from datetime import timedelta

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from boards.models import StoredFile
from boards.staging import sweep_trays

HASH = re.compile(r"[0-9a-f]{64}")
# An upload whose row is about to be written is younger than this.
YOUNG = timedelta(days=1)


class Command(BaseCommand):
    """Run weekly; deletes only what is older than a day and named by no row."""

    help = "Hapus berkas tersimpan yang tidak dipakai catatan mana pun."

    def add_arguments(self, parser):
        """One switch: only count."""
        parser.add_argument("--dry-run", action="store_true", help="hitung saja")

    def handle(self, *args, dry_run=False, **options):
        """Walk the folders by hash and compare them with the rows."""
        named = set(StoredFile.objects.values_list("sha256", flat=True))
        swept = 0
        for folder in default_storage.listdir("")[0]:
            for name in default_storage.listdir(folder)[1]:
                path = f"{folder}/{name}"
                if self.is_orphan(name, path, named):
                    swept += 1
                    if not dry_run:
                        default_storage.delete(path)
        if not dry_run:
            sweep_trays()
        verb = "akan dihapus" if dry_run else "dihapus"
        self.stdout.write(f"{swept} berkas {verb}.")

    def is_orphan(self, name: str, path: str, named: set[str]) -> bool:
        """Ours by its name, named by no row, and not just being written."""
        ours = HASH.fullmatch(name) or name.startswith(".new-")
        if not ours or name in named:
            return False
        return timezone.now() - default_storage.get_modified_time(path) > YOUNG
