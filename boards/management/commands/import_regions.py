"""Load the Kemendagri list of places that comes with the portal."""

import time

from django.core.management.base import BaseCommand, CommandError

from boards.regions import import_regions


class Command(BaseCommand):
    """See the module's docstring; nothing is fetched from anywhere."""

    help = "Memuat daftar wilayah Kemendagri; --only memuat satu bagian saja."

    def add_arguments(self, parser):
        parser.add_argument("--only", default="", metavar="KODE", help="contoh 35.20")

    def handle(self, *args, only, verbosity, **options):
        began = time.monotonic()
        try:
            done = import_regions(only=only)
        except ValueError as unknown:
            raise CommandError(f"Kode wilayah {only} tidak ada di daftar.") from unknown
        if verbosity:
            self.stdout.write(
                f"{done.read} wilayah dibaca, {done.added} baru, "
                f"{done.changed} berubah, {time.monotonic() - began:.1f} detik"
            )
