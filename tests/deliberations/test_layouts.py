"""How a board lays out each kind of meeting, and what a new meeting takes from it."""

import datetime

import pytest
from django.urls import reverse

from boards.forms import EditConflict
from boards.models import AuditEvent
from boards.roles import Role
from deliberations.agendas import PAPERS
from deliberations.models import Meeting, MeetingTemplate
from deliberations.services.layouts import (
    Layout,
    StandingGuest,
    layout_of,
    reset_layout,
    save_layout,
    usual_layout,
)
from members.models import Appointment, Unit
from reports.builders import invitation
from reports.paper_rows import paper_rows
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import members as people_rows

pytestmark = pytest.mark.django_db

LURAH = StandingGuest("Lurah", element="Kelurahan/desa")
OWN = Layout(
    agenda=("Tata tertib", "LPJ", "Renta"),
    copies=("Camat Magetan", "Dinas Perkim"),
    place="Pendopo",
    starts_at=datetime.time(9, 0),
    papers=("undangan", "notulen"),
    guests=(LURAH, StandingGuest("Sri", "P", "PKK", is_entitled=True)),
)


def save(board, by, layout=OWN, kind="RWT", seen=0):
    return save_layout(board, kind, layout=layout, seen_revision=seen, by=by)


def url(name, board, **kwargs):
    return reverse(f"deliberations:{name}", kwargs={"board_slug": board.slug, **kwargs})


def prepared(board, by, **facts):
    return meet.draft(board, by=by, people=meet.members(board, 3), **facts)


def test_a_new_meeting_begins_as_its_kind_is_laid_out(board, secretary):
    save(board, secretary)

    meeting = prepared(board, secretary, kind="RWT")

    assert [item.title for item in meeting.items.all()] == [
        "Tata tertib",
        "LPJ",
        "Renta",
    ]
    assert meeting.copies == "Camat Magetan\nDinas Perkim"
    listed = [
        (row.name, row.element, row.is_entitled) for row in meeting.attendances.all()
    ]
    assert listed == [
        ("Warga 01", "Anggota", True),
        ("Warga 02", "Anggota", True),
        ("Warga 03", "Anggota", True),
        ("Sri", "PKK", True),
        ("Lurah", "Kelurahan/desa", False),
    ]


def test_another_board_and_another_kind_keep_the_usual(board, secretary):
    save(board, secretary)

    assert layout_of(make.board(), "RWT") == usual_layout("RWT")
    assert layout_of(board, "RUTIN") == usual_layout("RUTIN")
    assert layout_of(board, "RWT") == OWN


def test_members_may_be_left_out_where_residents_decide(board, secretary):
    save(board, secretary, Layout(invites_members=False), kind="RW")

    meeting = prepared(board, secretary, kind="RW")

    # Who leads and who takes notes are on the list in any case.
    assert [row.office for row in meeting.attendances.all()] == [
        "Pemimpin rapat",
        "Notulis",
    ]


def test_officers_of_the_units_are_called_where_the_layout_says(board, secretary):
    clerk = make.user(Role.LOAN_UNIT, board=board)
    gone = make.user(Role.WORKS_UNIT, board=board)
    gone.assignments.update(ended_at=meet.NOON, ended_by=secretary)
    people_rows.person(board, "Sari", user=clerk)
    people_rows.person(board, "Budi", user=gone)

    coordination = prepared(board, secretary, kind="KOOR")
    people = [coordination.chair, coordination.note_taker]
    routine = meet.draft(board, by=secretary, people=people)

    units = coordination.attendances.filter(element="Unit pengelola")
    assert [(row.name, row.is_entitled) for row in units] == [("Sari", False)]
    assert not routine.attendances.filter(element="Unit pengelola").exists()


def test_appointments_of_the_meetings_day_are_called_first(board, secretary):
    clerk = make.user(Role.LOAN_UNIT, board=board)
    sari = people_rows.person(board, "Sari", user=clerk)
    budi = people_rows.person(board, "Budi")
    unit = Unit.objects.create(board=board, kind=Unit.Kind.UPK, name="UPK Maju")
    for person, first, last in ((sari, 1, None), (budi, 1, 13)):
        Appointment.objects.create(
            board=board,
            unit=unit,
            person=person,
            post=Appointment.Post.MANAGER,
            started_on=meet.HELD_ON.replace(day=first),
            ends_on=last and meet.HELD_ON.replace(day=last),
        )

    meeting = prepared(board, secretary, kind="KOOR")

    units = meeting.attendances.filter(element="Unit pengelola")
    assert [(row.name, row.office) for row in units] == [("Sari", "Manajer UPK Maju")]


def test_going_back_to_the_usual_layout(board, secretary):
    save(board, secretary)

    reset_layout(board, "RWT", by=secretary)
    reset_layout(board, "RWT", by=secretary)

    assert layout_of(board, "RWT") == usual_layout("RWT")
    acts = AuditEvent.objects.filter(action__contains="layout").order_by("pk")
    assert [act.says for act in acts] == [
        "mengubah susunan rembug warga tahunan",
        "mengembalikan susunan rembug warga tahunan ke baku",
    ]


def test_a_layout_saved_meanwhile_is_not_overwritten(board, secretary):
    save(board, secretary)

    with pytest.raises(EditConflict):
        save(board, secretary, Layout())

    assert layout_of(board, "RWT") == OWN
    save(board, secretary, Layout(), seen=1)
    assert layout_of(board, "RWT").agenda == ()


