"""What a vote comes to: frozen results, delegates, who moves up, the end."""

import pytest
from django.db import IntegrityError, transaction

from boards.chain import breaks
from boards.models import ChainLink
from boards.roles import Role
from members.models import (
    BatchEntry,
    ElectionArea,
    FinalPlace,
    Nominee,
    TallyCount,
)
from members.services import (
    add_batch,
    change_election,
    close_area,
    elections,
    finish_election,
    note_reserve_letter,
    settle_tie,
)
from members.standings import delegates_of, line_up, tally_of
from members.tally import Fault
from tests.make import boards as make
from tests.make import elections as vote

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def board(module_rows):
    return make.board()


@pytest.fixture(scope="module")
def staff(board):
    """Secretary, member and supervisor: three pairs of eyes."""
    roles = (Role.SECRETARY, Role.MEMBER, Role.SUPERVISOR)
    return tuple(make.user(role, board=board) for role in roles)


@pytest.fixture
def election(board, staff):
    return vote.election(board, by=staff[0])


@pytest.fixture
def area(election, staff):
    return vote.basis(election, by=staff[0])


@pytest.fixture
def fixed(area, staff):
    """A closed basis: Siti and Budi are delegates, Rina is not."""
    return vote.closed(
        area,
        {"Siti": 9, "Budi": 8, "Rina": 4},
        valid=10,
        by=staff[:2],
        women=("Siti", "Rina"),
    )


def test_a_closed_area_is_frozen_and_stands_in_the_chain(fixed, staff):
    assert ChainLink.objects.get(kind="members.election_area").subject_pk == str(
        fixed.pk
    )
    assert list(breaks(ChainLink.objects.filter(board=fixed.board))) == []
    tries = (
        lambda: ElectionArea.objects.filter(pk=fixed.pk).update(voters_men=1),
        lambda: TallyCount.objects.filter(entry__batch__area=fixed).update(votes=1),
        lambda: TallyCount.objects.filter(entry__batch__area=fixed).delete(),
        lambda: Nominee.objects.filter(area=fixed).update(votes=99),
        lambda: fixed.batches.create(number=9),
        lambda: fixed.names.create(written="Z", plain="z"),
    )
    for attempt in tries:
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            attempt()
    with vote.refuses("election.area_closed"):
        add_batch(fixed, by=staff[0])


def test_a_count_of_one_area_takes_no_name_of_another(area, staff, election):
    other = vote.basis(election, by=staff[0], rt="002")
    vote.counted(other, {"A": 3, "B": 3}, valid=3, by=staff[:2])
    batch = vote.counted(area, {"A": 3, "B": 3}, valid=3, by=staff[:2])

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        TallyCount.objects.create(
            entry=batch.entries.first(), name=other.names.first(), votes=1
        )


def test_delegates_elect_the_members_and_the_next_moves_up(fixed, election, staff):
    assert [row.name for row in delegates_of(election)] == ["Siti", "Budi"]
    second = vote.second_stage(election, by=staff[0], voters_men=1, voters_women=1)
    # The voters are the delegates: one woman, one man.
    assert (second.eligible_men, second.eligible_women) == (1, 1)
    assert (second.winners, second.reserves) == (3, 2)
    assert second.least == 2  # more than half of two
    vote.counted(
        second,
        {"Siti": 2, "Budi": 2, "Rina": 1, "Joko": 1, "Tono": 1},
        valid=2,
        by=staff[:2],
    )
    vote.matched(second, by=staff[0], women=("Siti", "Rina"))
    (group,) = tally_of(second).ties()
    keys = {row.name: row.key for row in group}
    settle_tie(second, figures=dict.fromkeys(keys.values(), 0), note="x", by=staff[0])
    order = {"Rina": 1, "Joko": 2, "Tono": 3}
    settle_tie(
        second,
        figures={keys[name]: place for name, place in order.items()},
        note="Undi",
        by=staff[0],
    )
    vote.checked(second, by=staff[1])
    close_area(second, by=staff[0], at=vote.AT)
    line = line_up(election)
    assert [row.name for row in line.taking] == ["Budi", "Siti", "Rina"]
    assert [row.name for row in line.reserves] == ["Joko", "Tono"]
    assert (line.makeup.men, line.makeup.women) == (1, 2)

    with vote.refuses("election.unasked"):
        finish_election(election, by=staff[0], at=vote.AT)
    for row in line.taking:
        willing = "declined" if row.name == "Rina" else "willing"
        vote.willing(row, answer=willing, by=staff[0])
    assert [row.name for row in line_up(election).taking] == ["Budi", "Siti", "Joko"]


