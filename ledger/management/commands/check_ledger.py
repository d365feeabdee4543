"""Check every book: status 0 when all hold, else 1 and the first break of each."""

from django.core.management.base import BaseCommand

from ledger.verification import broken_books


class Command(BaseCommand):
    """See the module's docstring."""

    help = "Periksa semua buku; status 1 bila ada yang tidak cocok."

    def handle(self, *args, **options):
        """Print the first break of each book, or that all hold."""
        found = False
        for book, says in broken_books():
            found = True
            self.stdout.write(f"TIDAK COCOK {book.board.slug}, {book}: {says}")
        if found:
            raise SystemExit(1)
        self.stdout.write("Semua buku cocok.")
