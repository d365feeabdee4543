"""Name of the app."""

from django.apps import AppConfig


class DeliberationsConfig(AppConfig):
    """See the package's docstring."""

    name = "deliberations"
