"""A board with its secretary and koordinator."""

import pytest

from tests.make import boards as make
from tests.make import meetings as meet


@pytest.fixture
def board():
    return make.board(code="LKM-GR")


@pytest.fixture
def secretary(board):
    return meet.secretary(board)


@pytest.fixture
def coordinator(board):
    return meet.coordinator(board)
