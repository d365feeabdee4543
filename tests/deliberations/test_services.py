"""Acts of a musyawarah: each works, and each refuses without writing."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from boards.chain import breaks
from boards.forms import EditConflict
from boards.models import AuditEvent, BoardSetting, ChainLink, LetterNumber
from boards.roles import Role
from boards.triggers import without_triggers
from common.errors import RuleViolation
from deliberations.models import ActionItem, Attendance, Decision, Meeting
from deliberations.services.actions import move_action
from deliberations.services.attendance import add_guest, mark_attendance
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
from deliberations.services.ratification import (
    ratify_meeting,
    return_meeting,
    send_meeting,
)
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make.board(code="LKM-GR")


@pytest.fixture
def secretary(board):
    return meet.secretary(board)


@pytest.fixture
def coordinator(board):
    return meet.coordinator(board)


def refused(code, act, *args, **kwargs):
    with pytest.raises(RuleViolation) as violation:
        act(*args, **kwargs)
    assert violation.value.code == code


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
    edit_meeting(meeting, place="Balai RW 01", seen_revision=0, by=secretary)

    with pytest.raises(EditConflict) as clash:
        edit_meeting(meeting, place="Balai RW 02", seen_revision=0, by=secretary)

    assert clash.value.current.place == "Balai RW 01"
    assert Meeting.objects.get().place == "Balai RW 01"


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


def test_a_follow_up_closes_only_with_evidence(board, secretary):
    meet.ratified(board, verdicts=(meet.verdict(in_charge_name="Warga 03"),))
    action = ActionItem.objects.get()
    how = {"seen_revision": 0, "on": datetime.date(2026, 4, 1), "by": secretary}
    refused(
        "action.no_evidence", move_action, action, status="done", evidence="", **how
    )

    action = move_action(action, status="done", evidence="BAST 3/2026", **how)

    assert action.closed_on == datetime.date(2026, 4, 1)
    assert ActionItem.objects.open().count() == 0
