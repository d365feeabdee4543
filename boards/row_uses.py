"""What still needs a row that somebody wants to delete, asked of the rooms above."""

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string


def reason_to_keep(row: models.Model) -> str:
    """Why the row must stay, as a sentence with the remedy; "" when nothing uses it."""
    for use in settings.ROW_USES:
        reason = import_string(use)(row)
        if reason:
            return reason
    return ""
