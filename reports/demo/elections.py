"""An election under way on the first board: two RT are done, one is being counted."""

import datetime

from boards.models import User
from members.models import CommitteeMember, Election, ElectionArea, Person, Sex
from members.services import (
    add_area,
    add_batch,
    add_to_committee,
    change_area,
    check_area,
    close_area,
    count_batch,
    go_door_to_door,
    match_names,
    open_election,
    raise_objection,
)
from members.tally import Count, Fault
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office

# Name as on the ballot, L/P, votes; of 36 valid ballots with two or three names.
VOTES = (
    ("Bu Endang", "P", 28),
    ("Pak Mulyono", "L", 24),
    ("Sri Wahyuni", "P", 19),
    ("Teguh", "L", 12),
    ("Mbah Karto", "L", 7),
)
VALID, SPOILT = 36, {Fault.BLANK: 1, Fault.REPEATED: 2}


def hold_election(office: Office, *, today: datetime.date) -> Election:
    """Open the election for the term after this one and count two of three RT."""
    opened = today - datetime.timedelta(20)
    year = today.year + 1
    facts = {
        "title": f"Pemilihan anggota {office.board.term} {year}",
        "starts_on": datetime.date(year, 1, 1),
        "ends_on": datetime.date(year + 2, 12, 31),
        "seats": 9,
        "reserves": 4,
    }
    by = office.secretary
    with clock_at(moment(opened, 9)):
        election = open_election(office.board, facts=facts, on=opened, by=by)
        _committee(office, election)
        areas = [_basis(office, election, rt, on=opened) for rt in (1, 2, 3)]
    day = today - datetime.timedelta(9)
    with clock_at(moment(day, 20)):
        _voted(areas[0], 21, 24, day, by=by)
        _counted(office, areas[0], VOTES, at=moment(day, 20))
        _closed(office, areas[0], at=moment(day, 21))
        _far_too_few(office, areas[1], day)
        _half_counted(office, areas[2], day)
        objection = {
            "raised_on": day,
            "name": "Ketua RT 002",
            "text": "Undangan terlambat sampai di gang sebelah timur.",
            "area": areas[1],
        }
        raise_objection(election, facts=objection, today=today, by=by)
    return election


def _committee(office: Office, election: Election) -> None:
    posts = CommitteeMember.Post
    people = Person.objects.filter(board=office.board).order_by("pk")[2:7]
    order = (posts.CHAIR, posts.SECRETARY, posts.MEMBER, posts.WITNESS, posts.WITNESS)
    for person, post in zip(people, order, strict=False):
        add_to_committee(election, person=person, post=post, by=office.secretary)


def _basis(office, election, rt: int, *, on: datetime.date) -> ElectionArea:
    facts = {
        "name": f"RT {rt:03d}/RW 005",
        "rt": f"{rt:03d}",
        "rw": "005",
        "place": f"Rumah Ketua RT {rt:03d}",
        "eligible_men": 58 + rt,
        "eligible_women": 61 + rt,
        "winners": 3,
    }
    return add_area(election, stage=1, facts=facts, on=on, by=office.secretary)


def _voted(area, men: int, women: int, day: datetime.date, *, by: User) -> None:
    area.refresh_from_db()
    facts = {"held_on": day, "voters_men": men, "voters_women": women}
    change_area(area, revision=area.revision, facts=facts, by=by)


def _counted(office: Office, area, votes, *, at) -> None:
    """One bundle, counted alike by the secretary and the UPL."""
    count = Count({name: found for name, _sex, found in votes}, VALID, SPOILT)
    batch = add_batch(area, by=office.secretary)
    for person in (office.secretary, office.works):
        count_batch(batch, count=count, by=person, at=at)


def _closed(office: Office, area: ElectionArea, *, at: datetime.datetime) -> None:
    """Every name becomes a resident of the RT; then the result stands."""
    sexes = {name: sex for name, sex, _votes in VOTES}
    new = {
        name: Person(
            board=area.board,
            name=name.written.removeprefix("Bu ").removeprefix("Pak "),
            nickname=name.written,
            sex=Sex(sexes[name.written]),
            birth_year=1980,
            rt=area.rt,
            rw=area.rw,
        )
        for name in area.names.filter(nominee=None)
    }
    match_names(area, matches=new, by=office.secretary)
    last = area.acts.order_by("pk").last()
    check_area(area, last_seen=last.pk, by=office.works, at=at)
    close_area(area, by=office.secretary, at=at)


def _far_too_few(office: Office, area, day: datetime.date) -> None:
    """Thirty came where thirty-eight are needed; the doors brought the rest."""
    by = office.secretary
    _voted(area, 14, 16, day, by=by)
    go_door_to_door(area, on=day, by=by)
    _voted(area, 19, 22, day, by=by)
    _counted(office, area, VOTES, at=moment(day, 20))
    _closed(office, area, at=moment(day, 21))


def _half_counted(office: Office, area, day: datetime.date) -> None:
    """Two counts that differ in one vote wait for a third look."""
    _voted(area, 20, 23, day, by=office.secretary)
    batch = add_batch(area, by=office.secretary)
    for person, seen in ((office.secretary, 28), (office.works, 27)):
        votes = {name: found for name, _sex, found in VOTES} | {"Bu Endang": seen}
        count = Count(votes, VALID, SPOILT)
        count_batch(batch, count=count, by=person, at=moment(day, 20))
