"""A one-time code on its way to the screen: sealed in the session, shown once."""

import base64

from django.http import HttpRequest

from boards.models import User
from boards.seal import seal, unseal

_KEY, _PURPOSE = "code_to_show", "one-time code"


def keep_code(request: HttpRequest, user: User, code: str) -> None:
    """Remember a new code until the next page shows it."""
    sealed = base64.b64encode(seal(code.encode(), purpose=_PURPOSE)).decode()
    request.session[_KEY] = [user.pk, sealed]


def take_code(request: HttpRequest, user: User) -> str:
    """The code just made for this user, once; "" afterwards."""
    owner, sealed = request.session.get(_KEY, (None, ""))
    if owner != user.pk:
        return ""
    del request.session[_KEY]
    return unseal(base64.b64decode(sealed), purpose=_PURPOSE).decode()
