"""A decided proposal becomes a row of a plan, and the two stay tied."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from boards.roles import Role
from deliberations.models import ProposedItem
from planning.models import PlanItem
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import planning

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(board, secretary):
    asked = meet.verdict(
        "Drainase RT 003",
        kind="proposal",
        subject_name="Musrenbang",
        rt="003",
        rw="005",
        volume=Decimal("120.5"),
        unit="m",
        amount=90_000_000,
    )
    return meet.ratified(board, by=secretary, verdicts=(asked,)).decisions.get()


def url(name, decision):
    kwargs = {"board_slug": decision.board.slug, "pk": decision.pk}
    return reverse(f"deliberations:{name}", kwargs=kwargs)


BODY = {
    "kind": "RENJA_KECAMATAN",
    "year": "2027",
    "code": "1.04.03.2.02.0003",
    "title": "Drainase RT 003",
    "location": "RT 003/RW 005",
    "target": "120,5",
    "unit": "m",
    "ceiling": "90.000.000",
    "revision": "0",
}


def test_the_form_knows_what_the_minutes_say(decision, secretary):
    page = make.signed_in(secretary).get(url("decision_propose", decision))

    form = page.context["form"]
    assert form["title"].value() == "Drainase RT 003"
    assert form["location"].value() == "RT 003/RW 005"
    assert form["priority_note"].value() == f"Keputusan {decision.number_text}"


def test_the_item_hangs_from_its_decision(decision, secretary):
    client = make.signed_in(secretary)

    answer = client.post(url("decision_propose", decision), make.once(**BODY))

    assert answer.url == url("decision_page", decision)
    item = PlanItem.objects.get()
    assert (item.year, item.ceiling, item.target) == (
        2027,
        90_000_000,
        Decimal("120.5"),
    )
    assert ProposedItem.objects.get().decision == decision
    page = client.get(answer.url).content.decode()
    assert "1.04.03.2.02.0003 Drainase RT 003" in page
    trace = reverse("reports:trace_decision", args=[decision.board.slug, decision.pk])
    assert (
        "Renja Kecamatan 2027, 1.04.03.2.02.0003" in client.get(trace).content.decode()
    )


def test_a_code_that_cannot_be_read_loses_nothing(decision, secretary):
    body = make.once(**BODY | {"code": "satu"})

    page = make.signed_in(secretary).post(url("decision_propose", decision), body)

    assert "Tulis kode seperti" in page.content.decode()
    assert page.context["form"]["title"].value() == "Drainase RT 003"
    assert not PlanItem.objects.exists()


@pytest.mark.parametrize("kind", ["general", "activity"])
def test_only_a_proposal_becomes_a_plan_item(board, secretary, kind):
    meeting = meet.ratified(board, by=secretary, verdicts=(meet.verdict(kind=kind),))
    other = meeting.decisions.get()

    page = make.signed_in(secretary).post(
        url("decision_propose", other), make.once(**BODY)
    )

    assert "Hanya keputusan tentang usulan" in page.content.decode()
    assert not PlanItem.objects.exists()


def test_another_board_and_a_reader_do_not_get_there(decision):
    stranger = make.user(Role.SECRETARY, board=make.board("33.13.01.2001"))
    reader = make.user(Role.MEMBER, board=decision.board)
    path = url("decision_propose", decision)

    assert make.signed_in(stranger).post(path, make.once(**BODY)).status_code == 404
    assert make.signed_in(reader).post(path, make.once(**BODY)).status_code == 403
    assert not PlanItem.objects.exists()


def test_the_database_ties_only_rows_of_one_board(decision, secretary):
    other = planning.item(make.board("33.13.01.2001"))

    with pytest.raises(DatabaseError), transaction.atomic():
        ProposedItem.objects.create(
            decision=decision, plan_item=other, noted_by=secretary
        )
