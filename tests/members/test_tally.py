"""Ballots, sums, ranking, ties and turnout; every expected value worked out by hand."""

import time

import pytest

from boards.rule_kinds import TieRule
from members.tally import (
    Count,
    Decided,
    Fault,
    Limits,
    Outcome,
    Standing,
    Threshold,
    Unread,
    differences,
    next_step,
    open_ties,
    outcomes,
    plain_name,
    problems_of,
    read_ballots,
    read_tally,
    seated,
)

TWO_OR_THREE = Limits(2, 3)
SECOND, DRAW, WOMAN = TieRule.SECOND_BALLOT, TieRule.DRAW, TieRule.WOMAN_FIRST


def test_ballots_typed_one_a_line_become_sums_and_reasons():
    text = """Siti, Budi, Rina
    siti ; BUDI
    Siti, Siti, Rina
    Rina
    Siti, Budi, Rina, Joko
    kosong

    rusak"""

    count = read_ballots(text, TWO_OR_THREE, {})

    assert count.votes == {"Siti": 2, "Budi": 2, "Rina": 1}
    assert count.valid == 2
    assert count.faults == {
        Fault.REPEATED: 1,
        Fault.TOO_FEW: 1,
        Fault.TOO_MANY: 1,
        Fault.BLANK: 1,
        Fault.UNREADABLE: 1,
    }
    assert (count.ballots, count.invalid) == (7, 5)
    assert count.remarks[:3] == (
        "Surat suara 3 tidak sah: Siti ditulis dua kali.",
        "Surat suara 4 tidak sah: 1 nama, paling sedikit 2.",
        "Surat suara 5 tidak sah: 4 nama, paling banyak 3.",
    )


def test_two_names_of_one_person_on_a_ballot_are_one_person_twice():
    known = {"pak kirman": "#7", "sukirman": "#7"}

    count = read_ballots("Pak Kirman, Sukirman", TWO_OR_THREE, known)

    assert count.valid == 0
    assert count.faults == {Fault.REPEATED: 1}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bu  SITI.", "bu siti", True),
        ("H. Nur", "h nur", True),
        ("Pak Slamet", "Bu Slamet", False),
        ("Mas'ud", "Masud", False),
    ],
)
def test_a_spelling_is_compared_without_case_and_stops(one, other, same):
    assert (plain_name(one) == plain_name(other)) is same


def test_a_tally_is_read_from_names_with_numbers():
    text = "Siti Aminah 14\nPak RT 2: 5\nBudi = 0"

    assert read_tally(text) == {"Siti Aminah": 14, "Pak RT 2": 5, "Budi": 0}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Tulis paling sedikit satu nama."),
        ("Siti", "Baris 1: tulis nama lalu jumlah suaranya."),
        (
            "Siti 4\nBudi 3\nsiti 2",
            "Baris 3: siti sudah ada di baris 1. Jumlahkan menjadi satu.",
        ),
        ("12", "Baris 1: tulis nama lalu jumlah suaranya."),
        ("x" * 61 + " 3", "Baris 1: nama “xxxxxxxxxxxxxxxxxxxx…” terlalu panjang."),
        ("a 1\n" * 201, "Paling banyak 200 baris sekali hitung. Bagi menjadi dua."),
    ],
)
def test_a_tally_that_cannot_be_read_says_where(text, sentence):
    with pytest.raises(Unread) as refused:
        read_tally(text)

    assert refused.value.sentences[0] == sentence


def test_sums_that_cannot_be_are_told():
    more = Count({"Siti": 11, "Budi": 9, "Rina": 5}, 10, {})
    assert problems_of(more, TWO_OR_THREE) == [
        "Siti mendapat 11 suara, padahal surat suara sah 10."
    ]

    # Ten ballots of two or three names hold 20 to 30 votes.
    few = Count({"Siti": 10, "Budi": 9}, 10, {})
    assert problems_of(few, TWO_OR_THREE) == [
        "Jumlah suara semua nama 19. Dari 10 surat suara sah dengan 2 atau 3 nama,"
        " seharusnya 20 sampai 30."
    ]

    assert problems_of(Count({}, 0, {Fault.BLANK: 2}), TWO_OR_THREE) == []
    assert problems_of(Count({}, 0, {}), TWO_OR_THREE) == [
        "Isi jumlah surat suara yang dihitung."
    ]


