"""The list of a meeting on a phone: who is counted as whom, one tap in and out."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from boards.roles import Role
from deliberations.models import Attendance, Meeting
from deliberations.overview import element_counts
from deliberations.services.attendance import add_guest, mark_left
from reports.builders import attendance_list
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import members as people_rows

pytestmark = pytest.mark.django_db
TITLES = ["Nama", "L/P", "RT", "RW", "Unsur", "Jabatan", "Hak suara"]
SITI = ("Siti Aminah", "P", 3, "005", "Utusan RT", "", "ya")
BAMBANG = ("Bambang", "L", "", "", "KSM", "Ketua", "")
NOW = datetime.datetime(2026, 3, 14, 13, 22, 41, tzinfo=datetime.UTC)  # 20.22 WIB


@pytest.fixture
def meeting(board, secretary):
    """Residents' meeting with three members, all there from 19.30."""
    people = meet.members(board, 3)
    meeting = meet.draft(board, by=secretary, people=people, kind="RW")
    meet.come(meeting, 3, by=secretary)
    return meeting


@pytest.fixture
def client(secretary):
    return make.signed_in(secretary)


@pytest.fixture
def at_twenty_past_eight(monkeypatch):
    """It is 20.22 at the board, on the evening of the meeting."""
    monkeypatch.setattr("deliberations.views.attendance.timezone.now", lambda: NOW)


def url(name, meeting, **kwargs):
    kwargs = {"board_slug": meeting.board.slug, "pk": meeting.pk, **kwargs}
    return reverse(f"deliberations:{name}", kwargs=kwargs)


def test_the_list_is_counted_by_element_and_sex(meeting, secretary):
    for name, sex, element in (("Sri", "P", "PKK"), ("Tini", "P", "PKK")):
        add_guest(meeting, name=name, sex=sex, element=element, by=secretary)
    add_guest(meeting, name="Wahyu", office="Lurah", by=secretary)
    add_guest(meeting, name="Jauh", sex="L", element="KSM", here=False, by=secretary)

    counts = element_counts(meeting.attendances.all())

    # Members 1 and 3 are men, 2 is a woman.
    found = [(c.element, c.men, c.women, c.unknown, c.total) for c in counts]
    assert found == [
        ("Anggota", 2, 1, 0, 3),
        ("PKK", 0, 2, 0, 2),
        ("Lurah", 0, 0, 1, 1),
        ("Jumlah", 2, 3, 1, 6),
    ]
    paper = attendance_list.build(meeting, number="1", on=meet.HELD_ON)
    assert paper.by_element.replace("\xa0", " ") == (
        "Menurut unsur: Anggota 3 (L 2, P 1); PKK 2 (L 0, P 2); Lurah 1 (L 0, P 0)"
    )
    assert [row.office for row in paper.rows][-3:] == ["PKK", "PKK", "Lurah"]


@pytest.mark.parametrize("many", [5, 50])
def test_the_list_costs_the_same_with_more_guests(
    meeting, client, many, django_assert_max_num_queries
):
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, name=f"Tamu {number}", element="PKK")
        for number in range(many)
    )
    path = url("attendance_page", meeting)
    client.get(path)

    with django_assert_max_num_queries(7):
        assert client.get(path).status_code == 200


def test_the_page_shows_the_sums(meeting, client, secretary):
    add_guest(meeting, name="Sri", sex="P", element="PKK", by=secretary)

    page = client.get(url("attendance_page", meeting)).content.decode()

    assert "Yang hadir menurut unsur" in page
    row = '<th scope="row">PKK</th><td class="num">0</td><td class="num">1</td>'
    assert row in page


@pytest.mark.usefixtures("at_twenty_past_eight")
def test_one_tap_notes_who_comes_late_and_who_leaves(meeting, client):
    late, early = meeting.attendances.all()[:2]
    Attendance.objects.filter(pk=late.pk).update(status="invited", arrives_at=None)

    page = client.get(url("attendance_page", meeting)).content.decode()
    client.post(url("attendance_here", meeting, attendance_pk=late.pk), make.once())
    client.post(url("attendance_left", meeting, attendance_pk=early.pk), make.once())

    assert 'Hadir<span class="d-none d-sm-inline"> 20.22</span>' in page
    late.refresh_from_db()
    early.refresh_from_db()
    assert late.arrives_at == early.leaves_at == datetime.time(20, 22)
    assert early.arrives_at == meet.STARTS
    page = client.get(url("attendance_page", meeting)).content.decode()
    assert "3 hadir · 1 terlambat · 1 pulang lebih awal" in page


def test_on_another_day_the_hour_of_leaving_is_asked(meeting, client):
    row = meeting.attendances.first()

    answer = client.post(
        url("attendance_left", meeting, attendance_pk=row.pk), make.once()
    )

    assert answer.url == url("attendance_mark", meeting, attendance_pk=row.pk)
    row.refresh_from_db()
    assert row.leaves_at is None


