"""Addresses that are asked for again and again are the addresses of the portal."""

from common.addresses import known_address, row_address


def test_every_row_has_the_address_of_its_page():
    address = row_address("deliberations:decision_page", board_slug="guyub-rukun")
    assert [address(1), address(205)] == [
        "/lkm/guyub-rukun/keputusan/1/",
        "/lkm/guyub-rukun/keputusan/205/",
    ]


def test_each_board_keeps_an_address_of_its_own():
    name = "deliberations:meeting_list"
    found = [known_address(name, board_slug=slug) for slug in ("a", "b", "a")]
    assert found == [f"/lkm/{slug}/musyawarah/" for slug in ("a", "b", "a")]
