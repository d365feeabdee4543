"""Buku keputusan: every decision of a year in the order of its number, with sums.

Source: governance sheet, sections 2.3 and 4.4: number, basis, vote, who is in charge,
until when, and where it stands.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from common.money import format_rupiah, format_thousands
from common.words import format_date, format_date_short, no_break
from deliberations.models import Decision
from deliberations.register import STATES, state_of, with_fate
from reports.builders.letters import (
    Paper,
    coordinator_signs,
    figure_words,
    home_of,
    letterhead_of,
)
from reports.frame import Signer
from reports.models import DecisionBook

NONE = "–"
# Longer books are laid out in pieces of so many rows, side by side.
ROWS_IN_ONE_PIECE, PIECE_ROWS = 300, 150
_SHOWN = 160


@dataclass(frozen=True)
class BookRow:
    """One decision as it is printed."""

    place: int
    number: str
    day: str
    title: str
    gist: str
    kind: str
    method: str
    amount: str
    in_charge: str
    due: str
    state: str


@dataclass(frozen=True)
class BookSum:
    """Decisions of one field: how many, and their money."""

    kind: str
    count: int
    amount: str


@dataclass(frozen=True, kw_only=True)
class DecisionRegister(Paper):
    """The book of one year; a piece of it holds a stretch of `rows`."""

    year: int
    dated: str
    rows: tuple[BookRow, ...]
    states: str
    sums: tuple[BookSum, ...]
    count: int
    amount: str
    closing: str
    signer: Signer
    is_first: bool = True
    is_last: bool = True

    @property
    def signers(self) -> tuple[Signer, ...]:
        """The koordinator at the right, under place and date."""
        place = f"{self.place}, {self.dated}"
        return Signer(), replace(self.signer, above=place)

    @property
    def pieces(self) -> list["DecisionRegister"]:
        """The book in pieces that can be laid out side by side; a short one is one."""
        if len(self.rows) <= ROWS_IN_ONE_PIECE:
            return [self]
        starts = range(0, len(self.rows), PIECE_ROWS)
        return [
            replace(
                self,
                rows=self.rows[start : start + PIECE_ROWS],
                is_first=start == 0,
                is_last=start == starts[-1],
            )
            for start in starts
        ]


def build(book: DecisionBook, *, number: str, on: datetime.date) -> DecisionRegister:
    """Read the book of a year as it stands on the day `on`; whole rupiah.

    The sums count what was agreed; a decision that another changed counts no more.
    Raises RuleViolation `paper.no_coordinator`.
    """
    board = book.board
    rows = Decision.objects.filter(board=board, held_on__year=book.year).ratified()
    decisions = list(with_fate(rows).order_by("held_on", "pk"))
    counts = [each for each in decisions if state_of(each) == STATES["force"]]
    total = sum(each.amount or 0 for each in counts)
    return DecisionRegister(
        letterhead=letterhead_of(board),
        title=str(book),
        public_title=str(book),
        place=home_of(board),
        dated_on=on,
        number=number,
        year=book.year,
        dated=format_date(on, unbroken=True),
        rows=tuple(_row(at, each) for at, each in enumerate(decisions, start=1)),
        states=_states(decisions),
        sums=tuple(_sums(counts)),
        count=len(counts),
        amount=format_thousands(total),
        closing=no_break(
            f"Buku keputusan tahun {book.year} memuat {figure_words(len(decisions))}"
            f" keputusan; {figure_words(len(counts))} di antaranya berlaku, dengan"
            f" jumlah uang {format_rupiah(total)}."
        ),
        signer=coordinator_signs(board, on),
    )


def _row(place: int, decision: Decision) -> BookRow:
    due = decision.due_on
    amount = decision.amount
    return BookRow(
        place=place,
        number=decision.number_text,
        day=format_date_short(decision.held_on),
        title=no_break(decision.title),
        gist=no_break(_gist(decision)),
        kind=decision.get_kind_display(),
        method=_method(decision),
        amount=NONE if amount is None else format_thousands(amount),
        in_charge=no_break(decision.in_charge_name) or NONE,
        due=format_date_short(due) if due else "",
        state=_state(decision),
    )


def _gist(decision: Decision) -> str:
    """The first clause, shortened between words; the rest stands in the minutes."""
    text = " ".join(decision.text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"


def _method(decision: Decision) -> str:
    if decision.votes is None:
        return decision.get_method_display()
    votes = (decision.votes_for, decision.votes_against, decision.votes_abstain)
    return f"Suara {'/'.join(map(str, votes))}"


def _state(decision: Decision) -> str:
    state = state_of(decision)
    return f"{state} dengan {decision.changed_by}" if decision.changed_by else state


def _states(decisions: Iterable[Decision]) -> str:
    """ "Berlaku 12, diubah 2, tidak disetujui 1"."""
    found = Counter(state_of(each) for each in decisions)
    words = (f"{word.lower()} {found[word]}" for word in STATES.values() if found[word])
    return ", ".join(words) or "tidak ada keputusan"


def _sums(decisions: Iterable[Decision]) -> Iterable[BookSum]:
    counts: Counter[str] = Counter()
    amounts: Counter[str] = Counter()
    for each in decisions:
        counts[each.kind] += 1
        amounts[each.kind] += each.amount or 0
    for kind, label in Decision.Kind.choices:
        if counts[kind]:
            yield BookSum(label, counts[kind], format_thousands(amounts[kind]))
