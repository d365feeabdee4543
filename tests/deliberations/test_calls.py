"""A meeting that opens without a quorum: another day, or a second call."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from boards.chain import breaks
from boards.models import ChainLink
from boards.parameters import set_parameter
from boards.roles import Role
from deliberations.models import AgendaItem, Attendance, Meeting
from deliberations.presence import Room
from deliberations.records import meeting_record
from deliberations.services.attendance import mark_attendance
from deliberations.services.calls import (
    call_second,
    postpone_meeting,
    undo_postponement,
    undo_second_call,
)
from deliberations.services.meetings import add_agenda_item, delete_meeting
from deliberations.services.ratification import ratify_meeting, send_meeting
from reports.builders import minutes, proceedings
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db

LATER = datetime.time(19, 50)
NEXT = {
    "held_on": datetime.date(2026, 3, 21),
    "starts_at": datetime.time(20, 0),
    "place": "Rumah Warga 01",
}
RULED = datetime.date(2026, 1, 1)


def rule(board, name, value, article="ART pasal 15"):
    facts = {"starts_on": RULED, "article": article, "on": RULED}
    set_parameter(board, name, value=value, by=meet.coordinator(board), **facts)


@pytest.fixture
def meeting(board, secretary):
    """Members' meeting of 14 March 2026, 19.30: 4 of 11 came, 6 are needed."""
    meeting = meet.draft(board, by=secretary, people=meet.members(board))
    meet.come(meeting, 4, by=secretary)
    return meeting


def url(name, meeting):
    kwargs = {"board_slug": meeting.board.slug, "pk": meeting.pk}
    return reverse(f"deliberations:{name}", kwargs=kwargs)


def page_of(user, meeting):
    return make.signed_in(user).get(url("meeting_page", meeting)).content.decode()


def ratified(meeting, by, coordinator):
    sent = send_meeting(Meeting.objects.get(pk=meeting.pk), by=by, at=meet.NOON)
    return ratify_meeting(sent, by=coordinator, at=meet.NOON)


def test_without_a_rule_only_postponing_is_offered(meeting, secretary):
    page = page_of(secretary, meeting)

    assert url("meeting_postpone", meeting) in page
    assert url("second_call", meeting) not in page
    refused(
        "meeting.second_call",
        call_second,
        meeting,
        at=datetime.time(21, 0),
        by=secretary,
    )
    assert Meeting.objects.get(pk=meeting.pk).second_call_at is None


def test_with_a_rule_both_are_offered_and_the_hour_is_said(meeting, secretary):
    rule(meeting.board, "second_call_valid", True)

    page = page_of(secretary, meeting)

    assert url("meeting_postpone", meeting) in page
    assert url("second_call", meeting) in page
    assert "mulai pukul 19.45 (ART pasal 15)" in page


@pytest.mark.parametrize("came", [0, 6])
def test_nothing_is_offered_before_the_list_is_taken_nor_with_a_quorum(
    board, secretary, came
):
    meeting = meet.draft(board, by=secretary, people=meet.members(board))
    if came:
        meet.come(meeting, came, by=secretary)

    page = page_of(secretary, meeting)

    assert url("meeting_postpone", meeting) not in page
    refused(
        "meeting.quorum_held",
        postpone_meeting,
        meeting,
        at=LATER,
        by=secretary,
        **NEXT,
    )


@pytest.mark.parametrize(
    ("wait", "at", "fits"),
    [(15, (19, 44), False), (15, (19, 45), True), (0, (19, 30), True)],
)
def test_a_second_call_waits_as_long_as_the_rule_says(
    meeting, secretary, wait, at, fits
):
    rule(meeting.board, "second_call_valid", True)
    rule(meeting.board, "postpone_minutes", wait)
    at = datetime.time(*at)

    if fits:
        assert call_second(meeting, at=at, by=secretary).second_call_at == at
    else:
        refused("meeting.second_call", call_second, meeting, at=at, by=secretary)


def test_from_the_second_call_its_own_quorum_counts(meeting, secretary):
    third = {"numerator": 1, "denominator": 3, "more_than": False}
    rule(meeting.board, "second_call_valid", third)

    call_second(meeting, at=LATER, by=secretary)

    room = Room(Meeting.objects.get(pk=meeting.pk))
    first, second = room.items
    first.ends_at, second.ends_at = datetime.time(19, 49), LATER
    before, after = room.quorum(first), room.quorum(second)
    assert (before.counted, before.required, before.held) == (4, 6, False)
    assert (after.counted, after.required, after.held) == (4, 4, True)


def test_late_comers_may_make_a_second_call_needless(meeting, secretary):
    rule(meeting.board, "second_call_valid", True)
    for row in meeting.attendances.all()[4:6]:
        mark_attendance(
            row,
            status=Attendance.Status.PRESENT,
            arrives_at=datetime.time(19, 40),
            by=secretary,
        )

    refused("meeting.quorum_held", call_second, meeting, at=LATER, by=secretary)


