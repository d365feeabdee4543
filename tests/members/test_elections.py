"""Acts of an election: two people count, differences are mended, the result stands."""

import pytest
from django.db import IntegrityError, transaction

from boards.models import AuditEvent
from boards.parameters import set_parameter
from boards.roles import Post, Role
from members.models import BatchEntry, ElectionArea, Nominee, TallyCount
from members.services import (
    add_batch,
    change_area,
    close_area,
    count_batch,
    go_door_to_door,
    match_names,
    mend_batch,
    settle_tie,
    unmatch_name,
)
from members.standings import batch_state, tally_of
from members.tally import Count
from tests.make import boards as make
from tests.make import elections as vote
from tests.make import members

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


def last_sentence() -> str:
    return AuditEvent.objects.order_by("-pk").first().says


def test_an_area_keeps_the_rules_of_its_day_with_their_source(board, staff, election):
    chair = make.user(Role.MEMBER, board=board, post=Post.COORDINATOR)
    set_parameter(
        board,
        "election_names_max",
        value=4,
        starts_on=vote.ON,
        article="Tata tertib pasal 3",
        on=vote.ON,
        by=chair,
    )

    area = vote.basis(election, by=staff[0])

    assert (area.names_min, area.names_max) == (2, 4)
    assert area.names_source == "Tata tertib pasal 3"
    assert (area.threshold_numerator, area.threshold_denominator) == (30, 100)
    assert "30 persen" in area.threshold_source
    assert area.least == 12  # 30 % of 40


def test_two_people_count_a_bundle_and_agree(area, staff):
    batch = vote.counted(
        area, {"Siti": 9, "Budi": 8, "Rina": 4}, valid=10, by=staff[:2]
    )

    state = batch_state(batch)

    assert state.tag == ("ok", "Cocok")
    assert state.agreed.look == BatchEntry.Look.FIRST
    assert state.agreed.count().votes == {"Siti": 9, "Budi": 8, "Rina": 4}


def test_the_same_person_does_not_count_twice_but_may_count_again(area, staff):
    batch = add_batch(area, by=staff[0])
    count_batch(batch, count=Count({"A": 4, "B": 4}, 4, {}), by=staff[0], at=vote.AT)

    count_batch(batch, count=Count({"A": 3, "C": 3}, 3, {}), by=staff[0], at=vote.AT)

    (entry,) = batch.entries.all()
    assert entry.look == 1
    assert entry.count().votes == {"A": 3, "C": 3}
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchEntry.objects.create(
            batch=batch, look=2, by=staff[0], by_name="x", at=vote.AT
        )


def test_a_third_count_without_a_difference_is_refused(area, staff):
    batch = vote.counted(area, {"A": 3, "B": 3}, valid=3, by=staff[:2])

    with vote.refuses("election.counted_twice"):
        count_batch(
            batch, count=Count({"A": 3, "B": 3}, 3, {}), by=staff[2], at=vote.AT
        )
    with vote.refuses("election.nothing_differs"):
        mend_batch(batch, settled={}, reason="Hitung lagi", by=staff[2], at=vote.AT)
    assert batch.entries.count() == 2


@pytest.fixture
def parted(area, staff):
    return vote.parted(area, by=staff[:2])


def test_a_difference_shows_both_and_is_mended_by_a_third_person(parted, staff):
    state = batch_state(parted)
    assert state.tag == ("bad", "Berbeda di 3 baris")
    assert [(line.key, line.first, line.second) for line in state.differences] == [
        ("=valid", 10, 9),
        ("siti", 9, 8),
        ("=blank", 0, 1),
    ]

    mend_batch(
        parted,
        settled={"=valid": 9, "siti": 8, "=blank": 1},
        reason="Satu surat suara kosong terlewat",
        by=staff[2],
        at=vote.AT,
    )

    held = batch_state(parted).agreed
    assert held.look == BatchEntry.Look.MENDED
    assert held.count().votes == {"Siti": 8, "Budi": 9, "Rina": 3}
    assert (held.valid, held.blank) == (9, 1)
    assert "Satu surat suara kosong terlewat" in last_sentence()
    assert "Siti 9 atau 8, dipakai 8" in last_sentence()


def test_none_of_the_two_counters_mends_and_every_line_is_asked(parted, staff):
    whole = {"=valid": 9, "siti": 8, "=blank": 1}

    with vote.refuses("election.third_person"):
        mend_batch(parted, settled=whole, reason="x", by=staff[1], at=vote.AT)
    with vote.refuses("election.lines_missing"):
        mend_batch(parted, settled={"siti": 8}, reason="x", by=staff[2], at=vote.AT)
    with vote.refuses("election.count_impossible"):
        mend_batch(
            parted,
            settled=whole | {"siti": 12},
            reason="x",
            by=staff[2],
            at=vote.AT,
        )
    assert parted.entries.count() == 2


def test_spellings_of_one_person_are_one_line_once_matched(area, staff):
    batch = add_batch(area, by=staff[0])
    for at, name in enumerate(("Bu Siti", "Siti Aminah")):
        count = Count({name: 3, "Budi": 3}, 3, {})
        count_batch(batch, count=count, by=staff[at], at=vote.AT)
    assert batch_state(batch).differs
    unmatched = [name.written for name in tally_of(area).unmatched]
    assert unmatched == ["Bu Siti", "Budi", "Siti Aminah"]

    siti = members.person(area.board, "Siti Aminah", sex="P")
    names = {row.written: row for row in area.names.all()}
    match_names(
        area,
        matches={names["Bu Siti"]: siti, names["Siti Aminah"]: siti},
        by=staff[0],
    )

    batch = area.batches.get()
    assert batch_state(batch).agreed
    assert [row.votes for row in tally_of(area).standings()] == [3]


