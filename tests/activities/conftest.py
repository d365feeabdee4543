"""One board at home, its secretary, and a work that runs."""

import pytest

from boards.roles import Role
from tests.activities.addresses import REGION
from tests.make import activities as works
from tests.make import boards as make


@pytest.fixture
def board():
    return make.board(region_code=REGION)


@pytest.fixture
def secretary(board):
    return make.user(Role.SECRETARY, board=board, name="Dewi Anggraini")


@pytest.fixture
def client(secretary):
    return make.signed_in(secretary)


@pytest.fixture
def work(board, secretary):
    return works.running(board, by=secretary)
