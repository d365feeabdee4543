"""One board, and the people who open its pages; a module may have its own."""

import pytest

from boards.roles import Role
from tests.make import boards as make


@pytest.fixture
def board():
    return make.board(name="Guyub Rukun", code="LKM-GR")


@pytest.fixture
def admin():
    """A client of the Admin Dinas of 35.20."""
    make.region("35.20", "Kabupaten Magetan")
    return make.signed_in(make.user(Role.DINAS_ADMIN, region_code="35.20"))


@pytest.fixture
def secretary(board):
    return make.signed_in(make.user(Role.SECRETARY, board=board, name="Dewi"))


@pytest.fixture
def member(board):
    return make.signed_in(make.user(Role.MEMBER, board=board))
