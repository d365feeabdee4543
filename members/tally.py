"""Arithmetic of an election: ballots, counts, ranking, ties, reserves, turnout.

A ballot is judged and forgotten: what comes out are sums a name, never which names
stood together, and nobody's choice.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from boards.rule_kinds import TieRule

LONGEST_NAME = 60
MOST_LINES = 200
_COUNT_LINE = re.compile(r"(?P<name>.*?)[\s:=]*(?<!\d)(?P<votes>\d{1,4})")


class Fault(StrEnum):
    """Why a ballot does not count."""

    BLANK = "blank"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    REPEATED = "repeated"
    UNREADABLE = "unreadable"
    OUTSIDE = "outside"


FAULT_WORDS = {
    Fault.BLANK: "kosong",
    Fault.TOO_FEW: "nama kurang",
    Fault.TOO_MANY: "nama terlalu banyak",
    Fault.REPEATED: "nama ditulis dua kali",
    Fault.UNREADABLE: "rusak atau tidak terbaca",
    Fault.OUTSIDE: "orang di luar wilayah",
}
# What a counter writes on the line of a ballot without names.
_MARKS = {
    "kosong": Fault.BLANK,
    "-": Fault.BLANK,
    "rusak": Fault.UNREADABLE,
    "luar": Fault.OUTSIDE,
}


class Outcome(StrEnum):
    """What the votes made of a person."""

    ELECTED = "elected"
    RESERVE = "reserve"
    NONE = "none"


class Decided(StrEnum):
    """By what a person got the place."""

    VOTES = "votes"
    WOMAN_FIRST = "woman_first"
    SECOND_BALLOT = "second_ballot"
    DRAW = "draw"


class Unread(ValueError):
    """What was typed cannot be counted; the text is one sentence a problem."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)


@dataclass(frozen=True)
class Limits:
    """How many different names make a ballot valid."""

    fewest: int
    most: int

    @property
    def words(self) -> str:
        """As a sentence says it: "2 atau 3", "3 sampai 5", "3"."""
        if self.fewest == self.most:
            return str(self.most)
        word = "atau" if self.most - self.fewest == 1 else "sampai"
        return f"{self.fewest} {word} {self.most}"


@dataclass(frozen=True)
class Count:
    """Sums of one batch: votes by name as written, valid ballots, the others by why.

    `remarks` says of which ballot what was wrong; it is shown once and not kept.
    """

    votes: Mapping[str, int]
    valid: int
    faults: Mapping[Fault, int]
    remarks: tuple[str, ...] = ()

    @property
    def invalid(self) -> int:
        """Ballots that do not count."""
        return sum(self.faults.values())

    @property
    def ballots(self) -> int:
        """All ballots of the batch."""
        return self.valid + self.invalid


def plain_name(written: str) -> str:
    """A name to compare by: without case, stops and double spaces; words stay.

    "Pak Slamet" and "Bu Slamet" are two people, so titles are not taken away.
    """
    text = unicodedata.normalize("NFKC", written).casefold()
    kept = "".join(c if c.isalnum() or c in "'’-" else " " for c in text)
    return " ".join(kept.split())


def names_on(line: str) -> list[str]:
    """The names of one ballot: parted by semicolons if there is one, else commas."""
    mark = ";" if ";" in line else ","
    return [" ".join(part.split()) for part in line.split(mark) if part.strip(" .")]


def _person(name: str, known: Mapping[str, str]) -> str:
    plain = plain_name(name)
    return known.get(plain, plain)


def _repeated(names: Sequence[str], known: Mapping[str, str]) -> str:
    """The first name that stands for somebody who is on the ballot already."""
    seen: set[str] = set()
    for name in names:
        person = _person(name, known)
        if person in seen:
            return name
        seen.add(person)
    return ""


