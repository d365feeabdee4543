"""How allauth behaves here: nobody signs up, failures are kept, words are ours."""

import base64
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from boards.access import needs_second_factor
from boards.accounts import note_failed_sign_in
from boards.seal import seal, unseal
from boards.unsent import unsent_of


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed; the sign-in brake counts per account and address."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_password": "Kata sandi ini tidak cocok. Ketik sekali lagi.",
        "username_password_mismatch": (
            "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        """One key per account and address: who guesses locks only himself out."""
        shared = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{self.get_client_ip(request)}:{shared}"

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        """Past the brake the answer is 429, whatever was typed."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as braked:
            raise ImmediateHttpResponse(respond_429(request)) from braked

    def post_login(self, request: HttpRequest, user, **kwargs) -> HttpResponse:
        """A form that came too late for the last sign-in is offered first."""
        response = super().post_login(request, user, **kwargs)
        if unsent_of(request, user):
            return HttpResponseRedirect(reverse("boards:unsent"))
        return response

    def authentication_failed(self, request: HttpRequest, **credentials) -> None:
        """Log and audit the failure; the password is not looked at."""
        note_failed_sign_in(credentials.get("username", ""))

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """A password typed in the last ten minutes counts, at sign-in too."""
        records = get_authentication_records(self.request, self.request.user)
        limit = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(
            record["method"] == "password" and record["at"] > limit
            for record in records
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: our words, and no way off where a role must have one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "Peran Anda wajib memakai kode dua langkah, jadi tidak dapat dilepas."
        ),
        "incorrect_code": (
            "Kode ini tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu"
            " ketik yang baru."
        ),
    }

    def encrypt(self, text: str) -> str:
        """TOTP keys and recovery seeds are sealed; the key is not in the database."""
        return base64.b64encode(seal(text.encode(), purpose="second factor")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of `encrypt`."""
        sealed = base64.b64decode(encrypted_text)
        return unseal(sealed, purpose="second factor").decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not while one of the user's roles must have a second factor."""
        if not settings.TOTP_ENFORCED:
            return True
        return not needs_second_factor(authenticator.user)
