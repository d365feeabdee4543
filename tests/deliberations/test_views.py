"""Pages of a musyawarah, asked through a client as each person would."""

import datetime

import pytest
from django.urls import reverse

from boards.models import LetterNumber, Submission
from deliberations.models import Attendance, Meeting
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(secretary):
    return make.signed_in(secretary)


def url(name, board, **kwargs):
    return reverse(f"deliberations:{name}", kwargs={"board_slug": board.slug, **kwargs})


def test_a_secretary_opens_a_meeting_and_everybody_is_invited(client, board):
    meet.members(board, 4)
    body = make.once(
        kind="RUTIN",
        title="",
        held_on="21/11/2026",
        starts_at="19.30",
        place="Balai RW 005",
    )

    answer = client.post(url("meeting_new", board), body)

    meeting = Meeting.objects.get()
    assert answer.url == url("agenda_page", board, pk=meeting.pk)
    assert (meeting.title, meeting.attendances.count()) == ("Rapat rutin anggota", 4)


def test_a_double_click_opens_one_meeting(client, board):
    meet.members(board, 2)
    body = make.once(
        kind="RUTIN", held_on="21/11/2026", starts_at="19.30", place="Balai RW 005"
    )

    first = client.post(url("meeting_new", board), body)
    second = client.post(url("meeting_new", board), body)

    assert Meeting.objects.count() == Submission.objects.count() == 1
    assert (second.status_code, second.url) == (303, first.url)


def test_the_same_key_with_other_words_is_refused_and_shows_what_was_typed(
    client, board
):
    body = make.once(
        kind="RUTIN", held_on="21/11/2026", starts_at="19.30", place="Balai RW 005"
    )
    client.post(url("meeting_new", board), body)

    answer = client.post(url("meeting_new", board), {**body, "place": "Balai RW 009"})

    assert answer.status_code == 409
    assert "Balai RW 009" in answer.content.decode()
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 65])
def test_a_post_without_a_proper_key_is_a_bad_request(client, board, key):
    answer = client.post(url("meeting_new", board), {"submission_key": key})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held_on": "31/02/2026"}, "31/02/2026"),
        ({"starts_at": "25.00"}, "25.00"),
        ({"place": ""}, "Balai"),
        ({"kind": "PESTA"}, "PESTA"),
    ],
)
def test_a_bad_meeting_is_refused_with_everything_typed_kept(
    client, board, changes, sentence
):
    body = {
        "kind": "RUTIN",
        "title": "Balai bersama",
        "held_on": "21/11/2026",
        "starts_at": "19.30",
        "place": "Balai RW 005",
    }

    answer = client.post(url("meeting_new", board), make.once(**{**body, **changes}))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "errsum" in page
    assert "Balai bersama" in page
    assert sentence in page
    assert not Meeting.objects.exists()


def test_one_tap_notes_a_member_as_present(client, board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    row = meeting.attendances.first()

    client.post(
        url("attendance_here", board, pk=meeting.pk, attendance_pk=row.pk), make.once()
    )

    row.refresh_from_db()
    assert (row.status, row.arrives_at) == ("present", datetime.time(19, 30))


def test_signed_out_autosave_is_told_so_and_not_redirected(board, client):
    client.logout()
    answer = client.post(
        reverse("boards:draft_save", args=[board.slug]),
        {"content": {}},
        content_type="application/json",
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 401


def test_the_secretary_sends_and_the_coordinator_ratifies_once(
    client, board, secretary
):
    meeting = meet.finished(board, by=secretary)
    sent = client.post(url("meeting_send", board, pk=meeting.pk), make.once())
    assert sent.url == url("meeting_sent", board, pk=meeting.pk)
    coordinator = make.signed_in(meet.coordinator(board))
    body = make.once()

    first = coordinator.post(url("meeting_ratify", board, pk=meeting.pk), body)
    again = coordinator.post(url("meeting_ratify", board, pk=meeting.pk), body)
    other = coordinator.post(url("meeting_ratify", board, pk=meeting.pk), make.once())

    assert (
        first.url == again.url == other.url == url("meeting_done", board, pk=meeting.pk)
    )
    assert LetterNumber.objects.filter(kind="BA").count() == 1


def test_without_quorum_the_check_page_says_what_to_do(client, board, secretary):
    meeting = meet.finished(board, by=secretary, came=4)

    page = client.get(url("meeting_check", board, pk=meeting.pk)).content.decode()
    answer = client.post(url("meeting_send", board, pk=meeting.pk), make.once())

    assert "4 dari 11 dihitung, perlu 6" in page
    assert "Ajukan untuk disahkan" not in page
    assert answer.status_code == 200
    assert Meeting.objects.get().state == "draft"


WRITING = ("meeting_edit", "meeting_delete", "agenda_page", "guest_add", "meeting_send")


@pytest.mark.parametrize("name", WRITING)
def test_another_board_does_not_exist(name, board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    stranger = make.signed_in(meet.secretary(make.board()))
    answer = stranger.post(url(name, board, pk=meeting.pk), make.once())
    assert answer.status_code == 404


@pytest.mark.parametrize("name", WRITING)
def test_a_member_may_read_but_not_write(name, board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    member = make.signed_in(meet.coordinator(board))
    assert member.get(url("meeting_page", board, pk=meeting.pk)).status_code == 200
    answer = member.post(url(name, board, pk=meeting.pk), make.once())
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "name", ["meeting_send", "meeting_ratify", "meeting_list", "decision_list"]
)
def test_the_wrong_method_is_refused(name, client, board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    kwargs = {} if name.endswith("list") else {"pk": meeting.pk}
    wrong = client.put if name.endswith("list") else client.get
    assert wrong(url(name, board, **kwargs)).status_code == 405


def test_another_meetings_row_cannot_be_marked(client, board, secretary):
    mine = meet.draft(board, by=secretary, people=meet.members(board, 3))
    other = make.board()
    theirs = meet.draft(
        other, by=meet.secretary(other), people=meet.members(other, 3)
    ).attendances.first()

    answer = client.post(
        url("attendance_here", board, pk=mine.pk, attendance_pk=theirs.pk), make.once()
    )

    assert answer.status_code == 404
    assert Attendance.objects.filter(status="present").count() == 0


@pytest.mark.parametrize("name", ["meeting_list", "decision_list", "action_list"])
@pytest.mark.parametrize("count", [1, 4])
def test_lists_cost_the_same_with_more_rows(
    name, count, client, board, secretary, django_assert_max_num_queries
):
    people = meet.members(board)
    coordinator = meet.coordinator(board)
    for _ in range(count):
        meet.ratified(
            board,
            by=secretary,
            ratifier=coordinator,
            people=people,
            verdicts=(meet.verdict(in_charge_name="Warga 03"),),
        )
    client.get(url(name, board))
    with django_assert_max_num_queries(8):
        assert client.get(url(name, board)).status_code == 200


def test_a_search_in_the_register_finds_by_word_and_keeps_the_filter(
    client, board, secretary
):
    meet.ratified(board, by=secretary, verdicts=(meet.verdict("Talud RT 001"),))

    found = client.get(url("decision_list", board), {"q": "talud"}).content.decode()
    nothing = client.get(url("decision_list", board), {"q": "jembatan"})

    assert "Talud RT\u00a0001" in found
    assert "Tidak ada keputusan yang cocok" in nothing.content.decode()


def test_user_text_is_shown_as_text(client, board, secretary):
    evil = meet.verdict("<script>alert(1)</script>")
    meeting = meet.ratified(board, by=secretary, verdicts=(evil,))
    page = client.get(url("meeting_page", board, pk=meeting.pk)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