def judge_ballot(
    line: str, limits: Limits, known: Mapping[str, str]
) -> tuple[Fault | None, str]:
    """Why a ballot does not count, and the sentence; (None, "") when it does.

    `known` gives the person behind a plain name, so that two names of one person are
    found. Source: governance sheet, section 3.3 (2 or 3 different names; fewer, more
    or a name twice: invalid; a nickname is valid).
    """
    marked = _MARKS.get(line.strip().casefold())
    if marked:
        return marked, FAULT_WORDS[marked]
    names = names_on(line)
    twice = _repeated(names, known)
    if twice:
        return Fault.REPEATED, f"{twice} ditulis dua kali"
    if len(names) > limits.most:
        return Fault.TOO_MANY, f"{len(names)} nama, paling banyak {limits.most}"
    if len(names) < limits.fewest:
        return Fault.TOO_FEW, f"{len(names)} nama, paling sedikit {limits.fewest}"
    return None, ""


def read_ballots(text: str, limits: Limits, known: Mapping[str, str]) -> Count:
    """Sums of ballots typed one a line. Raises Unread.

    Lines without letters are passed over: a blank ballot is written "kosong".
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    _check_lines(lines, "surat suara")
    votes: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    faults: Counter[Fault] = Counter()
    remarks: list[str] = []
    for at, line in enumerate(lines, start=1):
        fault, why = judge_ballot(line, limits, known)
        if fault:
            faults[fault] += 1
            remarks.append(f"Surat suara {at} tidak sah: {why}.")
            continue
        for name in names_on(line):
            votes[spelled.setdefault(plain_name(name), name)] += 1
    return Count(dict(votes), len(lines) - len(remarks), dict(faults), tuple(remarks))


def _check_lines(lines: Sequence[str], what: str) -> None:
    if not lines:
        raise Unread([f"Tulis paling sedikit satu {what}."])
    if len(lines) > MOST_LINES:
        raise Unread(
            [f"Paling banyak {MOST_LINES} baris sekali hitung. Bagi menjadi dua."]
        )
    long = [
        f"Baris {at}: nama “{name[:20]}…” terlalu panjang."
        for at, line in enumerate(lines, start=1)
        for name in names_on(line)
        if len(name) > LONGEST_NAME
    ]
    if long:
        raise Unread(long[:5])


def read_tally(text: str) -> dict[str, int]:
    """Votes by name from lines like "Siti Aminah 14". Raises Unread."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    _check_lines(lines, "nama")
    votes: dict[str, int] = {}
    first: dict[str, int] = {}
    problems: list[str] = []
    for at, line in enumerate(lines, start=1):
        found = _COUNT_LINE.fullmatch(line)
        plain = plain_name(found["name"]) if found else ""
        if not found or not plain:
            problems.append(f"Baris {at}: tulis nama lalu jumlah suaranya.")
        elif plain in first:
            problems.append(
                f"Baris {at}: {found['name'].strip()} sudah ada di baris"
                f" {first[plain]}. Jumlahkan menjadi satu."
            )
        else:
            first[plain] = at
            votes[" ".join(found["name"].strip(" :=").split())] = int(found["votes"])
    if problems:
        raise Unread(problems[:5])
    return votes


def problems_of(count: Count, limits: Limits) -> list[str]:
    """What cannot be in these sums, a sentence each; none when they fit."""
    found = [
        f"{name} mendapat {votes} suara, padahal surat suara sah {count.valid}."
        for name, votes in count.votes.items()
        if votes > count.valid
    ]
    total = sum(count.votes.values())
    least, most = count.valid * limits.fewest, count.valid * limits.most
    if not least <= total <= most:
        found.append(
            f"Jumlah suara semua nama {total}. Dari {count.valid} surat suara sah"
            f" dengan {limits.words} nama, seharusnya {least} sampai {most}."
        )
    if not count.ballots:
        found.append("Isi jumlah surat suara yang dihitung.")
    return found


@dataclass(frozen=True)
class Difference:
    """One line on which the two counters do not agree."""

    key: str
    first: int
    second: int


