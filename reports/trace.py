"""Benang merah: from the meeting to the report and back, by foreign keys alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from activities.models import Activity, ActivityReport
from boards.models import Board
from common.money import format_rupiah
from common.words import format_date, format_decimal, join_unit
from deliberations.models import AgendaItem, Decision, ProposedItem
from planning.models import PlanItem
from reports.models import IssuedReport, SummarisedReport

HERE, AWAITED = "on", "todo"
REPORTS_SHOWN = 6


@dataclass(frozen=True)
class Knot:
    """One record on the thread, as `components/thread.html` reads it."""

    kind: str
    title: str
    url: str = ""
    value: str = ""
    note: str = ""
    state: str = ""


def thread_of_decision(decision: Decision) -> list[Knot]:
    """The whole thread through a decision: what it came from, what came out of it."""
    board = decision.board
    earlier, later = _family(decision)
    works = list(
        Activity.objects.filter(board=board, decision__in=[decision, *earlier, *later])
        .select_related("plan_item", "decision")
        .order_by("starts_on", "pk")
    )
    return [
        _item_knot(decision.item, board),
        *(_decision_knot(row, "Keputusan semula") for row in earlier),
        _decision_knot(decision, "Keputusan ini", state=HERE),
        *(_decision_knot(row, "Keputusan perubahan") for row in later),
        *_works_knots(works, decision),
        *_report_knots(works, board),
        *_plan_knots(works, board, proposals=[decision, *earlier, *later]),
        *_summary_knots(works),
    ]


def thread_of_activity(activity: Activity) -> list[Knot]:
    """The whole thread through an activity."""
    decision, board = activity.decision, activity.board
    earlier, later = _family(decision)
    return [
        _item_knot(decision.item, board),
        *(_decision_knot(row, "Keputusan semula") for row in earlier),
        _decision_knot(decision, "Dasar keputusan"),
        *(_decision_knot(row, "Keputusan perubahan") for row in later),
        _activity_knot(activity, "Kegiatan ini", state=HERE),
        *_report_knots([activity], board),
        *_plan_knots([activity], board),
        *_summary_knots([activity]),
    ]


def _family(decision: Decision) -> tuple[list[Decision], list[Decision]]:
    """What it amends, the oldest first, and the ratified decisions that amend it."""
    earlier, row = [], decision
    while row.amends_id:
        row = row.amends
        earlier.insert(0, row)
    later, row = [], decision
    while row := row.amendments.changing().first():
        later.append(row)
    return earlier, later


def _item_knot(item: AgendaItem, board: Board) -> Knot:
    meeting = item.meeting
    parts = [meeting.number_text] if meeting.is_ratified else ["belum disahkan"]
    if item.counted is not None:
        parts.append(
            f"{item.counted} dari {item.entitled} dihitung, perlu {item.required}"
        )
    return Knot(
        "Musyawarah",
        f"Butir {item.position}, {meeting.title} {format_date(meeting.held_on)}",
        reverse("deliberations:meeting_page", args=[board.slug, meeting.pk]),
        note=" · ".join(parts),
    )


def _decision_knot(row: Decision, kind: str, *, state: str = "") -> Knot:
    url = reverse("deliberations:decision_page", args=[row.board.slug, row.pk])
    money = format_rupiah(row.amount) if row.amount is not None else ""
    return Knot(
        kind,
        row.number_text or "belum bernomor",
        "" if state else url,
        value=" · ".join(part for part in (row.title, money) if part),
        note=f"disahkan {format_date(row.board.local(row.ratified_at).date())}"
        if row.ratified_at
        else "belum disahkan",
        state=state,
    )


def _works_knots(works: list[Activity], decision: Decision) -> Iterator[Knot]:
    for activity in works:
        yield _activity_knot(activity, "Kegiatan")
    if not works and decision.kind == Decision.Kind.ACTIVITY:
        yield Knot("Kegiatan", "Belum ada kegiatan", state=AWAITED)


def _activity_knot(activity: Activity, kind: str, *, state: str = "") -> Knot:
    url = reverse("activities:activity_page", args=[activity.board.slug, activity.pk])
    volume = join_unit(activity.volume, activity.unit)
    return Knot(
        kind,
        f"{activity.code}, {activity.title}",
        "" if state else url,
        value=f"{format_rupiah(activity.spent)} dari anggaran"
        f" {format_rupiah(activity.budget_total)}",
        note=f"{volume} · fisik {format_decimal(activity.progress)} % ·"
        f" {activity.get_state_display().lower()}",
        state=state,
    )


def _report_knots(works: Iterable[Activity], board: Board) -> Iterator[Knot]:
    """Monthly reports with their money and work days, the oldest first."""
    works = list(works)
    rows = list(
        ActivityReport.objects.filter(activity__in=works)
        .select_related("activity")
        .order_by("period_start", "pk")
    )
    for report in rows[-REPORTS_SHOWN:]:
        done = report.is_approved
        yield Knot(
            "Laporan",
            f"{report.period_name}, {report.activity.code}",
            reverse("activities:report_page", args=[board.slug, report.pk]),
            value=f"{format_rupiah(report.spent)} ·"
            f" {join_unit(report.person_days, 'HOK')}",
            note=report.number_text if done else report.get_state_display().lower(),
            state="" if done else AWAITED,
        )
    if works and not rows:
        yield Knot("Laporan", "Belum ada laporan", state=AWAITED)


def _plan_knots(
    works: Iterable[Activity], board: Board, *, proposals: Iterable[Decision] = ()
) -> Iterator[Knot]:
    """Plan items the works answer to or a proposal became; or that there is none."""
    works = list(works)
    items: dict[int, PlanItem] = {
        activity.plan_item_id: activity.plan_item
        for activity in works
        if activity.plan_item_id
    }
    asked = [row for row in proposals if row.kind == Decision.Kind.PROPOSAL]
    if asked:
        made = ProposedItem.objects.filter(decision__in=asked)
        for row in made.select_related("plan_item"):
            items[row.plan_item_id] = row.plan_item
    for item in items.values():
        yield Knot(
            "Rencana",
            f"{item.get_kind_display()} {item.year}, {item.code}",
            reverse("planning:item_list", args=[board.slug]),
            value=item.title,
            note=f"pagu {format_rupiah(item.ceiling)}",
        )
    if works and not items:
        yield Knot("Rencana", "Belum selaras dengan butir rencana", state=AWAITED)


def _summary_knots(works: Iterable[Activity]) -> Iterator[Knot]:
    """The summaries in force that count a report of the works."""
    works = list(works)
    lines = SummarisedReport.objects.filter(
        activity_report__activity__in=works,
        summary__report__state=IssuedReport.State.ISSUED,
    ).select_related("summary__report")
    found = {line.summary_id: line.summary.report for line in lines.order_by("pk")}
    for report in found.values():
        yield Knot(
            "Ringkasan Dinas",
            report.title,
            report.verify_path,
            note=f"{report.number_text}, terbit {format_date(report.dated_on)}",
        )
    if works and not found:
        yield Knot("Ringkasan Dinas", "Belum terbit", state=AWAITED)
