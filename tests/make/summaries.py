"""A regency with boards in every state of reporting, for summaries and home pages."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from activities.models import ActivityReport, CostKind, Source
from boards.models import Board, Region
from common.periods import Period
from members.models import Mandate
from tests.make import activities as works
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import planning as plans

REGENCY, DISTRICT = "35.20", "35.20.06"
QUARTER = Period.quarter(2026, 3)
JULY, AUGUST, SEPTEMBER = QUARTER.months()
AT = datetime.datetime(2027, 6, 1, 3, 0, tzinfo=datetime.UTC)
ON = datetime.date(2026, 11, 22)
BUDGET = "1.04.03.2.02.0003"


@dataclass(frozen=True)
class Regency:
    """The boards of one regency by how they reported the third quarter of 2026."""

    region: Region
    complete: Board
    partial: Board
    silent: Board
    idle: Board


def regency() -> Regency:
    """Four boards: all approved, a month missing, only returned, nothing due."""
    complete = make.board("35.20.06.1010", name="Berkah", village="Kelurahan Selosari")
    partial = make.board("35.20.06.1011", name="Menara", village="Kelurahan Magetan")
    silent = make.board("35.20.07.2001", name="Lestari", village="Desa Ngariboyo")
    idle = make.board("35.20.07.2002", name="Sejahtera", village="Desa Banjarejo")
    _approve(complete, QUARTER.months())
    _approve(partial, [JULY, AUGUST])
    _owe(silent)
    for board in (complete, partial, silent):
        _members(board)
    Region.objects.filter(code=REGENCY).update(name="Magetan", within="Jawa Timur")
    Region.objects.filter(code=DISTRICT).update(
        name="Magetan", within="Kabupaten Magetan, Jawa Timur"
    )
    for code, name in (
        ("1.04", "Perumahan dan Kawasan Permukiman"),
        ("1.04.03", "Program Kawasan Permukiman"),
        ("1.04.03.2.02", "Penataan dan Peningkatan Kualitas Kawasan Kumuh"),
        (BUDGET, "Pembentukan dan pembinaan kelompok swadaya masyarakat"),
    ):
        plans.code(code, name)
    plan = {"code": BUDGET, "unit": "KSM", "indicator": "Jumlah KSM yang dibina"}
    plans.item(complete, target=12, ceiling=60_000_000, next_ceiling=65_000_000, **plan)
    plans.item(partial, target=8, ceiling=40_000_000, **plan)
    region = Region.objects.get(code=REGENCY)
    return Regency(region, complete, partial, silent, idle)


def _members(board: Board) -> None:
    for place, sex in enumerate("LLLPP"):
        talks.mandate(board, talks.person(board, sex=sex), coordinator=place == 0)


def _approve(board: Board, months: list[Period]) -> None:
    work = works.running(board)
    for place, month in enumerate(months, 1):
        works.approved(
            work,
            period=month,
            physical_progress=15 * place,
            person_days_women=40,
            person_days_men=61,
            spendings={
                (Source.DANA_KELURAHAN, CostKind.WAGES): 10_000_000 + place,
                (Source.SWADAYA, CostKind.MATERIALS): 1_000_000,
            },
        )


def _owe(board: Board) -> None:
    report = works.returned(works.running(board), "progress")
    assert report.state == ActivityReport.State.RETURNED


def fade(board: Board) -> None:
    """End every mandate of a board."""
    Mandate.objects.filter(board=board).update(
        ended_on=datetime.date(2026, 1, 31), end_reason="RESIGNED"
    )


@contextmanager
def savepoint() -> Iterator[None]:
    """What fails inside does not spoil the transaction of the test."""
    with transaction.atomic():
        yield
