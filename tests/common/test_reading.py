"""Dates, clock times and decimals as people type them."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.reading import read_clock, read_date, read_decimal
from common.words import format_date, format_date_short, format_decimal

HOW_TO_WRITE_A_DATE = "Tulis tanggal seperti 22/11/2026."


@pytest.mark.parametrize(
    "text",
    [
        "22/11/2026",
        "22-11-2026",
        "22.11.2026",
        "2026-11-22",
        "22 November 2026",
        "22 november 2026",
        "22  NOV 2026",
        "22\u00a0November\u00a02026",
        "22 Nopember 2026",
        "  22/11/2026 ",
    ],
)
def test_a_day_is_read_in_every_usual_spelling(text):
    assert read_date(text) == date(2026, 11, 22)


def test_old_and_short_month_names_are_read():
    assert read_date("7 Agt 2026") == date(2026, 8, 7)
    assert read_date("7 agus 2026") == date(2026, 8, 7)
    assert read_date("7 Pebruari 2026") == date(2026, 2, 7)
    assert read_date("1/2/2026") == date(2026, 2, 1)


@pytest.mark.parametrize(
    "text",
    ["", "kemarin", "22/11/26", "22/11-2026", "22112026", "22/11/2026\x00", "٢/١/٢٠٢٦"],
)
def test_what_is_no_date_gets_an_example(text):
    with pytest.raises(ValueError, match=r".") as refused:
        read_date(text)
    assert str(refused.value) == HOW_TO_WRITE_A_DATE


@pytest.mark.parametrize(
    "text", ["30/02/2026", "11/22/2026", "0/1/2026", "22 Novembre 2026", "1/1/0000"]
)
def test_a_day_that_does_not_exist_is_named(text):
    with pytest.raises(ValueError, match=r".") as refused:
        read_date(text)
    assert str(refused.value) == (
        f"Tanggal {text} tidak ada di kalender. Tulis hari, bulan, tahun, "
        "seperti 22/11/2026."
    )


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_printed_day_reads_back_the_same(day):
    assert read_date(format_date_short(day)) == day
    assert read_date(format_date(day)) == day
    assert read_date(format_date(day, unbroken=True)) == day
    assert read_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("19.30", time(19, 30)),
        ("19:30", time(19, 30)),
        ("1930", time(19, 30)),
        ("7.05", time(7, 5)),
        ("0000", time(0, 0)),
        ("19.30 WIB", time(19, 30)),
        ("19.30\u00a0wita", time(19, 30)),
    ],
)
def test_a_clock_time_is_read_with_point_colon_or_nothing(text, clock):
    assert read_clock(text) == clock


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("sore", "Tulis jam seperti 19.30."),
        ("", "Tulis jam seperti 19.30."),
        ("7", "Tulis jam seperti 19.30."),
        ("19.3", "Tulis jam seperti 19.30."),
        ("24.00", "Jam 24.00 tidak ada. Tulis antara 00.00 dan 23.59."),
        ("1960", "Jam 1960 tidak ada. Tulis antara 00.00 dan 23.59."),
    ],
)
def test_what_is_no_clock_time_gets_a_remedy(text, sentence):
    with pytest.raises(ValueError, match=r".") as refused:
        read_clock(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "places", "number"),
    [
        ("64,5", 2, "64.5"),
        ("64.5", 2, "64.5"),
        ("64", 2, "64"),
        ("64,50", 1, "64.5"),
        ("1.234,5", 2, "1234.5"),
        ("1.234.567", 0, "1234567"),
        ("-3,25", 2, "-3.25"),
        ("−3,25", 2, "-3.25"),
        ("1234.5678", 4, "1234.5678"),
        ("0,125", 3, "0.125"),
    ],
)
def test_numbers_are_read_with_comma_or_point(text, places, number):
    assert read_decimal(text, places=places) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "places", "sentence"),
    [
        ("64,567", 2, "Paling banyak 2 angka di belakang koma."),
        ("64,5", 0, "Tulis bilangan bulat tanpa koma, contoh 64."),
        ("1.234", 2, "“1.234” dapat dibaca dua cara. Tulis 1234 tanpa titik."),
        ("1.234", 3, "“1.234” dapat dibaca dua cara. Tulis 1234 atau 1,234."),
        ("enam", 2, "Tulis angka saja, contoh 64,5."),
        ("", 2, "Tulis angka saja, contoh 64,5."),
        ("1e5", 0, "Tulis angka saja, contoh 64."),
        ("NaN", 2, "Tulis angka saja, contoh 64,5."),
        ("9" * 31, 2, "Tulis angka saja, contoh 64,5."),
    ],
)
def test_other_numbers_get_a_remedy(text, places, sentence):
    with pytest.raises(ValueError, match=r".") as refused:
        read_decimal(text, places=places)
    assert str(refused.value) == sentence


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_printed_number_with_decimals_reads_back_the_same(number):
    assert read_decimal(format_decimal(number, 2), places=2) == number


def answer_of(read, text):
    try:
        return read(text)
    except ValueError as refused:
        return str(refused)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    for read in (read_date, read_clock, lambda typed: read_decimal(typed, places=2)):
        answer = answer_of(read, text)
        if isinstance(answer, str):
            assert answer[0] in "TJP“"
            assert answer.endswith(".")
