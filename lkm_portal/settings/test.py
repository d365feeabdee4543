"""Tests: a data folder that goes away, a fast hasher, tasks at once."""

import atexit
import datetime
import os
import shutil
import tempfile

if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="lkm-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from lkm_portal.settings.base import *  # noqa: F403
from lkm_portal.settings.base import (
    DATABASES,
    LOGGING,
    STATIC_ROOT,
    STORAGES,
    TASKS,
    env,
)

DEMO_MODE = True
CLOCK_LOOK_SECONDS = 0
# The suite runs on computers whose clock it does not judge.
BUILT_ON = datetime.date(2000, 1, 1)
# The browser stories start a real server on this file; its jobs wait for a worker.
LIVE = env.bool("LIVE_PORTAL", default=False)
if not LIVE:
    if "init_command" in DATABASES["default"]["OPTIONS"]:
        DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    TASKS["default"]["BACKEND"] = "django_tasks.backends.immediate.ImmediateBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_AUTOREFRESH = False
LOGGING["root"]["level"] = "WARNING" if LIVE else "CRITICAL"
