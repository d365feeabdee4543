"""Name of the app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """See the package's docstring."""

    name = "ledger"
    verbose_name = "pembukuan"
