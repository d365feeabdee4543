"""Start of the app: triggers after every migrate, checks at every start."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from boards import triggers


class BoardsConfig(AppConfig):
    """The ground floor of the product."""

    name = "boards"
    verbose_name = "LKM"

    def ready(self):
        """Lay the triggers after each migrate (the one signal of the house)."""
        import_module("boards.checks")
        post_migrate.connect(triggers.lay_triggers, sender=self)
