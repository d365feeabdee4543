"""A warm press for the papers that are checked here."""

from tests.reports.conftest import printing

__all__ = ["printing"]