def test_the_second_stage_waits_for_every_basis(election, area, staff):
    with vote.refuses("election.basis_open") as caught:
        vote.second_stage(election, by=staff[0])

    assert "RT 001/RW 001" in str(caught.value)
    assert election.areas.count() == 1


def test_an_unanswered_objection_keeps_the_election_open(election, staff):
    second = vote.second_stage(election, by=staff[0])
    vote.counted(second, {"A": 10, "B": 9, "C": 8, "D": 4}, valid=10, by=staff[:2])
    vote.matched(second, by=staff[0])
    vote.checked(second, by=staff[1])
    close_area(second, by=staff[0], at=vote.AT)
    for row in line_up(election).taking:
        vote.willing(row, by=staff[0])
    vote.objection(election, by=staff[0])

    with vote.refuses("election.objections"):
        finish_election(election, by=staff[0], at=vote.AT)


def test_no_row_holds_what_stood_on_one_ballot():
    """Names and sums a bundle: no column of a ballot, none of a voter."""
    columns = {field.name for field in TallyCount._meta.get_fields()}
    assert columns == {"id", "entry", "name", "votes"}
    columns = {field.name for field in BatchEntry._meta.concrete_fields}
    assert columns == {
        "id",
        "batch",
        "look",
        "by",
        "by_name",
        "at",
        "reason",
        "valid",
        *(fault.value for fault in Fault),
    }


def test_an_area_of_another_boards_election_is_refused(board, staff, election):
    other = make.board()
    foreign = vote.election(other, by=staff[0])
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        ElectionArea.objects.create(
            board=board,
            election=foreign,
            stage=1,
            name="X",
            winners=1,
            names_min=1,
            names_max=1,
            threshold_numerator=1,
            threshold_denominator=2,
        )


@pytest.fixture
def finished(election, staff):
    """Four votes for three seats; everybody is willing."""
    second = vote.second_stage(election, by=staff[0])
    votes = {"A": 10, "B": 9, "C": 8, "D": 4}
    vote.closed(second, votes, valid=10, by=staff[:2])
    for row in line_up(election).taking:
        vote.willing(row, by=staff[0])
    return finish_election(election, by=staff[0], at=vote.AT)


def test_a_finished_election_is_frozen_but_reserves_still_answer(finished, staff):
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        type(finished).objects.filter(pk=finished.pk).update(seats=9)
    with vote.refuses("election.finished"):
        vote.basis(finished, by=staff[0])

    reserve = line_up(finished).reserves[0]
    note_reserve_letter(
        reserve, willing="willing", on=vote.ON, today=vote.ON, by=staff[0]
    )

    assert line_up(finished).reserves[0].willing == Nominee.Willing.WILLING


def test_what_was_settled_moves_no_more(finished, staff):
    seated = line_up(finished).taking[0]

    with vote.refuses("election.finished"):
        vote.willing(seated, answer="declined", by=staff[0])
    with vote.refuses("election.not_reserve"):
        note_reserve_letter(
            seated, willing="declined", on=vote.ON, today=vote.ON, by=staff[0]
        )
    rows = Nominee.objects.filter(pk=seated.pk)
    tries = (
        lambda: rows.update(willing="declined"),
        lambda: FinalPlace.objects.filter(nominee=seated).update(place="reserve"),
        lambda: FinalPlace.objects.filter(nominee=seated)._raw_delete("default"),
    )
    for attempt in tries:
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            attempt()

    reserve = line_up(finished).reserves[0]
    note_reserve_letter(
        reserve, willing="declined", on=vote.ON, today=vote.ON, by=staff[0]
    )
    line = line_up(finished)
    assert [row.name for row in line.taking] == ["A", "B", "C"]
    assert [(row.name, row.willing) for row in line.reserves] == [("D", "declined")]


def test_seats_changed_while_stage_two_is_fixed_are_refused(
    election, staff, monkeypatch
):
    second = vote.second_stage(election, by=staff[0])
    vote.counted(second, {"A": 10, "B": 9, "C": 8, "D": 4}, valid=10, by=staff[:2])
    vote.matched(second, by=staff[0])
    vote.checked(second, by=staff[1])
    claim = elections.claim

    def colleague_is_faster(row, revision):
        claim(row, revision)
        close_area(second, by=staff[1], at=vote.AT)

    monkeypatch.setattr(elections, "claim", colleague_is_faster)
    with vote.refuses("election.stage_closed"):
        change_election(
            election, revision=election.revision, facts={"seats": 5}, by=staff[0]
        )
