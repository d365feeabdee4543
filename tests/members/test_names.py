"""Names on ballots: any resident is found, and nobody is recorded twice unasked."""

import pytest

from members.models import Person
from tests.make import boards as make
from tests.make import elections as vote
from tests.make import members
from tests.members.election_addresses import url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(area, staff):
    """An area whose ballots name "Mbak Tik" and "Karto"."""
    vote.counted(area, {"Mbak Tik": 9, "Karto": 9}, valid=9, by=staff[:2])
    return area


@pytest.fixture
def residents(area):
    """Two of the RT of the area, and one of another RT with another name."""
    board = area.board
    return {
        "karto": members.person(board, "Karto Wijaya", rt="001", rw="001"),
        "other": members.person(board, "Karto", rt="007", rw="002"),
        "tik": members.person(
            board, "Hartatik", nickname="Tik Jahit", sex="P", rt="004", rw="002"
        ),
    }


def fields(page) -> dict[str, str]:
    return {row.written: key for key, row in page.context["form"].names.items()}


def test_a_new_resident_beside_a_like_name_is_asked_about_once(
    counted, residents, secretary
):
    page = url("names_match", counted)
    named = fields(secretary.get(page))
    body = {named["Karto"]: "new-L", named["Mbak Tik"]: "new-P"}

    asked = secretary.post(page, make.once(**body))

    assert "Ada warga bernama mirip di RT ini: Karto Wijaya, RT 001/RW 001." in words(
        asked
    )
    assert list(asked.context["form"].errors) == [named["Karto"]]
    assert f'name="asked" value="{named["Karto"]}"' in asked.text
    assert not counted.nominees.exists()

    secretary.post(page, make.once(**body, asked=named["Karto"]))

    assert {row.person.name for row in counted.nominees.all()} == {"Karto", "Mbak Tik"}
    assert Person.objects.filter(board=counted.board, name="Karto").count() == 2


def test_any_resident_is_found_by_nickname_rt_and_name(counted, residents, secretary):
    name = counted.names.get(written="Mbak Tik")
    search = url("name_search", name)
    queries = {
        "?q=jahit": ["tik"],
        "?q=&rt=7": ["other"],
        "?q=kar&rt=7&rw=2": ["other"],
        "?q=kar": ["other", "karto"],
        "?q=tidak+ada": [],
    }

    for query, expected in queries.items():
        found = secretary.get(search + query).context["found"]
        assert found == [residents[key] for key in expected], query
    assert "Tidak ada warga yang cocok" in secretary.get(f"{search}?q=zz").text
    part = secretary.get(f"{search}?q=jahit", headers={"HX-Request": "true"}).text
    assert "Hartatik" in part
    assert "<html" not in part
    # Another board's residents are nobody here.
    assert not secretary.get(f"{search}?q=").context["found"]


def test_the_search_keeps_what_was_chosen_and_matches_whom_it_found(
    counted, residents, secretary
):
    page = url("names_match", counted)
    named = fields(secretary.get(page))
    tik = counted.names.get(written="Mbak Tik")
    body = {named["Karto"]: f"p{residents['karto'].pk}", "cari": str(tik.pk)}

    away = secretary.post(page, make.once(**body))
    assert away["Location"] == url("name_search", tik)
    assert counted.nominees.get().person == residents["karto"]
    nobody = secretary.post(url("name_search", tik), make.once(), follow=True)
    assert "Pilih warga dari daftar." in nobody.text
    person = str(residents["tik"].pk)
    secretary.post(url("name_search", tik), make.once(person=person))

    assert counted.names.get(pk=tik.pk).nominee.person == residents["tik"]


def test_a_resident_of_another_board_is_not_chosen(counted, secretary):
    stranger = members.person(make.board(), "Hartatik")
    tik = counted.names.get(written="Mbak Tik")

    secretary.post(url("name_search", tik), make.once(person=str(stranger.pk)))

    assert counted.names.get(pk=tik.pk).nominee is None
