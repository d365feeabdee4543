"""Decisions on members, and elections that seated people, for tests."""

import datetime

from boards.models import Board, User
from boards.numbers import give_number
from deliberations.models import Decision, Meeting, SeatedElection
from deliberations.services.seats import seat_election
from members.models import Election
from members.services import finish_election
from members.standings import line_up
from tests.make import deliberations as talk
from tests.make import elections as vote

HELD_ON = datetime.date(2026, 3, 1)
VOTED_ON = datetime.date(2025, 12, 6)
STARTS, ENDS = datetime.date(2026, 1, 1), datetime.date(2028, 12, 31)
VOTES = {"Ani": 10, "Budi": 9, "Cici": 8, "Dodi": 5, "Edi": 4}


def decision(
    board: Board, *, by: User, held_on: datetime.date = HELD_ON, **meeting
) -> Decision:
    """A numbered decision on members, in force."""
    held = talk.meeting(board, by=by, held_on=held_on, **meeting)
    number = give_number(board, "KEP", on=held_on)
    return talk.decision(
        talk.item(held, "Keanggotaan"),
        kind=Decision.Kind.MEMBERSHIP,
        number=number,
        number_text=number.text,
        ratified_at=vote.AT,
    )


def special(board: Board, *, by: User) -> Decision:
    """A decision of a rembug khusus."""
    return decision(board, by=by, kind=Meeting.Kind.KHUSUS)


def finished(board: Board, *, by: tuple[User, User]) -> Election:
    """Three seats: Ani, Budi and Cici are willing; Dodi and Edi are reserves."""
    election = vote.election(board, by=by[0], starts_on=STARTS, ends_on=ENDS)
    second = vote.second_stage(election, by=by[0], held_on=VOTED_ON)
    vote.closed(second, VOTES, valid=10, by=by, women=("Ani", "Cici"))
    for row in line_up(election).taking:
        vote.willing(row, by=by[0], on=VOTED_ON)
    return finish_election(election, by=by[0], at=vote.AT)


def seated(board: Board, *, by: tuple[User, User]) -> SeatedElection:
    """The term 2026 to 2028 of that election; Ani leads."""
    election = finished(board, by=by)
    leads = line_up(election).taking[0]
    made = decision(board, by=by[0], held_on=datetime.date(2025, 12, 20))
    return seat_election(
        election, decision=made, coordinator=leads, by=by[0], at=vote.AT
    )
