"""Acts on units and appointments, and what the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from boards.models import AuditEvent, BoardSetting
from boards.roles import Role
from common.errors import RuleViolation
from members import services
from members.models import Appointment, Unit
from tests.make import boards as make
from tests.make import members

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 30)


@pytest.fixture(scope="module")
def house(module_rows):
    """A board, its secretary, its term and a UPK; made once."""
    board = make.board()
    return {
        "board": board,
        "by": make.user(Role.SECRETARY, board=board),
        "term": members.term(board),
        "upk": members.unit(board),
    }


def appoint(house, who=None, **facts):
    values = {"post": "MANAGER", "started_on": MARCH, "by": house["by"]}
    who = who or members.person(house["board"])
    return services.appoint(house["upk"], person=who, **{**values, **facts})


def refused(code: str, act, **facts):
    """The act raises this code and changes no row."""
    before = (Appointment.objects.count(), AuditEvent.objects.count())
    with pytest.raises(RuleViolation) as told:
        act(**facts)
    assert told.value.code == code
    assert (Appointment.objects.count(), AuditEvent.objects.count()) == before
    return str(told.value)


def test_a_person_is_appointed_with_a_sentence_in_the_log(house):
    who = members.person(house["board"], "Sri Rahayu", sex="P")

    made = appoint(house, who, ends_on=JUNE, decree="SK 3/2026")

    made.refresh_from_db()
    assert (made.person, made.post, made.ends_on) == (who, "MANAGER", JUNE)
    event = AuditEvent.objects.get(action="members.appointed", subject_pk=made.pk)
    assert event.says == (
        "mencatat Sri Rahayu sebagai manajer Unit Pengelola Keuangan (UPK) mulai"
        " 1 Maret 2026"
    )


def test_the_same_post_twice_at_a_time_is_refused(house):
    who = members.person(house["board"], "Tumini")
    appoint(house, who, ends_on=JUNE)

    said = refused(
        "members.appointed_twice",
        lambda: appoint(house, who, started_on=JUNE),
    )

    assert "sudah manajer Unit Pengelola Keuangan (UPK) mulai 1 Maret 2026" in said
    assert appoint(house, who, started_on=date(2026, 7, 1)).pk
    assert appoint(house, who, post="CASHIER").pk


@pytest.mark.parametrize(
    ("ended_on", "started_on", "fits"),
    [
        (None, date(2026, 6, 30), False),
        (None, date(2026, 7, 1), True),
        (date(2026, 4, 30), date(2026, 4, 30), False),
        (date(2026, 4, 30), date(2026, 5, 1), True),
    ],
)
def test_the_database_refuses_the_same_post_twice(house, ended_on, started_on, fits):
    who = members.person(house["board"])
    reason = "RESIGNED" if ended_on else ""
    members.appointment(
        house["upk"],
        who,
        started_on=MARCH,
        ends_on=JUNE,
        ended_on=ended_on,
        end_reason=reason,
    )

    if fits:
        members.appointment(house["upk"], who, started_on=started_on)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            members.appointment(house["upk"], who, started_on=started_on)


def test_a_member_of_the_board_is_no_unit_staff(house):
    who = members.person(house["board"], "Suprapto")
    members.mandate(house["term"], who)

    said = refused("members.doubling", lambda: appoint(house, who))

    assert "Suprapto masih anggota LKM sejak 1 Januari 2025" in said
    assert "Dasarnya: Contoh ART" in said
    advisers = members.unit(house["board"], "ADVISERS")
    made = services.appoint(
        advisers, person=who, post="MEMBER", started_on=MARCH, by=house["by"]
    )
    assert made.pk


def test_unit_staff_is_not_made_a_member(house):
    who = members.person(house["board"])
    appoint(house, who)

    refused(
        "members.doubling",
        lambda: services.give_mandate(
            house["term"],
            person=who,
            position="MEMBER",
            started_on=JUNE,
            by=house["by"],
        ),
    )


def test_the_boards_own_rule_lets_people_double_from_its_day(house):
    BoardSetting.objects.create(
        board=house["board"],
        name="may_double",
        value=True,
        starts_on=JUNE,
        article="ART pasal 9",
    )
    who = members.person(house["board"])
    members.mandate(house["term"], who)

    refused("members.doubling", lambda: appoint(house, who))

    assert appoint(house, who, started_on=JUNE).pk


def test_who_left_the_board_may_work_in_a_unit(house):
    who = members.person(house["board"])
    members.mandate(
        house["term"], who, ended_on=date(2026, 2, 28), end_reason="RESIGNED"
    )

    assert appoint(house, who).pk


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"post": "HEAD"}, "members.post_unknown"),
        ({"ends_on": date(2026, 2, 28)}, "members.appointment_backwards"),
    ],
)
def test_what_cannot_be_is_refused(house, facts, code):
    refused(code, lambda: appoint(house, **facts))


def test_somebody_of_another_board_does_not_exist(house):
    stranger = members.person(make.board())

    refused("members.other_board", lambda: appoint(house, stranger))
    with pytest.raises(IntegrityError), transaction.atomic():
        members.appointment(house["upk"], stranger)


def test_an_appointment_ends_with_a_reason(house):
    made = appoint(house, ends_on=JUNE)
    for day in (date(2026, 2, 28), date(2026, 7, 1)):
        refused(
            "members.ends_outside",
            services.end_appointment,
            appointment=made,
            ended_on=day,
            reason="RESIGNED",
            by=house["by"],
        )

    services.end_appointment(
        made, ended_on=date(2026, 5, 1), reason="RESIGNED", by=house["by"]
    )

    made.refresh_from_db()
    assert (made.last_day, made.end_reason) == (date(2026, 5, 1), "RESIGNED")
    refused(
        "members.appointment_ended",
        services.end_appointment,
        appointment=made,
        ended_on=date(2026, 5, 2),
        reason="MOVED",
        by=house["by"],
    )


def test_a_unit_with_people_is_not_dissolved(house):
    unit = members.unit(house["board"], "UPS", "UPS Melati")
    staff = members.appointment(unit, members.person(house["board"], "Lestari"))

    said = refused(
        "members.unit_staffed",
        services.close_unit,
        unit=unit,
        closed_on=JUNE,
        by=house["by"],
    )

    assert "Masih bertugas sesudah hari itu: Lestari" in said
    services.end_appointment(staff, ended_on=JUNE, reason="UNIT_CLOSED", by=house["by"])
    services.close_unit(unit, closed_on=JUNE, by=house["by"])
    unit.refresh_from_db()
    assert unit.closed_on == JUNE
    with pytest.raises(IntegrityError), transaction.atomic():
        members.appointment(unit, started_on=date(2026, 1, 1))
    refused(
        "members.appointment_outlives_unit",
        lambda: services.appoint(
            unit,
            person=members.person(house["board"]),
            post="HEAD",
            started_on=MARCH,
            by=house["by"],
        ),
    )


def test_the_usual_units_are_added_as_far_as_they_are_missing(house):
    made = services.open_usual_units(house["board"], by=house["by"])

    assert [unit.kind for unit in made] == [
        "SECRETARIAT",
        "UPL",
        "UPS",
        "SUPERVISORS",
        "ADVISERS",
    ]
    with pytest.raises(RuleViolation):
        services.open_usual_units(house["board"], by=house["by"])
    assert Unit.objects.filter(board=house["board"]).count() == 6


def test_a_name_of_another_unit_is_taken_whatever_its_letters(house):
    with pytest.raises(RuleViolation) as told:
        services.open_unit(
            house["board"],
            kind="UPK",
            name="unit pengelola keuangan (UPK)",
            by=house["by"],
        )
    assert told.value.code == "members.unit_taken"
