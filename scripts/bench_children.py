"""The processes in which pages are timed: two databases, by turns, until they agree."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable

from house import PYTHON, ROOT

PAGES = ROOT / "scripts" / "bench_site" / "pages.py"
CALLS = 15
ROUNDS, MOST_ROUNDS = 3, 9
# Medians of rounds may lie so far apart; a busy machine gets more rounds.
SPREAD = 0.08


class Pages:
    """One child that knows the pages of one database and times them when asked."""

    def __init__(self, told: dict) -> None:
        self.told = told

    def __enter__(self) -> "Pages":
        """Start it; it says first what it found."""
        self.child = subprocess.Popen(
            [PYTHON, PAGES],
            cwd=ROOT,
            env=self.told,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.facts = self._line()
        return self

    def __exit__(self, *fault) -> None:
        """It ends with its input."""
        self.child.stdin.close()
        self.child.wait()

    def _line(self) -> dict:
        line = self.child.stdout.readline()
        if not line:
            sys.exit("the pages could not be measured")
        return json.loads(line)

    def times(self) -> dict[str, float]:
        """Median seconds of every page over one round of calls in turns."""
        print(CALLS, file=self.child.stdin, flush=True)
        return {name: statistics.median(all_) for name, all_ in self._line().items()}


def settled(small: Pages, large: Pages) -> Callable[..., float]:
    """Time both by turns; gives ratio(page, peer): median over the rounds.

    Rounds go on until the ratios of the middle half of them agree, or there are nine.
    With `many`, the peer is the page in the small database.
    """
    rounds: list[tuple] = []

    def ratios(page: str, peer: str, *, many: bool) -> list[float]:
        return [big[page] / (few if many else big)[peer] for few, big in rounds]

    def restless() -> bool:
        own = [name for name in rounds[0][1] if name.endswith(".ours")]
        for name in own:
            for peer, many in ((name.replace("ours", "raw"), False), (name, True)):
                low, middle, high = statistics.quantiles(ratios(name, peer, many=many))
                if (high - low) / middle > 2 * SPREAD:
                    return True
        return False

    while len(rounds) < ROUNDS or (len(rounds) < MOST_ROUNDS and restless()):
        rounds.append((small.times(), large.times()))
    return lambda page, peer, many=False: statistics.median(
        ratios(page, peer, many=many)
    )
