"""The LKM writes a report, mends what was returned, and sends it."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from activities.models import Activity, ActivityReport, ReportWriter, Spending
from activities.progress import ALL_BOXES, COSTS, boxes_opened_by
from activities.readiness import gaps_of, reports_before
from boards.access import assignment_in
from boards.audit import record
from boards.forms import EditConflict
from boards.models import User
from boards.roles import Permission
from common.errors import RuleViolation
from common.periods import Period

# Columns of the report that the form may write.
COLUMNS = ALL_BOXES - set(COSTS) - {"photos", "receipts"}


def open_boxes(report: ActivityReport) -> frozenset[str]:
    """Boxes the LKM may write now: all of a draft, the commented ones if returned."""
    if report.state == ActivityReport.State.DRAFT:
        return ALL_BOXES
    if report.state != ActivityReport.State.RETURNED:
        return frozenset()
    asked = report.comments.open().filter(round=report.round)
    return boxes_opened_by(asked.values_list("field", flat=True))


def name_of(report: ActivityReport) -> str:
    """The report as the log names it: "laporan September 2026 kegiatan KGT-2026-04"."""
    return f"laporan {report.period_name} kegiatan {report.activity.code}"


def box_closed(word: str) -> RuleViolation:
    """Why nothing may be written into a box that the return did not open."""
    return RuleViolation(
        f"{word} ini tidak dibuka kelurahan. Hanya isian yang ditanggapi dapat diubah.",
        code="report.box_closed",
    )


@transaction.atomic
def create_report(
    activity: Activity,
    *,
    period: Period,
    is_final: bool,
    at: datetime.datetime,
    by: User,
) -> ActivityReport:
    """Open the report of one month of a running work, as a draft.

    Carries the progress and volume of the report before. Raises RuleViolation
    `report.not_running`, `report.period`, `report.future`, `report.exists`,
    `report.too_old`, `report.after_final` or `report.final_not_last`.
    """
    current = _lock_running(activity)
    today = current.board.local(at).date()
    _judge_period(current, period, is_final=is_final, today=today)
    report = ActivityReport(
        board=current.board,
        activity=current,
        period_start=period.start,
        period_end=period.end,
        is_final=is_final,
        created_by=by,
        state_since=at,
    )
    before = reports_before(report).first()
    if before:
        report.physical_progress = before.physical_progress
        report.volume_done = before.volume_done
    report.save(force_insert=True)
    note_writer(report, by)
    record(
        "activities.report_created",
        report,
        by=by,
        says=f"membuka {name_of(report)}",
    )
    return report


def _lock_running(activity: Activity) -> Activity:
    current = (
        Activity.objects.select_for_update(of=("self",))
        .select_related("board")
        .get(pk=activity.pk)
    )
    if current.state != Activity.State.RUNNING:
        raise RuleViolation(
            "Laporan hanya untuk kegiatan yang berjalan. Mulai dulu kegiatannya.",
            code="report.not_running",
        )
    return current


def _judge_period(
    activity: Activity, period: Period, *, is_final: bool, today: datetime.date
) -> None:
    if period != Period.month(period.start.year, period.start.month):
        raise RuleViolation("Laporan meliputi satu bulan penuh.", code="report.period")
    if period.start > today:
        raise RuleViolation(
            "Bulan itu belum dimulai. Pilih bulan ini atau sebelumnya.",
            code="report.future",
        )
    if period.end < activity.started_on:
        raise RuleViolation(
            "Kegiatan belum dimulai pada bulan itu. Pilih bulan sesudahnya.",
            code="report.period",
        )
    others = activity.reports.order_by("-period_start")
    if others.filter(period_start=period.start).exists():
        raise RuleViolation(
            f"Laporan {period.label} sudah ada. Buka laporan itu.", code="report.exists"
        )
    _judge_order(others, period, is_final=is_final)


def _judge_order(others, period: Period, *, is_final: bool) -> None:
    """Refuse a month before one that was handed in, or on the wrong side of the end."""
    later = others.handed_in().filter(period_start__gt=period.start).last()
    if later:
        raise RuleViolation(
            f"Laporan {later.period_name} sudah dikirim. Masukkan pekerjaan"
            f" {period.label} ke laporan berikutnya.",
            code="report.too_old",
        )
    final = others.filter(is_final=True).first()
    if final and (is_final or period.start > final.period_start):
        raise RuleViolation(
            f"Laporan akhir sudah dibuat untuk {final.period_name}.",
            code="report.after_final",
        )
    last = others.first()
    if is_final and last and last.period_start > period.start:
        raise RuleViolation(
            f"Laporan akhir harus yang terakhir, sesudah {last.period_name}.",
            code="report.final_not_last",
        )


@transaction.atomic
def edit_report(
    report: ActivityReport,
    *,
    columns: frozenset[str] | set[str],
    spendings: Mapping[tuple[str, str], int],
    answers: Mapping[str, str] | None = None,
    seen_revision: int,
    by: User,
) -> ActivityReport:
    """Save what was written into a draft, or into the boxes a return opened.

    `report` holds the changed columns, named by `columns`; `spendings` maps (source,
    cost kind) to rupiah and replaces the rows of the cost kinds it names; `answers`
    maps commented fields to words for the kelurahan. Nothing is written when one box
    is closed.

    Raises EditConflict, RuleViolation `report.locked` or `report.box_closed`.
    """
    current = lock_editable(report)
    if current.revision != seen_revision:
        raise EditConflict(current)
    costs = {cost for _source, cost in spendings}
    if (set(columns) - COLUMNS) or (set(columns) | costs) - open_boxes(current):
        raise box_closed("Isian")
    report.spent = _replace_spendings(current, spendings, costs)
    report.revision = seen_revision + 1
    report.full_clean(exclude=["state_since"])
    report.save(update_fields=[*sorted(columns), "spent", "revision"])
    for field, answer in (answers or {}).items():
        asked = current.comments.open().filter(round=current.round, field=field)
        asked.update(answer=answer[:600])
    note_writer(current, by)
    record(
        "activities.report_changed",
        report,
        by=by,
        says=f"mengubah {name_of(current)}",
        spent=report.spent,
    )
    return report


def _replace_spendings(
    report: ActivityReport, spendings: Mapping[tuple[str, str], int], costs: set[str]
) -> int:
    """Write the rows of these cost kinds anew; rupiah of all kinds together."""
    report.spendings.filter(kind__in=costs).delete()
    Spending.objects.bulk_create(
        Spending(report=report, source=source, kind=kind, amount=amount)
        for (source, kind), amount in spendings.items()
        if amount
    )
    return sum(report.spendings.values_list("amount", flat=True))


@transaction.atomic
def send_report(
    report: ActivityReport, *, at: datetime.datetime, by: User
) -> ActivityReport:
    """Hand a complete report to the kelurahan of the board's home region.

    Copies the sender's name and post; answers to a return are settled with it. Raises
    RuleViolation `report.locked`, or the code of the first gap (activities/readiness).
    """
    current = lock_editable(report)
    gaps = gaps_of(current, today=current.board.local(at).date())
    if gaps:
        raise RuleViolation(gaps[0].text, code=gaps[0].code)
    held = assignment_in(by, current.board, Permission.SEND_REPORTS)
    again = current.state == ActivityReport.State.RETURNED
    current.comments.open().update(resolved_at=at)
    current.state, current.state_since = ActivityReport.State.SENT, at
    current.sent_at, current.sent_by = at, by
    current.sent_name, current.sent_role = str(by), held.label if held else ""
    current.revision += 1
    current.save()
    note_writer(current, by)
    record(
        "activities.report_sent",
        current,
        by=by,
        says=f"mengirim {'ulang ' if again else ''}{name_of(current)} ke kelurahan",
        spent=current.spent,
    )
    return current


def note_writer(report: ActivityReport, by: User) -> None:
    """Remember that `by` wrote into the report: somebody else will check it."""
    ReportWriter.objects.get_or_create(report=report, user=by)


def lock_editable(report: ActivityReport) -> ActivityReport:
    """The locked row, if the LKM may still write it; else `report.locked`."""
    current = lock_report(report)
    refuse_locked(current)
    return current


def refuse_locked(report: ActivityReport) -> None:
    """Raise RuleViolation `report.locked` or `report.work_ended` if it is not open."""
    refuse_after_end(report)
    if report.is_editable:
        return
    if report.is_approved:
        words = "Laporan ini sudah disetujui dan terkunci."
    else:
        words = "Laporan ini sudah dikirim. Tunggu jawaban kelurahan."
    raise RuleViolation(words, code="report.locked")


def refuse_after_end(report: ActivityReport) -> None:
    """Refuse what goes on with an unapproved report of a work that does not run."""
    if report.activity.state != Activity.State.RUNNING and not report.is_approved:
        words = report.activity.get_state_display().lower()
        raise RuleViolation(
            f"Kegiatan ini sudah {words}, laporannya tidak dilanjutkan. Catat sisa"
            " pekerjaan sebagai kegiatan baru.",
            code="report.work_ended",
        )


def lock_report(report: ActivityReport) -> ActivityReport:
    """The row under lock: the work first, then its report."""
    Activity.objects.select_for_update().get(pk=report.activity_id)
    return (
        ActivityReport.objects.select_for_update(of=("self",))
        .select_related("board", "activity")
        .get(pk=report.pk)
    )
