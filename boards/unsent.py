"""A form that came after its sign-in ended: kept, and offered after the next one."""

from django.http import HttpRequest

from boards.models import User

_KEY = "unsent_form"
_LIMIT = 60_000
# Never kept: what opens accounts, and personal numbers (a retyped field is the price).
_SECRETS = ("password", "old", "again", "code", "nik", "phone", "address")
_OF_THE_FRAME = ("csrfmiddlewaretoken", "next")


def keep_unsent(request: HttpRequest) -> None:
    """Keep a posted form for the user whose sign-in just ended in this browser.

    Files are not kept. Nothing is kept when it is not known whose form it is.
    """
    owner = getattr(request, "ended_user_id", None)
    if owner is None or request.method != "POST":
        return
    typed = [
        (name, value)
        for name in request.POST
        if name not in _OF_THE_FRAME and name.rsplit("-", 1)[-1] not in _SECRETS
        for value in request.POST.getlist(name)
    ]
    if sum(len(name) + len(value) for name, value in typed) <= _LIMIT:
        request.session[_KEY] = {"user": owner, "path": request.path, "typed": typed}


def unsent_of(request: HttpRequest, user: User) -> dict | None:
    """The kept form if it is this user's; another's is forgotten."""
    kept = request.session.get(_KEY)
    if kept and kept["user"] != user.pk:
        del request.session[_KEY]
        return None
    return kept


def forget_unsent(request: HttpRequest) -> None:
    """Drop the kept form."""
    request.session.pop(_KEY, None)
