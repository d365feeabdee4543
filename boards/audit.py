"""Who did what: one row per act, in the transaction of the act, chained by hash."""

import contextvars
import datetime
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import models, transaction
from django.utils import timezone

from boards.models import AuditEvent, AuditHead, Board, User


@dataclass(frozen=True)
class Caller:
    """Where a request comes from; set by the middleware, empty in commands."""

    address: str = ""
    request_id: str = ""
    role: str = ""


NOBODY = Caller()
caller: contextvars.ContextVar[Caller] = contextvars.ContextVar(
    "caller", default=NOBODY
)


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """Events inside carry this role label; the doors set it for each request."""
    token = caller.set(replace(caller.get(), role=role))
    try:
        yield
    finally:
        caller.reset(token)


def event_hash(event: AuditEvent) -> str:
    """SHA-256 over the fields of an event and the hash before it."""
    body = [
        event.owner,
        event.position,
        event.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        event.board_id,
        event.region_code,
        event.user_id,
        event.user_name,
        event.role,
        event.action,
        event.subject_label,
        event.subject_pk,
        event.subject_name,
        event.says,
        event.details,
        event.address,
        event.request_id,
        event.previous_hash,
    ]
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _scope_of(subject: models.Model) -> tuple[Board | None, str]:
    """The board (or the bare region code) under which an object is remembered."""
    if isinstance(subject, Board):
        return subject, subject.region_code
    board = getattr(subject, "board", None)
    if board:
        return board, board.region_code
    return None, getattr(subject, "region_code", "")


def record(
    action: str,
    subject: models.Model,
    *,
    by: User | None,
    says: str,
    board: Board | None = None,
    region_code: str = "",
    later: list[AuditEvent] | None = None,
    **details: str | int | None,
) -> AuditEvent:
    """Add the sentence "`by` `says`" to the log, inside the running transaction.

    `action` is `app.act_done`; `says` is Indonesian, begins with a verb and stands by
    itself: "mengesahkan notulen rapat 21 November 2026". `board` (or the bare
    `region_code`) is needed only for a subject that has none of its own. `details`
    hold before and after, never NIK, phone or address. With `later` the event is put
    there, and `record_all` adds it in the same transaction, together with others.
    """
    home, home_code = _scope_of(subject)
    board, region_code = board or home, region_code or home_code
    source = caller.get()
    event = AuditEvent(
        owner=f"b{board.pk}" if board else f"r{region_code}",
        board_id=board.pk if board else None,
        region_code=board.region_code if board else region_code,
        user_id=by.pk if by else None,
        user_name=str(by) if by else "Portal",
        role=source.role,
        action=action,
        subject_label=subject._meta.label_lower,
        subject_pk=str(subject.pk),
        subject_name=str(subject)[:200],
        says=says[:400],
        details=details,
        address=source.address,
        request_id=source.request_id,
    )
    _keep(event, later)
    return event


def _keep(event: AuditEvent, later: list[AuditEvent] | None) -> None:
    if later is None:
        record_all([event])
    else:
        later.append(event)


# Without a savepoint: an act whose sentence cannot be kept is undone as a whole.
@transaction.atomic(savepoint=False)
def record_all(events: list[AuditEvent], *, seen: AuditHead | None = None) -> None:
    """Put events of one owner at the end of its chain, in their order.

    `seen` is the end as the act read it before. Nobody else added since, so raising it
    takes its lock; otherwise, and without it, the end is locked and read first. The
    moments rise with positions either way.
    """
    owner = events[0].owner
    if seen and seen.owner == owner and _raised(seen, events):
        AuditEvent.objects.bulk_create(events)
        return
    head, _ = AuditHead.objects.select_for_update().get_or_create(owner=owner)
    _chain(head, events)
    AuditEvent.objects.bulk_create(events)
    head.save(update_fields=["position", "hash", "last_at"])


def _chain(head: AuditHead, events: list[AuditEvent]) -> None:
    """Give events their places after `head`, which then stands at the last one."""
    for event in events:
        event.position, event.previous_hash = head.position + 1, head.hash
        event.at = timezone.now()
        event.hash = event_hash(event)
        head.position, head.hash = event.position, event.hash
        # Only rises, also when the clock goes back (boards/clock.py).
        head.last_at = max(head.last_at or event.at, event.at)


def _raised(seen: AuditHead, events: list[AuditEvent]) -> bool:
    """Move the end of the chain from where it was seen; False when it moved since."""
    still = AuditHead.objects.filter(
        owner=seen.owner, position=seen.position, hash=seen.hash
    )
    _chain(seen, events)
    return bool(
        still.update(position=seen.position, hash=seen.hash, last_at=seen.last_at)
    )


def log_end_facts(board: Board) -> dict[str, models.Subquery]:
    """The end of a board's log, to be read beside the rows of an act's own query."""
    end = AuditHead.objects.filter(owner=f"b{board.pk}")
    names = ("position", "hash", "last_at")
    return {f"log_{name}": models.Subquery(end.values(name)[:1]) for name in names}


def log_end_of(board: Board, row: models.Model) -> AuditHead | None:
    """What a row read with `log_end_facts` says; None while the log is empty."""
    if row.log_position is None:
        return None
    return AuditHead(
        owner=f"b{board.pk}",
        position=row.log_position,
        hash=row.log_hash,
        last_at=row.log_last_at,
    )


def events_about(subject: models.Model) -> models.QuerySet[AuditEvent]:
    """The story of one object, newest first."""
    return AuditEvent.objects.filter(
        subject_label=subject._meta.label_lower, subject_pk=str(subject.pk)
    )


def events_of_board(board: Board) -> models.QuerySet[AuditEvent]:
    """The story of one board, newest first."""
    return AuditEvent.objects.filter(board_id=board.pk)


def first_broken_event(owner: str) -> AuditEvent | None:
    """Walk one audit chain; the first event that does not fit, or None."""
    previous = ""
    events = AuditEvent.objects.filter(owner=owner).order_by("position")
    for position, event in enumerate(events.iterator(), start=1):
        fits = event.position == position and event.previous_hash == previous
        if not fits or event.hash != event_hash(event):
            return event
        previous = event.hash
    return None
