"""RT and RW of a work have three digits, also those that were written with fewer."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from activities.models import ActivityLocation
from boards.chain import breaks
from boards.models import ChainLink
from boards.triggers import lay_triggers, missing_triggers, without_triggers
from tests.make import activities as works
from tests.make import boards as make

pytestmark = pytest.mark.django_db
TABLE = ActivityLocation._meta.db_table


@pytest.fixture
def unchecked():
    """The table as it was: no check of the width."""
    name = "activity_location_three_digits"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {name}")
            yield  # comes back with the transaction of the test


def migrate(step: str) -> None:
    """One step of the migration, and what follows every migrate."""
    move = import_module("activities.migrations.0002_three_digit_places")
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        getattr(move, step)(apps, editor)
    lay_triggers()


def places(work) -> set[str]:
    return {str(place) for place in work.locations.all()}


def test_a_place_of_another_width_is_refused():
    work = works.activity(make.board())
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityLocation.objects.create(activity=work, rt="003", rw="05")


def test_old_places_get_three_digits_also_of_a_reported_work(unchecked):
    work = works.approved(works.running(make.board())).activity
    with without_triggers():
        work.locations.all().delete()
        for rt, rw in (("003", "05"), ("3", "005"), ("003", "005"), ("007", "12")):
            work.locations.create(rt=rt, rw=rw)

    migrate("widen")

    assert places(work) == {"RT 003/RW 005", "RT 007/RW 012"}
    assert work.locations.count() == 2
    assert (missing_triggers(), list(breaks(ChainLink.objects.all()))) == ([], [])
    migrate("narrow")
    assert places(work) == {"RT 003/RW 05", "RT 007/RW 12"}
