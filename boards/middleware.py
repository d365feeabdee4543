"""What every request carries: a number for the log, and the rules of an account."""

import time
import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.urls import reverse

from boards.access import needs_second_factor
from boards.audit import Caller, caller

# Each save would let a session live on; its first moment does not move.
BEGAN_AT = "began_at"
SEEN_AT = "seen_at"
SEEN_EVERY = 60


def request_identity(get_response):
    """Give the request a number and remember its address for the audit log."""

    def middleware(request):
        request.id = str(uuid.uuid4())
        token = caller.set(
            Caller(address=request.META.get("REMOTE_ADDR", ""), request_id=request.id)
        )
        try:
            response = get_response(request)
        finally:
            caller.reset(token)
        response.headers["X-Request-ID"] = request.id
        return response

    return middleware


def account_rules(get_response):
    """End idle sessions; lead a new account to its own password and second factor."""

    def middleware(request):
        if not request.user.is_authenticated:
            return get_response(request)
        now = int(time.time())
        seen = request.session.get(SEEN_AT, now)
        began = request.session.setdefault(BEGAN_AT, now)
        idle = now - seen > settings.SESSION_IDLE_SECONDS
        if idle or now - began > settings.SESSION_COOKIE_AGE:
            request.ended_user_id = request.user.pk
            logout(request)
            messages.info(
                request, "Masuk lagi untuk melanjutkan. Tulisan Anda tetap ada."
            )
        elif now - seen >= SEEN_EVERY or SEEN_AT not in request.session:
            request.session[SEEN_AT] = now
        detour = _detour(request)
        return redirect(detour) if detour else get_response(request)

    return middleware


def _detour(request) -> str:
    """The page that must come first for this account, or ""."""
    user = request.user
    if not user.is_authenticated or request.path.startswith(settings.ACCOUNT_PATHS):
        return ""
    if user.code_hash:
        return reverse("boards:password_first")
    known = request.session.get("second_factor_known")
    if settings.TOTP_ENFORCED and not known and needs_second_factor(user):
        if not user.authenticator_set.exists():
            return reverse("mfa_activate_totp")
        request.session["second_factor_known"] = True
    return ""
