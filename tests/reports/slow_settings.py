"""Settings of a worker that takes its time over each LKM, to be killed midway."""

from lkm_portal.settings.test import *  # noqa: F403

JOB_HANDLERS = {"summary": "tests.reports.slow.make_summary"}