def differences(
    first: Mapping[str, int], second: Mapping[str, int]
) -> list[Difference]:
    """Where two counts of one batch part, in the order of the first."""
    keys = [*first, *(key for key in second if key not in first)]
    return [
        Difference(key, first.get(key, 0), second.get(key, 0))
        for key in keys
        if first.get(key, 0) != second.get(key, 0)
    ]


@dataclass(frozen=True)
class Threshold:
    """The share of voters that must come."""

    numerator: int
    denominator: int
    more_than: bool = False

    def least(self, eligible: int) -> int:
        """The smallest whole number of voters that is enough."""
        whole = self.numerator * eligible
        if self.more_than:
            return whole // self.denominator + 1
        return -(-whole // self.denominator)


@dataclass(frozen=True)
class Standing:
    """A person with votes; `second` ballot's votes, place `drawn` (1 is first)."""

    key: int
    name: str
    votes: int
    woman: bool
    second: int | None = None
    drawn: int | None = None


def _place(standing: Standing, rule: TieRule) -> tuple[int, int, int, int]:
    woman = 0 if rule == TieRule.WOMAN_FIRST and standing.woman else 1
    second = -(standing.second or 0)
    return (-standing.votes, woman, second, standing.drawn or 0)


def ranked(standings: Iterable[Standing], rule: TieRule) -> list[Standing]:
    """Most votes first; equals by the rule, and what is still equal by name."""
    return sorted(standings, key=lambda row: (*_place(row, rule), row.name, row.key))


def open_ties(
    standings: Iterable[Standing], rule: TieRule, *, seats: int, reserves: int
) -> list[list[Standing]]:
    """Groups whose order matters and is not decided: round the last seat, and among
    the reserves, because they move up one by one.
    """
    rows = ranked(standings, rule)
    groups: dict[tuple[int, int, int, int], list[int]] = {}
    for at, row in enumerate(rows):
        groups.setdefault(_place(row, rule), []).append(at)
    return [
        [rows[at] for at in places]
        for places in groups.values()
        if len(places) > 1
        and places[-1] >= seats
        and places[0] < seats + reserves
        and rows[places[0]].votes > 0
    ]


def next_step(group: Sequence[Standing], rule: TieRule) -> Decided:
    """What parts a tied group now: a second ballot if it is the rule, else a draw."""
    if rule == TieRule.SECOND_BALLOT and any(row.second is None for row in group):
        return Decided.SECOND_BALLOT
    return Decided.DRAW


@dataclass(frozen=True)
class Placed:
    """A person with rank, outcome and what decided."""

    standing: Standing
    rank: int
    outcome: Outcome
    decided: Decided


def outcomes(
    standings: Iterable[Standing], rule: TieRule, *, seats: int, reserves: int
) -> list[Placed]:
    """Everybody with a rank from 1: seats, then reserves, then the others."""
    rows = ranked(standings, rule)
    return [
        Placed(row, at, _outcome(at, seats, reserves), _decided(row, rows, rule))
        for at, row in enumerate(rows, start=1)
    ]


def _outcome(rank: int, seats: int, reserves: int) -> Outcome:
    if rank <= seats:
        return Outcome.ELECTED
    return Outcome.RESERVE if rank <= seats + reserves else Outcome.NONE


def _decided(row: Standing, rows: Sequence[Standing], rule: TieRule) -> Decided:
    if row.drawn is not None:
        return Decided.DRAW
    if row.second is not None:
        return Decided.SECOND_BALLOT
    equals = [other for other in rows if other.votes == row.votes]
    if rule == TieRule.WOMAN_FIRST and len({other.woman for other in equals}) == 2:
        return Decided.WOMAN_FIRST
    return Decided.VOTES


def seated(
    keys_in_order: Sequence[int], declined: Iterable[int], seats: int
) -> list[int]:
    """Who takes the seats when those who declined are passed over, in order.

    `keys_in_order` are the elected and the reserves by rank.
    """
    refused = set(declined)
    return [key for key in keys_in_order if key not in refused][:seats]
