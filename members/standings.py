"""Where the counting of an area stands: batches compared, sums, ranking, line-up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from boards.rule_kinds import TieRule
from members.models import (
    BallotBatch,
    BatchEntry,
    CountingAct,
    Election,
    ElectionArea,
    FinalPlace,
    Nominee,
    Person,
    Sex,
    TallyName,
)
from members.spelling import Known
from members.tally import (
    FAULT_WORDS,
    Decided,
    Difference,
    Fault,
    Standing,
    differences,
    next_step,
    open_ties,
    seated,
)
from members.terms import Makeup, makeup_of_sexes

VALID_WORD = "surat suara sah"


@dataclass(frozen=True)
class BatchState:
    """One batch with its entries: how far it is, and where the two counts part."""

    batch: BallotBatch
    entries: list[BatchEntry]
    differences: list[Difference] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def agreed(self) -> BatchEntry | None:
        """The entry that holds: the mended one, else the first when both agree."""
        if len(self.entries) == 3:
            return self.entries[2]
        both = len(self.entries) == 2 and not self.differences
        return self.entries[0] if both else None

    @property
    def differs(self) -> bool:
        """Two counts that part and were not mended."""
        return len(self.entries) == 2 and bool(self.differences)

    @property
    def tag(self) -> tuple[str, str]:
        """Kind and word of the tag."""
        if self.agreed:
            mended = len(self.entries) == 3
            return "ok", "Cocok sesudah diperbaiki" if mended else "Cocok"
        if self.differs:
            return "bad", f"Berbeda di {len(self.differences)} baris"
        return ("wait", "Dihitung sekali") if self.entries else ("draft", "Belum")


def comparable(entry: BatchEntry) -> dict[str, int]:
    """Everything one entry counted, by what two entries are compared with."""
    counted: Counter[str] = Counter()
    for row in entry.counts.all():
        counted[row.name.key] += row.votes
    ballots = {"=valid": entry.valid}
    ballots |= {f"={fault.value}": number for fault, number in entry.faults.items()}
    return ballots | counted


def _labels(entries: list[BatchEntry]) -> dict[str, str]:
    names = {
        row.name.key: row.name.written
        for entry in entries
        for row in entry.counts.all()
    }
    faults = {f"={fault.value}": f"tidak sah: {FAULT_WORDS[fault]}" for fault in Fault}
    return {"=valid": VALID_WORD} | faults | names


def batch_states(area: ElectionArea) -> list[BatchState]:
    """Every batch of the area, compared; four queries however many there are."""
    batches = area.batches.prefetch_related("entries__counts__name")
    return [_state(batch) for batch in batches]


def batch_state(batch: BallotBatch) -> BatchState:
    """One batch, compared."""
    return _state(batch)


def _state(batch: BallotBatch) -> BatchState:
    entries = sorted(batch.entries.all(), key=lambda entry: entry.look)
    if len(entries) < 2:
        return BatchState(batch, entries)
    parted = differences(comparable(entries[0]), comparable(entries[1]))
    return BatchState(batch, entries, parted, _labels(entries))


@dataclass(frozen=True)
class Tally:
    """The sums of an area over the batches that hold."""

    area: ElectionArea
    states: list[BatchState]
    nominees: list[Nominee]
    votes: dict[int, int]  # by TallyName
    names: list[TallyName]
    # Votes by TallyName where two people counted, agreed or not.
    seen: dict[int, int]
    valid: int
    faults: dict[Fault, int]
    # What one person typed in and nobody else looked over yet.
    unchecked: list[CountingAct] = field(default_factory=list)

    @property
    def invalid(self) -> int:
        """Ballots that do not count."""
        return sum(self.faults.values())

    @property
    def ballots(self) -> int:
        """All ballots counted so far."""
        return self.valid + self.invalid

    @property
    def unmatched(self) -> list[TallyName]:
        """Names that no person was found for yet, in bundles that two people counted.

        Those without votes do not matter; one count alone is shown to nobody.
        """
        return [
            name
            for name in self.names
            if not name.nominee_id and self.seen.get(name.pk)
        ]

    @property
    def rule(self) -> TieRule:
        """The tie rule of the election."""
        return TieRule(self.area.election.tie_rule)

    @property
    def reserves(self) -> int:
        """Places on the list behind the winners."""
        return self.area.reserves

    def standings(self) -> list[Standing]:
        """Every person with votes, unordered."""
        summed: Counter[int] = Counter()
        for name in self.names:
            if name.nominee_id:
                summed[name.nominee_id] += self.votes.get(name.pk, 0)
        return [
            Standing(
                row.pk,
                row.person.full_name,
                summed[row.pk],
                woman=row.person.sex == Sex.FEMALE,
                second=row.second_votes,
                drawn=row.drawn,
            )
            for row in self.nominees
            if summed[row.pk]
        ]

    def ties(self) -> list[list[Standing]]:
        """Groups that the rule must still part."""
        return open_ties(
            self.standings(), self.rule, seats=self.area.winners, reserves=self.reserves
        )

    def step(self, group: list[Standing]) -> Decided:
        """What parts the group now."""
        return next_step(group, self.rule)


def tally_of(area: ElectionArea) -> Tally:
    """Read the sums of an area from the entries that hold; eight queries."""
    states = batch_states(area)
    held = [state.agreed for state in states if state.agreed]
    votes: Counter[int] = Counter()
    faults: Counter[Fault] = Counter()
    for entry in held:
        faults.update(entry.faults)
        for row in entry.counts.all():
            votes[row.name_id] += row.votes
    return Tally(
        area=area,
        states=states,
        seen=_seen(states),
        nominees=list(area.nominees.select_related("person")),
        votes=dict(votes),
        names=list(area.names.select_related("nominee__person")),
        valid=sum(entry.valid for entry in held),
        faults=dict(faults),
        unchecked=list(area.acts.filter(checked_by=None, alone=False)),
    )


def _seen(states: list[BatchState]) -> dict[int, int]:
    """Votes by TallyName: as agreed, or the higher of two counts that differ."""
    seen: Counter[int] = Counter()
    for state in states:
        shown = [state.agreed] if state.agreed else state.entries
        if len(state.entries) < 2:
            continue
        most: dict[int, int] = {}
        for entry in shown:
            for row in entry.counts.all():
                most[row.name_id] = max(row.votes, most.get(row.name_id, 0))
        seen.update(most)
    return dict(seen)


@dataclass(frozen=True)
class LineUp:
    """Who takes the seats of an election, and who may still move up."""

    seats: int
    taking: list[Nominee]
    reserves: list[Nominee]
    declined: list[Nominee]

    @property
    def unasked(self) -> list[Nominee]:
        """Those in a seat who did not say yet whether they are willing."""
        return [row for row in self.taking if row.willing == Nominee.Willing.UNASKED]

    @property
    def empty(self) -> int:
        """Seats for which nobody is left."""
        return self.seats - len(self.taking)

    @property
    def makeup(self) -> Makeup:
        """Men and women among those who take a seat."""
        return makeup_of(self.taking)


def makeup_of(nominees: Iterable[Nominee], *, target: int = 0) -> Makeup:
    """Men and women among nominees of closed areas."""
    return makeup_of_sexes((row.sex for row in nominees), target=Decimal(target))


def line_up(election: Election) -> LineUp:
    """The members that stage 2 gave: by rank, those who declined passed over.

    Of a finished election as it stood at its end, whatever was answered since.
    """
    placed = Nominee.objects.filter(
        area__election=election,
        area__stage=ElectionArea.Stage.BOARD,
        outcome__in=(Nominee.Outcome.ELECTED, Nominee.Outcome.RESERVE),
    )
    rows = list(placed.select_related("person", "final").order_by("rank"))
    if election.finished_at:
        return _as_finished(election, rows)
    declined = [row for row in rows if row.willing == Nominee.Willing.DECLINED]
    order = [row.pk for row in rows]
    taking = seated(order, [row.pk for row in declined], election.seats)
    return LineUp(
        seats=election.seats,
        taking=[row for row in rows if row.pk in taking],
        reserves=[row for row in rows if row.pk not in taking and row not in declined],
        declined=declined,
    )


def _as_finished(election: Election, rows: list[Nominee]) -> LineUp:
    """The line-up that was settled when the election ended."""
    kinds = FinalPlace.Place
    by_place: dict[str, list[Nominee]] = {kind: [] for kind in kinds}
    for row in rows:
        by_place[row.final.place].append(row)
    return LineUp(
        seats=election.seats,
        taking=by_place[kinds.SEATED],
        reserves=by_place[kinds.RESERVE],
        declined=by_place[kinds.DECLINED],
    )


def delegates_of(election: Election) -> QuerySet[Nominee]:
    """The delegates that stage 1 elected, in the order of their areas."""
    return (
        Nominee.objects.filter(
            area__election=election,
            area__stage=ElectionArea.Stage.BASIS,
            outcome=Nominee.Outcome.ELECTED,
        )
        .select_related("area", "person")
        .order_by("area__rw", "area__rt", "area__name", "rank")
    )


def residents_of(area: ElectionArea) -> list[Known]:
    """Whom a ballot of this area can name: of its RT where it is one, else anybody."""
    people = Person.objects.filter(board=area.board_id)
    if area.rt and area.rw:
        people = people.filter(rt=area.rt, rw=area.rw)
    columns = ("pk", "name", "nickname", "rt", "rw")
    return [Known(*row) for row in people.order_by("name", "pk").values_list(*columns)]
