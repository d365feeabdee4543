"""From sent to frozen: who ratifies, what is numbered, what never changes again."""

import datetime
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from boards.chain import breaks
from boards.models import AuditEvent, BoardSetting, ChainLink, LetterNumber
from boards.roles import Role
from boards.triggers import without_triggers
from deliberations.models import ActionItem, Decision, Meeting, MeetingWriter
from deliberations.services.attendance import add_guest, mark_attendance
from deliberations.services.meetings import (
    delete_meeting,
    edit_meeting,
    rename_agenda_item,
)
from deliberations.services.minutes import (
    ItemMinutes,
    record_item,
)
from deliberations.services.ratification import (
    ratify_meeting,
    return_meeting,
    send_meeting,
)
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


def test_ratifying_gives_numbers_freezes_and_ties_to_the_chain(
    board, secretary, coordinator
):
    verdicts = (
        meet.verdict(
            "Drainase",
            amount=72_000_000,
            in_charge_name="Warga 03",
            due_on=datetime.date(2026, 4, 1),
        ),
        meet.verdict(
            "Pinjaman", method="voting", votes_for=6, votes_against=2, votes_abstain=1
        ),
    )
    meeting = meet.sent(board, by=secretary, verdicts=verdicts)

    meeting = ratify_meeting(meeting, by=coordinator, at=meet.NOON)

    assert meeting.number_text == "001/BA/LKM-GR/III/2026"
    assert meeting.minutes_number_text == "001/NOT/LKM-GR/III/2026"
    numbers = list(meeting.decisions.values_list("number_text", flat=True))
    assert numbers == ["001/KEP/LKM-GR/III/2026", "002/KEP/LKM-GR/III/2026"]
    assert (meeting.present, meeting.entitled, meeting.decision_count) == (9, 11, 2)
    item = meeting.items.first()
    assert (item.counted, item.entitled, item.required) == (9, 11, 6)
    action = ActionItem.objects.get()
    assert (action.owner_name, action.text) == ("Warga 03", "Drainase")
    assert meeting.decisions.first().in_charge.name == "Warga 03"
    assert list(breaks(ChainLink.objects.all())) == []
    assert ChainLink.objects.get().kind == "deliberations.meeting"
    said = AuditEvent.objects.get(action="deliberations.meeting_ratified").says
    assert said == (
        "mengesahkan notulen Rapat rutin anggota 14 Maret 2026 dengan 2 keputusan,"
        " nomor 001/BA/LKM-GR/III/2026"
    )


def test_ratifying_twice_gives_no_second_number(board, secretary, coordinator):
    meeting = meet.sent(board, by=secretary)
    ratify_meeting(meeting, by=coordinator, at=meet.NOON)

    refused("meeting.ratified", ratify_meeting, meeting, by=coordinator, at=meet.NOON)

    assert LetterNumber.objects.filter(kind="BA").count() == 1


def test_the_writer_does_not_ratify(board):
    person = make.user(Role.SECRETARY, board=board)
    make_coordinator(person, board)
    meeting = meet.sent(board, by=person)

    refused("meeting.maker", ratify_meeting, meeting, by=person, at=meet.NOON)

    assert not LetterNumber.objects.exists()


WRITING = {
    "facts": lambda meeting, by: edit_meeting(
        meeting, place="Balai RW 002", seen_revision=meeting.revision, by=by
    ),
    "agenda": lambda meeting, by: rename_agenda_item(
        meeting.items.last(), title="Penutup", by=by
    ),
    "item": lambda meeting, by: meet.discussed(
        meeting.items.first(), meet.verdict(), by=by
    ),
    "sending": lambda meeting, by: send_meeting(meeting, by=by, at=meet.NOON),
}


