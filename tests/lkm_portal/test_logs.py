"""The log: one line of JSON, no number of a person."""

import json
import logging

import pytest

from lkm_portal.logs import JsonLines, MaskFilter, mask, request_id


def written(message, *arguments, error=None):
    """The line the log would write."""
    record = logging.LogRecord("t", logging.INFO, "", 1, message, arguments, error)
    MaskFilter().filter(record)
    return JsonLines().format(record)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("NIK 3520061501990001 dipakai", "NIK [16 angka] dipakai"),
        ("NIK 3520 0615 0199 0001.", "NIK [16 angka]."),
        ("nomor 081234567890", "nomor [telepon]"),
        ("nomor +62 812-3456-7890", "nomor [telepon]"),
        ("Rp 15000000 pada 2026-11-22", "Rp 15000000 pada 2026-11-22"),
        ("kode 35.20.06.1010", "kode 35.20.06.1010"),
        ("a\x00b\x1bc", "a?b?c"),
    ],
)
def test_numbers_of_people_and_control_characters_are_masked(said, kept):
    assert mask(said) == kept


def test_arguments_are_masked_too():
    line = json.loads(written("periksa %s", "3520061501990001"))

    assert line["message"] == "periksa [16 angka]"


def test_a_traceback_is_masked_and_stays_on_one_line():
    try:
        raise ValueError("3520061501990001")
    except ValueError as error:
        line = written("gagal", error=(ValueError, error, error.__traceback__))

    assert "\n" not in line
    assert "3520061501990001" not in line
    assert "[16 angka]" in json.loads(line)["error"]


def test_every_line_carries_the_number_of_its_request():
    token = request_id.set("abc")

    assert json.loads(written("halo"))["request"] == "abc"
    request_id.reset(token)
    assert json.loads(written("halo"))["request"] == ""
