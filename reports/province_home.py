"""Home of a province or of the country: numbers by kabupaten/kota, no LKM named."""

import datetime
from collections import Counter

from django.db.models import Sum
from django.utils import timezone

from activities.models import ActivityReport
from boards.models import Board, Region
from common.periods import Period
from deliberations.models import Meeting
from reports.builders.summary_front import short_rupiah
from reports.duties import last_months
from reports.summaries import summaries_of

SUMMED = ("boards", "reported", "meetings", "spent")


def province_context(region: Region) -> dict:
    """Everything `province_home.html` shows; five queries, whole rupiah."""
    today = timezone.localdate()
    last = last_months(1, today=today)[0]
    rows = _rows(region, last, today=today)
    totals = {key: sum(row[key] for row in rows) for key in SUMMED}
    return {
        "rows": rows,
        "totals": totals,
        "spent": short_rupiah(totals["spent"]),
        "year": today.year,
        "month": last.label,
        "today": today,
        "issued": summaries_of(region).count(),
    }


def _rows(region: Region, last: Period, *, today: datetime.date) -> list[dict]:
    """One row a kabupaten/kota: LKM, who reported `last`, meetings and money so far."""
    year = Period.year(today.year)
    boards = Board.objects.in_region(region.code).active().order_by()
    regencies = Counter(
        code[:5] for code in boards.values_list("region_code", flat=True)
    )
    names = dict(Region.objects.filter(code__in=regencies).values_list("code", "name"))
    approved = ActivityReport.objects.filter(region_code__startswith=region.code)
    approved = approved.approved().order_by()
    spent: Counter = Counter()
    for code, total in (
        approved.about(year).values_list("region_code").annotate(total=Sum("spent"))
    ):
        spent[code[:5]] += total
    reporting = Counter(
        code[:5]
        for _, code in approved.filter(period_start=last.start)
        .values_list("board", "region_code")
        .distinct()
    )
    meetings = Meeting.objects.filter(region_code__startswith=region.code).ratified()
    held = Counter(
        code[:5]
        for code in meetings.held_in(year).values_list("region_code", flat=True)
    )
    return [
        {
            "name": Region(code=code, name=names.get(code, code)).title,
            "boards": count,
            "reported": reporting[code],
            "meetings": held[code],
            "spent": spent[code],
        }
        for code, count in sorted(regencies.items())
    ]
