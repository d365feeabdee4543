"""Home of an office over a region: tasks, figures, who reported, summaries."""

from collections import Counter

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from activities.models import ActivityReport
from activities.states import words_for
from boards.models import Board
from boards.roles import Permission, Role
from common.words import MONTHS as MONTH_NAMES
from common.words import format_date_short, join_unit, weekday_name
from deliberations.follow_ups import late_boards
from deliberations.models import Meeting
from members.models import Term
from reports.board_home import Figure
from reports.board_tasks import Task
from reports.charts import Stack, stack
from reports.duties import DutyState
from reports.region_desk import REPORTED, Desk, Row
from reports.reminders import left_words, steps_of
from reports.summaries import KEPT_DAYS, running_summary, summaries_of
from reports.summary_forms import SummaryForm

TASKS_SHOWN = 8
ANSWERED_SHOWN = 5
SUMMARIES_SHOWN = 4


def region_context(desk: Desk) -> dict:
    """Everything `region_home.html` shows, by what the person may see."""
    reviews = Permission.REVIEW_REPORTS in desk.rights
    tasks = _review_tasks(desk) if reviews else []
    tasks += _office_tasks(desk)
    tasks += _promise_tasks(desk)
    figures = _figures(desk)
    context = {
        "now": timezone.now(),
        "today": desk.today,
        "reviews": reviews,
        "waiting": len(desk.waiting),
        "tasks": tasks[:TASKS_SHOWN],
        "more": len(tasks) - TASKS_SHOWN,
        "figures": figures,
        "columns": max(3, len(figures)),
        "next": _next_meeting(desk) if reviews else None,
        "answered": _answered(desk) if reviews else [],
        "matrix": None,
        "summaries": None,
    }
    if Permission.VIEW_ACTIVITIES in desk.rights and not reviews:
        context["matrix"] = _matrix(desk)
        context |= _punctuality(desk)
    if Permission.VIEW_SUMMARIES in desk.rights:
        context |= _summaries(desk)
    return context


def _review_tasks(desk: Desk) -> list[Task]:
    """One row a report, with its working day."""
    return [
        Task(
            f"Periksa laporan {report.period_name}, {report.activity.title}",
            reverse("activities:review_page", args=[desk.region.code, report.pk]),
            f"{report.board} · {report.clock.words}.",
            "bad" if report.clock.is_late else "warn",
            "Lewat batas"
            if report.clock.is_late
            else f"Hari ke-{report.clock.day} dari {report.clock.limit}",
        )
        for report in desk.waiting
    ]


def _promise_tasks(desk: Desk) -> list[Task]:
    """One row for the LKM whose promises are past their day."""
    if Permission.VIEW_MEETINGS not in desk.rights:
        return []
    late = list(late_boards(desk.region.code, on=desk.today).order_by("name", "pk"))
    if not late:
        return []
    names = ", ".join(str(board) for board in late[:3])
    more = f" dan {len(late) - 3} lain" if len(late) > 3 else ""
    promises = sum(board.late for board in late)
    return [
        Task(
            f"Ingatkan {join_unit(len(late), 'LKM')} tentang tindak lanjutnya",
            reverse("deliberations:late_list", args=[desk.region.code]),
            f"{names}{more}.",
            "warn",
            f"{promises} lewat tenggat",
        )
    ]


def _office_tasks(desk: Desk) -> list[Task]:
    """What kecamatan, Dinas and Admin Dinas have to pursue."""
    tasks: list[Task] = []
    if Permission.MANAGE_BOARDS in desk.rights:
        tasks += _admin_tasks(desk)
    if Permission.VIEW_SUMMARIES in desk.rights:
        tasks += _silent_tasks(desk)
        tasks += _slow_tasks(desk)
    if Permission.VIEW_ACTIVITIES in desk.rights:
        tasks += _term_tasks(desk)
    return tasks


