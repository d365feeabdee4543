"""The quorum rule is frozen with the minutes: a rule set afterwards changes none."""

import datetime

import pytest
from django.db import connection
from django.urls import reverse

from boards.chain import add_link, breaks
from boards.models import ChainLink
from boards.parameters import set_parameter
from boards.triggers import without_triggers
from deliberations.models import Meeting
from deliberations.presence import quorum_rule
from deliberations.records import meeting_record
from reports.builders import decree, minutes, proceedings
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 15)


@pytest.fixture
def meeting(board, secretary):
    """Ratified under two thirds, ART pasal 14: 8 of 11, and 9 came."""
    set_rule(board, 2, 3, "ART pasal 14", datetime.date(2026, 1, 1))
    return meet.ratified(board, by=secretary)


def set_rule(board, top, bottom, article, starts_on):
    set_parameter(
        board,
        "quorum_members",
        value={"numerator": top, "denominator": bottom, "more_than": False},
        starts_on=starts_on,
        article=article,
        on=starts_on,
        by=meet.coordinator(board),
    )


def backdate(board):
    set_rule(board, 1, 1, "ART pasal 99", datetime.date(2026, 2, 1))


def test_the_rule_is_kept_with_its_words_numbers_and_article(meeting):
    kept = Meeting.objects.get(pk=meeting.pk)

    assert kept.quorum_words == "paling sedikit dua pertiga"
    assert (kept.quorum_numerator, kept.quorum_denominator) == (2, 3)
    assert kept.quorum_more_than is False
    assert kept.quorum_article == "ART pasal 14"
    rule = ["paling sedikit dua pertiga", 2, 3, False, "ART pasal 14"]
    assert meeting_record(meeting.pk)["quorum_rule"] == rule


@pytest.mark.parametrize("name", ["meeting_page", "attendance_page"])
def test_a_backdated_rule_changes_no_page(meeting, board, secretary, name):
    backdate(board)
    kwargs = {"board_slug": board.slug, "pk": meeting.pk}
    path = reverse(f"deliberations:{name}", kwargs=kwargs)

    page = make.signed_in(secretary).get(path).content.decode()

    assert "perlu 8" in page
    assert "perlu 11" not in page
    assert "pasal 99" not in page


def test_a_backdated_rule_changes_no_paper(meeting, board, secretary):
    decision = meeting.decisions.get()

    def papers():
        row = Meeting.objects.get(pk=meeting.pk)
        again = row.decisions.get(pk=decision.pk)
        papers = ((minutes, row), (proceedings, row), (decree, again))
        return [paper.build(about, number="1", on=TODAY) for paper, about in papers]

    before = papers()
    backdate(board)

    assert papers() == before


def test_a_draft_still_asks_the_rule_of_its_day(board, secretary):
    meeting = meet.finished(board, by=secretary)
    backdate(board)

    assert quorum_rule(meeting).article == "ART pasal 99"


def test_minutes_ratified_before_the_rule_was_kept_still_verify(board, meeting):
    old = meet.ratified(make.board(code="LKM-LAMA"))
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM boards_chainlink")
        cursor.execute("DELETE FROM boards_chainhead")
        cursor.execute(
            "UPDATE deliberations_meeting SET quorum_words = '', quorum_article = '',"
            " quorum_numerator = NULL, quorum_denominator = NULL,"
            " quorum_more_than = NULL WHERE id = %s",
            [old.pk],
        )
    record = meeting_record(old.pk)
    add_link("deliberations.meeting", old, record, board=old.board)

    assert "quorum_rule" not in record
    assert list(breaks(ChainLink.objects.filter(board=old.board))) == []
    assert quorum_rule(Meeting.objects.get(pk=old.pk)).words == "lebih dari separuh"
