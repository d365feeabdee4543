"""One's own account: roles, password, second factor and sign-ins."""

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.decorators import rate_limit
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.access import signed_in_view
from boards.account_forms import ChangePasswordForm, NewPasswordForm
from boards.accounts import end_sessions, set_own_password
from boards.devices import device_name
from boards.models import User
from boards.submissions import post_once
from boards.unsent import forget_unsent, unsent_of
from boards.views.users import name_places


def _sign_ins(user: User, here: str) -> list[dict]:
    """Open sign-ins of a user, the one of this page first."""
    rows = UserSession.objects.filter(user=user).order_by("-created_at")
    alive = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in rows],
            expire_date__gt=timezone.now(),
        ).values_list("session_key", flat=True)
    )
    found = [
        {
            "pk": row.pk,
            "device": device_name(row.user_agent),
            "since": row.created_at,
            "address": row.ip,
            "here": row.session_key == here,
        }
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda row: not row["here"])


@require_GET
@signed_in_view
def account_page(request):
    """Who I am here, and where I am signed in."""
    second = Authenticator.objects.filter(
        user=request.user, type=Authenticator.Type.TOTP
    ).first()
    name_places(request.user.reach())
    context = {
        "sign_ins": _sign_ins(request.user, request.session.session_key),
        "assignments": request.user.reach(),
        "second_factor": second,
    }
    return render(request, "boards/account_page.html", context)


def _keep_password(request: HttpRequest, form: NewPasswordForm) -> None:
    """Store the new password; this sign-in stays, all others end."""
    user = set_own_password(request.user, form.cleaned_data["password"])
    update_session_auth_hash(request, user)
    reauthenticate_by_password(request)
    UserSession.objects.create_from_request(request)
    end_sessions(user, keep=request.session.session_key)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in_view
@post_once
def password_first(request) -> HttpResponse:
    """After a one-time code: a password of one's own comes before anything else."""
    if not request.user.code_hash:
        return redirect("boards:account_page")
    form = NewPasswordForm(request.POST or None, user=request.user)
    if form.is_valid():
        _keep_password(request, form)
        messages.success(request, "Kata sandi tersimpan. Pakai ini mulai sekarang.")
        return redirect("reports:home")
    return render(request, "boards/password_first.html", {"form": form})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in_view
@rate_limit(action="change_password")  # before post_once, which undoes what is refused
@post_once
def password_change(request) -> HttpResponse:
    """Another password; the old one is asked, and guessing it is braked."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if form.is_valid():
        _keep_password(request, form)
        messages.success(
            request, "Kata sandi diganti. Perangkat lain sudah dikeluarkan."
        )
        return redirect("boards:account_page")
    return render(request, "boards/password_change.html", {"form": form})


@require_POST
@signed_in_view
@post_once
def session_end(request, pk):
    """End one of my other sign-ins."""
    keep = request.session.session_key
    if not end_sessions(request.user, keep=keep, only=pk):
        raise Http404("session")
    messages.success(request, "Perangkat itu sudah dikeluarkan.")
    return redirect("boards:account_page")


@require_POST
@signed_in_view
@post_once
def sessions_end(request):
    """End all my sign-ins but this one."""
    end_sessions(request.user, keep=request.session.session_key)
    messages.success(request, "Semua perangkat lain sudah dikeluarkan.")
    return redirect("boards:account_page")


@require_GET
@signed_in_view
def unsent(request) -> HttpResponse:
    """The form that came after the last sign-in had ended, ready to be sent."""
    kept = unsent_of(request, request.user)
    if kept is None:
        return redirect("reports:home")
    return render(request, "boards/unsent.html", {"kept": kept})


@require_POST
@signed_in_view
def unsent_drop(request):
    """Forget that form."""
    forget_unsent(request)
    return redirect("reports:home")
