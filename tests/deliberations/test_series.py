"""Meetings that come again, words to call people, and plan items to discuss."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from boards.roles import Role
from deliberations.models import Meeting, MeetingSeries
from deliberations.services.meetings import delete_meeting, edit_meeting
from deliberations.services.series import prepare_turns, stop_series
from deliberations.services.sources import plan_items, take_plan_item
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import planning

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 27)
TURNS = [datetime.date(2026, 12, 1), datetime.date(2027, 1, 5)]


def url(name, board, **kwargs):
    return reverse(f"deliberations:{name}", kwargs={"board_slug": board.slug, **kwargs})


@pytest.fixture
def series(board, secretary):
    return meet.series(board, by=secretary)


def prepared(series, by, count=1):
    made = prepare_turns(series, count=count, on=TODAY, by=by)
    return [meeting.held_on for meeting in made]


def test_the_next_turns_are_prepared_past_the_drafts_there_are(series, secretary):
    assert series.rhythm == "Selasa minggu pertama, pukul 19.30"
    assert prepared(series, secretary) == TURNS[:1]
    assert prepared(series, secretary) == TURNS[1:]
    later = [datetime.date(2027, 2, 2), datetime.date(2027, 3, 2)]
    assert prepared(series, secretary, 2) == later
    meeting = Meeting.objects.get(held_on=TURNS[0])
    facts = (meeting.title, meeting.place, meeting.starts_at, meeting.items.count())
    assert facts == ("Rapat rutin anggota", "Balai RW 005", meet.STARTS, 2)


def test_a_moved_meeting_keeps_its_turn_and_a_deleted_one_frees_it(series, secretary):
    (meeting,) = prepare_turns(series, count=1, on=TODAY, by=secretary)
    moved = datetime.date(2026, 12, 3)
    edit_meeting(meeting, held_on=moved, seen_revision=0, by=secretary)

    assert prepared(series, secretary) == TURNS[1:]

    delete_meeting(meeting, by=secretary)
    assert prepared(series, secretary) == TURNS[:1]


def test_who_leads_is_as_last_time(series, board, secretary):
    people = meet.members(board, 3)
    (first,) = prepare_turns(series, count=1, on=TODAY, by=secretary)
    edit_meeting(
        first, chair=people[2], note_taker=people[1], seen_revision=0, by=secretary
    )

    (second,) = prepare_turns(series, count=1, on=TODAY, by=secretary)

    assert (second.chair, second.note_taker) == (people[2], people[1])


def test_a_series_that_ended_prepares_nothing(series, secretary):
    prepared(series, secretary)
    stop_series(series, on=TODAY, by=secretary)
    stop_series(series, on=TURNS[0], by=secretary)

    refused("series.stopped", prepare_turns, series, count=1, on=TODAY, by=secretary)
    assert MeetingSeries.objects.get().stopped_on == TODAY
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("count", [0, 7])
def test_one_to_six_turns_at_once(series, secretary, count):
    refused("series.count", prepare_turns, series, count=count, on=TODAY, by=secretary)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("many", [2, 20])
def test_the_list_costs_the_same_with_more_series(
    board, secretary, many, django_assert_max_num_queries
):
    for number in range(many):
        row = meet.series(board, by=secretary, title=f"Rapat {number:02d}")
        if number < 2:
            prepared(row, secretary)
    client, path = make.signed_in(secretary), url("series_list", board)
    client.get(path)

    # Who asks: session, account, board and rights; then series and their turns.
    with django_assert_max_num_queries(6):
        assert client.get(path).status_code == 200


BODY = {
    "kind": "RUTIN",
    "title": "",
    "week": "1",
    "weekday": "1",
    "starts_at": "19.30",
    "place": "Balai RW 005",
}


def test_the_pages_begin_prepare_and_end_a_series(board, secretary):
    client = make.signed_in(secretary)

    empty = client.get(url("series_list", board)).content.decode()
    client.post(url("series_new", board), make.once(**BODY))
    series = MeetingSeries.objects.get()
    many = client.post(url("series_prepare", board, pk=series.pk), make.once(count="9"))
    client.post(url("series_prepare", board, pk=series.pk), make.once(count="2"))
    listed = client.get(url("series_list", board)).content.decode()
    client.post(url("series_stop", board, pk=series.pk), make.once())

    assert "Belum ada rapat berkala" in empty
    assert "Siapkan 1 sampai 6 rapat sekaligus." in many.content.decode()
    assert "Selasa minggu pertama, pukul 19.30" in listed
    assert 'data-l="Draf di depan">2<' in listed
    assert Meeting.objects.count() == 2
    assert MeetingSeries.objects.get().stopped_on == board.today()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"week": "6"}, "6"),
        ({"starts_at": "25.00"}, "25.00"),
        ({"place": ""}, "errsum"),
        ({"kind": "SIRKULER"}, "SIRKULER"),
    ],
)
def test_a_bad_series_is_refused_with_what_was_typed(board, secretary, changes, said):
    body = {**BODY, "title": "Rapat bulanan"} | changes

    answer = make.signed_in(secretary).post(url("series_new", board), make.once(**body))

    page = answer.content.decode()
    assert said in page
    assert "Rapat bulanan" in page
    assert not MeetingSeries.objects.exists()


@pytest.mark.parametrize("name", ["series_prepare", "series_stop", "series_new"])
def test_strangers_readers_and_wrong_methods(board, secretary, series, name):
    kwargs = {} if name == "series_new" else {"pk": series.pk}
    path = url(name, board, **kwargs)
    stranger = meet.secretary(make.board())
    reader = make.user(Role.KELURAHAN, region_code=board.region_code)

    assert make.signed_in(stranger).post(path, make.once()).status_code == 404
    assert make.signed_in(reader).post(path, make.once()).status_code == 403
    assert make.signed_in(secretary).put(path).status_code == 405


@pytest.fixture
def meeting(board, secretary):
    return meet.draft(board, by=secretary, people=meet.members(board, 3))


def test_the_words_to_send_name_nobody(meeting, board, secretary):
    client = make.signed_in(secretary)

    page = client.get(url("meeting_invite", board, pk=meeting.pk)).content.decode()

    text = page.split("readonly>")[1].split("</textarea>")[0]
    assert text == "\n".join(
        [
            "*Undangan Rapat rutin anggota*",
            str(board),
            "",
            "Hari: Sabtu, 14 Maret 2026",
            "Pukul: 19.30 WIB sampai selesai",
            "Tempat: Balai RW 005",
            "",
            "Acara:",
            "1. Tindak lanjut rapat lalu",
            "2. Lain-lain",
            "",
            "Kami harap Bapak/Ibu hadir tepat waktu.",
        ]
    )
    assert "https://wa.me/?text=%2AUndangan" in page


def test_the_calendar_keeps_its_name_and_counts_changes(meeting, board, secretary):
    client = make.signed_in(secretary)
    path = url("meeting_calendar", board, pk=meeting.pk)

    before = client.get(path)
    edit_meeting(meeting, place="Pendopo", seen_revision=0, by=secretary)
    after = client.get(path).content.decode()

    assert before["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"UID:rapat-{meeting.pk}@" in after
    assert "SEQUENCE:0" in before.content.decode()
    assert "SEQUENCE:1" in after
    assert "LOCATION:Pendopo" in after
    assert "Warga" not in after


@pytest.mark.parametrize("name", ["meeting_invite", "meeting_calendar"])
def test_a_draft_is_called_together_by_its_own_board(meeting, board, secretary, name):
    path = url(name, board, pk=meeting.pk)
    stranger = meet.secretary(make.board())
    reader = make.user(Role.KELURAHAN, region_code=board.region_code)

    assert make.signed_in(stranger).get(path).status_code == 404
    assert make.signed_in(reader).get(path).status_code == 404
    assert make.signed_in(secretary).post(path, make.once()).status_code == 405


def test_a_plan_item_goes_on_the_agenda_once(meeting, board, secretary):
    wanted = planning.item(board, "Drainase RT 006")
    planning.item(board, "Jalan RW 02", year=2027)
    planning.item(board, "Lama", year=2024)

    found = [row.title for row in plan_items(meeting)]
    item = take_plan_item(meeting, wanted, by=secretary)

    assert found == ["Drainase RT 006", "Jalan RW 02"]
    assert (item.position, item.title, item.plan_item) == (1, wanted.title, wanted)
    assert [row.title for row in plan_items(meeting)] == ["Jalan RW 02"]
    assert [row.title for row in plan_items(meeting, words="saluran")] == []
    refused("agenda.taken", take_plan_item, meeting, wanted, by=secretary)


def test_the_agenda_page_finds_and_takes_plan_items(meeting, board, secretary):
    wanted = planning.item(board, "Drainase RT 006")
    foreign = planning.item(make.board(), "Drainase orang lain")
    client, path = make.signed_in(secretary), url("agenda_page", board, pk=meeting.pk)

    found = client.get(path, {"rencana": "drainase"}).content.decode()
    none = client.get(path, {"rencana": "jembatan"}).content.decode()
    take = url("agenda_take", board, pk=meeting.pk)
    other = client.post(take, make.once(plan=str(foreign.pk)))
    client.post(take, make.once(plan=str(wanted.pk)))
    shown = client.get(path).content.decode()

    assert "Drainase RT\u00a0006" in found
    assert "orang lain" not in found
    assert "Tidak ada yang cocok dengan “jembatan”." in none
    assert other.status_code == 404
    assert "Butir rencana 1.04.03.2.02.03, 2026" in shown


def test_the_database_keeps_plan_items_inside_the_board(meeting):
    foreign = planning.item(make.board())

    with pytest.raises(DatabaseError), transaction.atomic():
        meeting.items.update(plan_item=foreign)
