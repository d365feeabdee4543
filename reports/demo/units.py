"""The units of a board of the demo, appointed by a meeting of their own."""

import datetime
import random

from boards.models import Board
from deliberations.services.appointments import appoint_by_decision
from members.models import Person, Unit
from members.services import appoint, end_appointment, open_usual_units
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office
from reports.demo.names import FAMILY
from reports.demo.topics import UNITS_TOPIC

# Kind of unit, post, title before, name, title after, L/P; the secretary is known.
STAFF = (
    ("UPK", "MANAGER", "", "Sri Rahayu", "S.E.", "P"),
    ("UPK", "BOOKKEEPER", "", "Wahyu Setiawan", "", "L"),
    ("UPK", "CASHIER", "", "Tumini", "", "P"),
    ("UPL", "HEAD", "", "Gunawan Wibisono", "", "L"),
    ("UPS", "HEAD", "", "Lestari Handayani", "", "P"),
    ("SUPERVISORS", "HEAD", "", "Suyatno", "S.Pd.", "L"),
    ("SUPERVISORS", "MEMBER", "", "Ngatini", "", "P"),
)
# Recorded from an old paper before the portal was there; nobody decided again.
OLD = ("ADVISERS", "MEMBER", "H.", "Sastro Wiyono", "", "L")


def units_day(today: datetime.date) -> datetime.date:
    """The evening on which the units were appointed."""
    return datetime.date(today.year - 2, 1, 27)


def form_units(office: Office, *, today: datetime.date) -> None:
    """Six units: most by decision, one adviser from an old paper, one who left."""
    by, decision = office.secretary, office.decisions[UNITS_TOPIC.title]
    since = decision.held_on + datetime.timedelta(5)
    with clock_at(moment(since, 10)):
        opened = open_usual_units(office.board, by=by)
        units = {unit.kind: unit for unit in opened}
        _decided(office, units, since=since, today=today)
        kind, post, *person = OLD
        appoint(
            units[kind],
            person=_person(office.board, office.dice, *person),
            post=post,
            started_on=since,
            decree="SK LKM 4/2019",
            by=by,
        )
        officer = _person(office.board, office.dice, "", "Parno", "", "L")
        left = appoint(
            units["UPL"], person=officer, post="OFFICER", started_on=since, by=by
        )
    last = datetime.date(today.year - 1, 6, 30)
    with clock_at(moment(last, 9)):
        end_appointment(left, ended_on=last, reason="MOVED", by=by)


def _decided(
    office: Office,
    units: dict[str, Unit],
    *,
    since: datetime.date,
    today: datetime.date,
) -> None:
    """Everybody whom the decision names; the cashier's time runs out this month."""
    decision, until = office.decisions[UNITS_TOPIC.title], today.year + 1
    facts = {
        "started_on": since,
        "ends_on": datetime.date(until, 1, 31),
        "by": office.secretary,
    }
    appoint_by_decision(
        decision,
        unit=units["SECRETARIAT"],
        person=office.note_taker,
        post="SECRETARY",
        **facts,
    )
    soon = {"ends_on": today + datetime.timedelta(25)}
    for kind, post, *person in STAFF:
        who = _person(office.board, office.dice, *person)
        own = facts | (soon if post == "CASHIER" else {})
        appoint_by_decision(decision, unit=units[kind], person=who, post=post, **own)


def _person(
    board: Board, dice: random.Random, before: str, name: str, after: str, sex: str
) -> Person:
    """A resident who is no member of the board; a known name gets another behind it."""
    known = Person.objects.filter(board=board, name=name).exists()
    person = Person(
        board=board,
        title_before=before,
        name=f"{name} {dice.choice(FAMILY)}" if known else name,
        title_after=after,
        sex=sex,
        birth_year=dice.randint(1960, 1998),
        rt=f"{dice.randint(1, 6):03d}",
        rw=f"{dice.randint(1, 5):03d}",
    )
    person.full_clean()
    person.save()
    return person
