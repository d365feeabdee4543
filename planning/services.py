"""Acts about plans: the code list that comes with the portal."""

import csv
from pathlib import Path

from django.db import transaction

from common.errors import RuleViolation
from planning.codes import level_of
from planning.models import FIRST_YEAR, LAST_YEAR, ProgrammeCode

SHIPPED = Path(__file__).parent / "data" / "programme_codes.csv"


def shipped_rows() -> list[dict[str, str]]:
    """Code, name and source of each shipped row."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load_programme_codes(year: int) -> int:
    """Load the shipped list for a budget year; gives the number of rows.

    Running it again renews names and adds nothing twice; rows that a regency loaded for
    itself stay as they are. Raises RuleViolation `planning.year` outside 2000–2100.
    Source: governance sheet §7.8 (Kepmendagri 050-5889/2021, 900.1.15.5-1317/2023).
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleViolation(
            f"Tahun antara {FIRST_YEAR} dan {LAST_YEAR}.", code="planning.year"
        )
    rows = [
        ProgrammeCode(
            region_code="",
            year=year,
            code=row["code"],
            name=row["name"],
            level=level_of(row["code"]),
            source=row["source"],
        )
        for row in shipped_rows()
    ]
    ProgrammeCode.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["region_code", "year", "code"],
        update_fields=["name", "level", "source"],
    )
    return len(rows)
