"""What one LKM brings to a summary of the Dinas: read once, as of one moment."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import Max, Prefetch, Q, Sum

from activities.models import (
    Activity,
    ActivityReport,
    CostKind,
    Funding,
    Source,
    Spending,
)
from boards.models import Board
from common.periods import Period
from deliberations.models import Decision, Meeting
from members.models import Mandate
from planning.models import PlanItem
from reports.duties import Duties, DutyState, OpenReport, least

NOUGHT = Decimal(0)
_RENJA = (PlanItem.Kind.RENJA_KECAMATAN, PlanItem.Kind.RENJA_DINAS)


class Told(StrEnum):
    """How an LKM reported: every LKM is in exactly one of these."""

    WHOLE = "lengkap"
    PART = "sebagian"
    NONE = "belum"
    NOT_DUE = "tidak wajib"


@dataclass(frozen=True)
class MeetingFact:
    """One ratified meeting of the period."""

    held_on: datetime.date
    title: str
    number: str
    present: int
    entitled: int
    decisions: int


@dataclass(frozen=True)
class DecisionFact:
    """One ratified decision of the period."""

    held_on: datetime.date
    number: str
    title: str
    amount: int | None


@dataclass(frozen=True)
class ReportFact:
    """One approved activity report of the period: money and work of that month."""

    pk: int
    month: Period
    activity: str
    title: str
    number: str
    approved_on: datetime.date
    spent: int
    wages: int
    women: Decimal
    men: Decimal
    progress: Decimal


@dataclass(frozen=True)
class FundingFact:
    """One activity and one source of its money: planned, and spent in the period."""

    source: str
    activity: str
    title: str
    places: str
    volume: Decimal
    unit: str
    progress: Decimal
    budget: int
    spent: int


@dataclass(frozen=True)
class PlanFact:
    """One row of the Renja that this LKM stands behind."""

    code: str
    title: str
    indicator: str
    location: str
    target: Decimal | None
    unit: str
    ceiling: int
    source: str
    note: str
    next_target: Decimal | None
    next_ceiling: int | None


@dataclass(frozen=True)
class GapFact:
    """One month that is due and not approved, and where it rests."""

    month: Period
    due_on: datetime.date
    open: tuple[OpenReport, ...]

    @property
    def waiting(self) -> tuple[OpenReport, ...]:
        """Reports that the LKM sent and the kelurahan has not answered."""
        return tuple(row for row in self.open if not row.standing.is_open)

    @property
    def is_owed(self) -> bool:
        """The LKM itself still has something to do."""
        return len(self.waiting) < len(self.open)


@dataclass(frozen=True)
class BoardFacts:
    """One LKM: a row of the table, and the annex behind it."""

    pk: int
    name: str
    village: str
    district: str
    standing: DutyState
    men: int
    women: int
    term_ends_on: datetime.date | None
    meetings: tuple[MeetingFact, ...]
    decisions: tuple[DecisionFact, ...]
    reports: tuple[ReportFact, ...]
    fundings: tuple[FundingFact, ...]
    plans: tuple[PlanFact, ...]
    gaps: tuple[GapFact, ...]
    last_report: Period | None
    unratified: int
    unaligned: int
    village_plans: int

    @property
    def told(self) -> Told:
        """How it reported; what waits for the kelurahan counts as reported."""
        if self.standing == DutyState.NOT_DUE and not self.reports:
            return Told.NOT_DUE
        if not self.owed:
            return Told.WHOLE
        return Told.PART if self.reports or self.waiting else Told.NONE

    @property
    def owed(self) -> tuple[GapFact, ...]:
        """Months for which the LKM itself still has something to do."""
        return tuple(gap for gap in self.gaps if gap.is_owed)

    @property
    def waiting(self) -> tuple[OpenReport, ...]:
        """Reports that wait for the kelurahan."""
        return tuple(row for gap in self.gaps for row in gap.waiting)

    @property
    def has_figures(self) -> bool:
        """Its works are known: something is approved, or nothing is open."""
        return bool(self.reports) or not self.gaps

    @property
    def spent(self) -> int:
        """Rupiah of the approved reports of the period."""
        return sum(report.spent for report in self.reports)

    @property
    def days_women(self) -> Decimal:
        """HOK of women."""
        return sum((report.women for report in self.reports), NOUGHT)

    @property
    def days(self) -> Decimal:
        """HOK of women and men."""
        return sum((report.women + report.men for report in self.reports), NOUGHT)

    @property
    def activities(self) -> int:
        """Activities with an approved report of the period."""
        return len({report.activity for report in self.reports})

    @property
    def open_reports(self) -> int:
        """Reports that are due or begun, and not approved."""
        return sum(len(gap.open) for gap in self.gaps)

    @property
    def ceiling(self) -> int:
        """Rupiah of its rows in the Renja."""
        return sum(plan.ceiling for plan in self.plans)


def read_board(
    board: Board,
    period: Period,
    duties: Duties,
    *,
    at: datetime.datetime,
    on: datetime.date,
) -> BoardFacts:
    """Read one LKM as of the moment `at`; `on` is that day at the Dinas.

    `duties` covers the months of the period that were over. What was ratified or
    approved after `at` is left out. About ten queries.
    """
    cells = list(zip(duties.months, duties.row(board), strict=True))
    members = _members(board, min(period.end, on))
    reports = _reports(board, period, at)
    held = Meeting.objects.filter(board=board).held_in(period)
    return BoardFacts(
        pk=board.pk,
        name=str(board),
        village=board.village,
        district=board.district,
        standing=least(cell for _, cell in cells),
        men=sum(sex == "L" for sex, _ in members),
        women=sum(sex == "P" for sex, _ in members),
        term_ends_on=max((ends for _, ends in members), default=None),
        meetings=_meetings(held, at),
        decisions=_decisions(board, period, at),
        reports=reports,
        fundings=_fundings(board, period, at),
        plans=_plans(board, period.end.year),
        gaps=_gaps(cells),
        last_report=_last_report(board, at),
        unratified=held.filter(Q(ratified_at=None) | Q(ratified_at__gt=at)).count(),
        unaligned=_unaligned(board, reports),
        village_plans=PlanItem.objects.filter(
            board=board, year=period.end.year, kind=PlanItem.Kind.RKP_DESA
        ).count(),
    )


def _members(board, on: datetime.date) -> list[tuple[str, datetime.date]]:
    """Sex and end of term of everyone who held a mandate on that day."""
    mandates = Mandate.objects.filter(board=board).held_on(on)
    return list(mandates.values_list("person__sex", "term__ends_on"))


def _gaps(cells) -> tuple[GapFact, ...]:
    return tuple(
        GapFact(month, cell.due_on, cell.open) for month, cell in cells if cell.open
    )


def _meetings(held, at) -> tuple[MeetingFact, ...]:
    rows = held.filter(ratified_at__lte=at).order_by("held_on", "pk")
    return tuple(
        MeetingFact(
            row.held_on,
            row.title,
            row.number_text,
            row.present or 0,
            row.entitled or 0,
            row.decision_count,
        )
        for row in rows
    )


def _decisions(board, period, at) -> tuple[DecisionFact, ...]:
    rows = Decision.objects.filter(board=board, ratified_at__lte=at).made_in(period)
    return tuple(
        DecisionFact(row.held_on, row.number_text, row.title, row.amount)
        for row in rows.order_by("held_on", "pk")
    )


def _approved(board, period, at):
    return (
        ActivityReport.objects.filter(board=board, approved_at__lte=at)
        .approved()
        .about(period)
    )


def _reports(board, period, at) -> tuple[ReportFact, ...]:
    wages = Sum("spendings__amount", filter=Q(spendings__kind=CostKind.WAGES))
    rows = (
        _approved(board, period, at)
        .select_related("activity")
        .annotate(wages=wages)
        .order_by("period_start", "activity__code", "pk")
    )
    return tuple(
        ReportFact(
            pk=row.pk,
            month=row.period,
            activity=row.activity.code,
            title=row.activity.title,
            number=row.number_text,
            approved_on=board.local(row.approved_at).date(),
            spent=row.spent,
            wages=row.wages or 0,
            women=row.person_days_women,
            men=row.person_days_men,
            progress=row.physical_progress,
        )
        for row in rows
    )


def _fundings(board, period, at) -> tuple[FundingFact, ...]:
    """Every source of every activity that reported, in the order of the sources."""
    approved = _approved(board, period, at)
    spent = {
        (row["report__activity"], row["source"]): row["total"]
        for row in Spending.objects.filter(report__in=approved)
        .values("report__activity", "source")
        .annotate(total=Sum("amount"))
        .order_by()
    }
    progress = dict(
        approved.order_by("period_end").values_list("activity", "physical_progress")
    )
    activities = (
        Activity.objects.filter(pk__in=progress)
        .prefetch_related("locations", Prefetch("fundings", Funding.objects.all()))
        .order_by("code")
    )
    rows = [
        row for activity in activities for row in _sources(activity, spent, progress)
    ]
    order = {source: place for place, source in enumerate(Source.values)}
    return tuple(sorted(rows, key=lambda row: order[row.source]))


def _sources(activity, spent, progress) -> Iterable[FundingFact]:
    planned = {funding.source: funding.amount for funding in activity.fundings.all()}
    used = {source for pk, source in spent if pk == activity.pk}
    places = ", ".join(str(place) for place in activity.locations.all())
    for source in sorted(planned.keys() | used):
        yield FundingFact(
            source=source,
            activity=activity.code,
            title=activity.title,
            places=places,
            volume=activity.volume,
            unit=activity.unit,
            progress=progress[activity.pk],
            budget=planned.get(source, 0),
            spent=spent.get((activity.pk, source), 0),
        )


def _plans(board, year: int) -> tuple[PlanFact, ...]:
    rows = PlanItem.objects.filter(board=board, year=year, kind__in=_RENJA)
    return tuple(
        PlanFact(
            code=row.code,
            title=row.title,
            indicator=row.indicator,
            location=row.location,
            target=row.target,
            unit=row.unit,
            ceiling=row.ceiling,
            source=row.source_of_funds,
            note=row.priority_note,
            next_target=row.next_target,
            next_ceiling=row.next_ceiling,
        )
        for row in rows.order_by("code", "title")
    )


def _last_report(board, at) -> Period | None:
    approved = ActivityReport.objects.filter(board=board, approved_at__lte=at)
    last = approved.approved().aggregate(last=Max("period_start"))["last"]
    return Period.month(last.year, last.month) if last else None


def _unaligned(board, reports) -> int:
    codes = {report.activity for report in reports}
    return Activity.objects.filter(board=board, code__in=codes).not_aligned().count()
