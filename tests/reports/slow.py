"""The summary handler, slowed down: a third of a second an LKM."""

import time

from reports import jobs

_tell = jobs._tell


def _slowly(progress, began, done, total):
    _tell(progress, began, done, total)
    time.sleep(0.3)


def make_summary(job, progress):
    """Make the summary as always, only slower."""
    jobs._tell = _slowly
    return jobs.make_summary(job, progress)
