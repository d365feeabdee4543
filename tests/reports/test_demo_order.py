"""The demo tells its story in the order of its dates: numbers rise with the days."""

from datetime import date
from types import SimpleNamespace

import pytest

from boards.regions import import_regions
from deliberations.models import Decision, Meeting
from reports.demo import builder
from reports.demo.names import PLACES, REGENCY

pytestmark = [pytest.mark.django_db, pytest.mark.deep]
TODAY = date(2026, 11, 22)
NO_WORK = SimpleNamespace(reports=SimpleNamespace(exists=lambda: True))


@pytest.fixture
def board(monkeypatch):
    """The first board of the demo: its meetings, without its works."""
    import_regions(only=REGENCY)
    for name in ("run_work", "plan_work"):
        monkeypatch.setattr(builder, name, lambda *args, **kwargs: NO_WORK)
    admin = builder._offices()
    return builder._build_board(PLACES[0], 0, admin, today=TODAY)


def test_numbers_rise_with_the_dates_and_lain_lain_comes_last(board):
    ratified = Meeting.objects.filter(board=board).ratified().order_by("held_on")
    for kind in ("number", "minutes_number"):
        numbers = list(ratified.values_list(f"{kind}__year", f"{kind}__seq"))
        assert numbers == sorted(numbers)
    decisions = Decision.objects.filter(board=board).ratified()
    order = decisions.order_by("held_on", "item__position", "position")
    numbers = list(order.values_list("number__year", "number__seq"))
    assert numbers == sorted(numbers)
    assert ratified.filter(kind="KHUSUS", held_on=date(2026, 10, 25)).exists()
    closed = Meeting.objects.filter(board=board, items__title="Lain-lain")
    assert closed.count() > 30
    for meeting in closed:
        assert meeting.items.order_by("position").last().title == "Lain-lain"
