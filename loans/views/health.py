"""The health of the fund: five indicators on any day, each with its list."""

import datetime

from django.shortcuts import render
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from common.addresses import possible_address
from common.periods import Period
from common.reading import read_date
from common.trend import trend as trend_line
from common.words import format_decimal
from loans.arrears import class_tag
from loans.health import Health, health_on, trend
from loans.models import Loan
from loans.performance import BAND_TONES, FORMULAS, NAMES, SHORT, Band, Indicator
from loans.portfolio import LoanPosition, positions_on
from loans.rules import book_rules

BANDS = (Band.SUSPENDED, Band.MINIMUM, Band.SATISFACTORY)
_EARLIEST = datetime.date(1999, 1, 1)


def asked_day(request, board: Board) -> tuple[datetime.date, str]:
    """The day in the address, and why it was not taken; without one it is today."""
    today, text = board.today(), request.GET.get("per", "")
    if not text:
        return today, ""
    try:
        day = read_date(text[:40])
    except ValueError as unread:
        return today, str(unread)
    if not _EARLIEST <= day <= today:
        return today, "Pilih hari ini atau tanggal sebelumnya."
    return day, ""


@require_GET
@board_view(Permission.VIEW_LOANS)
def health_page(request, board):
    """LAR, PAR, CCr, ROI and RR on a day, and the last twelve months."""
    day, problem = asked_day(request, board)
    health = health_on(board, day)
    months = trend(board, day)
    context = {
        "health": health,
        "day": day,
        "problem": problem,
        "cards": [_card(health, indicator) for indicator in SHORT],
        "months": [_month(one) for one in reversed(months)],
        "charts": [_chart(health, months, indicator) for indicator in SHORT],
        "bands": [(BAND_TONES[band], band.value) for band in reversed(BANDS)],
        "names": list(SHORT.values()),
        "public_url": possible_address("transparency:fund_page", board_slug=board.slug),
    }
    return render(request, "loans/health_page.html", context)


def _card(health: Health, indicator: Indicator) -> dict:
    figure = health.figures[indicator]
    return {
        "indicator": indicator.value,
        "short": SHORT[indicator],
        "name": NAMES[indicator],
        "formula": FORMULAS[indicator],
        "figure": figure,
        "word": figure.word.capitalize(),
        "steps": [figure.band == band for band in BANDS],
        "by_book": indicator in (Indicator.CCR, Indicator.ROI),
    }


def _month(health: Health) -> dict:
    found = [health.figures[indicator] for indicator in SHORT]
    return {"end": health.on, "figures": found, "loans": health.portfolio.loans}


def _chart(health: Health, months: list[Health], indicator: Indicator) -> dict:
    """The line of an indicator, with the limits of the last day beside it."""
    found = [month.figures[indicator] for month in months]
    limits, name = health.limits[indicator], SHORT[indicator]
    days = (months[0].on, months[-1].on)
    ends = [Period.month(day.year, day.month).label for day in days]
    told = [
        f"{end} {format_decimal(figure.value, 2)} persen, {figure.word}"
        if figure.value is not None
        else f"{end} {figure.word}"
        for end, figure in zip(ends, (found[0], found[-1]), strict=True)
    ]
    chart = trend_line(
        [(figure.value, figure.tone) for figure in found],
        marks=[
            (limits.good, f"batas memuaskan {format_decimal(limits.good)}"),
            (limits.poor, f"batas penundaan {format_decimal(limits.poor)}"),
        ],
        first=ends[0],
        last=ends[-1],
        says=f"{name}: {'; '.join(told)}.",
    )
    return {"name": name, "figure": found[-1], "chart": chart}


@require_GET
@board_view(Permission.VIEW_LOANS)
def health_loans(request, board):
    """The loans that an indicator counts: all with a balance, or those at risk."""
    day, _problem = asked_day(request, board)
    risk = health_on(board, day).risk
    only = request.GET.get("hanya") == "berisiko"
    found = [
        one
        for one in positions_on(board, day)
        if one.balance > 0 and (not only or one.k >= risk)
    ]
    context = {"rows": _rows(board, day, found), "day": day, "only": only, "risk": risk}
    return render(request, "loans/health_loans.html", context)


def _rows(board: Board, day: datetime.date, found: list[LoanPosition]) -> list[dict]:
    """Positions with the loan they belong to, the furthest behind first."""
    loans = Loan.objects.filter(board=board).select_related("group")
    by_pk = loans.in_bulk([one.loan_id for one in found])
    rules = book_rules({board.pk: day})[board.pk]
    found.sort(key=lambda one: (-one.k, -one.principal_arrears, one.loan_id))
    return [
        {
            "loan": by_pk[one.loan_id],
            "at": one,
            "tag": class_tag(one.collectibility(rules)),
        }
        for one in found
    ]
