"""Decisions that appoint: the act, the later link, the pages, the trigger."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from boards.models import AuditEvent
from boards.roles import Role
from common.errors import RuleViolation
from deliberations.forms.meetings import officers_of
from deliberations.models import AppointmentDecision
from deliberations.services.appointments import (
    appoint_by_decision,
    deciding,
    link_decision,
)
from members.models import Appointment, Mandate
from members.services import end_appointment
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import members

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 15)


@pytest.fixture(scope="module")
def house(module_rows):
    """A board whose meeting appointed the UPK and rejected a supervisor."""
    board = make.board()
    by = make.user(Role.SECRETARY, board=board)
    votes = {"method": "voting", "votes_abstain": 1}
    meeting = meet.ratified(
        board,
        by=by,
        verdicts=(
            meet.verdict("Pengangkatan pengelola UPK", kind="membership"),
            meet.verdict(
                "Pengawas baru",
                kind="membership",
                **votes,
                votes_for=4,
                votes_against=4,
            ),
            meet.verdict("Perbaikan drainase", kind="activity"),
        ),
    )
    upk, rejected, other = meeting.decisions.order_by("position")
    return {
        "board": board,
        "by": by,
        "client": make.signed_in(by),
        "upk": upk,
        "rejected": rejected,
        "other": other,
        "unit": members.unit(board),
        "person": members.person(board, "Sri Rahayu"),
    }


def appoint(house, decision=None, **facts):
    values = {
        "unit": house["unit"],
        "person": house["person"],
        "post": "MANAGER",
        "started_on": MARCH,
        "by": house["by"],
    }
    return appoint_by_decision(decision or house["upk"], **{**values, **facts})


def test_only_carried_and_ratified_decisions_about_members_appoint(house):
    assert list(deciding(house["board"])) == [house["upk"]]


def test_a_decision_appoints_and_both_rows_come_together(house):
    made = appoint(house, ends_on=date(2028, 3, 14))

    link = AppointmentDecision.objects.get(appointment=made)
    assert (link.decision, link.act) == (house["upk"], "APPOINTS")
    event = AuditEvent.objects.get(action="deliberations.appointment_decided")
    assert event.says == (
        f"mencatat keputusan {house['upk'].number_text} mengangkat Sri Rahayu, manajer"
        " Unit Pengelola Keuangan (UPK)"
    )


@pytest.mark.parametrize("which", ["rejected", "other"])
def test_another_decision_appoints_nobody(house, which):
    with pytest.raises(RuleViolation) as told:
        appoint(house, house[which])

    assert told.value.code == "appointments.not_decided"
    assert not Appointment.objects.exists()


def test_a_decision_that_was_changed_since_appoints_nobody_anew(house):
    board, old = house["board"], house["upk"]
    mandates = Mandate.objects.filter(board=board).order_by("person__name")
    change = meet.verdict(
        "Pengelola UPK lain", kind="membership", amends=old, amend_reason="Mundur"
    )
    people = [row.person for row in mandates.select_related("person")]
    meet.ratified(board, by=house["by"], people=people, verdicts=(change,))

    with pytest.raises(RuleViolation) as told:
        appoint(house)

    assert told.value.code == "appointments.not_in_force"
    assert not Appointment.objects.exists()
    # Who was appointed in its days still rests on it.
    made = members.appointment(house["unit"], house["person"])
    link_decision(made, decision=old, act="APPOINTS", by=house["by"])
    assert AppointmentDecision.objects.get().decision == old


def test_a_refused_appointment_leaves_no_link(house):
    member = house["board"]
    seated = members.person(member, "Anggota")
    members.mandate(house["upk"].meeting.chair.mandates.get().term, seated)

    with pytest.raises(RuleViolation) as told:
        appoint(house, person=seated)

    assert told.value.code == "members.doubling"
    assert not AppointmentDecision.objects.exists()


def test_the_database_takes_no_decision_about_something_else(house):
    made = members.appointment(house["unit"], house["person"])

    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentDecision.objects.create(
            board=house["board"], appointment=made, decision=house["other"]
        )


def test_an_old_appointment_is_linked_later_and_a_wrong_link_replaced(house):
    made = members.appointment(house["unit"], house["person"])
    facts = {"decision": house["upk"], "act": "APPOINTS", "by": house["by"]}

    link_decision(made, **facts)
    link_decision(made, **facts)

    assert AppointmentDecision.objects.get().decision == house["upk"]


def test_the_end_is_linked_once_it_is_recorded(house):
    made = members.appointment(house["unit"], house["person"])
    facts = {"decision": house["upk"], "act": "ENDS", "by": house["by"]}
    with pytest.raises(RuleViolation) as told:
        link_decision(made, **facts)
    assert told.value.code == "appointments.not_ended"

    end_appointment(made, ended_on=MARCH, reason="DISMISSED", by=house["by"])
    link_decision(made, **facts)

    assert AppointmentDecision.objects.get().act == "ENDS"


# ---- pages ------------------------------------------------------------------------


def url(name: str, board, pk: int) -> str:
    return reverse(f"deliberations:{name}", args=[board.slug, pk])


def body(house, **fields) -> dict:
    values = {
        "person": house["person"].pk,
        "place": f"{house['unit'].pk}:MANAGER",
        "started_on": "15/03/2026",
    }
    return make.once(**{**values, **fields})


def test_a_decision_is_read_into_appointments_once_for_a_double_click(house):
    address, typed = (
        url("appointment_new", house["board"], house["upk"].pk),
        body(house),
    )

    first, again = (house["client"].post(address, typed) for _ in "ab")

    assert (first.status_code, again.status_code) == (302, 303)
    assert AppointmentDecision.objects.count() == 1
    page = (
        house["client"].get(url("decision_page", house["board"], house["upk"].pk)).text
    )
    assert "Mengangkat: manajer Unit Pengelola Keuangan (UPK)" in page


def test_a_refusal_stands_on_the_form_with_what_was_typed(house):
    address = url("appointment_new", house["board"], house["upk"].pk)

    page = house["client"].post(address, body(house, ends_on="14/03/2026"))

    assert "Berlaku sampai 15 Maret 2026 atau sesudahnya" in page.text
    assert "14/03/2026" in page.text
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("which", ["rejected", "other"])
def test_another_decision_has_no_such_page(house, which):
    address = url("appointment_new", house["board"], house[which].pk)

    assert house["client"].get(address).status_code == 404


def test_the_link_page_ties_and_says_what_was_tied(house):
    made = members.appointment(house["unit"], house["person"])
    address = url("appointment_link", house["board"], made.pk)
    typed = make.once(decision=house["upk"].pk, act="APPOINTS")

    assert house["client"].post(address, typed).status_code == 302

    assert AppointmentDecision.objects.get().appointment == made
    assert (
        f"{house['upk'].number_text}. Pilihan baru" in house["client"].get(address).text
    )


@pytest.mark.parametrize("name", ["appointment_new", "appointment_link"])
def test_the_doors_of_both_pages(house, name):
    made = members.appointment(house["unit"], house["person"])
    pk = house["upk"].pk if name == "appointment_new" else made.pk
    reader = make.signed_in(make.user(Role.MEMBER, board=house["board"]))
    other = make.board()

    assert reader.post(url(name, house["board"], pk), make.once()).status_code == 403
    assert house["client"].get(url(name, other, pk)).status_code == 404
    assert house["client"].delete(url(name, house["board"], pk)).status_code == 405


def test_who_works_in_a_unit_may_take_notes(house):
    members.appointment(house["unit"], house["person"])

    assert house["person"] in officers_of(house["board"])
