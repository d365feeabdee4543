"""Whole rupiah: rounding, reading, printing, splitting."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.money import (
    LARGEST_RUPIAH,
    format_rupiah,
    format_thousands,
    parse_rupiah,
    round_rupiah,
    split_rupiah,
)

amounts = st.integers(min_value=0, max_value=LARGEST_RUPIAH)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        ("0.5", 1),
        ("1.5", 2),
        ("2.5", 3),
        ("2.4999", 2),
        ("-0.5", -1),
        ("-2.4", -2),
        ("1234567", 1234567),
    ],
)
def test_half_a_rupiah_is_rounded_up(exact, rounded):
    assert round_rupiah(Decimal(exact)) == rounded


def test_a_float_is_refused_as_money():
    with pytest.raises(TypeError):
        round_rupiah(2.5)


@pytest.mark.parametrize("odd", ["NaN", "Infinity"])
def test_no_amount_is_refused(odd):
    with pytest.raises(ValueError, match="finite"):
        round_rupiah(Decimal(odd))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp 1.234.567", 1_234_567),
        ("Rp1.234.567", 1_234_567),
        ("1234567", 1_234_567),
        ("1.234.567,00", 1_234_567),
        ("1.234.567,0", 1_234_567),
        ("Rp. 5.000,-", 5_000),
        ("rp 5.000,–", 5_000),
        ("Rp\u00a075.000", 75_000),
        ("  0 ", 0),
        ("0", 0),
        ("007", 7),
        ("999.999.999.999.999", 999_999_999_999_999),
    ],
)
def test_amounts_are_read_as_people_write_them(text, amount):
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Isi jumlah rupiah, contoh 1.234.567."),
        ("Rp", "Isi jumlah rupiah, contoh 1.234.567."),
        ("1.234,50", "Tulis rupiah bulat tanpa sen: bagian “,50” dihapus."),
        ("-5", "Jumlah rupiah ditulis tanpa tanda minus, contoh 1.234.567."),
        ("−5", "Jumlah rupiah ditulis tanpa tanda minus, contoh 1.234.567."),
        ("(5.000)", "Jumlah rupiah ditulis tanpa tanda minus, contoh 1.234.567."),
        (
            "1,234,567.00",
            "Pisahkan ribuan dengan titik, bukan koma, supaya tidak salah baca: "
            "1.234.567.",
        ),
        (
            "1,234",
            "Pisahkan ribuan dengan titik, bukan koma, supaya tidak salah baca: "
            "1.234.567.",
        ),
        (
            "1.5",
            "Titik memisahkan ribuan, tiga angka di antaranya, contoh 1.234.567. "
            "Tulis rupiah bulat tanpa sen.",
        ),
        ("5 juta", "Tulis jumlah rupiah dengan angka saja, contoh 1.234.567."),
        ("12 34", "Jumlah rupiah tidak terbaca. Tulis seperti 1.234.567."),
        ("٣٤", "Jumlah rupiah tidak terbaca. Tulis seperti 1.234.567."),
        (
            "1.234\x00",
            "Titik memisahkan ribuan, tiga angka di antaranya, contoh 1.234.567. "
            "Tulis rupiah bulat tanpa sen.",
        ),
        (
            "1.000.000.000.000.000",
            "Jumlah paling besar Rp999.999.999.999.999. Periksa banyaknya angka nol.",
        ),
        (
            "9" * 5000,
            "Jumlah paling besar Rp999.999.999.999.999. Periksa banyaknya angka nol.",
        ),
    ],
)
def test_other_spellings_get_a_sentence_with_the_remedy(text, sentence):
    with pytest.raises(ValueError, match=r".") as refused:
        parse_rupiah(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "Rp0"), (999, "Rp999"), (1_000, "Rp1.000"), (-1_234_567, "−Rp1.234.567")],
)
def test_amounts_are_printed_with_dots_and_a_true_minus(amount, shown):
    assert format_rupiah(amount) == shown


def test_plain_numbers_take_dots_too():
    assert format_thousands(-12345) == "−12.345"


@given(amounts)
def test_what_is_printed_reads_back_the_same(amount):
    assert parse_rupiah(format_rupiah(amount)) == amount
    assert parse_rupiah(format_thousands(amount)) == amount
    assert parse_rupiah(f"{format_rupiah(amount)},00") == amount


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_a_sentence(text):
    try:
        answer = parse_rupiah(text)
    except ValueError as refused:
        answer = str(refused)
    if isinstance(answer, str):
        assert answer.endswith(".")
    else:
        assert 0 <= answer <= LARGEST_RUPIAH


def test_the_last_part_of_a_split_takes_the_remainder():
    assert split_rupiah(1_000_000, 3) == [333_333, 333_333, 333_334]
    assert split_rupiah(2, 3) == [0, 0, 2]
    assert split_rupiah(7, 1) == [7]


@given(amounts, st.integers(min_value=1, max_value=400))
def test_the_parts_of_a_split_add_up(total, parts):
    split = split_rupiah(total, parts)
    assert sum(split) == total
    assert len(split) == parts
    assert len(set(split[:-1])) <= 1
    assert 0 <= split[-1] - total // parts < parts


@pytest.mark.parametrize(("total", "parts"), [(10, 0), (10, -1), (-1, 2)])
def test_a_split_without_parts_or_below_zero_is_refused(total, parts):
    with pytest.raises(ValueError, match="split_rupiah"):
        split_rupiah(total, parts)
