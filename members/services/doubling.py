"""Nobody sits in two bodies that must stay apart, unless the board's rule says so."""

from datetime import date

from boards.parameters import setting_of
from common.errors import RuleViolation
from common.words import format_date
from members.models import Appointment, Mandate, Person
from members.posts import BOARD, may_not_double, span_of
from members.terms import Span

RULE = "may_double"


def refuse_doubling(person: Person, body: str, span: Span, *, on: date) -> None:
    """Refuse a post in `body` (BOARD or a kind of unit) over the days of `span`.

    The board's rule as of the day `on` decides. Raises RuleViolation
    `members.doubling`. Source: governance sheet §3.1, ART of one BKM (S8).
    """
    held = _held_elsewhere(person, body, span)
    if not held:
        return
    rule = setting_of(person.board, RULE, on=on)
    if rule.value:
        return
    raise RuleViolation(
        f"{person.full_name} masih {held} pada tanggal itu, dan rangkap ini tidak"
        f" boleh. Dasarnya: {rule.source.rstrip('.')}. Akhiri dulu yang lama.",
        code="members.doubling",
    )


def _held_elsewhere(person: Person, body: str, span: Span) -> str:
    """What the person holds then in a body that must stay apart; "" if nothing."""
    if may_not_double(BOARD, body):
        for mandate in Mandate.objects.filter(person=person).select_related("term"):
            if span.meets(Span(mandate.started_on, mandate.last_day)):
                since = format_date(mandate.started_on)
                return f"{mandate.get_position_display().lower()} LKM sejak {since}"
    for row in Appointment.objects.filter(person=person).select_related("unit"):
        apart = may_not_double(row.unit.kind, body)
        if apart and span.meets(span_of(row.started_on, row.last_day)):
            return f"{row.title} sejak {format_date(row.started_on)}"
    return ""
