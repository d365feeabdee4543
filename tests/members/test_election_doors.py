"""Doors of an election, and what its pages cost."""

import pytest
from django.urls import reverse

from boards.roles import Role
from members.services import add_batch
from tests.make import boards as make
from tests.make import elections as vote
from tests.members.election_addresses import url

pytestmark = pytest.mark.django_db


ACTS = {
    "election_edit": "election",
    "election_finish": "election",
    "committee_add": "election",
    "objection_new": "election",
    "basis_new": "election",
    "second_stage_new": "election",
    "area_edit": "area",
    "area_remove": "area",
    "area_doors": "area",
    "area_close": "area",
    "batch_new": "area",
    "names_match": "area",
    "tie_settle": "area",
    "area_check": "area",
    "name_search": "name",
}


@pytest.fixture
def name(area, staff):
    """A name on counted ballots."""
    vote.counted(area, {"A": 9, "B": 9}, valid=9, by=staff[:2])
    return area.names.first()


@pytest.mark.parametrize("act", ACTS)
def test_another_board_404_without_the_right_403_and_wrong_method_405(
    request, act, clients, stranger, board
):
    row = request.getfixturevalue(ACTS[act])

    assert stranger.post(url(act, row), make.once()).status_code == 404
    # The unit that counts may not edit; who may not even count is at the region.
    weaker = clients[1]
    if act in ("batch_new", "area_check"):
        region = board.region_code
        weaker = make.signed_in(make.user(Role.KELURAHAN, region_code=region))
    assert weaker.post(url(act, row), make.once()).status_code == 403
    assert clients[0].put(url(act, row)).status_code == 405


@pytest.mark.parametrize("count", [5, 50])
def test_pages_cost_the_same_for_any_number(
    election, secretary, staff, count, django_assert_max_num_queries
):
    areas = [
        vote.basis(election, by=staff[0], rt=f"{at:03d}") for at in range(1, count + 1)
    ]
    for at in range(min(count, 12)):
        if at == 0:
            vote.parted(areas[0], by=staff[:2])
        else:
            add_batch(areas[0], by=staff[0])
    pages = [
        reverse("members:election_list", args=[election.board.slug]),
        url("election_page", election),
        url("area_page", areas[0]),
        url("names_match", areas[0]),
    ]
    for page in pages:
        secretary.get(page)
        with django_assert_max_num_queries(17):
            assert secretary.get(page).status_code == 200
