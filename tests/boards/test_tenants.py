"""Boards as tenants: what is proposed, what is refused."""

import pytest

from boards.devices import device_name
from boards.models import Board
from boards.parameters import set_parameter, setting_of
from boards.roles import Role
from boards.rule_kinds import Kind, Parameter
from boards.rulebook import PARAMETERS
from boards.tenants import (
    check_number_pattern,
    create_board,
    propose_code,
    propose_slug,
    usual_time_zone,
)
from common.errors import RuleViolation
from tests.make import boards as make


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("35.20.06.1010", "Asia/Jakarta"),
        ("61.71.01.1001", "Asia/Jakarta"),
        ("51.71.01.1001", "Asia/Makassar"),
        ("73.71.01.1001", "Asia/Makassar"),
        ("81.71.01.1001", "Asia/Jayapura"),
        ("96.01.01.1001", "Asia/Jayapura"),
    ],
)
def test_the_clock_follows_the_province(code, zone):
    assert usual_time_zone(code) == zone


def test_the_letter_code_is_the_initials():
    assert propose_code("LKM", "Guyub Rukun") == "LKM-GR"
    assert propose_code("BKM", "menara") == "BKM-M"


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{seq:03d}/{type}/{board}/{roman_month}/{year}", "001/BA/LKM-GR/XI/2026"),
        ("{type}-{seq}/{year}", "BA-1/2026"),
        ("{type} No. {seq:02d} Tahun {year}", "BA No. 01 Tahun 2026"),
    ],
)
def test_a_number_pattern_is_tried(pattern, number):
    assert check_number_pattern(pattern) == number


@pytest.mark.parametrize(
    "pattern",
    [
        "tanpa urut",
        "{year}",
        "{seq:03d}/LKM/{year}",
        "{seq:03d}/{type}",
        "{seq}}",
        "{seq.real}",
        "{seq[0]}",
        "{seq!s}",
        "{seq:>9999999d}",
        "{seq}{type}{year}{board:>100}",
        "{seq}{type}{year}" + "x" * 80,
        "{}",
    ],
)
def test_a_pattern_that_gives_no_number_or_too_much_is_refused(pattern):
    with pytest.raises(RuleViolation) as refused:
        check_number_pattern(pattern)

    assert refused.value.code == "boards.bad_pattern"


@pytest.mark.django_db
def test_an_address_that_is_taken_gets_the_village_then_a_number():
    make.board(slug="lkm-berkah")

    assert propose_slug("LKM", "Guyub", "Kelurahan Selosari") == "lkm-guyub"
    assert propose_slug("LKM", "Berkah", "Kelurahan Selosari") == "lkm-berkah-selosari"

    make.board(slug="lkm-berkah-selosari")
    assert propose_slug("LKM", "Berkah", "Kelurahan Selosari") == "lkm-berkah-2"
    assert propose_slug("LKM", "§§", "Desa X") == "lkm"


@pytest.mark.django_db
def test_a_desa_has_a_kepala_desa_and_a_kelurahan_a_lurah():
    desa = make.board("35.20.06.2001").region_code
    assert desa == "35.20.06.2001"

    board = create_board(
        region=make.region("35.20.06.2001"), term="BKM", name="Menara", by=None
    )

    assert (board.head_title, board.time_zone) == ("Kepala Desa", "Asia/Jakarta")


@pytest.mark.django_db
def test_a_board_lives_in_a_village_only():
    with pytest.raises(RuleViolation) as refused:
        create_board(
            region=make.region("35.20.06", "Magetan"), term="LKM", name="X", by=None
        )

    assert refused.value.code == "boards.not_a_village"
    assert not Board.objects.exists()


@pytest.mark.django_db
def test_a_rule_counts_from_its_day_and_older_days_keep_the_older_value():
    board = make.board()
    by = make.user(Role.SECRETARY, board=board)
    today = board.today()
    last_year = today.replace(year=today.year - 1, day=1)
    for value, day in ((7, last_year), (3, today)):
        set_parameter(
            board,
            "review_days",
            value=value,
            starts_on=day,
            article="SK Dinas 5",
            on=day,
            by=by,
        )

    before = setting_of(board, "review_days", on=last_year.replace(year=today.year - 2))
    between = setting_of(board, "review_days", on=last_year)
    now = setting_of(board, "review_days", on=today)

    assert (before.value, before.is_default) == (5, True)
    assert (between.value, now.value, now.article) == (7, 3, "SK Dinas 5")


def test_values_are_said_in_words():
    half = {"numerator": 1, "denominator": 2, "more_than": True}
    quorum, days = PARAMETERS["quorum_members"], PARAMETERS["review_days"]
    tie = Parameter(
        "tie", "Seri", "draw", "", Kind.CHOICE, choices=(("draw", "diundi"),)
    )
    assert quorum.in_words(half) == "lebih dari 1/2"
    assert quorum.in_words(half | {"more_than": False}) == "paling sedikit 1/2"
    assert days.in_words(5) == "5\u00a0hari kerja"
    assert PARAMETERS["minimum_wage_share"].in_words(65) == "65\u00a0%"
    assert PARAMETERS["report_due_day"].in_words(5) == "tanggal 5"
    assert PARAMETERS["one_person_office"].in_words(False) == "tidak"
    assert tie.in_words("draw") == "diundi"
    assert (tie.problem_of("draw"), tie.problem_of("beauty")) == (
        "",
        "Pilih salah satu.",
    )


@pytest.mark.parametrize(
    ("says", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/126 Edg/126",
            "Edge di komputer Windows",
        ),
        ("Mozilla/5.0 (iPhone) Version/17 Safari/604", "Safari di iPhone"),
        ("curl/8", "Perangkat lain"),
        ("", "Perangkat lain"),
    ],
)
def test_a_browser_is_called_by_words(says, name):
    assert device_name(says) == name