def _silent_tasks(desk: Desk) -> list[Task]:
    silent = desk.standing_in(REPORTED["belum"])
    if not silent:
        return []
    twice = sum(row.owes_twice for row in silent)
    names = ", ".join(str(row.board) for row in silent[:3])
    more = f" dan {len(silent) - 3} lain" if len(silent) > 3 else ""
    return [
        Task(
            f"Ingatkan {join_unit(len(silent), 'LKM')} yang belum lapor"
            f" {desk.last_month.label}",
            f"{_home(desk)}?lapor=belum#mx",
            f"{names}{more}.",
            "bad" if twice else "warn",
            f"{twice} LKM dua bulan" if twice else "Belum lapor",
        )
    ]


def _slow_tasks(desk: Desk) -> list[Task]:
    late = desk.resting("lewat")
    if not late:
        return []
    first = late[0]
    return [
        Task(
            f"Tanyakan {join_unit(len(late), 'laporan')} yang lewat batas pemeriksaan",
            f"{_home(desk)}?lapor=lewat#mx",
            f"Yang tertua: {first.board}, {first.clock.words}.",
            "warn",
            "Di kelurahan",
        )
    ]


def _term_tasks(desk: Desk) -> list[Task]:
    """LKM whose last term ends soon, by their own reminders, or is over."""
    last = (
        Term.objects.filter(board__in=[board.pk for board in desk.boards])
        .order_by()
        .values_list("board")
        .annotate(last=Max("ends_on"))
    )
    ends, steps = dict(last), steps_of(desk.boards, on=desk.today)
    found = sorted(
        ((ends[board.pk] - desk.today).days, board.pk, board)
        for board in desk.boards
        if board.pk in ends
    )
    ending = [(left, board) for left, key, board in found if steps[key].urgency(left)]
    if not ending:
        return []
    nearest, board = ending[0]
    named = ", ".join(
        f"{board} {format_date_short(ends[board.pk])}" for _, board in ending[:3]
    )
    more = f" dan {len(ending) - 3} lain" if len(ending) > 3 else ""
    return [
        Task(
            f"Siapkan surat pemilihan anggota bagi {join_unit(len(ending), 'LKM')}",
            reverse("boards:board_list", args=[desk.region.code]),
            f"Masa bakti berakhir: {named}{more}.",
            steps[board.pk].urgency(nearest),
            left_words(nearest),
        )
    ]


def _admin_tasks(desk: Desk) -> list[Task]:
    """LKM that nobody writes for."""
    led = Board.objects.filter(
        pk__in=[board.pk for board in desk.boards],
        assignments__role=Role.SECRETARY,
        assignments__ended_at=None,
    ).values_list("pk", flat=True)
    orphans = [board for board in desk.boards if board.pk not in set(led)]
    return [
        Task(
            f"Beri akun kepada sekretaris {board}",
            reverse("boards:board_page", args=[board.slug]),
            board.place,
            "warn",
            "Tanpa sekretaris",
        )
        for board in orphans
    ]


def _home(desk: Desk) -> str:
    return reverse("reports:region_home", args=[desk.region.code])


def _figures(desk: Desk) -> list[Figure]:
    """At most five numbers as of now; each link shows exactly its rows."""
    boards = Figure(
        len(desk.boards) + desk.closed,
        "LKM di wilayah ini",
        reverse("boards:board_list", args=[desk.region.code]),
        f"{desk.closed} sudah ditutup" if desk.closed else "semua aktif",
    )
    if Permission.VIEW_ACTIVITIES not in desk.rights:
        return [boards]
    if Permission.REVIEW_REPORTS in desk.rights:
        late = len(desk.resting("lewat"))
        url = reverse("activities:review_list", args=[desk.region.code])
        note = f"{late} lewat batas" if late else "semua dalam batas"
        return [
            Figure(
                len(desk.waiting), "Laporan perlu diperiksa", url, note, hot=bool(late)
            ),
            boards,
        ]
    return [*_reporting_figures(desk), boards]


