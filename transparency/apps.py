"""Name of the app."""

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    """See the package's docstring."""

    name = "transparency"
