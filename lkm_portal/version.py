"""The day this release was made; whoever makes a release moves it."""

import datetime

# A clock before this day is wrong (boards/clock.py).
BUILT_ON = datetime.date(2026, 11, 26)
