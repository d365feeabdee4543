"""Make the index of search anew, or only say whether it is behind."""

from django.core.management.base import BaseCommand

from boards.fulltext import lay_fulltext
from boards.indexing import behind, rebuild_search


class Command(BaseCommand):
    """See the module's docstring."""

    help = "Susun ulang isi pencarian; dengan --check hanya memeriksa (status 1)."

    def add_arguments(self, parser):
        """Two switches."""
        parser.add_argument("--check", action="store_true", help="periksa saja")
        parser.add_argument(
            "--if-behind", action="store_true", help="hanya bila ada yang kurang"
        )

    def handle(self, *args, check=False, if_behind=False, **options):
        """Compare records and entries by kind, then rebuild as far as asked."""
        late = list(behind()) if check or if_behind else []
        if check:
            self.tell(late)
            return
        if if_behind and not late:
            return
        lay_fulltext()
        self.stdout.write(f"{rebuild_search()} catatan dapat dicari.")

    def tell(self, late) -> None:
        """What is behind, and end with status 1; or that nothing is."""
        for kind, records, entries in late:
            self.stdout.write(f"TERTINGGAL {kind}: {entries} dari {records} catatan")
        if late:
            raise SystemExit(1)
        self.stdout.write("Isi pencarian lengkap.")
