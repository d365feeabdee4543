"""From a decision to a work: plan, start, align, finish, cancel."""

import datetime
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F, Sum

from activities.models import (
    Activity,
    ActivityLocation,
    ActivityReport,
    BudgetLine,
    Funding,
)
from activities.search import index_activity
from activities.works import WORKS_TYPES
from boards.audit import record
from boards.forms import EditConflict
from boards.models import Board, User
from boards.numbers import next_in_sequence
from common.errors import RuleViolation
from common.money import format_rupiah
from common.words import format_date_short
from deliberations.models import Decision
from planning.models import PlanItem

BASES = (Decision.Kind.ACTIVITY, Decision.Kind.BUDGET)


def name_of(decision: Decision) -> str:
    """How people call a decision: by the first part of its number."""
    return f"keputusan {decision.number_text.split('/', 1)[0]}"


def decisions_for_works(board: Board):
    """Ratified decisions from which a work may start, newest first."""
    return (
        Decision.objects.filter(board=board, kind__in=BASES)
        .in_force()
        .order_by("-held_on", "-pk")
    )


def money_left(decision: Decision, *, without: Activity | None = None) -> int:
    """Rupiah of a decision that no work has taken yet.

    What works of the decisions it amends have taken counts too; a cancelled work
    counts with what was spent.
    """
    family, older = [decision.pk], decision.amends
    while older:
        family.append(older.pk)
        older = older.amends
    taken = Activity.objects.filter(decision__in=family)
    if without and without.pk:
        taken = taken.exclude(pk=without.pk)
    budgets = taken.counted().aggregate(total=Sum("budget_total"))["total"] or 0
    cancelled = taken.filter(state=Activity.State.CANCELLED)
    spent = cancelled.aggregate(total=Sum("spent"))["total"] or 0
    return (decision.amount or 0) - budgets - spent


@transaction.atomic
def create_activity(
    activity: Activity,
    *,
    lines: Mapping[str, int],
    fundings: Mapping[str, int],
    locations: Iterable[tuple[str, str]],
    on: datetime.date,
    by: User,
) -> Activity:
    """Add a planned work of a ratified decision; `activity` is a row not yet saved.

    `lines` (cost kind to rupiah) and `fundings` (source to rupiah) give the same sum,
    which may not exceed what is left of the decision. `on` names the year of the code
    (KGT-2026-04), which is an inner code and therefore given here, not at approval.

    Raises RuleViolation `activity.decision`, `activity.unit`, `activity.starts_early`,
    `activity.no_budget`, `activity.sums_differ`, `activity.over_ceiling` or
    `activity.no_location`.
    """
    # The decision is locked: two works at once may not take the same money.
    Decision.objects.select_for_update().get(pk=activity.decision_id)
    total = _judge(activity, lines, fundings)
    activity.budget_total, activity.created_by = total, by
    number = next_in_sequence(activity.board, "KGT", year=on.year)
    activity.code = f"KGT-{on.year}-{number:02d}"
    activity.full_clean()
    activity.save(force_insert=True)
    _write_parts(activity, lines, fundings, locations)
    index_activity(activity)
    record(
        "activities.activity_created",
        activity,
        by=by,
        says=f"mencatat kegiatan {activity} dari {name_of(activity.decision)}",
        budget=total,
    )
    return activity


@transaction.atomic
def edit_activity(
    activity: Activity,
    *,
    lines: Mapping[str, int],
    fundings: Mapping[str, int],
    locations: Iterable[tuple[str, str]],
    seen_revision: int,
    by: User,
) -> Activity:
    """Save a changed plan of a work that has not begun; `activity` holds the changes.

    Raises EditConflict, `activity.begun`, or what `create_activity` raises.
    """
    Decision.objects.select_for_update().get(pk=activity.decision_id)
    current = _claim(activity, seen_revision)
    if not current.is_open:
        raise RuleViolation(
            "Kegiatan sudah dimulai, rencananya terkunci.", code="activity.begun"
        )
    activity.budget_total = _judge(activity, lines, fundings)
    activity.revision = seen_revision + 1
    activity.full_clean()
    activity.save()
    for part in (activity.budget_lines, activity.fundings, activity.locations):
        part.all().delete()
    _write_parts(activity, lines, fundings, locations)
    index_activity(activity)
    record(
        "activities.activity_changed",
        activity,
        by=by,
        says=f"mengubah rencana kegiatan {activity}",
        before=current.budget_total,
        budget=activity.budget_total,
    )
    return activity


