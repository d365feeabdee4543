"""`manage.py seed_demo`: the demo, once; `--boards 200` copies it for measuring."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from boards.indexing import rebuild_search
from boards.models import Board
from reports.demo.builder import PASSWORD, build_demo
from reports.demo.clock import WIB, clock_at
from reports.demo.copies import copy_boards
from reports.demo.papers import print_papers
from reports.demo.scans import bring_back_papers


class Command(BaseCommand):
    """Fill an empty portal with fictitious boards."""

    help = "Isi portal kosong dengan contoh: empat LKM, tiga tahun."

    def add_arguments(self, parser):
        """`--boards N`: copy the built boards until there are N."""
        parser.add_argument("--boards", type=int, default=0)

    def handle(self, *, boards: int, **options):
        """Refuse outside demo mode and on a portal that already has boards."""
        if not settings.DEMO_MODE:
            raise CommandError("Contoh hanya untuk DEMO=1.")
        if Board.objects.exists():
            self.stdout.write("Portal sudah berisi LKM; contoh tidak dimuat lagi.")
            return
        began = time.monotonic()
        built = build_demo(today=timezone.now().astimezone(WIB).date())
        # The demo loads on any computer, also where the portal will doubt its clock.
        with clock_at(timezone.now()):
            print_papers(built[0])
            bring_back_papers(built[0])
        self.stdout.write(
            f"{len(built)} LKM contoh dalam {time.monotonic() - began:.0f} detik."
            f" Kata sandi semua akun: {PASSWORD}"
        )
        if boards > len(built):
            began = time.monotonic()
            made = copy_boards(built, total=boards)
            rebuild_search()
            self.stdout.write(
                f"{made} salinan dalam {time.monotonic() - began:.0f} detik."
            )
