"""One office computer, or a developer's desk: SQLite, plain http."""

from lkm_portal.settings.base import *  # noqa: F403
from lkm_portal.settings.base import LOGGING, env

DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = env.bool("DEMO", default=True)
# The terminal of `make run` shows what is wrong, not every page that was read.
LOGGING["root"]["level"] = env("LOG_LEVEL", default="WARNING")
