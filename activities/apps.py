"""Name of the app."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """See the package's docstring."""

    name = "activities"
