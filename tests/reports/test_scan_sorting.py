"""Which page of which paper: codes, doubles, gaps."""

import pytest

from reports.scan_sorting import (
    PaperCode,
    ScannedPage,
    list_pages,
    read_codes,
    sort_sheets,
)

TOKEN = "IDLZNABSFO6CQ7WEXRTYUI2345"


@pytest.mark.parametrize(
    "text",
    [
        f"HTTPS://LKM.EXAMPLE/V/{TOKEN}/2",
        f"http://localhost:8000/v/{TOKEN.lower()}/2/",
        f" https://dinas.example/portal/v/{TOKEN}/2 ",
    ],
)
def test_a_code_is_read_whatever_the_host(text):
    assert read_codes([text]) == [PaperCode(TOKEN, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00020101021126570011ID.DANA.WWW",
        f"HTTPS://LKM.EXAMPLE/V/{TOKEN}",
        f"HTTPS://LKM.EXAMPLE/V/{TOKEN}/0",
        f"HTTPS://LKM.EXAMPLE/V/{TOKEN}/99999",
        f"HTTPS://LKM.EXAMPLE/V/{TOKEN[:-1]}/1",
        f"HTTPS://LKM.EXAMPLE/V/{TOKEN}/1?x=1",
        f"FTP://LKM.EXAMPLE/V/{TOKEN}/1",
    ],
)
def test_other_codes_are_nobodys(text):
    assert read_codes([text]) == []


def test_the_same_code_twice_on_a_page_counts_once():
    address = f"HTTPS://LKM.EXAMPLE/V/{TOKEN}/3"
    assert read_codes([address, "WIFI:S:BALAI;;", address]) == [PaperCode(TOKEN, 3)]


def test_pages_in_any_order_come_into_order():
    found = sort_sheets(
        [ScannedPage(1, 3, 5), ScannedPage(2, 1, 5), ScannedPage(3, 2, 5)], pages=3
    )

    assert [sheet.key for sheet in found.chosen] == [2, 3, 1]
    assert (found.spare, found.missing, found.complete) == ((), (), True)


def test_of_a_page_twice_the_sharper_is_taken_then_the_later():
    blurred, sharp, later = (
        ScannedPage(1, 1, 10),
        ScannedPage(2, 1, 90),
        ScannedPage(3, 1, 90),
    )

    found = sort_sheets([sharp, blurred, later], pages=1)

    assert found.chosen == (later,)
    assert found.spare == (blurred, sharp)


def test_what_a_person_placed_goes_first():
    read, placed = ScannedPage(1, 1, 90), ScannedPage(2, 1, 10, by_hand=True)
    assert sort_sheets([read, placed], pages=1).chosen == (placed,)


def test_missing_pages_are_named():
    found = sort_sheets([ScannedPage(1, 2, 5)], pages=4)

    assert found.missing == (1, 3, 4)
    assert not found.complete
    assert [list_pages(each) for each in ((2,), (2, 5), (1, 3, 4))] == [
        "2",
        "2 dan 5",
        "1, 3 dan 4",
    ]


def test_a_page_that_the_paper_has_not_is_a_fault():
    with pytest.raises(ValueError, match="page 3 of 2"):
        sort_sheets([ScannedPage(1, 3, 5)], pages=2)