def test_nobody_leaves_who_is_not_there(meeting, secretary):
    guest = add_guest(meeting, name="Jauh", here=False, by=secretary)

    refused(
        "attendance.not_here",
        mark_left,
        guest,
        leaves_at=datetime.time(21, 0),
        by=secretary,
    )


@pytest.mark.usefixtures("at_twenty_past_eight")
def test_a_guest_is_added_in_three_fields_and_comes_now(meeting, client):
    body = make.once(name="Sri", sex="P", element="Arisan RT 3")

    client.post(url("guest_add", meeting), body)

    guest = meeting.attendances.get(name="Sri")
    facts = (guest.element, guest.sex, guest.status, guest.arrives_at)
    assert facts == ("Arisan RT 3", "P", "present", datetime.time(20, 22))


def upload(client, meeting, *rows, titles=TITLES):
    file = SimpleUploadedFile("utusan.xlsx", people_rows.sheet(titles, *rows))
    answer = client.post(url("delegate_import", meeting), {"file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer["Location"]), answer["Location"]


def test_delegates_come_from_a_sheet_checked_then_loaded(meeting, client):
    page, address = upload(client, meeting, SITI, BAMBANG)

    assert page.context["check"].added == 2
    assert meeting.attendances.count() == 3
    answer = client.post(address)
    assert answer["Location"] == url("attendance_page", meeting)
    guests = meeting.attendances.filter(person=None).order_by("position")
    facts = [
        (g.name, g.sex, g.rt, g.rw, g.element, g.office, g.is_entitled, g.status)
        for g in guests
    ]
    assert facts == [
        ("Siti Aminah", "P", "003", "005", "Utusan RT", "", True, "invited"),
        ("Bambang", "L", "", "", "KSM", "Ketua", False, "invited"),
    ]


def test_a_second_sheet_changes_and_doubles_nobody(meeting, client):
    for rows in ((SITI, BAMBANG), (SITI, (*BAMBANG[:4], "KPP", "", "ya"))):
        _, address = upload(client, meeting, *rows)
        client.post(address)

    bambang = meeting.attendances.get(name="Bambang")
    assert meeting.attendances.count() == 5
    assert (bambang.element, bambang.is_entitled) == ("KPP", True)


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (("", "P", "", "", "", "", ""), "Nama", "Isi nama"),
        (("Sri", "X", "", "", "", "", ""), "L/P", "Tulis L"),
        (("Sri", "P", "lima", "", "", "", ""), "RT", "angka saja"),
        (("Sri", "P", "", "", "", "", "boleh"), "Hak suara", "ya atau tidak"),
        (("Sri", "P", "", "", "x" * 41, "", ""), "Unsur", "41"),
        (("warga  02", "L", "001", "002", "", "", ""), "", "sudah ada di daftar"),
        (SITI, "", "Sama dengan baris 2"),
    ],
)
def test_one_bad_row_loads_nothing(meeting, client, row, column, said):
    page, address = upload(client, meeting, SITI, row)

    (problem,) = page.context["check"].problems
    assert (problem.row, problem.column) == (3, column)
    assert said in problem.remedy
    assert client.post(address).status_code == 422
    assert meeting.attendances.count() == 3


def test_a_vote_from_a_sheet_is_refused_where_members_decide(board, client, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 2))

    page, _ = upload(client, meeting, SITI)

    (problem,) = page.context["check"].problems
    assert "hanya anggota yang berhak suara" in problem.remedy


def test_a_closed_list_takes_no_sheet(meeting, client):
    _, address = upload(client, meeting, SITI)
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Meeting.State.SENT, sent_at=meet.NOON, sent_by=meeting.created_by
    )

    assert client.post(address)["Location"] == url("attendance_page", meeting)
    assert client.get(url("delegate_import", meeting)).status_code == 302
    assert meeting.attendances.count() == 3


@pytest.mark.parametrize("name", ["delegate_import", "attendance_left"])
def test_strangers_readers_and_wrong_methods(meeting, client, name):
    kwargs = {"attendance_pk": meeting.attendances.first().pk}
    path = url(name, meeting, **(kwargs if name == "attendance_left" else {}))
    stranger = meet.secretary(make.board())
    reader = make.user(Role.KELURAHAN, region_code=meeting.board.region_code)

    assert make.signed_in(stranger).post(path, make.once()).status_code == 404
    assert make.signed_in(reader).post(path, make.once()).status_code == 403
    assert client.put(path).status_code == 405


def test_the_example_sheet_is_for_those_who_prepare_this_meeting(meeting, client):
    path = url("delegate_example", meeting)
    stranger = make.signed_in(meet.secretary(make.board()))

    assert client.get(path)["Content-Disposition"].endswith('contoh-undangan.xlsx"')
    assert stranger.get(path).status_code == 404
    assert client.post(path).status_code == 405
