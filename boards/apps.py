"""Start of the app: triggers after every migrate, checks at every start."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from boards import triggers


class BoardsConfig(AppConfig):
    """The ground floor of the product."""

    name = "boards"
    verbose_name = "LKM"

    def ready(self):
        """Take the triggers off for a migrate, lay them after (no other signals)."""
        import_module("boards.checks")
        pre_migrate.connect(triggers.clear_triggers, sender=self)
        post_migrate.connect(triggers.lay_triggers, sender=self)
        fulltext = import_module("boards.fulltext")
        post_migrate.connect(fulltext.lay_fulltext, sender=self)
