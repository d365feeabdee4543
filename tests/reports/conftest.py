"""One warm pool for the papers of these tests, in a folder of its own."""

import pytest
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
def place(module_rows):
    """A regency with boards in every state of reporting, built once a module."""
    return summaries.regency()