@transaction.atomic
def align_activity(
    activity: Activity, *, plan_item: PlanItem | None, seen_revision: int, by: User
) -> Activity:
    """Tie a work to a row of the plan, or untie it; allowed in every state.

    Raises EditConflict, or RuleViolation `activity.plan_item` for another board's row.
    """
    current = _claim(activity, seen_revision)
    if plan_item and plan_item.board_id != current.board_id:
        raise RuleViolation(
            "Butir rencana ini tidak ada di LKM ini.", code="activity.plan_item"
        )
    current.plan_item, current.revision = plan_item, seen_revision + 1
    current.save(update_fields=["plan_item", "revision"])
    words = f"butir {plan_item.code}" if plan_item else "tanpa butir rencana"
    record(
        "activities.activity_aligned",
        current,
        by=by,
        says=f"menyelaraskan kegiatan {current} dengan {words}",
    )
    return current


@transaction.atomic
def start_activity(
    activity: Activity, *, on: datetime.date, today: datetime.date, by: User
) -> Activity:
    """Begin the work; from now on its plan is frozen in the database.

    Raises RuleViolation `activity.not_planned`, `activity.future`,
    `activity.starts_early` or `activity.sums_differ`.
    """
    current = _lock(activity)
    if current.state != Activity.State.PLANNED:
        raise RuleViolation(
            f"Kegiatan ini sudah {current.get_state_display().lower()}.",
            code="activity.not_planned",
        )
    _refuse_future(on, today)
    if on < current.decision.held_on:
        raise _too_early(current.decision)
    _refuse_other_sums(
        current.budget_total,
        sum(current.budget_lines.values_list("amount", flat=True)),
        sum(current.fundings.values_list("amount", flat=True)),
    )
    current.state, current.started_on = Activity.State.RUNNING, on
    current.revision += 1
    current.save(update_fields=["state", "started_on", "revision"])
    record(
        "activities.activity_started",
        current,
        by=by,
        says=f"memulai kegiatan {current} pada {format_date_short(on)}",
    )
    return current


@transaction.atomic
def finish_activity(activity: Activity, *, on: datetime.date, by: User) -> Activity:
    """Close a work whose final report is approved; approval itself calls this.

    Raises RuleViolation `activity.not_running` or `activity.no_final_report`.
    """
    current = _lock(activity)
    if current.state != Activity.State.RUNNING:
        raise RuleViolation(
            "Hanya kegiatan yang berjalan dapat diselesaikan.",
            code="activity.not_running",
        )
    if not current.reports.approved().filter(is_final=True).exists():
        raise RuleViolation(
            "Kegiatan selesai begitu laporan akhirnya disetujui kelurahan.",
            code="activity.no_final_report",
        )
    current.state, current.closed_on = Activity.State.FINISHED, on
    current.revision += 1
    current.save(update_fields=["state", "closed_on", "revision"])
    record(
        "activities.activity_finished",
        current,
        by=by,
        says=f"menutup kegiatan {current} sebagai selesai",
    )
    return current


@transaction.atomic
def cancel_activity(
    activity: Activity, *, reason: str, on: datetime.date, by: User
) -> Activity:
    """Stop a work for good; its code and reports stay visible.

    Drafts and returned reports are closed with it.
    Raises RuleViolation `activity.closed`, `activity.no_reason` or
    `activity.report_waiting`.
    """
    current = _lock(activity)
    if current.state in (Activity.State.FINISHED, Activity.State.CANCELLED):
        raise RuleViolation(
            f"Kegiatan ini sudah {current.get_state_display().lower()}.",
            code="activity.closed",
        )
    if not reason.strip():
        raise RuleViolation("Tulis alasan pembatalan.", code="activity.no_reason")
    if current.reports.waiting().exists():
        raise RuleViolation(
            "Ada laporan yang menunggu pemeriksaan kelurahan. Tunggu jawabannya dulu.",
            code="activity.report_waiting",
        )
    closed = current.reports.open().update(
        state=ActivityReport.State.CLOSED, revision=F("revision") + 1
    )
    current.state, current.closed_on = Activity.State.CANCELLED, on
    current.cancel_reason = reason.strip()[:300]
    current.revision += 1
    current.save(update_fields=["state", "closed_on", "cancel_reason", "revision"])
    record(
        "activities.activity_cancelled",
        current,
        by=by,
        says=f"membatalkan kegiatan {current}: {current.cancel_reason}",
        closed_reports=closed,
    )
    return current


