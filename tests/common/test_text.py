"""What typed and uploaded text may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text import find_control_character, plain_lines


@pytest.mark.parametrize(
    "letter", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\ufffe", "\ud800"]
)
def test_letters_that_nobody_types_are_found(letter):
    assert find_control_character(f"a{letter}b") == letter
    assert find_control_character(f"a{letter}b", lines=True) == letter


def test_newline_and_tab_belong_to_many_lines_only():
    assert find_control_character("a\nb") == "\n"
    assert find_control_character("a\tb") == "\t"
    assert find_control_character("a\n\tb", lines=True) == ""


def test_names_and_signs_of_the_country_are_plain():
    assert find_control_character("Hj. Nur ‘Aini – 310 m² → RT\u00a0003 😀") == ""


@given(st.text())
def test_line_ends_become_one_kind_and_stay_so(text):
    once = plain_lines(text)
    assert "\r" not in once
    assert plain_lines(once) == once
