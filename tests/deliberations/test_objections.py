"""Who did not agree is read before the minutes are frozen, and is seen afterwards."""

import pytest
from django.urls import reverse

from tests.make import boards as make
from tests.make import deliberations as talks

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(board, secretary):
    meeting = talks.meeting(board, by=secretary)
    decision = talks.decision(talks.item(meeting, "Pinjaman KSM Melati"))
    talks.dissent(decision, "Hadi Santoso", "Tunggakan lama belum lunas.")
    return meeting


def page(name, meeting, user):
    kwargs = {"board_slug": meeting.board.slug, "pk": meeting.pk}
    answer = make.signed_in(user).get(reverse(f"deliberations:{name}", kwargs=kwargs))
    return answer.content.decode()


def test_the_check_shows_every_objection_in_full(meeting, secretary):
    text = page("meeting_check", meeting, secretary)

    assert "Keberatan Hadi Santoso:" in text
    assert "Tunggakan lama belum lunas." in text


def test_the_page_of_the_meeting_says_that_there_is_one(meeting, secretary):
    assert "ada catatan keberatan" in page("meeting_page", meeting, secretary)


def test_without_objection_nothing_is_said(board, secretary):
    meeting = talks.meeting(board, by=secretary)
    talks.decision(talks.item(meeting))

    assert "eberatan" not in page("meeting_check", meeting, secretary)
    assert "keberatan" not in page("meeting_page", meeting, secretary)
