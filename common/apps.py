"""The ground floor: money, words, periods, fields and sheets; no models, no urls."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """See the module's docstring."""

    name = "common"
    label = "common"
    verbose_name = "Dasar"
