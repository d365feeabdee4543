"""Accounts are given by an administrator: nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed; the sign-in brake counts per account and address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        """One key per account and address: who guesses locks only himself out."""
        shared = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{self.get_client_ip(request)}:{shared}"
