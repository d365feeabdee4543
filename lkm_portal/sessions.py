"""Sign-ins in the database; a disk that takes nothing does not end them."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError


class SessionStore(db.SessionStore):
    """Reading goes on while nothing can be written: only the last mark is lost."""

    def save(self, must_create=False):
        """Save, unless the database takes no write just now."""
        try:
            super().save(must_create)
        except UpdateError as lost:
            if not isinstance(lost.__context__, OperationalError):
                raise
