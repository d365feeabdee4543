"""What the page of one work shows: money, reports, photos, what comes next."""

import datetime

from activities.models import Activity, ActivityReport, Photo
from activities.progress import wage_share, wages_differ
from activities.states import ACTIVITY_TAGS, clock_of, review_limits, words_for
from boards.models import Board
from boards.parameters import setting_of
from common.shares import percent_of

_SHOWN_PHOTOS = 12


def activity_facts(activity: Activity, *, on: datetime.date) -> dict:
    """Context of the page of one work."""
    lines = list(activity.budget_lines.all())
    costs = {line.kind: line.amount for line in lines}
    reports = report_rows(activity, on=on)
    photos = Photo.objects.filter(report__activity=activity).select_related(
        "thumbnail", "report"
    )
    return {
        "tag": ACTIVITY_TAGS[activity.state],
        "locations": list(activity.locations.all()),
        "lines": lines,
        "fundings": list(activity.fundings.all()),
        "wage_share": wage_share(costs),
        "minimum_share": setting_of(
            activity.board, "minimum_wage_share", on=activity.starts_on
        ).value,
        "wages_differ": wages_differ(
            costs.get("wages", 0), activity.person_days, activity.daily_wage
        ),
        "spent_percent": percent_of(activity.spent, activity.budget_total),
        "reports": reports,
        "has_final": any(report.is_final for report in reports),
        "photos": list(photos.order_by("-stage", "-pk")[:_SHOWN_PHOTOS]),
    }


def report_rows(activity: Activity, *, on: datetime.date) -> list[ActivityReport]:
    """The work's reports, the newest first, each with its words and clock."""
    board = activity.board
    limit = review_limits([board.pk], on=on)[board.pk]
    reports = list(activity.reports.order_by("-period_start"))
    for report in reports:
        report.words = words_for(report, reviewer=False)
        report.clock = clock_of(report, board, on=on, limit=limit)
    return reports


def map_center(board: Board) -> str:
    """Where the map of a new work opens: at the board's last known point, or ""."""
    last = (
        Activity.objects.filter(board=board, latitude__isnull=False)
        .order_by("-starts_on", "-pk")
        .first()
    )
    return f"{last.latitude},{last.longitude}" if last else ""