@pytest.mark.parametrize(
    ("layout", "kind", "code"),
    [
        (Layout(agenda=("x" * 201,)), "RWT", "layout.agenda"),
        (Layout(agenda=("x",) * 41), "RWT", "layout.agenda"),
        (Layout(copies=("x" * 121,)), "RWT", "layout.copies"),
        (OWN, "RUTIN", "layout.no_vote"),
    ],
)
def test_what_a_meeting_could_not_hold_is_refused(board, secretary, layout, kind, code):
    refused(code, save, board, secretary, layout, kind)
    assert not MeetingTemplate.objects.exists()


def test_copies_are_printed_with_the_archive_last(board, secretary):
    meet.coordinator(board)
    save(board, secretary)
    own = prepared(board, secretary, kind="RWT")
    usual = meet.draft(board, by=secretary, people=[own.chair, own.note_taker])

    def copies(meeting):
        return invitation.build(meeting, number="1", on=meet.HELD_ON).copies

    assert copies(own) == ("Camat Magetan", "Dinas Perkim", "Arsip")
    assert copies(usual)[-1] == "Arsip"
    assert len(copies(usual)) == 2


def test_only_the_papers_of_the_layout_are_offered(board, secretary):
    save(board, secretary)

    meeting = prepared(board, secretary, kind="RWT")
    people = [meeting.chair, meeting.note_taker]
    routine = meet.draft(board, by=secretary, people=people)

    def offered(about):
        return [row.kind.code for row in paper_rows(about, on=meet.HELD_ON)]

    assert offered(meeting) == ["undangan", "notulen"]
    assert offered(routine) == list(PAPERS)


def test_the_list_costs_the_same_with_more_layouts(
    board, secretary, django_assert_max_num_queries
):
    client, path = make.signed_in(secretary), url("layout_list", board)
    for kind in ("RWT", "KEL", "RW"):
        save(board, secretary, kind=kind)
        client.get(path)
        with django_assert_max_num_queries(6):
            assert client.get(path).status_code == 200


BODY = {
    "agenda": "Tata tertib\n\n LPJ ",
    "starts_at": "09.00",
    "place": "Pendopo",
    "invites_members": "on",
    "copies": "Camat",
    "papers": ["undangan"],
    "tamu-TOTAL_FORMS": "2",
    "tamu-INITIAL_FORMS": "0",
    "tamu-0-name": "",
    "tamu-0-element": "Ketua RW",
    "tamu-1-name": "Sri",
    "tamu-1-sex": "P",
    "tamu-1-is_entitled": "on",
    "revision": "0",
}


def test_the_page_saves_and_goes_back(board, secretary):
    client, path = make.signed_in(secretary), url("layout_edit", board, kind="RWT")

    shown = client.get(path).content.decode()
    client.post(path, make.once(**BODY))
    listed = client.get(url("layout_list", board)).content.decode()
    new = client.get(url("meeting_new", board) + "?jenis=RWT").content.decode()
    client.post(url("layout_reset", board, kind="RWT"), make.once())

    assert "Laporan pertanggungjawaban" in shown
    assert "Tata tertib; LPJ" in listed
    assert "2 undangan tetap" in listed
    assert 'value="Pendopo"' in new
    assert 'value="09.00"' in new
    assert not MeetingTemplate.objects.exists()


def test_the_page_keeps_the_post_of_a_guest_as_name(board, secretary):
    client = make.signed_in(secretary)

    client.post(url("layout_edit", board, kind="RWT"), make.once(**BODY))

    guests = layout_of(board, "RWT").guests
    assert guests == (
        StandingGuest("Ketua RW", "", "Ketua RW"),
        StandingGuest("Sri", "P", "", is_entitled=True),
    )


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"agenda": "x" * 201}, 200, "Agenda baris 1 terlalu panjang"),
        ({"starts_at": "25.00"}, 200, "25.00"),
        ({"revision": "7"}, 409, "Yang tersimpan sekarang"),
        ({"papers": ["rahasia"]}, 200, "rahasia"),
    ],
)
def test_a_bad_layout_is_refused_with_everything_typed_kept(
    board, secretary, changes, status, said
):
    client, path = make.signed_in(secretary), url("layout_edit", board, kind="RWT")

    answer = client.post(path, make.once(**BODY | changes))

    page = answer.content.decode()
    assert answer.status_code == status
    assert "errsum" in page
    assert said in page
    assert 'value="Sri"' in page
    assert not MeetingTemplate.objects.exists()


@pytest.mark.parametrize("name", ["layout_edit", "layout_reset"])
def test_strangers_readers_wrong_methods_and_unknown_kinds(board, secretary, name):
    path = url(name, board, kind="RWT")
    reader = make.user(Role.KELURAHAN, region_code=board.region_code)
    stranger = meet.secretary(make.board())
    own = make.signed_in(secretary)

    assert make.signed_in(stranger).post(path, make.once()).status_code == 404
    assert make.signed_in(reader).post(path, make.once()).status_code == 403
    assert own.put(path).status_code == 405
    unknown = url(name, board, kind="PESTA")
    assert own.post(unknown, make.once()).status_code == 404
    assert Meeting.objects.count() == 0