def test_a_second_call_is_frozen_with_its_rule_and_printed(
    meeting, board, secretary, coordinator
):
    rule(board, "second_call_valid", True)
    call_second(meeting, at=LATER, by=secretary)
    finish(meeting, secretary)

    done = ratified(meeting, secretary, coordinator)

    kept = [LATER, "berapa pun jumlah", 0, 1, True, "ART pasal 15"]
    assert meeting_record(done.pk)["second_call"] == kept
    assert [item.required for item in done.items.all()] == [1, 1]
    assert list(breaks(ChainLink.objects.filter(board=board))) == []
    facts = dict(minutes.build(done, number="1", on=meet.HELD_ON).facts)
    assert facts["Panggilan kedua"].replace("\xa0", " ") == (
        "Pukul 19.50 dibuka dengan panggilan kedua menurut ART pasal 15: berapa pun"
        " jumlah anggota, yaitu paling sedikit 1 (satu) orang."
    )
    paper = proceedings.build(done, number="1", on=meet.HELD_ON)
    quorum = paper.quorum.replace("\xa0", " ")
    assert "paling sedikit 6 (enam) orang" in quorum
    assert "dibuka dengan panggilan kedua menurut ART pasal 15" in quorum
    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.filter(pk=done.pk).update(second_call_at=None)


def finish(meeting, by):
    """Chair and note-taker are there, every item is discussed after the call."""
    current = Meeting.objects.get(pk=meeting.pk)
    for item in current.items.all():
        meet.discussed(item, by=by)
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=meet.ENDS)


def test_a_second_call_that_no_longer_fits_the_list_stops_the_minutes(
    meeting, board, secretary
):
    rule(board, "second_call_valid", True)
    call_second(meeting, at=LATER, by=secretary)
    finish(meeting, secretary)
    for row in meeting.attendances.all()[4:6]:
        mark_attendance(row, status=Attendance.Status.PRESENT, by=secretary)

    current = Meeting.objects.get(pk=meeting.pk)

    refused("meeting.second_call", send_meeting, current, by=secretary, at=meet.NOON)
    undo_second_call(current, by=secretary)
    current.refresh_from_db()
    send_meeting(current, by=secretary, at=meet.NOON)


def test_postponing_closes_this_one_and_lays_out_the_next(meeting, secretary):
    following = postpone_meeting(meeting, at=LATER, by=secretary, **NEXT)

    meeting.refresh_from_db()
    assert (meeting.postponed_at, meeting.ends_at) == (LATER, LATER)
    assert meeting.postponed_until == NEXT["held_on"]
    assert meeting.state_tag == ("warn", "Ditunda")
    assert {item.state for item in meeting.items.all()} == {AgendaItem.State.DEFERRED}
    assert following.resumes == meeting
    facts = (following.held_on, following.starts_at, following.place)
    assert facts == tuple(NEXT.values())
    assert [item.continues for item in following.items.all()] == list(
        meeting.items.all()
    )
    assert following.attendances.filter(is_entitled=True).count() == 11


def test_a_postponed_meeting_takes_no_more_agenda_and_stays(meeting, secretary):
    following = postpone_meeting(meeting, at=LATER, by=secretary, **NEXT)
    meeting.refresh_from_db()
    item = meeting.items.first()

    refused("meeting.postponed", add_agenda_item, meeting, title="Baru", by=secretary)
    refused("meeting.postponed", meet.discussed, item, by=secretary)
    refused("meeting.in_use", delete_meeting, meeting, by=secretary)
    refused("meeting.in_use", undo_postponement, meeting, by=secretary)

    delete_meeting(following, by=secretary)
    undo_postponement(meeting, by=secretary)
    meeting.refresh_from_db()
    assert (meeting.postponed_at, meeting.ends_at) == (None, None)
    assert {item.state for item in meeting.items.all()} == {AgendaItem.State.OPEN}


def test_the_proceedings_of_a_postponed_meeting_say_that_it_failed(
    meeting, board, secretary, coordinator
):
    postpone_meeting(meeting, at=LATER, by=secretary, **NEXT)

    done = ratified(meeting, secretary, coordinator)

    said = (
        "Sampai pukul 19.50 hadir 4 (empat) dari 11 (sebelas) anggota, sehingga kuorum"
        " tidak tercapai dan rapat ditunda ke Sabtu, 21 Maret 2026."
    )
    paper = proceedings.build(done, number="1", on=meet.HELD_ON)
    assert said in paper.quorum.replace("\xa0", " ")
    facts = dict(minutes.build(done, number="1", on=meet.HELD_ON).facts)
    assert facts["Penundaan"].replace("\xa0", " ") == said
    assert done.state_tag == ("ok", "Disahkan, ditunda")
    assert meeting_record(done.pk)["postponed"] == [LATER, NEXT["held_on"]]
    assert list(breaks(ChainLink.objects.filter(board=board))) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"at": datetime.time(19, 30)}, "meeting.too_early"),
        ({"held_on": datetime.date(2026, 3, 13)}, "meeting.backwards"),
        (
            {"held_on": meet.HELD_ON, "starts_at": datetime.time(19, 50)},
            "meeting.backwards",
        ),
    ],
)
def test_hours_and_days_run_forward(meeting, secretary, changes, code):
    facts = {"at": LATER, **NEXT, **changes}

    refused(code, postpone_meeting, meeting, by=secretary, **facts)

    assert Meeting.objects.count() == 1
    assert Meeting.objects.get().postponed_at is None


