"""A Dinas server behind https. Nothing has a default here (see required.py)."""

from django.core.exceptions import ImproperlyConfigured

import lkm_portal.settings.required  # noqa: F401  # must come before base
from lkm_portal.settings.base import *  # noqa: F403
from lkm_portal.settings.base import EXTRA_HOSTS, env

if env.bool("DEMO", default=False):
    raise ImproperlyConfigured("demo accounts are refused on a server; unset DEMO")

DEBUG = False
DEMO_MODE = False
TOTP_ENFORCED = env.bool("TOTP_ENFORCED", default=True)
ALLOWED_HOSTS = EXTRA_HOSTS

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# A portal on a subdomain of its kabupaten cannot stand on the browsers' preload list.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# Only where our proxy sets this header itself, as in HTTP_X_FORWARDED_PROTO.
if proxy_header := env("PROXY_SSL_HEADER", default=""):
    SECURE_PROXY_SSL_HEADER = (proxy_header, "https")

SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
