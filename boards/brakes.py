"""Brakes on what is costly: so many an hour a person, then 429."""

from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit


def brake(action: str) -> Callable:
    """Count a view as `action` (settings.ACCOUNT_RATE_LIMITS), before its door.

    Behind the door a GET may write nothing, not even a count.
    """

    def slowed(view: Callable) -> Callable:
        @wraps(view)
        def counted(request, **kwargs):
            user = request.user
            if user.is_authenticated:
                braked = ratelimit.consume_or_429(
                    request, action=action, user=user, limit_get=True
                )
                if braked:
                    return braked
            return view(request, **kwargs)

        return counted

    return slowed
