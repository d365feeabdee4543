"""What an agenda is made of: open promises and items that were put off."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from common.errors import RuleViolation
from deliberations.models import ActionItem, AgendaItem
from deliberations.services.copying import copy_meeting
from deliberations.services.meetings import delete_meeting, remove_agenda_item
from deliberations.services.sources import (
    open_actions,
    postponed_items,
    take_action,
    take_postponed,
)
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db
NEXT = datetime.date(2026, 12, 12)


@pytest.fixture
def people(board):
    return meet.members(board, 3)


@pytest.fixture
def held(board, secretary, people):
    """Ratified minutes with two promises and one item put off."""
    meeting = rows.meeting(board, by=secretary, chair=people[0], note_taker=people[1])
    for who in people:
        rows.attendee(meeting, who, is_entitled=True)
    first = rows.item(meeting, "Drainase")
    rows.item(meeting, "Iuran sampah", state=AgendaItem.State.DEFERRED)
    late, early = datetime.date(2026, 12, 30), datetime.date(2026, 12, 1)
    rows.action(first, "Menagih iuran", "Wagiyem", due_on=late)
    rows.action(first, "Mengukur saluran", "Sukiman", due_on=early)
    return rows.ratify(meeting)


@pytest.fixture
def draft(board, secretary, people, held):
    return meet.draft(board, by=secretary, people=people, held_on=NEXT)


def agenda(meeting) -> list[str]:
    return list(meeting.items.values_list("title", flat=True))


def test_the_most_urgent_promise_is_offered_first(draft):
    texts = [action.text for action in open_actions(draft)]

    assert texts == ["Mengukur saluran", "Menagih iuran"]


def test_what_is_taken_up_heads_the_agenda_in_that_order(draft, held, secretary):
    (waiting,) = postponed_items(draft.board)
    first = take_action(
        draft, ActionItem.objects.get(text="Menagih iuran"), by=secretary
    )
    second = take_postponed(draft, waiting, by=secretary)

    assert agenda(draft) == [
        "Menagih iuran",
        "Iuran sampah",
        "Tindak lanjut rapat lalu",
        "Lain-lain",
    ]
    assert first.action.meeting == held
    assert second.continues == held.items.get(title="Iuran sampah")
    assert [action.text for action in open_actions(draft)] == ["Mengukur saluran"]
    assert not postponed_items(draft.board).exists()


def test_nothing_is_taken_up_twice(draft, secretary):
    action = ActionItem.objects.get(text="Menagih iuran")
    (waiting,) = postponed_items(draft.board)
    take_action(draft, action, by=secretary)
    take_postponed(draft, waiting, by=secretary)

    for take, source in ((take_action, action), (take_postponed, waiting)):
        with pytest.raises(RuleViolation) as refused:
            take(draft, source, by=secretary)
        assert refused.value.code == "agenda.taken"
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.items.create(position=90, title="x", action=action)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.items.create(position=91, title="x", continues=waiting)


def test_a_closed_promise_and_a_draft_item_are_no_source(draft, held, secretary):
    action = held.actions.get(text="Menagih iuran")
    ActionItem.objects.filter(pk=action.pk).update(status="done")
    mine = draft.items.first()
    AgendaItem.objects.filter(pk=mine.pk).update(state="deferred")

    with pytest.raises(RuleViolation):
        take_action(draft, action, by=secretary)
    with pytest.raises(RuleViolation):
        take_postponed(draft, mine, by=secretary)


def test_taken_off_or_thrown_away_it_waits_again(draft, secretary):
    (waiting,) = postponed_items(draft.board)
    remove_agenda_item(take_postponed(draft, waiting, by=secretary), by=secretary)
    assert postponed_items(draft.board).get() == waiting

    take_postponed(draft, waiting, by=secretary)
    delete_meeting(draft, by=secretary)
    assert postponed_items(draft.board).get() == waiting


def test_a_copy_continues_what_was_put_off(held, secretary):
    facts = {"kind": "RUTIN", "title": "", "held_on": NEXT, "place": "Balai"}
    made = copy_meeting(held, by=secretary, starts_at=held.starts_at, **facts)
    again = copy_meeting(held, by=secretary, starts_at=held.starts_at, **facts)

    assert agenda(made) == agenda(again) == ["Iuran sampah", "Drainase"]
    assert made.items.first().continues == held.items.get(title="Iuran sampah")
    assert again.items.first().continues is None


def test_a_long_promise_is_cut_for_the_agenda(board, draft, secretary):
    meeting = rows.meeting(board, by=secretary)
    action = rows.action(rows.item(meeting), "x" * 300, "Wagiyem")
    rows.ratify(meeting)

    assert take_action(draft, action, by=secretary).title == "x" * 199 + "…"


def url(meeting, name="agenda_take"):
    return reverse(f"deliberations:{name}", args=[meeting.board.slug, meeting.pk])


def test_the_page_offers_and_takes_once(draft, secretary):
    client = make.signed_in(secretary)
    action = ActionItem.objects.get(text="Menagih iuran")
    (waiting,) = postponed_items(draft.board)
    page = client.get(url(draft, "agenda_page")).text
    assert f'name="action" value="{action.pk}"' in page
    assert f'name="item" value="{waiting.pk}"' in page

    body = make.once(action=str(action.pk))
    for _click in range(2):
        assert client.post(url(draft), body).status_code in (302, 303)
    client.post(url(draft), make.once(item=str(waiting.pk)))

    page = client.get(url(draft, "agenda_page")).text
    assert "Tindak lanjut Wagiyem, paling lambat 30" in page.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "Ditunda dari rapat 21" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert draft.items.count() == 4


@pytest.mark.parametrize("body", [{}, {"action": "²"}, {"item": "abc"}])
def test_without_a_source_a_sentence_asks_for_one(draft, secretary, body):
    answer = make.signed_in(secretary).post(url(draft), make.once(**body))

    assert "Pilih bahan agenda dulu." in answer.text


def test_sources_of_another_board_do_not_exist(draft, secretary):
    other = make.board()
    theirs = rows.meeting(other)
    item = rows.item(theirs, "Rahasia", state=AgendaItem.State.DEFERRED)
    action = rows.action(item, "Rahasia", "Orang lain")
    rows.ratify(theirs)
    client = make.signed_in(secretary)

    for body in ({"action": str(action.pk)}, {"item": str(item.pk)}):
        assert client.post(url(draft), make.once(**body)).status_code == 404
    assert "Rahasia" not in client.get(url(draft, "agenda_page")).text


def test_the_page_costs_the_same_with_more_sources(
    draft, held, secretary, django_assert_max_num_queries
):
    client = make.signed_in(secretary)
    for action in held.actions.all():
        take_action(draft, action, by=secretary)
    take_postponed(draft, postponed_items(draft.board).get(), by=secretary)
    client.get(url(draft, "agenda_page"))
    with django_assert_max_num_queries(10):
        client.get(url(draft, "agenda_page"))