def _reporting_figures(desk: Desk) -> list[Figure]:
    month, home = desk.last_month.label.split()[0], _home(desk)
    due = [row for row in desk.rows if row.last.standing != DutyState.NOT_DUE]
    told = desk.standing_in(REPORTED["sudah"])
    silent = [row for row in due if row.last.standing.is_open]
    twice = sum(row.owes_twice for row in silent)
    resting = desk.resting_boards("diperiksa")
    return [
        Figure(
            len(told),
            f"LKM lapor {month}",
            f"{home}?lapor=sudah#mx",
            f"dari {len(due)} yang wajib lapor",
        ),
        Figure(
            len(silent),
            f"Belum lapor {month}",
            f"{home}?lapor=belum#mx",
            f"{twice} sudah dua bulan berturut-turut" if twice else "",
            hot=bool(twice),
        ),
        Figure(
            len(resting),
            "LKM menunggu kelurahan",
            f"{home}?lapor=diperiksa#mx",
            join_unit(len(desk.waiting), "laporan"),
        ),
    ]


def _next_meeting(desk: Desk) -> dict | None:
    """The next planned meeting of an LKM of the region."""
    coming = Meeting.objects.filter(
        board__in=[board.pk for board in desk.boards], held_on__gte=desk.today
    ).exclude(state=Meeting.State.RATIFIED)
    meeting = coming.select_related("board").order_by("held_on", "pk").first()
    if meeting is None:
        return None
    return {
        "meeting": meeting,
        "month": MONTH_NAMES[meeting.held_on.month - 1][:3],
        "weekday": weekday_name(meeting.held_on),
        "note": str(meeting.board),
        "url": "",
    }


def _answered(desk: Desk) -> list[ActivityReport]:
    """Reports that were answered last."""
    answered = ActivityReport.objects.filter(
        board__in=[board.pk for board in desk.boards],
        state__in=(ActivityReport.State.RETURNED, ActivityReport.State.APPROVED),
    )
    rows = list(
        answered.select_related("activity", "board").order_by("-state_since", "-pk")[
            :ANSWERED_SHOWN
        ]
    )
    for row in rows:
        row.words = words_for(row, reviewer=True)
        row.local_since = row.board.local(row.state_since)
    return rows


def _matrix(desk: Desk) -> dict:
    shown = desk.shown()
    return {
        "months": [month.label.split()[0][:3] for month in desk.months],
        "rows": [_matrix_row(row) for row in shown],
        "reports": desk.shown_reports(),
        "total": len(desk.rows),
        "districts": desk.districts,
        "district": desk.district,
        "reported": desk.reported,
        "month": desk.last_month.label,
    }


def _matrix_row(row: Row) -> dict:
    return {
        "name": row.board.name,
        "village": row.board.village,
        "url": reverse("activities:activity_list", args=[row.board.slug]),
        "cells": [
            {"word": str(cell.standing), "css": cell.standing.css} for cell in row.cells
        ],
    }


def _punctuality(desk: Desk) -> dict:
    """On time, late and missing by month: the table and the same as bars."""
    counts = [
        Counter(_timing(row.cells[place]) for row in desk.rows)
        for place in range(len(desk.months))
    ]
    table = [
        {
            "month": month.label,
            "due": sum(count[word] for word in ("on time", "late", "missing")),
            "on_time": count["on time"],
            "late": count["late"],
            "missing": count["missing"],
        }
        for month, count in zip(desk.months, counts, strict=True)
    ]
    return {"timing": table, "chart": _chart(table) if desk.rows else None}


def _timing(cell) -> str:
    if cell.standing == DutyState.NOT_DUE:
        return ""
    if cell.standing.is_open:
        return "missing"
    return "late" if cell.is_late else "on time"


def _chart(table: list[dict]) -> Stack:
    last = table[-1]
    return stack(
        [
            (row["month"][:3], (row["on_time"], row["late"], row["missing"]))
            for row in table
        ],
        says=(
            f"Batang per bulan; {last['month']}: {last['on_time']} tepat waktu,"
            f" {last['late']} terlambat, {last['missing']} belum."
        ),
    )


def _summaries(desk: Desk) -> dict:
    """Recent summaries, the form to make one, and the one being made now."""
    makes = Permission.MAKE_SUMMARIES in desk.rights
    form = SummaryForm(
        region=desk.region, districts=desk.districts, total=len(desk.rows)
    )
    return {
        "summaries": summaries_of(desk.region)[:SUMMARIES_SHOWN],
        "summary_form": form if makes else None,
        "job": running_summary(desk.user) if makes else None,
        "kept_days": KEPT_DAYS,
    }