def test_two_people_taken_for_one_are_noticed(area, staff):
    vote.counted(area, {"Slamet": 10, "Bu Slamet": 10}, valid=10, by=staff[:2])
    slamet = members.person(area.board, "Slamet")

    with vote.refuses("election.more_than_ballots"):
        match_names(area, matches=dict.fromkeys(area.names.all(), slamet), by=staff[0])

    assert not Nominee.objects.filter(area=area).exists()
    vote.matched(area, by=staff[0])
    name = area.names.first()
    unmatch_name(name, by=staff[0])
    assert area.nominees.count() == 1


def test_more_ballots_than_voters_are_refused(area, staff):
    vote.counted(area, {"A": 12, "B": 12}, valid=12, by=staff[:2])
    batch = add_batch(area, by=staff[0])

    # 20 came, 12 ballots are counted: 8 are left.
    with vote.refuses("election.more_ballots"):
        count_batch(
            batch, count=Count({"A": 9, "B": 9}, 9, {}), by=staff[0], at=vote.AT
        )
    count_batch(batch, count=Count({"A": 8, "B": 8}, 8, {}), by=staff[0], at=vote.AT)
    assert TallyCount.objects.filter(entry__batch=batch).count() == 2


def test_voters_above_the_list_are_refused_with_the_numbers(area, staff):
    with vote.refuses("election.more_voters") as caught:
        change_area(
            area,
            revision=area.revision,
            facts={"voters_men": 21, "voters_women": 0},
            by=staff[0],
        )

    assert "pemilih 40: laki-laki 20, perempuan 20" in str(caught.value)
    assert ElectionArea.objects.get(pk=area.pk).voters_men == 9


def test_too_few_voters_go_on_from_door_to_door(election, staff):
    area = vote.basis(election, by=staff[0], voters_men=5, voters_women=6)
    vote.counted(area, {"A": 11, "B": 11}, valid=11, by=staff[:2])
    vote.matched(area, by=staff[0])

    # 11 of 40 are less than 30 percent, which are 12.
    with vote.refuses("election.turnout") as caught:
        close_area(area, by=staff[0], at=vote.AT)
    assert "Lanjut dari rumah ke rumah" in str(caught.value)

    area = go_door_to_door(area, on=vote.ON, by=staff[0])
    assert area.state_tag == ("warn", "Dari rumah ke rumah")
    area = change_area(
        area, revision=area.revision, facts={"voters_women": 7}, by=staff[0]
    )
    with vote.refuses("election.enough_came"):
        go_door_to_door(area, on=vote.ON, by=staff[0])
    vote.checked(area, by=staff[1])
    assert close_area(area, by=staff[0], at=vote.AT).closed_at == vote.AT


def test_a_tie_on_the_last_seat_is_settled_by_the_rule(area, staff):
    # Two seats, no reserves: A 9, then B and C with 6 each.
    votes = {"A": 9, "B": 6, "C": 6}
    vote.counted(area, votes, valid=10, by=staff[:2])
    vote.matched(area, by=staff[0])
    with vote.refuses("election.tie"):
        close_area(area, by=staff[0], at=vote.AT)
    ids = {row.person.name: row.pk for row in area.nominees.select_related("person")}

    with vote.refuses("election.second_votes"):
        settle_tie(
            area, figures={ids["B"]: 11, ids["C"]: 10}, note="Ulang", by=staff[0]
        )
    settle_tie(area, figures={ids["B"]: 7, ids["C"]: 7}, note="Ulang", by=staff[0])
    with vote.refuses("election.draw_places"):
        settle_tie(area, figures={ids["B"]: 1, ids["C"]: 1}, note="Undi", by=staff[0])
    settle_tie(
        area, figures={ids["B"]: 2, ids["C"]: 1}, note="Saksi: Lurah", by=staff[0]
    )
    assert "undian: B 2, C 1. Saksi: Lurah" in last_sentence()
    with vote.refuses("election.no_tie"):
        settle_tie(area, figures={ids["B"]: 1, ids["C"]: 2}, note="x", by=staff[0])
    vote.checked(area, by=staff[1])
    close_area(area, by=staff[0], at=vote.AT)

    result = list(area.nominees.values_list("name", "votes", "outcome", "decided"))
    assert result == [
        ("A", 9, "elected", "votes"),
        ("C", 6, "elected", "draw"),
        ("B", 6, "none", "draw"),
    ]


def test_new_votes_open_a_settled_tie_again(area, staff):
    vote.counted(area, {"A": 9, "B": 6, "C": 6}, valid=10, by=staff[:2])
    vote.matched(area, by=staff[0])
    ids = [row.key for row in tally_of(area).ties()[0]]
    settle_tie(area, figures={ids[0]: 3, ids[1]: 4}, note="Ulang", by=staff[0])
    assert tally_of(area).ties() == []

    vote.counted(area, {"A": 4, "B": 4, "C": 4}, valid=4, by=staff[:2])

    assert len(tally_of(area).ties()) == 1