@pytest.mark.parametrize("act", WRITING)
def test_who_wrote_anything_does_not_ratify_also_after_a_return(board, secretary, act):
    person = make.user(Role.SECRETARY, board=board)
    make_coordinator(person, board)
    meeting = meet.finished(board, by=secretary)
    WRITING[act](meeting, person)
    meeting.refresh_from_db()
    if meeting.is_open:
        send_meeting(meeting, by=secretary, at=meet.NOON)
    meeting = return_meeting(meeting, note="Periksa lagi.", by=person)
    meeting = send_meeting(meeting, by=secretary, at=meet.NOON)

    refused("meeting.maker", ratify_meeting, meeting, by=person, at=meet.NOON)

    assert not LetterNumber.objects.exists()


def test_who_only_marked_attendance_ratifies(board, secretary):
    person = make.user(Role.SECRETARY, board=board)
    make_coordinator(person, board)
    meeting = meet.finished(board, by=secretary)
    mark_attendance(meeting.attendances.last(), status="excused", by=person)
    meeting = send_meeting(meeting, by=secretary, at=meet.NOON)

    meeting = ratify_meeting(meeting, by=person, at=meet.NOON)

    assert meeting.ratified_by == person
    assert [row.user for row in meeting.writers.all()] == [secretary]


def test_the_database_itself_refuses_a_writer_who_ratifies(board, secretary):
    meeting = meet.sent(board, by=secretary)
    person = meet.coordinator(board)
    meeting.writers.create(user=person)
    with pytest.raises(IntegrityError), transaction.atomic(), without_maker_check():
        ratify_meeting(meeting, by=person, at=meet.NOON)
    assert Meeting.objects.get().state == Meeting.State.SENT


def without_maker_check():
    """The service looks away; the database does not."""
    return mock.patch(
        "deliberations.services.ratification.is_maker", return_value=False
    )


def test_a_draft_is_deleted_with_the_list_of_its_writers(board, secretary):
    meeting = meet.finished(board, by=secretary)

    delete_meeting(meeting, by=secretary)

    assert not MeetingWriter.objects.exists()


def make_coordinator(person, board):
    person.assignments.create(role=Role.MEMBER, post="COORDINATOR", board=board)


def test_an_office_of_one_may_ratify_and_says_so(board):
    BoardSetting.objects.create(
        board=board,
        name="one_person_office",
        value=True,
        starts_on=datetime.date(2026, 1, 1),
    )
    person = make.user(Role.SECRETARY, board=board)
    make_coordinator(person, board)
    meeting = meet.sent(board, by=person)
    check = reverse("deliberations:meeting_check", args=[board.slug, meeting.pk])
    page = make.signed_in(person).get(check).content.decode()
    assert "Sahkan " in page
    assert "Anda juga menulisnya" in page

    meeting = ratify_meeting(meeting, by=person, at=meet.NOON)

    assert meeting.one_person_office
    assert "seorang diri" in AuditEvent.objects.order_by("pk").last().says


def test_a_plain_member_does_not_ratify_but_the_chair_does(board, secretary):
    member = make.user(Role.MEMBER, board=board)
    people = meet.members(board)
    meeting = meet.sent(board, by=secretary, people=people)
    refused("meeting.not_ratifier", ratify_meeting, meeting, by=member, at=meet.NOON)
    people[0].user = member
    people[0].save()

    meeting = ratify_meeting(meeting, by=member, at=meet.NOON)

    assert meeting.ratified_post == "Pemimpin rapat"


def test_no_ratification_without_quorum(board, secretary):
    meeting = meet.finished(board, by=secretary, came=5)

    refused("item.no_quorum", send_meeting, meeting, by=secretary, at=meet.NOON)

    assert Meeting.objects.get().state == Meeting.State.DRAFT


def test_quorum_is_checked_at_the_moment_of_each_item(board, secretary):
    meeting = meet.finished(board, by=secretary, came=6)
    item = meeting.items.first()
    late = meeting.attendances.order_by("position")[5]
    mark_attendance(
        late, status="present", arrives_at=datetime.time(21, 0), by=secretary
    )
    minutes = ItemMinutes(
        state="discussed",
        starts_at=datetime.time(19, 40),
        ends_at=datetime.time(20, 30),
        verdicts=[meet.verdict()],
    )
    record_item(item, seen_revision=item.revision, minutes=minutes, by=secretary)

    refused("item.no_quorum", send_meeting, meeting, by=secretary, at=meet.NOON)


