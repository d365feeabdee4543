"""Quorum of one agenda item: who is counted, how many are needed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from common.shares import share_words


@dataclass(frozen=True)
class QuorumRule:
    """A fraction of those entitled; `more_than` asks for more than the fraction."""

    numerator: int
    denominator: int
    more_than: bool

    @property
    def words(self) -> str:
        """The rule as a clause: "lebih dari separuh", "paling sedikit 3/5"."""
        if self.numerator == self.denominator:
            return "seluruh"
        if self == WHOEVER_CAME:
            return "berapa pun jumlah"
        return share_words(
            self.numerator, self.denominator, more_than=self.more_than, spelled=True
        )


# The rule of a second call that is valid with those who are there.
WHOEVER_CAME = QuorumRule(0, 1, more_than=True)


def second_call_rule(value: bool | dict[str, Any]) -> QuorumRule | None:
    """The rule of a second call as the board's setting says it; None: not valid."""
    if isinstance(value, bool):
        return WHOEVER_CAME if value else None
    return QuorumRule(**value)


def earliest_second_call(starts: time, minutes: int) -> time | None:
    """The first moment of a second call; None when that is past midnight."""
    total = starts.hour * 60 + starts.minute + minutes
    return time(total // 60, total % 60) if total < 24 * 60 else None


def second_holds(second_at: time | None, moment: time | None) -> bool:
    """Whether a second call had been made at `moment`; no moment is the end."""
    return second_at is not None and (moment is None or moment >= second_at)


@dataclass(frozen=True)
class Presence:
    """One entitled person in one item: here from `arrives` to `leaves`, or not."""

    present: bool
    arrives: time | None = None
    leaves: time | None = None
    recused: bool = False


@dataclass(frozen=True)
class Quorum:
    """The state of one item: counted of entitled, needed, and whether it holds."""

    entitled: int
    counted: int
    recused: int
    required: int

    @property
    def held(self) -> bool:
        """Enough people are counted, and somebody is entitled at all."""
        return self.entitled > 0 and self.counted >= self.required

    @property
    def missing(self) -> int:
        """How many more must come."""
        return max(0, self.required - self.counted)


def required(rule: QuorumRule, entitled: int) -> int:
    """The smallest number that satisfies the rule: more than 1/2 of 11 is 6."""
    share = entitled * rule.numerator
    if rule.more_than:
        return share // rule.denominator + 1
    return -(-share // rule.denominator)


def is_here(presence: Presence, moment: time | None) -> bool:
    """In the room at `moment`; without a moment, came and did not leave."""
    if not presence.present:
        return False
    if moment is None:
        return presence.leaves is None
    if presence.arrives and presence.arrives > moment:
        return False
    return presence.leaves is None or presence.leaves >= moment


def quorum_of(
    presences: Iterable[Presence], *, rule: QuorumRule, moment: time | None
) -> Quorum:
    """Count one item at the moment it was decided.

    `presences` holds every entitled person, here or not. A recused person is present
    but not counted; the number needed stays a share of all entitled.
    """
    rows = list(presences)
    here = [row for row in rows if is_here(row, moment)]
    recused = sum(row.recused for row in here)
    return Quorum(
        entitled=len(rows),
        counted=len(here) - recused,
        recused=recused,
        required=required(rule, len(rows)),
    )