def count_again(activity: Activity) -> None:
    """Rebuild the caches of a locked work from its approved reports."""
    approved = activity.reports.approved()
    last = approved.order_by("-period_end").first()
    activity.progress = last.physical_progress if last else 0
    activity.reported_until = last.period_end if last else None
    activity.spent = approved.aggregate(total=Sum("spent"))["total"] or 0
    activity.save(update_fields=["progress", "reported_until", "spent"])


def _lock(activity: Activity) -> Activity:
    return (
        Activity.objects.select_for_update(of=("self",))
        .select_related("board", "decision")
        .get(pk=activity.pk)
    )


def _claim(activity: Activity, seen_revision: int) -> Activity:
    """The locked row as the database has it, if nobody saved in between."""
    current = _lock(activity)
    if current.revision != seen_revision:
        raise EditConflict(current)
    return current


def _judge(activity: Activity, lines: Mapping, fundings: Mapping) -> int:
    """The budget of a plan that keeps all rules, in rupiah."""
    decision = activity.decision
    if decision.board_id != activity.board_id or decision.ratified_at is None:
        raise RuleViolation(
            "Pilih keputusan LKM ini yang sudah disahkan.", code="activity.decision"
        )
    if decision.kind not in BASES:
        raise RuleViolation(
            "Kegiatan berangkat dari keputusan tentang kegiatan atau anggaran.",
            code="activity.decision",
        )
    works = WORKS_TYPES.get(activity.works_type)
    if works and activity.unit not in works.units:
        raise RuleViolation(
            f"Volume {works.label.lower()} dihitung dalam"
            f" {' atau '.join(works.units)}.",
            code="activity.unit",
        )
    if activity.starts_on < decision.held_on:
        raise _too_early(decision)
    return _judge_money(activity, sum(lines.values()), sum(fundings.values()))


def _judge_money(activity: Activity, planned: int, funded: int) -> int:
    decision = activity.decision
    if planned <= 0:
        raise RuleViolation(
            "Isi paling sedikit satu baris anggaran.", code="activity.no_budget"
        )
    _refuse_other_sums(planned, planned, funded)
    left = money_left(decision, without=activity)
    if planned <= left:
        return planned
    if not decision.amount:
        raise RuleViolation(
            f"{name_of(decision).capitalize()} tidak menyebut jumlah uang. Catat"
            " pagunya lewat keputusan perubahan.",
            code="activity.over_ceiling",
        )
    words = f"yaitu {format_rupiah(decision.amount)}"
    if left != decision.amount:
        words = f"tersisa {format_rupiah(max(0, left))} dari kegiatan lain"
    raise RuleViolation(
        f"Pagu {format_rupiah(planned)} melebihi {name_of(decision)}, {words}",
        code="activity.over_ceiling",
    )


def _refuse_other_sums(total: int, planned: int, funded: int) -> None:
    if not total == planned == funded:
        raise RuleViolation(
            f"Anggaran {format_rupiah(planned)} belum sama dengan sumber dana"
            f" {format_rupiah(funded)}. Samakan jumlahnya.",
            code="activity.sums_differ",
        )


def _refuse_future(on: datetime.date, today: datetime.date) -> None:
    if on > today:
        raise RuleViolation(
            f"Tanggal mulai paling akhir hari ini, {format_date_short(today)}.",
            code="activity.future",
        )


def _too_early(decision: Decision) -> RuleViolation:
    first = format_date_short(decision.held_on)
    return RuleViolation(
        f"Tanggal mulai harus {first} atau sesudahnya", code="activity.starts_early"
    )


def _write_parts(activity: Activity, lines, fundings, locations) -> None:
    """Lay down budget lines, fundings and places of a plan; zero is no row."""
    places = sorted(set(locations))
    if not places:
        raise RuleViolation(
            "Isi paling sedikit satu RT tempat pekerjaan.", code="activity.no_location"
        )
    ActivityLocation.objects.bulk_create(
        ActivityLocation(activity=activity, rt=rt, rw=rw) for rt, rw in places
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(activity=activity, kind=kind, amount=amount)
        for kind, amount in lines.items()
        if amount
    )
    Funding.objects.bulk_create(
        Funding(activity=activity, source=source, amount=amount)
        for source, amount in fundings.items()
        if amount
    )
