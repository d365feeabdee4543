"""Reckon a figure again from a JSON document: no server, no rows."""

import json
import sys

from django.core.management.base import BaseCommand

from common.figures import LARGEST_DOCUMENT
from reports.calculations import CALCULATIONS, answer


class Command(BaseCommand):
    """See the module's docstring."""

    help = (
        "Hitung ulang dari satu dokumen JSON di masukan baku; jawabannya satu dokumen"
        f" JSON. Hitungan: {', '.join(CALCULATIONS)}."
    )
    # An auditor may have the program and no database.
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Not `choices`: an unknown name is answered as JSON too."""
        parser.add_argument("calculation")

    def handle(self, *, calculation: str, **options):
        """Status 0 with the result, 1 with the field that is wrong and why."""
        found, good = answer(calculation, _text_given())
        self.stdout.write(json.dumps(found))
        if not good:
            sys.exit(1)


def _text_given() -> str:
    """What came in; bytes that are not UTF-8 become signs that no JSON has."""
    if sys.stdin is None:  # a shell or a service closed it: nothing came in
        return ""
    given = getattr(sys.stdin, "buffer", sys.stdin).read(4 * LARGEST_DOCUMENT + 1)
    return given if isinstance(given, str) else given.decode("utf-8-sig", "replace")