def test_two_counts_are_compared_line_by_line():
    found = differences({"siti": 14, "budi": 3}, {"siti": 15, "budi": 3, "rina": 1})

    assert [(line.key, line.first, line.second) for line in found] == [
        ("siti", 14, 15),
        ("rina", 0, 1),
    ]


@pytest.mark.parametrize(
    ("threshold", "eligible", "least"),
    [
        (Threshold(30, 100), 47, 15),  # 14.1
        (Threshold(30, 100), 40, 12),  # 12 exactly
        (Threshold(1, 2, more_than=True), 20, 11),
        (Threshold(1, 2, more_than=True), 21, 11),  # 10.5
    ],
)
def test_the_least_turnout_is_a_whole_number(threshold, eligible, least):
    assert threshold.least(eligible) == least


def people(*rows: tuple[str, int]) -> list[Standing]:
    """Standings from names and votes; names that begin with "Bu" are women."""
    return [
        Standing(at, name, votes, woman=name.startswith("Bu"))
        for at, (name, votes) in enumerate(rows, start=1)
    ]


def names(group) -> list[str]:
    return [row.name for row in group]


def test_equal_votes_inside_the_seats_do_not_matter():
    rows = people(("A", 9), ("B", 9), ("C", 5))

    assert open_ties(rows, SECOND, seats=2, reserves=1) == []


def test_a_tie_on_the_last_seat_waits_for_the_rule():
    rows = people(("A", 9), ("B", 7), ("C", 7), ("D", 2))

    (group,) = open_ties(rows, SECOND, seats=2, reserves=1)

    assert names(group) == ["B", "C"]
    assert next_step(group, SECOND) == Decided.SECOND_BALLOT
    assert next_step(group, DRAW) == Decided.DRAW


def test_reserves_that_are_equal_are_parted_too_and_those_behind_are_not():
    rows = people(("A", 9), ("B", 5), ("C", 5), ("D", 1), ("E", 1))

    (group,) = open_ties(rows, DRAW, seats=1, reserves=2)

    assert names(group) == ["B", "C"]


def test_a_second_ballot_that_is_equal_again_is_drawn():
    rows = [
        Standing(1, "A", 7, False, second=4),
        Standing(2, "B", 7, False, second=4),
        Standing(3, "C", 7, False, second=6),
    ]

    (group,) = open_ties(rows, SECOND, seats=2, reserves=0)

    assert names(group) == ["A", "B"]
    assert next_step(group, SECOND) == Decided.DRAW


def test_places_name_what_decided_them():
    rows = [
        Standing(1, "A", 7, False, second=4, drawn=2),
        Standing(2, "B", 7, False, second=4, drawn=1),
        Standing(3, "C", 7, False, second=6),
        Standing(4, "D", 9, False),
    ]

    placed = outcomes(rows, SECOND, seats=2, reserves=1)

    assert [(p.standing.name, p.rank, p.outcome, p.decided) for p in placed] == [
        ("D", 1, Outcome.ELECTED, Decided.VOTES),
        ("C", 2, Outcome.ELECTED, Decided.SECOND_BALLOT),
        ("B", 3, Outcome.RESERVE, Decided.DRAW),
        ("A", 4, Outcome.NONE, Decided.DRAW),
    ]


def test_a_woman_goes_first_where_that_is_the_rule():
    rows = people(("Pak A", 7), ("Bu B", 7))

    assert open_ties(rows, WOMAN, seats=1, reserves=1) == []
    placed = outcomes(rows, WOMAN, seats=1, reserves=1)
    assert [(p.standing.name, p.decided) for p in placed] == [
        ("Bu B", Decided.WOMAN_FIRST),
        ("Pak A", Decided.WOMAN_FIRST),
    ]
    (group,) = open_ties(people(("Bu A", 7), ("Bu B", 7)), WOMAN, seats=1, reserves=1)
    assert names(group) == ["Bu A", "Bu B"]


def test_the_next_moves_up_for_who_declines():
    assert seated([1, 2, 3, 4, 5], {2}, 3) == [1, 3, 4]
    assert seated([1, 2], {1, 2}, 3) == []


def test_a_line_of_spaces_is_read_in_no_time():
    begun = time.process_time()
    assert read_tally("Siti" + " " * 15_000 + "Aminah 4") == {"Siti Aminah": 4}
    with pytest.raises(Unread):
        read_tally("Siti" + " " * 15_000 + "x")
    assert time.process_time() - begun < 2
