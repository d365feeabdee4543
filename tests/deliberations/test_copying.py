"""The next meeting laid out like an earlier one: agenda, guests, place and hour."""

import datetime

import pytest
from django.urls import reverse

from deliberations.models import AgendaItem, Meeting
from deliberations.services.attendance import add_guest
from deliberations.services.copying import copy_meeting
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import members as people_rows

pytestmark = pytest.mark.django_db
NEXT = datetime.date(2026, 4, 11)


@pytest.fixture
def people(board):
    return meet.members(board, 3)


@pytest.fixture
def source(board, secretary, people):
    """A rembug warga: five items, the fourth put off; a delegate and the Lurah."""
    facts = {"kind": "RWT", "title": "RWT 2025", "place": "Balai RW 005"}
    meeting = meet.draft(board, by=secretary, people=people, **facts)
    meeting.items.filter(position=4).update(state=AgendaItem.State.DEFERRED)
    add_guest(
        meeting,
        name="Sutrisno",
        office="Utusan RT 001",
        sex="L",
        rt="001",
        rw="002",
        is_entitled=True,
        by=secretary,
    )
    add_guest(meeting, name="Wahyu Hendrawan", office="Lurah", sex="L", by=secretary)
    return meeting


def copied(source, by, **facts):
    values = {
        "kind": source.kind,
        "title": "RWT 2026",
        "held_on": NEXT,
        "starts_at": source.starts_at,
        "place": source.place,
    }
    return copy_meeting(source, by=by, **{**values, **facts})


def listed(meeting) -> list[tuple]:
    rows = meeting.attendances.order_by("position", "pk")
    return [(row.name, row.status, row.is_entitled) for row in rows]


def test_what_was_put_off_heads_the_agenda(source, secretary):
    made = copied(source, secretary)

    assert list(made.items.values_list("position", "title", "state")) == [
        (1, "Tanggapan warga", "open"),
        (2, "Tata tertib", "open"),
        (3, "Tinjauan partisipatif", "open"),
        (4, "Laporan pertanggungjawaban", "open"),
        (5, "Rencana kerja, RAPB, dan usulan musrenbang", "open"),
    ]


def test_guests_are_invited_again_and_nobody_is_present_yet(source, secretary):
    made = copied(source, secretary)

    assert listed(made) == [
        ("Warga 01", "invited", True),
        ("Warga 02", "invited", True),
        ("Warga 03", "invited", True),
        ("Sutrisno", "invited", True),
        ("Wahyu Hendrawan", "invited", False),
    ]
    delegate = made.attendances.get(name="Sutrisno")
    assert (delegate.office, delegate.rt, delegate.rw) == (
        "Utusan RT 001",
        "001",
        "002",
    )
    assert source.attendances.filter(status="present").count() == 2


def test_where_members_decide_a_guest_brings_no_vote(source, secretary):
    made = copied(source, secretary, kind="KHUSUS")

    assert ("Sutrisno", "invited", False) in listed(made)


def test_the_members_are_those_of_the_new_day(board, source, secretary, people):
    term = people[0].mandates.get().term
    left = people[2].mandates.get()
    left.ended_on = datetime.date(2026, 3, 31)
    left.end_reason = "RESIGNED"
    left.save()
    people_rows.mandate(
        term,
        people_rows.person(board, "Pengganti"),
        started_on=datetime.date(2026, 4, 1),
    )

    names = [name for name, _status, entitled in listed(copied(source, secretary))]

    assert "Pengganti" in names
    assert "Warga 03" not in names


def new_url(board, query=""):
    return reverse("deliberations:meeting_new", args=[board.slug]) + query


def test_the_form_comes_filled_and_makes_the_copy_once(board, source, secretary):
    client = make.signed_in(secretary)
    address = new_url(board, f"?salin={source.pk}")

    page = client.get(address)
    body = make.once(
        kind="RWT", title="RWT 2026", held_on="11/04/2026", starts_at="19.30",
        place="Balai RW 005",
    )  # fmt: skip
    answers = [client.post(address, body) for _click in range(2)]

    assert page.context["form"].initial["title"] == "RWT 2025"
    assert "Agenda dan undangan disalin dari" in page.text
    assert [answer.status_code for answer in answers] == [302, 303]
    made = Meeting.objects.exclude(pk=source.pk).get()
    assert made.items.first().title == "Tanggapan warga"
    assert answers[0].url == answers[1].url


def test_the_page_offers_the_last_meeting(board, source, secretary):
    page = make.signed_in(secretary).get(new_url(board)).text

    assert f"?salin={source.pk}" in page


@pytest.mark.parametrize("key", ["", "abc", "²", "9" * 18])
def test_a_meeting_that_is_not_there_cannot_be_copied(board, secretary, key):
    client = make.signed_in(secretary)

    assert client.get(new_url(board, f"?salin={key}")).status_code == 404


def test_another_boards_meeting_cannot_be_copied(source):
    other = make.board()
    client = make.signed_in(meet.secretary(other))

    assert client.get(new_url(other, f"?salin={source.pk}")).status_code == 404
    body = make.once(kind="RWT", title="", held_on="11/04/2026", starts_at="19.30",
                     place="Balai")  # fmt: skip
    answer = client.post(new_url(other, f"?salin={source.pk}"), body)
    assert answer.status_code == 404
    assert not Meeting.objects.filter(board=other).exists()


def test_a_ratified_meeting_offers_the_next(board, secretary):
    done = meet.ratified(board, by=secretary)
    page = reverse("deliberations:meeting_page", args=[board.slug, done.pk])

    assert f"?salin={done.pk}" in make.signed_in(secretary).get(page).text
    reader = make.signed_in(meet.coordinator(make.board()))
    assert reader.get(page).status_code == 404


def test_the_last_note_taker_is_no_guest_of_the_next(board, source, secretary, people):
    staff = people_rows.person(board, "Sekretaris Lama")
    source.note_taker = staff
    source.save()
    rows = source.attendances
    rows.create(person=staff, name="Sekretaris Lama", office="Notulis", position=40)

    names = [name for name, _status, _entitled in listed(copied(source, secretary))]

    assert "Sekretaris Lama" not in names
    assert "Wahyu Hendrawan" in names
