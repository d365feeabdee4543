"""Minutes that nobody ratified yet are read inside the board alone."""

import datetime

import pytest
from django.urls import reverse

from boards.roles import Role
from deliberations.models import Meeting
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db
OFFICES = {Role.KELURAHAN: 13, Role.KECAMATAN: 8, Role.DINAS: 5}


@pytest.fixture(scope="module", autouse=True)
def board(module_rows):
    return make.board(code="LKM-GR")


@pytest.fixture(scope="module", autouse=True)
def secretary(board):
    return meet.secretary(board)


@pytest.fixture(params=OFFICES)
def office(request, board):
    """An officer of the kelurahan, the kecamatan or the Dinas."""
    code = board.region_code[: OFFICES[request.param]]
    return make.signed_in(make.user(request.param, region_code=code))


@pytest.fixture(scope="module", autouse=True)
def meetings(board, secretary):
    """A ratified meeting and one that waits for ratification, with decisions."""
    people, coordinator = meet.members(board), meet.coordinator(board)
    how = {"by": secretary, "people": people}
    done = meet.ratified(board, ratifier=coordinator, title="Rapat selesai", **how)
    return done, meet.sent(board, title="Rapat rahasia", **how)


def url(name, board, *args):
    return reverse(name, args=[board.slug, *args])


def test_offices_see_ratified_meetings_alone_in_the_list(office, board, meetings):
    page = office.get(url("deliberations:meeting_list", board)).content.decode()

    assert "Rapat selesai" in page
    assert "Rapat rahasia" not in page


def test_the_board_sees_both(board, secretary, meetings):
    client = make.signed_in(secretary)

    page = client.get(url("deliberations:meeting_list", board)).content.decode()

    assert "Rapat selesai" in page
    assert "Rapat rahasia" in page


def test_the_page_of_unratified_minutes_is_not_there_for_offices(
    office, board, meetings
):
    done, sent = meetings
    pages = ("deliberations:meeting_page", "reports:meeting_papers")
    for name in pages:
        assert office.get(url(name, board, done.pk)).status_code == 200
        assert office.get(url(name, board, sent.pk)).status_code == 404


def test_a_decision_of_unratified_minutes_is_not_there_for_offices(
    office, board, meetings
):
    done, sent = (meeting.decisions.get() for meeting in meetings)
    pages = (
        "deliberations:decision_page",
        "reports:decision_papers",
        "reports:trace_decision",
    )
    for name in pages:
        assert office.get(url(name, board, done.pk)).status_code == 200
        assert office.get(url(name, board, sent.pk)).status_code == 404


@pytest.mark.parametrize("name", ["attendance_page", "meeting_check", "meeting_sent"])
def test_offices_do_not_open_the_work_on_a_draft(office, board, meetings, name):
    path = url(f"deliberations:{name}", board, meetings[1].pk)

    assert office.get(path).status_code == 403


def test_offices_find_ratified_meetings_alone(office, board, meetings):
    asked = {"q": "Rapat"}
    pages = [office.get(url("reports:board_search", board), asked)]
    region = reverse("reports:region_search", args=[board.region_code])
    pages.append(office.get(region, asked))

    found = [page.content.decode() for page in pages if page.status_code == 200]
    assert found
    assert all("<mark>Rapat</mark> selesai" in page for page in found)
    assert not any("rahasia" in page for page in found)


def test_home_shows_offices_the_next_meeting_without_a_way_in(
    office, board, secretary, meetings
):
    coming = board.today() + datetime.timedelta(9)
    facts = {"held_on": coming, "title": "Rapat nanti", "chair": None}
    facts |= {"note_taker": None, "people": [None, None]}
    planned = meet.draft(board, by=secretary, **facts)

    page = office.get(url("reports:board_home", board)).content.decode()

    assert "Rapat nanti" in page
    for hidden in Meeting.objects.filter(pk__in=[planned.pk, meetings[1].pk]):
        assert url("deliberations:meeting_page", board, hidden.pk) not in page
    assert "Rapat rahasia" not in page
    assert "Rapat belum diajukan" not in page
