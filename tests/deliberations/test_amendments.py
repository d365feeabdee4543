"""A decision is changed once, whoever comes first, and the second is told so."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from boards.models import LetterNumber
from deliberations.models import Decision, Meeting
from deliberations.services.meetings import edit_meeting
from deliberations.services.minutes import ItemMinutes, record_item
from deliberations.services.ratification import ratify_meeting, send_meeting
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(board):
    return meet.members(board)


@pytest.fixture
def old(board, secretary, coordinator, people):
    made = meet.ratified(board, by=secretary, ratifier=coordinator, people=people)
    return made.decisions.get()


def change(old, title="Pagu baru"):
    return meet.verdict(title, amends=old, amend_reason="harga naik")


@pytest.fixture
def two_sent(board, secretary, people, old):
    """Two meetings that wait for ratification and change the same decision."""
    return [
        meet.sent(board, by=secretary, people=people, verdicts=(change(old),))
        for _meeting in range(2)
    ]


def test_the_second_meeting_that_changes_a_decision_is_not_ratified(
    two_sent, coordinator, old
):
    first, second = two_sent
    ratify_meeting(first, by=coordinator, at=meet.NOON)
    given = LetterNumber.objects.count()

    refused(
        "decision.amended_before", ratify_meeting, second, by=coordinator, at=meet.NOON
    )

    assert old.amendments.ratified().get().meeting == first
    assert LetterNumber.objects.count() == given
    assert Meeting.objects.get(pk=second.pk).state == Meeting.State.SENT


def test_the_database_knows_one_change_alone(two_sent, coordinator):
    first, second = two_sent
    done = ratify_meeting(first, by=coordinator, at=meet.NOON).decisions.get()
    late = second.decisions.get()
    given = LetterNumber.objects.get(pk=done.number_id)
    given.pk, given.seq, given.text = None, given.seq + 1, "002/KEP"
    given.save()

    late.number, late.ratified_at = given, done.ratified_at
    with pytest.raises(IntegrityError, match="amended_twice"), transaction.atomic():
        late.save()
    # What its board copies of it may still be written.
    Decision.objects.filter(pk=done.pk).update(region_code=done.region_code)


def test_the_page_names_the_decision_that_came_first(two_sent, coordinator, board):
    first, second = two_sent
    ratify_meeting(first, by=coordinator, at=meet.NOON)
    kwargs = {"board_slug": board.slug, "pk": second.pk}
    path = reverse("deliberations:meeting_ratify", kwargs=kwargs)

    answer = make.signed_in(coordinator).post(path, make.once())

    assert answer.status_code == 200
    said = "001/KEP/LKM-GR/III/2026 sudah diubah oleh 002/KEP/LKM-GR/III/2026"
    assert said in answer.content.decode()


def test_a_change_that_was_voted_down_changes_nothing(
    board, secretary, coordinator, people, old
):
    how = {"by": secretary, "ratifier": coordinator, "people": people}
    meet.ratified(board, verdicts=(lost(old),), **how)
    assert list(Decision.objects.filter(board=board).in_force()) == [old]

    again = meet.ratified(board, verdicts=(change(old),), **how)

    assert list(Decision.objects.filter(board=board).in_force()) == list(
        again.decisions.all()
    )


def lost(old, title="Pagu baru"):
    """The same change, put to the vote and not agreed: 4 of 9."""
    votes = {"votes_for": 4, "votes_against": 4, "votes_abstain": 1}
    how = {"amends": old, "amend_reason": "harga naik", "method": "voting"}
    return meet.verdict(title, **how, **votes)


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("apart", [True, False])
def test_what_was_voted_down_leaves_room_for_another_change(
    board, secretary, coordinator, people, old, order, apart
):
    meeting = meet.draft(board, by=secretary, people=people)
    meet.come(meeting, 9, by=secretary)
    pair = [lost(old, "Naik dua kali"), change(old, "Naik sedikit")]
    first, second = reversed(pair) if order else pair
    items = list(meeting.items.all())
    meet.discussed(items[0], *((first,) if apart else (first, second)), by=secretary)
    meet.discussed(items[1], *((second,) if apart else ()), by=secretary)
    meeting.refresh_from_db()
    edit_meeting(
        meeting, ends_at=meet.ENDS, seen_revision=meeting.revision, by=secretary
    )
    meeting = send_meeting(meeting, by=secretary, at=meet.NOON)

    ratify_meeting(meeting, by=coordinator, at=meet.NOON)

    assert old.amendments.changing().get().title == "Naik sedikit"
    assert old.amendments.ratified().count() == 2


def test_minutes_that_voted_a_change_down_are_ratified_after_the_change(
    board, secretary, coordinator, people, old
):
    how = {"by": secretary, "people": people}
    first = meet.sent(board, verdicts=(change(old),), **how)
    second = meet.sent(board, verdicts=(lost(old),), **how)
    ratify_meeting(first, by=coordinator, at=meet.NOON)

    ratify_meeting(second, by=coordinator, at=meet.NOON)

    assert old.amendments.changing().get().meeting == first


def test_one_item_does_not_change_a_decision_twice(board, secretary, people, old):
    meeting = meet.draft(board, by=secretary, people=people)
    item = meeting.items.first()
    twice = ItemMinutes(state="discussed", verdicts=[change(old), change(old, "Lagi")])
    how = {"seen_revision": 0, "minutes": twice, "by": secretary}

    refused("decision.amended_before", record_item, item, **how)

    assert not Decision.objects.filter(meeting=meeting).exists()


def test_two_items_do_not_change_one_decision(board, secretary, people, old):
    meeting = meet.draft(board, by=secretary, people=people)
    first, second = meeting.items.all()
    meet.discussed(first, change(old), by=secretary)
    how = {"by": secretary}

    refused("decision.amended_before", meet.discussed, second, change(old), **how)

    assert Decision.objects.filter(meeting=meeting).get().item == first


def test_an_item_that_changes_a_decision_is_saved_again(board, secretary, people, old):
    meeting = meet.draft(board, by=secretary, people=people)
    item = meet.discussed(meeting.items.first(), change(old), by=secretary)

    meet.discussed(item, meet.verdict("Lain"), change(old), by=secretary)

    titles = Decision.objects.filter(meeting=meeting).values_list("title", "amends")
    assert list(titles.order_by("position")) == [("Lain", None), ("Pagu baru", old.pk)]


def test_a_double_kept_from_before_is_a_gap_and_no_fault(
    board, secretary, coordinator, people, old
):
    meeting = meet.sent(board, by=secretary, people=people, verdicts=(change(old),))
    row = meeting.decisions.get()
    row.pk, row.position, row.title = None, 2, "Pagu lagi"
    row.save(force_insert=True)

    refused(
        "decision.amended_before", ratify_meeting, meeting, by=coordinator, at=meet.NOON
    )

    assert not old.amendments.ratified().exists()