def test_votes_must_equal_those_counted(board, secretary):
    vote = meet.verdict(method="voting", votes_for=6, votes_against=2, votes_abstain=2)
    meeting = meet.finished(board, by=secretary, verdicts=(vote,), came=9)

    refused("decision.votes", send_meeting, meeting, by=secretary, at=meet.NOON)


def test_a_meeting_of_tomorrow_is_not_sent(board, secretary):
    meeting = meet.finished(board, by=secretary, held_on=datetime.date(2026, 3, 16))

    refused("meeting.in_future", send_meeting, meeting, by=secretary, at=meet.NOON)


def test_returned_minutes_can_be_written_again(board, secretary, coordinator):
    meeting = meet.sent(board, by=secretary)
    refused("meeting.closed", add_guest, meeting, name="Lurah", by=secretary)

    meeting = return_meeting(meeting, note="Lengkapi butir 2.", by=coordinator)
    add_guest(meeting, name="Lurah", sex="L", by=secretary)

    assert meeting.returned_note == "Lengkapi butir 2."
    assert meeting.attendances.filter(name="Lurah").exists()


def test_an_amendment_is_a_new_decision_and_only_the_last_may_be_amended(
    board, secretary, coordinator
):
    people = meet.members(board)
    first = meet.ratified(
        board, by=secretary, ratifier=coordinator, people=people
    ).decisions.get()
    change = meet.verdict("Pagu baru", amends=first, amend_reason="harga naik")
    second = meet.ratified(
        board, by=secretary, ratifier=coordinator, people=people, verdicts=(change,)
    ).decisions.get()

    refused(
        "decision.amends_nothing",
        meet.finished,
        board,
        by=secretary,
        people=people,
        verdicts=(change,),
    )

    assert second.amends == first
    assert list(Decision.objects.filter(board=board).in_force()) == [second]


def test_another_boards_decision_cannot_be_amended(board, secretary):
    foreign = meet.ratified(make.board()).decisions.get()
    change = meet.verdict(amends=foreign, amend_reason="harga naik")

    refused(
        "decision.amends_nothing",
        meet.finished,
        board,
        by=secretary,
        verdicts=(change,),
    )


def test_a_year_ends_at_local_midnight(coordinator, board, secretary):
    meeting = meet.sent(board, by=secretary)
    new_year_in_jakarta = datetime.datetime(2026, 12, 31, 17, 0, tzinfo=datetime.UTC)

    meeting = ratify_meeting(meeting, by=coordinator, at=new_year_in_jakarta)

    assert meeting.number_text == "001/BA/LKM-GR/I/2027"


FROZEN_TABLES = (
    ("deliberations_meeting", "title"),
    ("deliberations_meeting", "quorum_article"),
    ("deliberations_agendaitem", "title"),
    ("deliberations_minutepoint", "text"),
    ("deliberations_attendance", "name"),
    ("deliberations_decision", "text"),
    ("deliberations_actionitem", "text"),
)


@pytest.mark.parametrize(("table", "column"), FROZEN_TABLES)
def test_the_database_itself_refuses_to_change_ratified_minutes(table, column, board):
    meet.ratified(board, verdicts=(meet.verdict(in_charge_name="Warga 03"),))
    for statement in (f"UPDATE {table} SET {column} = 'lain'", f"DELETE FROM {table}"):
        with (
            pytest.raises(IntegrityError, match="frozen"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize(("table", "column"), FROZEN_TABLES)
def test_the_chain_names_what_was_changed_behind_its_back(table, column, board):
    meeting = meet.ratified(board, verdicts=(meet.verdict(in_charge_name="Warga 03"),))
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {column} || 'x'")

    (broken,) = breaks(ChainLink.objects.all())

    assert (broken.position, broken.subject) == (1, meeting.title)
