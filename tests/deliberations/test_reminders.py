"""The words of a reminder, and the number they go to."""

import datetime

import pytest

from deliberations.reminders import (
    Promise,
    late_words,
    reminder_text,
    whatsapp_number,
)

TODAY = datetime.date(2026, 11, 27)
URL = "https://portal.id/lkm/sr/tindak-lanjut/"


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("0812-3456-7890", "6281234567890"),
        ("+62 812 3456 7890", "6281234567890"),
        ("6281234567890", "6281234567890"),
        ("0351 895123", ""),
        ("0812", ""),
        ("", ""),
        ("tidak ada", ""),
        ("08123456789012345", ""),
    ],
)
def test_only_a_mobile_number_is_written_to(phone, number):
    assert whatsapp_number(phone) == number


def test_a_promise_is_late_from_the_day_after_its_day():
    assert late_words(datetime.date(2026, 11, 24), today=TODAY) == "lewat 3\u00a0hari"
    assert late_words(TODAY, today=TODAY) == ""
    assert late_words(None, today=TODAY) == ""


def plain(*promises: Promise) -> list[str]:
    text = reminder_text("LKM SR", "Wagiyem", promises, today=TODAY, url=URL)
    return text.replace("\u00a0", " ").split("\n")


def test_one_promise_is_one_line_with_its_day_and_the_link():
    assert plain(Promise("Menagih iuran", datetime.date(2026, 11, 24))) == [
        "Pengingat dari LKM SR untuk Wagiyem:",
        "Menagih iuran, paling lambat 24 November 2026 (lewat 3 hari)",
        f"Rincian: {URL}",
    ]


def test_more_are_numbered_and_what_is_beyond_five_is_counted():
    promises = [Promise(f"Tugas {at}", None) for at in range(1, 8)]
    assert plain(*promises) == [
        "Pengingat dari LKM SR untuk Wagiyem:",
        *[f"{at}. Tugas {at}" for at in range(1, 6)],
        "dan 2 tindak lanjut lain.",
        f"Rincian: {URL}",
    ]
