"""One office computer, or a developer's desk: SQLite, plain http."""

from lkm_portal.settings.base import *  # noqa: F403
from lkm_portal.settings.base import env

DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = env.bool("DEMO", default=True)
