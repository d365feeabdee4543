"""Everything below tests/deep is deep; what many of them need."""

import pytest


def pytest_collection_modifyitems(items):
    """Mark the tests of this folder."""
    for item in items:
        if "deep" in item.path.parts:
            item.add_marker(pytest.mark.deep)
