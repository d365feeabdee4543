"""Many at once on the same thing: one wins, the others hear a sentence, never a 500."""

import threading
from collections import Counter

import pytest
from django.db import connection
from django.urls import reverse

from activities.models import ActivityReport, Photo
from activities.services import review
from boards.models import ChainLink, LetterNumber, Submission
from boards.verification import broken_chains
from deliberations.models import AgendaItem, Meeting
from reports.models import IssuedReport
from tests.make import activities as works
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import photos

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> list:
    """Run the acts in threads that start together; what each gave or raised."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            gate.wait()
            results[place] = act()
        except Exception as fault:  # noqa: BLE001 - handed to the test
            results[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def post(user, path: str, **body):
    """An act: this user posts to the path; gives the status."""
    client = make.signed_in(user)
    client.raise_request_exception = False
    sent = body if "submission_key" in body else make.once(**body)
    return lambda: client.post(path, sent).status_code


def no_harm(results: list) -> None:
    """Nothing broke, and every chain holds."""
    broke = [r for r in results if not isinstance(r, int) or r >= 500]
    assert broke == []
    assert list(broken_chains()) == []


@pytest.fixture
def board():
    return make.board()


def meeting_path(name: str, meeting) -> str:
    return reverse(f"deliberations:{name}", args=[meeting.board.slug, meeting.pk])


def test_twenty_clicks_with_one_key_make_one_meeting(board):
    people, secretary = meet.members(board), meet.secretary(board)
    path = reverse("deliberations:meeting_new", args=[board.slug])
    body = make.once(
        kind=Meeting.Kind.RUTIN,
        held_on="14/03/2026",
        starts_at="19.30",
        place="Balai",
        chair=people[0].pk,
        note_taker=people[1].pk,
    )
    results = at_once(*[post(secretary, path, **body) for _ in range(20)])
    no_harm(results)
    assert set(results) <= {302, 303}
    assert Meeting.objects.count() == 1
    assert Submission.objects.filter(key=body["submission_key"]).count() == 1


def test_twenty_who_ratify_freeze_once(board):
    secretary, chair = meet.secretary(board), meet.coordinator(board)
    meeting = meet.sent(board, by=secretary)
    path = meeting_path("meeting_ratify", meeting)
    results = at_once(*[post(chair, path) for _ in range(20)])
    no_harm(results)
    assert ChainLink.objects.count() == 1
    assert LetterNumber.objects.filter(kind="BA").count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_ratify_return_and_edit_at_once_leave_one_state(board, turn):
    secretary, chair = meet.secretary(board), meet.coordinator(board)
    meeting = meet.sent(board, by=secretary)
    item = meeting.items.first()
    edit = reverse("deliberations:item_page", args=[board.slug, meeting.pk, item.pk])
    acts = [
        post(chair, meeting_path("meeting_ratify", meeting)),
        post(chair, meeting_path("meeting_return", meeting), note="Perbaiki"),
        post(secretary, meeting_path("meeting_delete", meeting)),
        post(secretary, edit, revision=str(item.revision)),
        post(secretary, meeting_path("attendance_all", meeting)),
    ]
    no_harm(at_once(*acts, *acts[:2]))
    meeting = Meeting.objects.filter(pk=meeting.pk).first()
    links = ChainLink.objects.count()
    assert links == (1 if meeting and meeting.state == "ratified" else 0)


def test_eight_who_save_one_item_give_one_winner_and_seven_conflicts(board):
    people, secretary = meet.members(board), meet.secretary(board)
    meeting = meet.draft(board, by=secretary, people=people)
    item = meeting.items.first()
    path = reverse("deliberations:item_page", args=[board.slug, meeting.pk, item.pk])

    def body(number):
        rows = {"poin": 1, "kep": 0, "tindak": 0}
        forms = {
            f"{name}-{tail}": str(count if tail == "TOTAL_FORMS" else 0)
            for name, count in rows.items()
            for tail in ("TOTAL_FORMS", "INITIAL_FORMS")
        }
        return {
            "state": "discussed",
            "revision": "0",
            "poin-0-text": f"Dari penulis {number}",
            **forms,
        }

    writers = [meet.secretary(board) for _ in range(8)]
    results = at_once(
        *[post(writer, path, **body(n)) for n, writer in enumerate(writers)]
    )
    no_harm(results)
    assert Counter(results) == {302: 1, 409: 7}
    assert AgendaItem.objects.get(pk=item.pk).revision == 1
    assert item.points.count() == 1


def test_approve_and_return_at_once_leave_one_answer(board):
    report = works.sent(works.running(board))
    one, two = works.officer(board), works.officer(board)
    kwargs = [board.region_code, report.pk]
    approve = reverse("activities:review_approve", args=kwargs)
    back = reverse("activities:review_return", args=kwargs)
    comment = reverse("activities:review_page", args=kwargs)
    results = at_once(
        post(one, approve),
        post(two, comment, field="problems", text="Jelaskan"),
        post(two, back),
        post(two, approve),
    )
    no_harm(results)
    state = ActivityReport.objects.get(pk=report.pk).state
    assert ChainLink.objects.filter(kind="activities.report").count() == (
        1 if state == ActivityReport.State.APPROVED else 0
    )


def test_a_return_right_after_a_comment_wins_once(board):
    report, officer = works.sent(works.running(board)), works.officer(board)
    review.comment_on_field(
        report, field="problems", text="Jelaskan", at=works.SENT, by=officer
    )
    path = reverse("activities:review_return", args=[board.region_code, report.pk])
    results = at_once(*[post(works.officer(board), path) for _ in range(4)])
    no_harm(results)
    assert ActivityReport.objects.get(pk=report.pk).round == 1


def test_the_same_photo_twice_at_once_is_one(board):
    report = works.report(works.running(board), photographed=False)
    path = reverse("activities:photo_add", args=[board.slug, report.pk])
    data = photos.jpeg()
    acts = [
        post(report.created_by, path, stage="0", note="", photos=photos.upload(data))
        for _ in range(2)
    ]
    no_harm(at_once(*acts))
    assert Photo.objects.filter(report=report).count() == 1


def test_two_works_never_take_more_than_the_decision_gives(board):
    basis = works.decision(board, amount=100_000_000)
    faults = at_once(*[lambda: works.activity(board, basis) for _ in range(3)])
    made = [found for found in faults if not isinstance(found, Exception)]
    assert len(made) == 1
    assert sorted(found.code for found in made) == ["KGT-2026-01"]


def test_papers_of_one_decision_asked_at_once_are_one(board):
    secretary = meet.secretary(board)
    meeting = meet.ratified(board, by=secretary)
    path = reverse("reports:paper_issue", args=[board.slug, "berita-acara", meeting.pk])
    results = at_once(*[post(secretary, path) for _ in range(3)])
    assert [r for r in results if not isinstance(r, int) or r == 500] == []
    assert IssuedReport.objects.count() <= 1
    assert list(broken_chains()) == []
