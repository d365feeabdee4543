"""Name of the app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """See the package's docstring."""

    name = "members"
