"""A server is told everything: a missing variable stops the start."""

import os

from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("DATA_DIR", "DATABASE_URL", "ALLOWED_HOSTS", "PORTAL_URL")

missing = [name for name in REQUIRED if not os.environ.get(name)]
if missing:
    raise ImproperlyConfigured(f"set {', '.join(missing)}; a server has no defaults")
