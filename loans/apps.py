"""Name of the app."""

from django.apps import AppConfig


class LoansConfig(AppConfig):
    """See the package's docstring."""

    name = "loans"
