"""The portal's own settings, with the pages to compare beside it."""

from lkm_portal.settings.dev import *  # noqa: F403
from lkm_portal.settings.dev import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ROOT_URLCONF = "bench_site.urls"
# The admin's own files are not among the portal's hashed ones.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
