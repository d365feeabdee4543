"""Acts of a musyawarah: each works, and each refuses without writing."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from boards.forms import EditConflict
from deliberations.models import Attendance, Decision, Meeting
from deliberations.services.attendance import mark_attendance
from deliberations.services.meetings import (
    add_agenda_item,
    edit_meeting,
    place_agenda_item,
    remove_agenda_item,
)
from deliberations.services.minutes import (
    ItemMinutes,
    Objection,
    Point,
    Promise,
    record_item,
)
from tests.deliberations.refusals import refused
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


def test_a_new_meeting_invites_the_members_of_its_day(board, secretary):
    people = meet.members(board, 5)

    meeting = meet.draft(board, by=secretary, people=people)

    names = list(meeting.attendances.values_list("name", "office", "is_entitled"))
    assert names[0] == ("Warga 01", "Koordinator", True)
    assert [name for name, _office, _entitled in names] == [
        "Warga 01",
        "Warga 02",
        "Warga 03",
        "Warga 04",
        "Warga 05",
    ]
    assert [item.title for item in meeting.items.all()] == [
        "Tindak lanjut rapat lalu",
        "Lain-lain",
    ]


def test_a_new_day_brings_the_members_of_that_day(board, secretary):
    people = meet.members(board, 3)
    last = people[2].mandates.get()
    last.ended_on, last.end_reason = datetime.date(2026, 3, 1), "RESIGNED"
    last.save()
    meeting = meet.draft(
        board, by=secretary, people=people, held_on=datetime.date(2026, 2, 1)
    )
    assert meeting.attendances.count() == 3

    edit_meeting(
        meeting, held_on=datetime.date(2026, 4, 1), seen_revision=0, by=secretary
    )

    assert meeting.attendances.count() == 2


def test_the_chair_cannot_take_the_notes(board, secretary):
    people = meet.members(board, 3)
    with pytest.raises(ValidationError, match="dua orang"):
        meet.draft(board, by=secretary, people=people, note_taker=people[0])
    assert not Meeting.objects.exists()


def test_two_editors_of_the_facts_do_not_overwrite_each_other(board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    edit_meeting(meeting, place="Balai RW 001", seen_revision=0, by=secretary)

    with pytest.raises(EditConflict) as clash:
        edit_meeting(meeting, place="Balai RW 002", seen_revision=0, by=secretary)

    assert clash.value.current.place == "Balai RW 001"
    assert Meeting.objects.get().place == "Balai RW 001"


def test_an_item_moves_and_the_others_close_up(board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    third = add_agenda_item(meeting, title="Drainase RT 006", by=secretary)

    place_agenda_item(third, position=1, by=secretary)

    assert [str(item) for item in meeting.items.all()] == [
        "1. Drainase RT 006",
        "2. Tindak lanjut rapat lalu",
        "3. Lain-lain",
    ]


def test_an_item_with_notes_is_not_removed(board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    item = meet.discussed(meeting.items.first(), by=secretary)

    refused("agenda.has_minutes", remove_agenda_item, item, by=secretary)

    assert meeting.items.count() == 2


def test_leaving_before_arriving_is_refused(board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    row = meeting.attendances.first()

    with pytest.raises(ValidationError, match="lebih awal dari jam datang"):
        mark_attendance(
            row,
            status=Attendance.Status.PRESENT,
            arrives_at=datetime.time(20, 0),
            leaves_at=datetime.time(19, 0),
            by=secretary,
        )

    assert Attendance.objects.get(pk=row.pk).status == Attendance.Status.INVITED


def test_an_item_is_saved_as_a_whole_and_again_as_a_whole(board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    item = meeting.items.first()
    first = ItemMinutes(
        state="discussed",
        points=[Point("Satu", "Warga 01"), Point("Dua")],
        verdicts=[
            meet.verdict("Pertama", objections=(Objection("Warga 02", "mahal"),)),
            meet.verdict("Kedua"),
        ],
        promises=[Promise("Ukur saluran", "Warga 03")],
    )
    item = record_item(item, seen_revision=0, minutes=first, by=secretary)
    second = ItemMinutes(
        state="discussed", points=[Point("Tiga")], verdicts=[meet.verdict("Kedua saja")]
    )

    item = record_item(item, seen_revision=1, minutes=second, by=secretary)

    assert [point.text for point in item.points.all()] == ["Tiga"]
    assert [row.title for row in item.decisions.all()] == ["Kedua saja"]
    assert item.decisions.get().dissents.count() == 0
    assert item.actions.count() == 0
    assert item.revision == 2


def test_two_writers_of_one_item_do_not_overwrite_each_other(board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    item = meeting.items.first()
    meet.discussed(item, by=secretary)

    with pytest.raises(EditConflict):
        meet.discussed(item, meet.verdict(), by=secretary)

    assert not Decision.objects.exists()


def test_a_decision_due_before_the_meeting_is_refused(board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    early = meet.verdict(due_on=datetime.date(2026, 3, 13))

    refused(
        "decision.due_before_meeting",
        meet.discussed,
        meeting.items.first(),
        early,
        by=secretary,
    )

    assert not Decision.objects.exists()


def test_votes_without_voting_are_refused_by_the_database(board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    with pytest.raises(ValidationError, match="Keputusan 1"):
        meet.discussed(meeting.items.first(), meet.verdict(votes_for=2), by=secretary)
