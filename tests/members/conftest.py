"""One board whose ballots are counted, for the pages of an election."""

import pytest

from boards.roles import Role
from tests.make import boards as make
from tests.make import elections as vote


@pytest.fixture(scope="module")
def board(module_rows):
    return make.board()


@pytest.fixture(scope="module")
def staff(board):
    """Secretary, member, supervisor."""
    roles = (Role.SECRETARY, Role.MEMBER, Role.SUPERVISOR)
    return tuple(make.user(role, board=board) for role in roles)


@pytest.fixture(scope="module")
def clients(staff):
    return tuple(make.signed_in(user) for user in staff)


@pytest.fixture(scope="module")
def secretary(clients):
    return clients[0]


@pytest.fixture(scope="module")
def stranger(module_rows):
    return make.signed_in(make.user(Role.SECRETARY, board=make.board()))


@pytest.fixture
def election(board, staff):
    return vote.election(board, by=staff[0])


@pytest.fixture
def area(election, staff):
    return vote.basis(election, by=staff[0])
