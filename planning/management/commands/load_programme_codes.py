"""Load the programme codes that come with the portal, for a budget year."""

from django.core.management.base import BaseCommand, CommandError

from common.errors import RuleViolation
from planning.services import load_programme_codes


class Command(BaseCommand):
    """See the module's docstring."""

    help = "Memuat kode program bawaan portal untuk satu tahun anggaran atau lebih."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, nargs="+", required=True)

    def handle(self, *args, year, verbosity, **options):
        for one in year:
            try:
                rows = load_programme_codes(one)
            except RuleViolation as violation:
                raise CommandError(str(violation)) from violation
            if verbosity:
                self.stdout.write(f"{one}: {rows} kode program")
