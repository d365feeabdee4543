"""Plan items and programme codes for tests."""

import itertools

from boards.models import Board
from planning.codes import level_of
from planning.models import PlanItem, ProgrammeCode

_count = itertools.count(1)


def item(board: Board, title: str = "", **fields) -> PlanItem:
    """One plan item of 2026 with a ceiling of 10 million rupiah."""
    values = {
        "year": 2026,
        "code": "1.04.03.2.02.03",
        "title": title or f"Subkegiatan {next(_count):03d}",
        "ceiling": 10_000_000,
    }
    return PlanItem.objects.create(board=board, **{**values, **fields})


def code(code: str, name: str = "", *, year: int = 2026, region_code: str = ""):
    """One row of the programme list; without a region it is the portal's own."""
    return ProgrammeCode.objects.create(
        region_code=region_code,
        year=year,
        code=code,
        name=name or f"Nama {code}",
        level=level_of(code),
        source="Uji",
    )
