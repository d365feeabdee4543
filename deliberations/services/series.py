"""Meetings that come again: a series, and the drafts of its next turns."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db import transaction

from boards.audit import record
from boards.forms import EditConflict
from boards.models import Board, User
from boards.row_uses import reason_to_keep
from common.errors import RuleViolation
from deliberations.models import Meeting, MeetingSeries
from deliberations.services.meetings import create_meeting, edit_meeting
from deliberations.turns import turn_beside, turns_after

MOST_AHEAD = 6
_FACTS = ("title", "starts_at", "place")


@transaction.atomic
def create_series(board: Board, *, by: User, **facts) -> MeetingSeries:
    """Begin a series; `facts` are kind, title, week, weekday, starts_at and place.

    Raises ValidationError, RuleViolation `series.circular`.
    """
    series = MeetingSeries(board=board, **facts)
    if series.kind == Meeting.Kind.SIRKULER:
        raise RuleViolation(
            "Keputusan sirkuler tidak berkala. Pilih jenis rapat lain.",
            code="series.circular",
        )
    series.title = series.title or series.get_kind_display()
    series.full_clean()
    series.save()
    _record("series_created", series, by, "memulai")
    return series


@transaction.atomic
def edit_series(
    series: MeetingSeries, *, seen_revision: int, on: datetime.date, by: User, **changes
) -> tuple[int, int]:
    """Change name, rhythm, hour or place; drafts after `on` follow: (changed, kept).

    A draft is kept as it is once its invitation is in force, or where no free turn is
    near; what was changed on it by hand stays. Raises EditConflict when somebody saved
    after `seen_revision`, RuleViolation `series.stopped`, ValidationError.
    """
    current = MeetingSeries.objects.select_for_update().get(pk=series.pk)
    if current.revision != seen_revision:
        raise EditConflict(current)
    if current.stopped_on:
        raise RuleViolation("Rapat berkala ini sudah berhenti.", code="series.stopped")
    before = {name: getattr(current, name) for name in _FACTS}
    for name, value in changes.items():
        setattr(current, name, value)
    current.title = current.title or current.get_kind_display()
    current.revision += 1
    current.full_clean()
    current.save()
    _record("series_changed", current, by, "mengubah")
    ahead = current.meetings.filter(
        state=Meeting.State.DRAFT, returned_note="", held_on__gt=on, series_day__gt=on
    )
    taken = taken_turns([current])[current.pk]
    followed = [
        _follow(meeting, current, before, taken=taken, on=on, by=by)
        for meeting in ahead.order_by("series_day")
    ]
    return sum(followed), len(followed) - sum(followed)


def _follow(
    meeting: Meeting,
    series: MeetingSeries,
    before: dict,
    *,
    taken: set[datetime.date],
    on: datetime.date,
    by: User,
) -> bool:
    """Let one draft follow its series; False when it stays as it was called.

    Its turn is renamed in any case, so that the same month is not prepared again.
    """
    turn = turn_beside(meeting.series_day, week=series.week, weekday=series.weekday)
    is_free = turn > on and turn not in taken - {meeting.series_day}
    own_day = meeting.held_on == meeting.series_day
    if is_free:
        taken.discard(meeting.series_day)
        taken.add(turn)
        meeting.series_day = turn
        meeting.save(update_fields=["series_day"])
    if reason_to_keep(meeting) or not is_free:
        return False
    facts = {
        name: getattr(series, name)
        for name, old in before.items()
        if getattr(meeting, name) == old
    }
    if own_day:
        facts["held_on"] = turn
    edit_meeting(meeting, seen_revision=meeting.revision, by=by, **facts)
    return True


def open_turns(
    series: MeetingSeries, *, on: datetime.date, taken: Collection[datetime.date]
) -> Iterator[datetime.date]:
    """Turns of a series after `on` that are not `taken`, for ever."""
    days = turns_after(on, week=series.week, weekday=series.weekday)
    return (day for day in days if day not in taken)


def taken_turns(series: Iterable[MeetingSeries]) -> dict[int, set[datetime.date]]:
    """Turns for which a meeting is prepared, by series; one query for all of them."""
    found: dict[int, set[datetime.date]] = defaultdict(set)
    rows = Meeting.objects.filter(series__in=[row.pk for row in series])
    for pk, day in rows.values_list("series", "series_day"):
        found[pk].add(day)
    return found


@transaction.atomic
def prepare_turns(
    series: MeetingSeries, *, count: int, on: datetime.date, by: User
) -> list[Meeting]:
    """Open drafts for the next `count` turns after `on` that have none, 1 to 6.

    They begin as the kind is laid out; who leads and takes notes is as last time.
    Raises RuleViolation `series.stopped` or `series.count`.
    """
    series = MeetingSeries.objects.select_for_update().get(pk=series.pk)
    if series.stopped_on:
        raise RuleViolation("Rapat berkala ini sudah berhenti.", code="series.stopped")
    if not 1 <= count <= MOST_AHEAD:
        raise RuleViolation(
            f"Siapkan 1 sampai {MOST_AHEAD} rapat sekaligus.", code="series.count"
        )
    last = series.meetings.select_related("chair", "note_taker").first()
    officers = {"chair": last.chair, "note_taker": last.note_taker} if last else {}
    days = open_turns(series, on=on, taken=taken_turns([series])[series.pk])
    return [
        create_meeting(
            series.board,
            kind=series.kind,
            title=series.title,
            held_on=day,
            starts_at=series.starts_at,
            place=series.place,
            series=series,
            series_day=day,
            by=by,
            **officers,
        )
        for day, _ in zip(days, range(count), strict=False)
    ]


@transaction.atomic
def stop_series(series: MeetingSeries, *, on: datetime.date, by: User) -> None:
    """End a series; drafts already prepared stay. Once ended it stays ended."""
    series = MeetingSeries.objects.select_for_update().get(pk=series.pk)
    if series.stopped_on is None:
        series.stopped_on, series.revision = on, series.revision + 1
        series.save()
        _record("series_stopped", series, by, "menghentikan")


def _record(act: str, series: MeetingSeries, by: User, says: str) -> None:
    says = f"{says} rapat berkala {series.title}, {series.rhythm}"
    record(f"deliberations.{act}", series, by=by, says=says)