def test_a_list_that_shows_a_quorum_after_all_stops_the_minutes(meeting, secretary):
    postpone_meeting(meeting, at=LATER, by=secretary, **NEXT)
    for row in meeting.attendances.all()[4:6]:
        mark_attendance(row, status=Attendance.Status.PRESENT, by=secretary)

    current = Meeting.objects.get(pk=meeting.pk)

    code = "meeting.postponed_with_quorum"
    refused(code, send_meeting, current, by=secretary, at=meet.NOON)


PAGES = ("meeting_postpone", "second_call", "postpone_undo", "second_call_undo")
POSTED = {
    "at": "19.50",
    "held_on": "21/03/2026",
    "starts_at": "20.00",
    "place": "Balai RW 005",
}


@pytest.mark.parametrize("name", PAGES)
def test_strangers_readers_and_wrong_methods(meeting, secretary, name):
    stranger = meet.secretary(make.board())
    reader = make.user(Role.KELURAHAN, region_code=meeting.board.region_code)
    address = url(name, meeting)

    assert make.signed_in(stranger).post(address, make.once()).status_code == 404
    assert make.signed_in(reader).post(address, make.once()).status_code == 403
    assert make.signed_in(secretary).put(address).status_code == 405


def test_the_pages_do_both_and_say_why_not(meeting, board, secretary):
    client = make.signed_in(secretary)

    no = client.post(url("second_call", meeting), make.once(at="20.00"))
    back = {**POSTED, "held_on": "01/03/2026"}
    early = client.post(url("meeting_postpone", meeting), make.once(**back))
    done = client.post(url("meeting_postpone", meeting), make.once(**POSTED))
    page = client.get(done.url).content.decode()
    kept = client.post(url("postpone_undo", meeting), make.once())

    assert "tidak membolehkan panggilan kedua" in no.content.decode()
    assert "Rapat lanjutan harus sesudah 14 Maret 2026" in early.content.decode()
    assert "01/03/2026" in early.content.decode()
    following = url("meeting_page", Meeting.objects.get(resumes=meeting))
    link = f'<a href="{following}">21\u00a0Maret\u00a02026</a>'
    assert f"Ditunda pukul 19.50 ke {link}" in page
    assert "Hapus dulu draf itu." in kept.content.decode()


def test_a_second_call_by_page_and_back(meeting, board, secretary):
    rule(board, "second_call_valid", True)
    client = make.signed_in(secretary)

    form = client.get(url("second_call", meeting)).content.decode()
    early = client.post(url("second_call", meeting), make.once(at="19.40"))
    done = client.post(url("second_call", meeting), make.once(at="19.50"))
    page = client.get(done.url).content.decode()
    client.post(url("second_call_undo", meeting), make.once())

    assert "Paling cepat pukul 19.45" in form
    assert "paling cepat 15 menit" in early.content.decode()
    assert "Panggilan kedua pukul 19.50" in page
    assert Meeting.objects.get(pk=meeting.pk).second_call_at is None


def test_members_may_be_left_out_of_a_residents_quorum(board, secretary):
    rule(board, "members_count_with_residents", False)
    people = meet.members(board, 3)

    residents = meet.draft(board, by=secretary, people=people, kind="RW")
    members = meet.draft(board, by=secretary, people=people)

    assert not residents.attendances.filter(is_entitled=True).exists()
    assert members.attendances.filter(is_entitled=True).count() == 3


def test_who_was_counted_is_rebuilt_as_it_was_frozen(
    meeting, board, secretary, coordinator
):
    rows = list(meeting.attendances.all())
    late = datetime.time(20, 30)
    for row, arrives in ((rows[4], None), (rows[5], None), (rows[6], late)):
        mark_attendance(
            row,
            status=Attendance.Status.PRESENT,
            arrives_at=arrives,
            leaves_at=datetime.time(21, 0) if row == rows[5] else None,
            by=secretary,
        )
    times = [(datetime.time(20, 0)), datetime.time(21, 30)]
    for item, ends in zip(meeting.items.all(), times, strict=True):
        meet.discussed(item, by=secretary)
        AgendaItem.objects.filter(pk=item.pk).update(ends_at=ends)
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=meet.ENDS)

    done = ratified(meeting, secretary, coordinator)

    room = Room(Meeting.objects.get(pk=done.pk))
    found = [
        (item.counted, [row.name for row in people.counted])
        for item, people in room.with_people()
    ]
    names = [row.name for row in rows]
    assert found == [(6, names[:6]), (6, [*names[:5], names[6]])]
    lines = [item.people for item in minutes.build(done, number="", on=RULED).items]
    assert f"Tidak di ruang: {names[6]} (datang 20.30)." in lines[0].replace(
        "\xa0", " "
    )
