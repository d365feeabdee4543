"""Elections, areas and counted ballots for tests."""

import datetime
from contextlib import contextmanager

import pytest

from boards.models import Board, User
from common.errors import RuleViolation
from members.models import (
    BallotBatch,
    Election,
    ElectionArea,
    Nominee,
    Objection,
    Person,
)
from members.services import (
    add_area,
    add_batch,
    add_to_committee,
    check_area,
    close_area,
    count_batch,
    match_names,
    note_willingness,
    open_election,
    raise_objection,
)
from members.tally import Count, Fault

ON = datetime.date(2026, 11, 1)
AT = datetime.datetime(2026, 11, 1, 5, tzinfo=datetime.UTC)
STARTS, ENDS = datetime.date(2028, 1, 1), datetime.date(2030, 12, 31)


def election(board: Board, *, by: User, **facts) -> Election:
    """An election for the term after the one that other rows sit in."""
    values = {
        "title": "Pemilihan anggota 2028",
        "starts_on": STARTS,
        "ends_on": ENDS,
        "seats": 3,
        "reserves": 2,
    }
    return open_election(board, facts={**values, **facts}, on=ON, by=by)


def basis(election: Election, *, by: User, rt: str = "001", **facts) -> ElectionArea:
    """A basis of 40 voters of whom 20 came."""
    values = {
        "name": f"RT {rt}/RW 001",
        "rt": rt,
        "rw": "001",
        "held_on": ON,
        "place": "Balai RW",
        "eligible_men": 20,
        "eligible_women": 20,
        "voters_men": 9,
        "voters_women": 11,
        "winners": 2,
    }
    return add_area(election, stage=1, facts={**values, **facts}, on=ON, by=by)


def second_stage(election: Election, *, by: User, **facts) -> ElectionArea:
    """The vote of the delegates; without a first stage ten of them, all here."""
    values = {
        "name": "Kelurahan Selosari",
        "held_on": ON,
        "place": "Balai kelurahan",
        "eligible_men": 6,
        "eligible_women": 4,
        "voters_men": 6,
        "voters_women": 4,
    }
    return add_area(election, stage=2, facts={**values, **facts}, on=ON, by=by)


def counted(
    area: ElectionArea, votes: dict[str, int], *, valid: int, by: tuple[User, User]
):
    """One bundle, counted alike by two people."""
    batch = add_batch(area, by=by[0])
    for person in by:
        count_batch(batch, count=Count(votes, valid, {}), by=person, at=AT)
    return batch


def parted(area: ElectionArea, *, by: tuple[User, User]) -> BallotBatch:
    """Two counts that differ: Siti 9 and 8, and one ballot more that is invalid."""
    batch = add_batch(area, by=by[0])
    first = Count({"Siti": 9, "Budi": 9, "Rina": 3}, 10, {})
    second = Count({"Siti": 8, "Budi": 9, "Rina": 3}, 9, {Fault.BLANK: 1})
    count_batch(batch, count=first, by=by[0], at=AT)
    count_batch(batch, count=second, by=by[1], at=AT)
    return batch


def on_committee(election: Election, person: Person, *, by: User, post="1_CHAIR"):
    """Somebody who runs the election."""
    return add_to_committee(election, person=person, post=post, by=by)


def objection(election: Election, *, by: User) -> Objection:
    """An objection nobody answered yet."""
    facts = {"raised_on": ON, "name": "Pak Joko", "text": "Bilik terbuka."}
    return raise_objection(election, facts=facts, today=ON, by=by)


def matched(area: ElectionArea, *, by: User, women: tuple[str, ...] = ()) -> None:
    """Every spelling becomes a new resident; those in `women` are women."""
    new = {
        name: Person(
            board=area.board,
            name=name.written,
            sex="P" if name.written in women else "L",
            rt=area.rt,
            rw=area.rw,
        )
        for name in area.names.filter(nominee=None)
    }
    match_names(area, matches=new, by=by)


def checked(area: ElectionArea, *, by: User) -> None:
    """A second person agrees with names and ties."""
    check_area(area, last_seen=area.acts.last().pk, by=by, at=AT)


def closed(
    area: ElectionArea,
    votes: dict[str, int],
    *,
    valid: int,
    by: tuple[User, User],
    women: tuple[str, ...] = (),
) -> ElectionArea:
    """Counted, matched and fixed."""
    counted(area, votes, valid=valid, by=by)
    matched(area, by=by[0], women=women)
    checked(area, by=by[1])
    return close_area(area, by=by[0], at=AT)


def willing(nominee: Nominee, *, by: User, on: datetime.date = ON, answer="willing"):
    """The letter of somebody elected or in reserve."""
    return note_willingness(nominee, willing=answer, on=on, today=on, by=by)


@contextmanager
def refuses(code: str):
    """The act inside is refused by a rule with this code."""
    with pytest.raises(RuleViolation) as caught:
        yield caught
    assert caught.value.code == code
