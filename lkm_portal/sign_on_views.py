"""Signing in by the sign-on of a Dinas, and linking one's account to it."""

import logging

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from boards.access import PUBLIC, declare, fresh_password, public_view, signed_in_view
from lkm_portal.sign_on import PROVIDER, SILENT, link_of, refusal, unlink_account

# A server that is away, or answers what no server of this kind answers.
FAILURES = (RequestException, KeyError, ValueError)
log = logging.getLogger("portal.accounts")


def _go(request: HttpRequest, process: str) -> HttpResponse:
    """Lead the browser to the server of the Dinas."""
    provider = get_adapter(request).get_provider(request, PROVIDER)
    next_url = get_next_redirect_url(request)
    try:
        return provider.redirect(request, process=process, next_url=next_url)
    except FAILURES as fault:
        log.warning("sign-on failed: %s", type(fault).__name__)
        return refusal(request, SILENT)


@require_POST
@public_view
def sign_on(request):
    """Sign in at the Dinas."""
    if request.user.is_authenticated:
        return redirect("reports:home")
    return _go(request, AuthProcess.LOGIN)


def _come_back(request, provider_id):
    """Who the Dinas says it is; the adapter decides what that opens."""
    try:
        return oidc.callback(request, provider_id)
    except FAILURES as fault:
        log.warning("sign-on failed: %s", type(fault).__name__)
        return refusal(request, SILENT)


# A way back is a GET that signs somebody in, so it is not held to reading.
come_back = declare(require_GET(_come_back), PUBLIC)


@require_GET
@signed_in_view
def link_page(request):
    """Whether this account is linked, and how to change that."""
    context = {"link": link_of(request.user), "sign_on_name": settings.OIDC_NAME}
    return render(request, "socialaccount/link_page.html", context)


@require_POST
@signed_in_view
@fresh_password
def link(request):
    """Go to the Dinas to say which identity there is one's own."""
    return _go(request, AuthProcess.CONNECT)


@require_POST
@signed_in_view
@fresh_password
def unlink(request):
    """Leave only the password as the way in."""
    unlink_account(request.user)
    messages.success(request, f"Akun ini lepas dari {settings.OIDC_NAME}.")
    return redirect("sign_on_page")
