"""One warm pool for the papers of these tests, in a folder of its own."""

import pytest
from django.db import transaction
from django.test import override_settings

from reports import render
from tests.make import summaries


@pytest.fixture(scope="package")
def printing(tmp_path_factory):
    """The portal's own pool, its presses warm from test to test."""
    with override_settings(DATA_DIR=tmp_path_factory.mktemp("data")):
        yield render.pool()
        render.close_presses()


@pytest.fixture(scope="module")
def place(django_db_setup, django_db_blocker):
    """A regency with boards in every state of reporting, built once a module.

    Each test works in a savepoint inside, so that what it changes is taken back.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield summaries.regency()
        transaction.set_rollback(True)
