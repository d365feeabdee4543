"""The correction round: who came agrees or asks to mend, before anything is frozen."""

import datetime

import pytest
from django.urls import reverse

from boards.parameters import set_parameter
from boards.roles import Post, Role
from deliberations.models import Confirmation, Correction, Meeting
from deliberations.records import meeting_record
from deliberations.services.correction import (
    answer_correction,
    ask_correction,
    confirm_minutes,
    note_confirmation,
    recall_meeting,
    round_of,
)
from deliberations.services.ratification import ratify_meeting, send_meeting
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(board):
    return meet.members(board, 5)


@pytest.fixture
def meeting(board, secretary, people):
    return meet.sent(board, by=secretary, people=people, came=4)


def member(board, person):
    """An account of somebody who sits in the board."""
    person.user = make.user(Role.MEMBER, board=board)
    person.save()
    return person.user


def ask_two(board, by) -> None:
    """From the day of the meeting on, two members must agree."""
    set_parameter(
        board,
        "confirmations_needed",
        value=2,
        starts_on=meet.HELD_ON,
        article="ART pasal 9",
        on=meet.HELD_ON,
        by=by,
    )


def test_without_a_rule_the_koordinator_is_enough(meeting, coordinator):
    ratified = ratify_meeting(meeting, by=coordinator, at=meet.NOON)

    assert ratified.confirmations_needed == 0
    assert "confirmations" not in meeting_record(ratified.pk)


def test_ratifying_waits_for_as_many_as_the_rule_asks(
    board, meeting, people, coordinator
):
    ask_two(board, coordinator)
    wati, joko = member(board, people[1]), member(board, people[2])
    confirm_minutes(meeting, by=wati, at=meet.NOON)

    refused(
        "meeting.unconfirmed", ratify_meeting, meeting, by=coordinator, at=meet.NOON
    )
    confirm_minutes(meeting, by=joko, at=meet.NOON)
    ratified = ratify_meeting(meeting, by=coordinator, at=meet.NOON)

    assert ratified.confirmations_needed == 2
    assert meeting_record(ratified.pk)["confirmations"] == [
        ["Warga 02", "", wati.pk],
        ["Warga 03", "", joko.pk],
    ]


def test_the_rule_never_asks_for_more_than_came(board, secretary, people, coordinator):
    set_parameter(
        board,
        "confirmations_needed",
        value=9,
        starts_on=meet.HELD_ON,
        article="ART pasal 9",
        on=meet.HELD_ON,
        by=coordinator,
    )
    meeting = meet.sent(board, by=secretary, people=people, came=4)

    assert round_of(meeting, secretary).needed == 4


def test_only_who_came_may_agree_or_ask(board, meeting, people):
    late = member(board, people[4])

    refused("correction.not_attending", confirm_minutes, meeting, by=late, at=meet.NOON)
    refused(
        "correction.not_attending",
        ask_correction,
        meeting,
        item=None,
        text="Salah.",
        by=late,
        at=meet.NOON,
    )

    assert not Confirmation.objects.exists()
    assert not Correction.objects.exists()


def test_agreeing_twice_counts_once(board, meeting, people):
    wati = member(board, people[1])
    confirm_minutes(meeting, by=wati, at=meet.NOON)

    refused("correction.confirmed", confirm_minutes, meeting, by=wati, at=meet.NOON)

    assert Confirmation.objects.count() == 1


def test_a_request_stops_ratifying_until_it_is_answered(
    board, meeting, people, coordinator, secretary
):
    wati = member(board, people[1])
    confirm_minutes(meeting, by=wati, at=meet.NOON)
    asked = ask_correction(
        meeting,
        item=meeting.items.first(),
        text="Tertulis 12 meter, seharusnya 120 meter.",
        by=wati,
        at=meet.NOON,
    )

    assert not Confirmation.objects.exists(), "who asks does not agree any more"
    refused("correction.pending", confirm_minutes, meeting, by=wati, at=meet.NOON)
    refused(
        "correction.unanswered", ratify_meeting, meeting, by=coordinator, at=meet.NOON
    )
    answer = {"answer": "Ukurannya memang 12 meter.", "by": secretary, "at": meet.NOON}
    refused(
        "correction.not_mended",
        answer_correction,
        asked,
        outcome="mended",
        **answer,
    )
    answer_correction(asked, outcome="kept", **answer)

    ratified = ratify_meeting(meeting, by=coordinator, at=meet.NOON)
    assert meeting_record(ratified.pk)["corrections"] == [
        [
            "Warga 02",
            asked.item_id,
            "Tertulis 12 meter, seharusnya 120 meter.",
            "kept",
            "Ukurannya memang 12 meter.",
        ]
    ]


def test_keeping_the_minutes_needs_a_reason(board, meeting, people, secretary):
    asked = ask_correction(
        meeting, item=None, text="Salah.", by=member(board, people[1]), at=meet.NOON
    )

    refused(
        "correction.no_reason",
        answer_correction,
        asked,
        outcome="kept",
        answer=" ",
        by=secretary,
        at=meet.NOON,
    )


