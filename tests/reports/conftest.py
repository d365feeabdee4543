"""One warm pool for the papers of these tests, and the office that they are of."""

import pytest
from django.test import override_settings

from boards.models import Board
from reports import render
from tests.make import summaries
from tests.reports.fund_office import ON, Office


@pytest.fixture(scope="package")
def printing(tmp_path_factory):
    """The portal's own pool, its presses warm from test to test."""
    with override_settings(DATA_DIR=tmp_path_factory.mktemp("data")):
        yield render.pool()
        render.close_presses()


@pytest.fixture(scope="module")
def place(module_rows):
    """A regency with boards in every state of reporting, built once a module."""
    return summaries.regency()


@pytest.fixture(scope="module")
def kept_office(module_rows):
    """The office of a fund with its papers' facts, built once a module."""
    return Office()


@pytest.fixture
def office(db, kept_office, monkeypatch):
    """The same on 30 April 2026, which it is at every board."""
    monkeypatch.setattr(Board, "today", lambda self: ON)
    return kept_office
