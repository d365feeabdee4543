"""How an account is opened: by its own password, or once by a code it was given."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from boards.accounts import use_code


class AccountBackend(ModelBackend):
    """Password or one-time code. Two hashes are made for every refusal."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        """The user, or None. Outside the demo its well-known password opens nothing."""
        if not username or not password:
            return None
        username = username.strip().lower()
        user = super().authenticate(request, username=username, password=password)
        if user is None:
            return use_code(username, password)
        if password == settings.DEMO_PASSWORD and not settings.DEMO_MODE:
            return None
        return user
