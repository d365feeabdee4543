"""Compare the loans' standings with plan and receipts: status 1 and what differs."""

from django.core.management.base import BaseCommand

from loans.services import sweep_standings
from loans.verification import broken_standings


class Command(BaseCommand):
    """See the module's docstring."""

    help = "Periksa keadaan semua pinjaman; status 1 bila ada yang tidak cocok."

    def handle(self, *args, **options):
        """Count anew what fell due, then print what differs, or that all agree."""
        sweep_standings()
        found = False
        for loan, says in broken_standings():
            found = True
            self.stdout.write(f"TIDAK COCOK {loan.board.slug}, {loan}: {says}")
        if found:
            raise SystemExit(1)
        self.stdout.write("Keadaan semua pinjaman cocok.")
