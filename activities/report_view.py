"""What the pages about one report share: facts, steps, the table of spending."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from activities.comparison import compare, pieces_of, stage_photos, totals_until
from activities.forms.report import ReportForm
from activities.models import ActivityReport, CostKind, FieldComment
from activities.services.review import pending_comments
from activities.states import Clock, clock_of, review_limits, words_for
from boards.models import Board
from common.money import format_rupiah
from common.templatetags.portal import selisih
from common.words import format_date, format_decimal, format_time, join_unit


@dataclass(frozen=True)
class Step:
    """One knot of a report's way: done, here ("on") or not yet ("todo")."""

    title: str
    note: str
    state: str = ""
    url: str = ""
    kind: str = ""
    value: str = ""


def report_context(
    report: ActivityReport, *, on: datetime.date, reviewer: bool
) -> dict:
    """Everything a page about one report reads, for the LKM or for its reviewer."""
    board, activity = report.board, report.activity
    limit = review_limits([board.pk], on=on)[board.pk]
    clock = clock_of(report, board, on=on, limit=limit)
    asked = comments_seen(report, reviewer=reviewer)
    totals, photos = totals_until(report), stage_photos(report)
    pieces = pieces_of(report, photos, totals, board)
    return {
        "report": report,
        "activity": activity,
        "words": words_for(report, reviewer=reviewer),
        "clock": clock,
        "comparison": compare(report, asked, totals),
        "comments": asked,
        "answered": answers_seen(report),
        "total_plan": format_rupiah(activity.budget_total),
        "total_fact": format_rupiah(totals.spent),
        "total_gap": selisih(totals.spent - activity.budget_total, "rupiah"),
        "stage_photos": photos,
        "all_photos": list(report.photos.select_related("file", "thumbnail")),
        "receipts": list(report.receipts.select_related("file")),
        "pieces": pieces,
        "pieces_there": sum(piece.there for piece in pieces),
        "steps": steps_of(report, board, clock, reviewer=reviewer),
        "spendings": list(report.spendings.all()),
    }


def comments_seen(report: ActivityReport, *, reviewer: bool) -> dict:
    """Comments by field: the officer's own before a return, the LKM's after it."""
    if reviewer and report.state == ActivityReport.State.SENT:
        rows = pending_comments(report)
    elif report.state == ActivityReport.State.RETURNED:
        rows = report.comments.filter(round=report.round)
    else:
        rows = report.comments.none()
    return {row.field: row for row in rows}


def answers_seen(report: ActivityReport) -> list[FieldComment]:
    """Comments of the last return with what the LKM answered, once it is back."""
    if report.state != ActivityReport.State.SENT or not report.round:
        return []
    return list(report.comments.filter(round=report.round))


def steps_of(
    report: ActivityReport, board: Board, clock: Clock | None, *, reviewer: bool
) -> list[Step]:
    """The way of a report: sent, returned, checked, locked."""
    states = ActivityReport.State
    steps = []
    if report.sent_at:
        who = f"{report.sent_name}, {_moment(report.sent_at, board)}"
        steps.append(Step("Dikirim LKM", who))
    else:
        here = "on" if report.state == states.DRAFT else ""
        steps.append(Step("Ditulis LKM", "Belum dikirim", here))
    if report.returned_at:
        who = f"{report.returned_by}, {_moment(report.returned_at, board)}"
        here = "on" if report.state == states.RETURNED else ""
        steps.append(Step("Dikembalikan kelurahan", who, here))
    if report.state == states.APPROVED:
        who = f"{report.approved_name}, {_moment(report.approved_at, board)}"
        steps.append(Step("Disetujui kelurahan", who, "on"))
        return [*steps, Step("Masuk ringkasan Dinas", "Isi laporan terkunci.", "")]
    if report.state == states.CLOSED:
        return [*steps, Step("Ditutup", "Kegiatannya sudah berakhir.", "on")]
    who = "Anda" if reviewer else "Kelurahan"
    if clock:
        note = f"{who}, batas {clock.due_words}"
        steps.append(Step("Diperiksa kelurahan", note, "on"))
    else:
        steps.append(Step("Diperiksa kelurahan", "Sesudah dikirim", "todo"))
    after = "Sesudah Anda menyetujui" if reviewer else "Sesudah kelurahan menyetujui"
    return [*steps, Step("Dikunci dan masuk ringkasan Dinas", after, "todo")]


def spending_table(form: ReportForm) -> list[dict]:
    """Rows of boxes, one a cost kind: one box a source of money."""
    table = []
    for kind in CostKind:
        names = [f"spend_{source}_{kind}" for source in form.sources]
        boxes = form.bound(*names)
        if boxes:
            table.append({"label": kind.label, "boxes": boxes})
    return table


def check_rows(report: ActivityReport) -> list[dict]:
    """The report as a summary list with a way back to each box."""
    edit = reverse("activities:report_edit", args=[report.board.slug, report.pk])
    unit = report.activity.unit
    days = (
        f"{format_decimal(report.person_days_women)} perempuan,"
        f" {format_decimal(report.person_days_men)} laki-laki"
    )
    people = f"{report.workers_women} perempuan, {report.workers_men} laki-laki"
    progress = join_unit(format_decimal(report.physical_progress), "%")
    done = join_unit(format_decimal(report.volume_done), unit)
    photos, receipts = report.photos.count(), report.receipts.count()
    rows = (
        ("Kemajuan fisik", progress, "id_physical_progress"),
        ("Volume terpasang", done, "id_volume_done"),
        ("Pengeluaran bulan ini", format_rupiah(report.spent), "uang"),
        ("Hari kerja (HOK)", days, "id_person_days_women"),
        ("Pekerja", people, "id_workers_women"),
        ("Masalah", report.problems, "id_problems"),
        ("Tindak lanjut", report.follow_up, "id_follow_up"),
        ("Penjelasan", report.explanation, "id_explanation"),
        ("Foto", str(photos) if photos else "", "foto"),
        ("Nota", str(receipts) if receipts else "", "nota"),
    )
    return [
        {"label": label, "value": value, "url": f"{edit}#{anchor}", "link": ""}
        for label, value, anchor in rows
    ]


def _moment(at: datetime.datetime, board: Board) -> str:
    return f"{format_date(board.local(at).date())} {format_time(at, board.time_zone)}"
