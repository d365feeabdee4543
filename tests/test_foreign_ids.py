"""The key of another board's row in any choice behaves as if it did not exist."""

import pytest
from django.db import transaction
from django.urls import reverse

from boards.models import Draft, Job, Submission
from boards.roles import Role
from tests import hostile
from tests.make import boards as make
from tests.make import members, planning
from tests.world import FOREIGN, HOME, REGIONS, World


def furnish(world: World) -> World:
    """Accounts of the roles that write."""
    for role in (Role.SECRETARY, Role.MEMBER, Role.KELURAHAN, Role.DINAS):
        user = make.user(role, board=world.board, region_code=REGIONS.get(role, ""))
        world.users[role], world.clients[role] = user, make.signed_in(user)
    return world


@pytest.fixture
def world(db):
    """Our board."""
    return furnish(World(make.board(HOME)))


@pytest.fixture
def other(db):
    """A board elsewhere, with one of everything."""
    other = World(make.board(FOREIGN))
    other.users[Role.SECRETARY] = make.user(Role.SECRETARY, board=other.board)
    return other


def _meeting_edit(world):
    return "deliberations:meeting_edit", [world.draft.pk]


def _item_page(world):
    return "deliberations:item_page", [world.draft.pk, world.draft.items.first().pk]


def _mandate_new(world):
    assert world.term
    return "members:mandate_new", [members.person(world.board).pk]


# Page, choice on it, and the row of the other board whose key is sent.
CHOICES = (
    (_meeting_edit, "chair", lambda o: o.people[0].pk),
    (_meeting_edit, "note_taker", lambda o: o.people[1].pk),
    (_item_page, "kep-0-amends", lambda o: o.ratified.decisions.first().pk),
    (_item_page, "recused", lambda o: o.draft.attendances.first().pk),
    (
        lambda world: ("activities:activity_new", []),
        "decision",
        lambda o: o.ratified.decisions.first().pk,
    ),
    (
        lambda world: ("activities:activity_align", [world.activity.pk]),
        "plan_item",
        lambda o: planning.item(o.board).pk,
    ),
    (
        _mandate_new,
        "term",
        lambda o: o.term.pk,
    ),
    (
        lambda world: ("deliberations:appointment_new", [world.appointing.pk]),
        "person",
        lambda o: o.people[0].pk,
    ),
    (
        lambda world: ("deliberations:appointment_link", [world.appointment.pk]),
        "decision",
        lambda o: o.appointing.pk,
    ),
    (
        lambda world: ("members:person_edit", [world.people[3].pk]),
        "user",
        lambda o: o.users[Role.SECRETARY].pk,
    ),
)


@pytest.mark.parametrize(("page", "field", "foreign"), CHOICES)
def test_a_foreign_key_in_a_choice_is_refused(world, other, page, field, foreign):
    if field in ("kep-0-amends", "person", "decision"):
        # The choice is only offered when there is one.
        assert world.ratified
        assert world.appointing
        assert world.unit
    name, args = page(world)
    path = reverse(name, args=[world.board.slug, *args])
    client = world.clients[Role.SECRETARY]
    shown = hostile.forms_of(client.get(path).content.decode())
    form = next(each for each in shown if field in each.values or field == "recused")
    body = form.values | {field: str(foreign(other))} | make.once()
    if field == "kep-0-amends":
        body |= {"kep-0-text": "Mengubah", "kep-0-amend_reason": "Salah tulis"}

    response = client.post(path, body)

    assert response.status_code == 200
    assert not Submission.objects.exists()


@pytest.mark.parametrize("region", [FOREIGN, FOREIGN[:5], FOREIGN[:8], "", "35", "%"])
def test_a_summary_of_a_foreign_region_is_refused(world, other, region):
    path = reverse("reports:summary_new", args=[HOME[:5]])
    body = make.once(region=region, period="2026-T3")
    response = world.clients[Role.DINAS].post(path, body)
    assert response.status_code == 422
    assert not Job.objects.exists()


def test_a_key_used_on_one_meeting_answers_for_no_other(world):
    client, body = world.clients[Role.SECRETARY], make.once()
    paths = [
        reverse("deliberations:attendance_all", args=[world.board.slug, meeting.pk])
        for meeting in (world.draft, world.sent)
    ]
    assert client.post(paths[0], body).status_code == 302
    assert client.post(paths[1], body).status_code == 409


def test_a_key_of_one_person_answers_for_no_other(world):
    first = world.clients[Role.SECRETARY]
    second = make.signed_in(make.user(Role.SECRETARY, board=world.board))
    path = reverse(
        "deliberations:attendance_all", args=[world.board.slug, world.draft.pk]
    )
    body = make.once()
    assert first.post(path, body).status_code == 302
    assert second.post(path, body).status_code == 409


def test_a_job_of_another_does_not_exist(world):
    job = Job.objects.create(
        kind="good", title="x", key="x", user=world.users[Role.DINAS]
    )
    client = world.clients[Role.SECRETARY]
    for name in ("job_page", "job_state"):
        assert client.get(reverse(f"boards:{name}", args=[job.pk])).status_code == 404
    for name in ("job_cancel", "job_retry"):
        path = reverse(f"boards:{name}", args=[job.pk])
        assert client.post(path, make.once()).status_code == 404


def test_a_report_of_another_region_is_not_reviewed(world, other):
    report = other.sent_report
    for name in ("review_page", "review_approve", "review_return"):
        path = reverse(f"activities:{name}", args=[HOME, report.pk])
        answer = world.clients[Role.KELURAHAN].post(path, make.once())
        assert answer.status_code == 404


def test_drafts_of_colleagues_are_only_seen_in_the_same_board(world, other):
    for each in (world, other):
        Draft.objects.create(
            user=make.user(Role.SECRETARY, board=each.board, name="Rekan Menulis"),
            board=each.board,
            form="deliberations.item",
            object_key=f"{each.board.pk}:rapat-1/butir-1",
        )
    path = reverse("boards:draft_save", args=[world.board.slug])
    body = {
        "form": "deliberations.item",
        "object": "rapat-1/butir-2",
        "content": {"a": "b"},
    }
    with transaction.atomic():
        answer = world.clients[Role.SECRETARY].post(
            path, body, content_type="application/json"
        )
    assert len(answer.json()["peers"]) == 1