def test_mended_minutes_are_agreed_with_anew(
    board, meeting, people, secretary, coordinator
):
    ask_two(board, coordinator)
    wati, joko = member(board, people[1]), member(board, people[2])
    confirm_minutes(meeting, by=joko, at=meet.NOON)
    asked = ask_correction(meeting, item=None, text="Salah.", by=wati, at=meet.NOON)

    recall_meeting(meeting, by=secretary)
    draft = Meeting.objects.get(pk=meeting.pk)
    assert (draft.state, draft.state_tag[1]) == ("draft", "Dikembalikan")
    refused("correction.unanswered", send_meeting, draft, by=secretary, at=meet.NOON)
    answer_correction(asked, outcome="mended", answer="", by=secretary, at=meet.NOON)
    again = send_meeting(draft, by=secretary, at=meet.NOON)

    assert again.round == 2
    assert round_of(again, wati).confirmations == []
    assert round_of(again, wati).may_confirm


def test_minutes_that_nobody_complains_of_are_not_taken_back(meeting, secretary):
    refused("correction.none", recall_meeting, meeting, by=secretary)


def test_a_member_without_account_agrees_on_paper(board, meeting, people, secretary):
    seat = meeting.attendances.get(person=people[3])
    told = {"told_by": "tanda tangan di cetakan", "by": secretary, "at": meet.NOON}

    refused(
        "correction.no_way", note_confirmation, meeting, seat, **told | {"told_by": " "}
    )
    row = note_confirmation(meeting, seat, **told)

    assert (row.attendance, row.told_by) == (seat, "tanda tangan di cetakan")
    member(board, people[2])
    with_account = meeting.attendances.get(person=people[2])
    refused("correction.has_account", note_confirmation, meeting, with_account, **told)
    away = meeting.attendances.get(person=people[4])
    refused("correction.not_attending", note_confirmation, meeting, away, **told)


def url(name, meeting, **kwargs):
    kwargs |= {"board_slug": meeting.board.slug, "pk": meeting.pk}
    return reverse(f"deliberations:{name}", kwargs=kwargs)


def test_a_member_asks_and_the_secretary_answers_on_their_pages(
    board, meeting, people, secretary
):
    asking = make.signed_in(member(board, people[1]))
    item = meeting.items.first()
    page = asking.get(url("meeting_check", meeting)).content.decode()
    assert "Setujui notulen ini" in page

    empty = asking.post(url("correction_ask", meeting), make.once(item=item.pk))
    assert "Tulis apa yang perlu diperbaiki." in empty.content.decode()
    asking.post(
        url("correction_ask", meeting), make.once(item=item.pk, text="Salah tulis.")
    )
    asked = Correction.objects.get()
    assert (asked.item, asked.asked_name) == (item, "Warga 02")
    writing = make.signed_in(secretary)
    page = writing.get(url("meeting_check", meeting)).content.decode()
    assert "Salah tulis." in page
    assert "Tarik untuk diperbaiki" in page
    writing.post(
        url("correction_answer", meeting, correction_pk=asked.pk),
        make.once(outcome="kept", answer="Sudah sesuai rekaman."),
    )
    asked.refresh_from_db()
    assert asked.answer == "Sudah sesuai rekaman."


def test_a_request_of_another_meeting_does_not_exist(board, meeting, people, secretary):
    asked = ask_correction(
        meeting, item=None, text="Salah.", by=member(board, people[1]), at=meet.NOON
    )
    other = meet.draft(
        board,
        by=secretary,
        people=people,
        held_on=meet.HELD_ON + datetime.timedelta(7),
    )

    answer = make.signed_in(secretary).post(
        url("correction_answer", other, correction_pk=asked.pk),
        make.once(outcome="kept", answer="x"),
    )

    assert answer.status_code == 404


def test_the_koordinator_reads_how_many_are_missing(board, meeting, coordinator):
    ask_two(board, coordinator)

    page = make.signed_in(coordinator).get(url("meeting_check", meeting))

    text = page.content.decode()
    assert "0 dari 2 setuju" in text
    assert "Kurang 2 lagi" in text
    assert "Sahkan 1 keputusan" not in text


def test_the_chair_post_is_not_needed_to_agree(board, meeting, people):
    people[0].user = make.user(Role.MEMBER, board=board, post=Post.COORDINATOR)
    people[0].save()

    confirm_minutes(meeting, by=people[0].user, at=meet.NOON)

    assert Confirmation.objects.get().attendance.name == "Warga 01"


def test_the_home_page_asks_members_and_the_secretary(
    board, meeting, people, secretary, coordinator
):
    ask_two(board, coordinator)
    wati, joko = member(board, people[1]), member(board, people[2])
    home = reverse("reports:board_home", kwargs={"board_slug": board.slug})
    asked = "Setujui notulen Rapat rutin anggota"

    assert asked in make.signed_in(wati).get(home).content.decode()
    confirm_minutes(meeting, by=wati, at=meet.NOON)
    ask_correction(meeting, item=None, text="Salah.", by=joko, at=meet.NOON)

    assert asked not in make.signed_in(wati).get(home).content.decode()
    page = make.signed_in(secretary).get(home).content.decode()
    assert "Jawab permintaan koreksi Rapat rutin anggota" in page
