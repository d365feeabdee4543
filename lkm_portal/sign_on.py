"""The sign-on of a Dinas (OIDC); used only where settings name its server.

It opens accounts that exist and were linked by their owner; it makes none.
"""

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from boards.audit import events_about, record
from boards.models import User
from common.errors import RuleViolation

PROVIDER = "dinas"
UNKNOWN, CLOSED, SILENT = "unknown", "closed", "silent"
LINKED = "boards.sign_on_linked"
# Acts that end whatever opened an account before them, so a link too.
ENDINGS = ("boards.code_issued", "boards.access_ended")
log = logging.getLogger("portal.accounts")


def refusal(request: HttpRequest, reason: str) -> HttpResponse:
    """The page that says why the sign-on opened nothing (401 for a silent server)."""
    context = {"reason": reason, "sign_on_name": settings.OIDC_NAME}
    status = 401 if reason == SILENT else 403
    return render(request, "socialaccount/refused.html", context, status=status)


def holds(link: SocialAccount) -> bool:
    """Does the link still open its account? A new code or a closing ended it.

    The log says so by its order, also for what happened while the sign-on was off
    and its tables were out of reach.
    """
    acts = events_about(link.user).filter(action__in=(LINKED, *ENDINGS))
    last = acts.order_by("-pk").first()
    return last is not None and last.action == LINKED


def link_of(user: User) -> SocialAccount | None:
    """The identity at the Dinas that opens this account, or None."""
    link = SocialAccount.objects.filter(user=user, provider=PROVIDER).first()
    return link if link and holds(link) else None


@transaction.atomic
def link_account(user: User, uid: str) -> SocialAccount:
    """From now on the identity `uid` at the Dinas opens the account of `user`.

    Nothing else that the Dinas says about the person is kept. Raises RuleViolation
    `portal.linked_elsewhere` and `portal.linked_already`.
    """
    user = User.objects.select_for_update().get(pk=user.pk, is_active=True)
    for old in SocialAccount.objects.filter(Q(uid=uid) | Q(user=user)):
        if not holds(old):
            old.delete()
    there = SocialAccount.objects.filter(provider=PROVIDER, uid=uid).first()
    if there and there.user_id == user.pk:
        return there
    if there:
        raise RuleViolation(
            f"{settings.OIDC_NAME} itu sudah dihubungkan ke akun lain di portal ini.",
            code="portal.linked_elsewhere",
        )
    if link_of(user):
        raise RuleViolation(
            f"Akun ini sudah terhubung ke {settings.OIDC_NAME} lain. Lepas dulu.",
            code="portal.linked_already",
        )
    link = SocialAccount.objects.create(user=user, provider=PROVIDER, uid=uid)
    _note(user, LINKED, f"menghubungkan akunnya ke {settings.OIDC_NAME}")
    return link


@transaction.atomic
def unlink_account(user: User) -> None:
    """The identity at the Dinas opens this account no more."""
    if SocialAccount.objects.filter(user=user, provider=PROVIDER).delete()[0]:
        says = f"melepas akunnya dari {settings.OIDC_NAME}"
        _note(user, "boards.sign_on_unlinked", says)


def _note(user: User, action: str, says: str) -> None:
    """Into the log of the place where the person works."""
    held = next(iter(user.reach()), None)
    board, code = (held.board, held.region_code) if held else (None, "")
    record(action, user, by=user, says=says, board=board, region_code=code)


class KnownPeopleAdapter(DefaultSocialAccountAdapter):
    """Who comes back from the Dinas: known, to be linked, or sent away."""

    def new_user(self, request: HttpRequest, sociallogin: SocialLogin) -> User:
        """A user on paper; what else the Dinas tells about a person is not kept."""
        sociallogin.account.extra_data = {}
        return super().new_user(request, sociallogin)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link where the owner asked for it; refuse what may not be opened.

        An account that waits for its one-time code is closed for all other ways in.
        """
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(_link_back(request, sociallogin.account.uid))
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(refusal(request, UNKNOWN))
        user = sociallogin.user
        if not user.is_active or user.code_hash or not user.has_usable_password():
            log.warning("sign-on refused for %s: closed", user.username)
            raise ImmediateHttpResponse(refusal(request, CLOSED))
        if not holds(sociallogin.account):
            raise ImmediateHttpResponse(refusal(request, UNKNOWN))

    def is_open_for_signup(self, request: HttpRequest, sociallogin) -> bool:
        """Never."""
        return False

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ) -> None:
        """Who turned back is where they began; else the page that says it."""
        if error == AuthError.CANCELLED:
            messages.info(request, f"{settings.OIDC_NAME} dibatalkan.")
            known = request.user.is_authenticated
            way = redirect("sign_on_page" if known else "account_login")
            raise ImmediateHttpResponse(way)
        log.warning("sign-on failed: %s %s", error, type(exception).__name__)
        raise ImmediateHttpResponse(refusal(request, SILENT))


def _link_back(request: HttpRequest, uid: str) -> HttpResponse:
    """Link, say how it went, and go back to the page where it began."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    try:
        link_account(request.user, uid)
    except RuleViolation as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Akun ini terhubung ke {settings.OIDC_NAME}.")
    return redirect("sign_on_page")
