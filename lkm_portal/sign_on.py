"""The sign-on of a Dinas (OIDC); used only where settings name its server."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class KnownPeopleAdapter(DefaultSocialAccountAdapter):
    """The sign-on of a Dinas opens accounts that exist; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin) -> bool:
        """Never."""
        return False
