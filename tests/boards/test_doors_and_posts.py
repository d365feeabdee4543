"""Reading never writes; a post happens once; a stranger learns nothing."""

import pytest
from django.db import connection
from django.urls import reverse

from boards.access import WriteOnRead, permissions_of, refuse_writes
from boards.models import Assignment, Board, ServedRegion, Submission
from boards.roles import GRANTS, Permission, Role
from deliberations.models import Meeting
from tests.boards.test_records import in_threads
from tests.make import boards as make
from tests.make import meetings as meet


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["INSERT INTO", "update", " DELETE FROM"])
def test_a_get_cannot_write_whatever_the_view_does(word):
    with (
        connection.execute_wrapper(refuse_writes),
        connection.cursor() as cursor,
        pytest.raises(WriteOnRead),
    ):
        cursor.execute(f"{word} boards_region")


@pytest.mark.django_db
def test_reach_by_board_by_region_and_by_served_region():
    home = make.board("35.20.06.1010")
    served = make.board("35.20.06.1004")
    elsewhere = make.board("33.13.01.1001")
    ServedRegion.objects.create(board=served, region_code="35.20.06.1010")
    cases = {
        make.user(Role.SECRETARY, board=home): {home},
        make.user(Role.KELURAHAN, region_code="35.20.06.1010"): {home, served},
        make.user(Role.KECAMATAN, region_code="35.20.06"): {home, served},
        make.user(Role.DINAS, region_code="35.20"): {home, served},
        make.user(Role.PROVINCE, region_code="35"): {home, served},
        make.user(Role.PROVINCE): {home, served, elsewhere},
        make.user(Role.SYSTEM): set(),
    }
    for user, boards in cases.items():
        assert set(Board.objects.visible_to(user)) == boards, user.assignments.get()


@pytest.mark.django_db
def test_an_officer_of_a_served_region_reads_but_does_not_review():
    board = make.board("35.20.06.1004")
    ServedRegion.objects.create(board=board, region_code="35.20.06.1010")
    user = make.user(Role.KELURAHAN, region_code="35.20.06.1010")
    rights = permissions_of(user, board)
    assert Permission.VIEW_ACTIVITIES in rights
    assert Permission.REVIEW_REPORTS not in rights


@pytest.mark.django_db
def test_two_roles_add_up_and_an_ended_one_counts_no_more():
    board = make.board()
    user = make.user(Role.SECRETARY, board=board)
    other = Assignment.objects.create(user=user, role=Role.MEMBER, board=board)
    both = GRANTS[Role.SECRETARY] | GRANTS[Role.MEMBER]
    assert permissions_of(user, board) == both
    other.ended_at, other.ended_by = meet.NOON, user
    other.save()
    del user._reach
    assert permissions_of(user, board) == GRANTS[Role.SECRETARY]


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_many_times_at_once_posts_once():
    board = make.board()
    secretary = meet.secretary(board)
    clients = [make.signed_in(secretary) for _ in range(6)]
    url = reverse("deliberations:meeting_new", args=[board.slug])
    body = make.once(
        kind="RUTIN", held_on="21/11/2026", starts_at="19.30", place="Balai"
    )
    answers = [None] * len(clients)

    def press(number):
        answers[number] = clients[number].post(url, body)

    assert in_threads(len(clients), press) == []

    assert Meeting.objects.count() == Submission.objects.count() == 1
    assert {answer.status_code for answer in answers} <= {302, 303}
    assert len({answer.url for answer in answers}) == 1


@pytest.mark.django_db(transaction=True)
def test_sahkan_pressed_by_many_at_once_ratifies_once():
    board = make.board()
    meeting = meet.sent(board, by=meet.secretary(board))
    coordinator = meet.coordinator(board)
    clients = [make.signed_in(coordinator) for _ in range(6)]
    url = reverse("deliberations:meeting_ratify", args=[board.slug, meeting.pk])
    statuses = []

    def press(number):
        statuses.append(clients[number].post(url, make.once()).status_code)

    assert in_threads(len(clients), press) == []

    meeting.refresh_from_db()
    assert meeting.number_text.startswith("001/BA/")
    assert set(statuses) <= {302}


@pytest.mark.django_db
def test_a_key_used_on_one_object_never_answers_for_another():
    board = make.board()
    secretary = meet.secretary(board)
    client = make.signed_in(secretary)
    people = meet.members(board, 3)
    one = meet.draft(board, by=secretary, people=people)
    two = meet.draft(board, by=secretary, people=people)
    body = make.once(title="Butir baru")
    name = "deliberations:agenda_page"

    first = client.post(reverse(name, args=[board.slug, one.pk]), body)
    second = client.post(reverse(name, args=[board.slug, two.pk]), body)

    assert (first.status_code, second.status_code) == (302, 409)
    assert two.items.count() == 2


@pytest.mark.django_db
def test_a_refused_post_leaves_no_key_and_a_corrected_one_works():
    board = make.board()
    client = make.signed_in(meet.secretary(board))
    url = reverse("deliberations:meeting_new", args=[board.slug])
    body = make.once(kind="RUTIN", held_on="besok", starts_at="19.30", place="Balai")

    assert client.post(url, body).status_code == 200
    assert not Submission.objects.exists()
    assert client.post(url, {**body, "held_on": "21/11/2026"}).status_code == 302


@pytest.mark.django_db
def test_signed_in_pages_are_kept_by_nobody():
    board = make.board()
    client = make.signed_in(meet.secretary(board))
    answer = client.get(reverse("deliberations:meeting_list", args=[board.slug]))
    assert "no-store" in answer.headers["Cache-Control"]
