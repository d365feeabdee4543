"""Numbers, dates, times and units in Indonesian."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import words

DIGITS = (
    *("nol", "satu", "dua", "tiga", "empat"),
    *("lima", "enam", "tujuh", "delapan", "sembilan"),
)
SCALES = [(10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu")]


def spell(number: int) -> str:
    """A speller of our own, written from the school rule, to check the library."""
    for size, name in SCALES:
        if number >= size:
            front, rest = divmod(number, size)
            head = "seribu" if (size, front) == (1000, 1) else f"{spell(front)} {name}"
            return f"{head} {spell(rest)}" if rest else head
    if number >= 100:
        front, rest = divmod(number, 100)
        head = "seratus" if front == 1 else f"{DIGITS[front]} ratus"
        return f"{head} {spell(rest)}" if rest else head
    if number >= 20:
        front, rest = divmod(number, 10)
        return (
            f"{DIGITS[front]} puluh {spell(rest)}" if rest else DIGITS[front] + " puluh"
        )
    if number >= 12:
        return f"{DIGITS[number - 10]} belas"
    return {10: "sepuluh", 11: "sebelas"}.get(number) or DIGITS[number]


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (100, "seratus"),
        (1_000, "seribu"),
        (1_900, "seribu sembilan ratus"),
        (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"),
        (1_001_000, "satu juta seribu"),
        (1_000_001_000, "satu miliar seribu"),
        (96_450_000, "sembilan puluh enam juta empat ratus lima puluh ribu"),
        (-5, "minus lima"),
    ],
)
def test_numbers_are_spelled(number, spelled):
    assert words.number_words(number) == spelled


@given(
    st.one_of(
        st.integers(0, 10**15 - 1),
        st.integers(0, 5_000),
        st.builds(
            lambda front, back: front * 10**6 + back,
            st.integers(0, 2_000),
            st.integers(0, 2_000),
        ),
    )
)
def test_spelling_agrees_with_the_school_rule(number):
    assert words.number_words(number) == spell(number)


def test_a_receipt_ends_in_rupiah():
    assert words.terbilang(1_000_000) == "satu juta rupiah"


def test_ranks_are_spelled_for_minutes_and_decrees():
    assert [words.ordinal_words(rank) for rank in (1, 2, 5, 12)] == [
        "Pertama",
        "Kedua",
        "Kelima",
        "Kedua belas",
    ]
    assert [words.decree_ordinal(rank) for rank in (1, 2, 10, 11)] == [
        "KESATU",
        "KEDUA",
        "KESEPULUH",
        "KESEBELAS",
    ]


@pytest.mark.parametrize("spell_rank", [words.ordinal_words, words.decree_ordinal])
def test_ranks_start_at_one(spell_rank):
    with pytest.raises(ValueError, match="one"):
        spell_rank(0)


def test_months_have_roman_numerals_and_names():
    assert [words.roman_month(month) for month in (1, 4, 9, 11, 12)] == [
        "I",
        "IV",
        "IX",
        "XI",
        "XII",
    ]
    assert words.month_name(2) == "Februari"


@pytest.mark.parametrize("month", [0, 13])
def test_there_are_twelve_months(month):
    with pytest.raises(ValueError, match="1 to 12"):
        words.roman_month(month)
    with pytest.raises(ValueError, match="1 to 12"):
        words.month_name(month)


def test_dates_have_a_long_and_a_short_form():
    day = date(2026, 8, 3)
    assert words.format_date(day) == "3 Agustus 2026"
    assert words.format_date(day, unbroken=True) == "3\u00a0Agustus\u00a02026"
    assert words.format_date_short(day) == "03/08/2026"
    assert words.weekday_name(day) == "Senin"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Jakarta", "23.40\u00a0WIB"),
        ("Asia/Makassar", "00.40\u00a0WITA"),
        ("Asia/Jayapura", "01.40\u00a0WIT"),
    ],
)
def test_a_moment_is_shown_in_the_zone_of_the_board(zone, shown):
    assert words.format_time(datetime(2026, 11, 22, 16, 40, tzinfo=UTC), zone) == shown


def test_a_plain_time_is_local_already():
    assert words.format_time(time(7, 5), "Asia/Jayapura") == "07.05\u00a0WIT"


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        words.format_time(datetime(2026, 11, 22, 16, 40), "Asia/Jakarta")  # noqa: DTZ001


def test_a_zone_outside_indonesia_is_refused():
    with pytest.raises(ValueError, match="Europe/Paris"):
        words.zone_abbreviation("Europe/Paris")


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        ("64.54", None, "64,54"),
        ("64.50", None, "64,5"),
        ("1E+3", None, "1.000"),
        ("1234.5", 2, "1.234,50"),
        ("14.285", 2, "14,29"),
        ("-3.5", None, "−3,5"),
        ("-0.001", 2, "0,00"),
        ("0", None, "0"),
    ],
)
def test_decimals_take_a_comma(number, places, shown):
    assert words.format_decimal(Decimal(number), places) == shown


def test_a_number_and_its_unit_stay_together():
    assert words.join_unit(310, "m") == "310\u00a0m"
    assert words.join_unit(Decimal("64.54"), "%") == "64,54\u00a0%"
    assert words.join_unit("RT", "003") == "RT\u00a0003"
    assert words.join_unit(5, "") == "5"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("pada 22 November 2026", "pada 22~November~2026"),
        ("RT 001/RW 004", "RT~001/RW~004"),
        ("ART Pasal 14 ayat (3)", "ART Pasal~14 ayat~(3)"),
        ("pukul 19.30 WIB", "pukul~19.30~WIB"),
        ("sepanjang 310 m, 64,54 %", "sepanjang 310~m, 64,54~%"),
        ("12 m3 dan 4 m² tanah", "12~m3 dan 4~m² tanah"),
        ("5 meteran, 3 mangga", "5 meteran, 3 mangga"),
        ("oleh Hj. Nur Aini", "oleh Hj.~Nur Aini"),
        ("604 HOK", "604~HOK"),
        ("ART 14 tidak", "ART 14 tidak"),
        ("", ""),
    ],
)
def test_papers_do_not_break_inside_dates_numbers_and_names(text, joined):
    assert words.no_break(text) == joined.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Keputusan LKM", "keputusan LKM"),
        ("MCK atau jamban komunal", "MCK atau jamban komunal"),
        ("Penerangan jalan (PJU)", "penerangan jalan (PJU)"),
        ("Kuorum perubahan AD", "kuorum perubahan AD"),
        ("Talud", "talud"),
    ],
)
def test_a_label_inside_a_sentence_keeps_its_abbreviations(label, inside):
    assert words.inside_sentence(label) == inside


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Penanggung jawab: Sri Wahyuni", "Penanggung jawab: Sri Wahyuni."),
        ("Penanggung jawab: Yohanes, S.T.", "Penanggung jawab: Yohanes, S.T."),
        ("Sudah cukup?", "Sudah cukup?"),
    ],
)
def test_a_sentence_has_one_full_stop(sentence, shown):
    assert words.with_stop(sentence) == shown
