"""Which right keeps which book, and whom the journal belongs to."""

import pytest
from django.urls import NoReverseMatch, reverse

from boards.roles import Permission
from common.addresses import possible_address
from ledger.plain import BY_CODE, forms_for
from ledger.rights import book_right


def test_each_book_has_its_own_keeper():
    assert book_right("fund") == Permission.KEEP_FUND
    assert book_right("works") == Permission.KEEP_WORKS_BOOK
    with pytest.raises(ValueError, match="kas"):
        book_right("kas")


def test_books_are_called_by_words_in_addresses():
    at = {"board_slug": "guyub", "kind": "works"}
    assert reverse("ledger:book_home", kwargs=at) == "/lkm/guyub/buku/sekretariat/"
    assert reverse("ledger:book_home", kwargs=at | {"kind": "fund"}) == (
        "/lkm/guyub/buku/upk/"
    )


def test_a_room_that_is_not_there_has_no_address():
    assert possible_address("ledger:book_home", board_slug="a", kind="fund")
    assert possible_address("ledger:nowhere", board_slug="a") == ""
    with pytest.raises(NoReverseMatch):
        reverse("ledger:nowhere")


def test_a_form_needs_its_accounts_in_the_chart():
    assert forms_for("fund") == tuple(BY_CODE.values())
    missing = {form.code for form in BY_CODE.values()} - {
        form.code for form in forms_for("works")
    }
    assert missing == {"depreciation"}
