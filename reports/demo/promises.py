"""What becomes of the promises of the demo: done with evidence, or with words alone."""

import datetime
from decimal import Decimal

from boards.files import put_bytes
from boards.uploads import PhotoFacts
from deliberations.models import ActionItem, Meeting
from deliberations.services.actions import Evidence, move_action
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office
from reports.demo.pictures import draw_photo

# Every so manieth one is shown by a photo.
PHOTO_EVERY = 9


def close_old_actions(office: Office, *, today: datetime.date) -> None:
    """What was promised long ago is done; the last months stay open.

    Some are shown by a photo, every second one by the minutes in which it was reported,
    the others by words alone.
    """
    edge = today - datetime.timedelta(75)
    old = ActionItem.objects.filter(board=office.board, due_on__lt=edge)
    for place, action in enumerate(old.open().order_by("pk")):
        day = min(action.due_on, today)
        with clock_at(moment(day, 10)) as at:
            move_action(
                action,
                status="done",
                evidence=_shown(office, at, day, place),
                seen_revision=action.revision,
                on=day,
                by=office.secretary,
            )


def _shown(
    office: Office, at: datetime.datetime, day: datetime.date, place: int
) -> Evidence:
    if place % PHOTO_EVERY == PHOTO_EVERY - 1:
        facts = PhotoFacts(at, Decimal("-7.6514"), Decimal("111.334"))
        read = draw_photo(f"{office.board.code}-{place}", 100, facts, "bukti")
        return Evidence(file=read.photo, digest=put_bytes(read.photo.data))
    told = Meeting.objects.ratified().filter(board=office.board, held_on__lt=day)
    last = told.order_by("held_on").last()
    if place % 2 or last is None:
        return Evidence("Dilaporkan lisan, tanpa foto")
    return Evidence("Dilaporkan di rapat", number=last.minutes_number)
