"""Rows of an election for the doors, and which address needs which of them."""

import datetime
import functools
from typing import Any

from members.services import finish_election
from members.standings import line_up
from tests.make import boards as make
from tests.make import elections as vote
from tests.make import members


class ElectionRows:
    """What a World has of an election; it brings `board` and `secretary`."""

    @functools.cached_property
    def election(self):
        election = vote.election(self.board, by=self.secretary)
        person = members.person(self.board)
        vote.on_committee(election, person, by=self.secretary)
        vote.objection(election, by=self.secretary)
        return election

    @functools.cached_property
    def area(self):
        area = vote.basis(self.election, by=self.secretary)
        vote.parted(area, by=(self.secretary, make.user()))
        vote.matched(area, by=self.secretary)
        return area

    @functools.cached_property
    def reserve(self):
        """A reserve of another, finished election of the board."""
        starts = datetime.date(2031, 1, 1)
        held = vote.election(
            self.board,
            by=self.secretary,
            title="Pemilihan anggota 2031",
            starts_on=starts,
            ends_on=starts.replace(year=2033),
        )
        second = vote.second_stage(held, by=self.secretary)
        votes = {"A": 10, "B": 9, "C": 8, "D": 4}
        vote.closed(second, votes, valid=10, by=(self.secretary, make.user()))
        for row in line_up(held).taking:
            vote.willing(row, by=self.secretary)
        finish_election(held, by=self.secretary, at=vote.AT)
        return second.nominees.get(final__place="reserve")

    @functools.cached_property
    def batch(self):
        return self.area.batches.first()


def _pk(attribute: str):
    return lambda world: {"pk": getattr(world, attribute).pk}


ELECTION_OBJECTS: dict[str, Any] = {
    **{
        f"members:{name}": _pk("election")
        for name in (
            "election_page",
            "election_edit",
            "election_finish",
            "committee_add",
            "delegate_list",
            "objection_new",
            "basis_new",
            "second_stage_new",
        )
    },
    **{
        f"members:{name}": _pk("area")
        for name in (
            "area_page",
            "area_edit",
            "area_remove",
            "area_doors",
            "area_close",
            "batch_new",
            "names_match",
            "area_check",
            "tie_settle",
        )
    },
    "members:committee_remove": lambda world: {
        "pk": world.election.committee.first().pk
    },
    "members:objection_answer": lambda world: {
        "pk": world.election.objections.first().pk
    },
    "members:willingness": lambda world: {"pk": world.area.nominees.first().pk},
    "members:name_unmatch": lambda world: {"pk": world.area.names.first().pk},
    "members:name_search": lambda world: {"pk": world.area.names.first().pk},
    "members:batch_page": _pk("batch"),
    "members:batch_count": _pk("batch"),
    "members:batch_mend": _pk("batch"),
    "members:batch_merge": _pk("batch"),
    "reports:area_papers": _pk("area"),
    "deliberations:reserve_letter": lambda world: {"pk": world.reserve.pk},
    "deliberations:seat_election": _pk("election"),
    "deliberations:seat_replace": lambda world: {
        "pk": world.people[3].mandates.get().pk
    },
}
