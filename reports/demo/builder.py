"""The whole demo: regions, boards, people, accounts, and three years of each board."""

import datetime
import random

from django.db import transaction

from boards.accounts import create_user
from boards.models import Assignment, Board, Region, User
from boards.regions import import_regions
from boards.roles import Post, Role
from boards.tenants import add_served_region, create_board
from common.periods import add_months
from members.models import Person
from members.services import give_mandate, open_term
from planning.models import PlanItem
from planning.services import load_programme_codes
from reports.demo.assessments import assess
from reports.demo.books import keep_fund, keep_works
from reports.demo.clock import clock_at, moment
from reports.demo.elections import hold_election
from reports.demo.field_work import plan_work, report_month, run_work
from reports.demo.guides import answer_guide, record_guide
from reports.demo.lending import Lending
from reports.demo.letters import receive_letters
from reports.demo.life import (
    Office,
    hold_meeting,
    hold_three_years,
    work_topic,
)
from reports.demo.names import FAMILY, MEN, OTHER_REGENCY, PLACES, REGENCY, WOMEN, Place
from reports.demo.preparation import prepare_meetings
from reports.demo.promises import close_old_actions
from reports.demo.rules import CHANGE, change_bylaws, record_rules
from reports.demo.supervision import supervise
from reports.demo.topics import PLANS, TOPICS, UNITS_TOPIC, URGENT, WORKS
from reports.demo.units import form_units, units_day

# Known to everybody, refused by every portal that is no demo.
PASSWORD = "Musyawarah-2026"
SEED = 20261122


def build_demo(*, today: datetime.date) -> list[Board]:
    """Load regions, offices and four boards; gives the boards, the first one first."""
    for regency in (REGENCY, OTHER_REGENCY):
        import_regions(only=regency)
    for year in range(today.year - 2, today.year + 2):
        load_programme_codes(year)
    with clock_at(moment(datetime.date(today.year - 2, 1, 2), 8)):
        admin = _offices()
    regency = Region.objects.get(code=REGENCY)
    record_guide(regency, on=datetime.date(today.year - 1, 3, 3), by=admin)
    return [
        _build_board(place, number, admin, today=today)
        for number, place in enumerate(PLACES)
    ]


def _account(username: str, name: str, role: Role, **where) -> User:
    """An account of the demo; its one-time code is used up at once."""
    user, _code = create_user(username=username, name=name, role=role, by=None, **where)
    user.set_password(PASSWORD)
    user.code_hash, user.code_expires_at = "", None
    user.save()
    return user


def _offices() -> User:
    """Everybody above the boards."""
    district, village = "35.20.06", PLACES[0].region_code
    admin = _account("admin", "Bagus Wicaksono", Role.DINAS_ADMIN, region_code=REGENCY)
    for username, name, role, code, title in (
        ("kelurahan", "Arif Budiman, S.Sos.", Role.KELURAHAN, village, "Kasi PMD"),
        (
            "kelurahan2",
            "Yuni Astuti, S.IP.",
            Role.KELURAHAN,
            PLACES[1].region_code,
            "Kasi Ekbang",
        ),
        ("kecamatan", "Heru Susanto, S.STP.", Role.KECAMATAN, district, "Kasi PMD"),
        ("dinas", "Ratna Puspitasari, S.T.", Role.DINAS, REGENCY, "Kabid Permukiman"),
        ("dinas3", "Teguh Prakoso, S.T.", Role.DINAS, OTHER_REGENCY, "Staf Perkim"),
        ("provinsi", "Ika Maharani, M.T.", Role.PROVINCE, REGENCY[:2], "Analis"),
        ("sistem", "Pengelola Sistem", Role.SYSTEM, "", ""),
    ):
        _account(username, name, role, region_code=code, title=title)
    return admin


def _home(place: Place, number: int) -> Region:
    """The region of a board: its own, or the first desa or kelurahan that fits."""
    if place.region_code:
        return Region.objects.get(code=place.region_code)
    regency, digit = (REGENCY, "2") if number == 2 else (OTHER_REGENCY, "1")
    villages = Region.objects.filter(code__startswith=f"{regency}.")
    return next(
        region
        for region in villages
        if len(region.code) == 13 and region.code[9] == digit
    )


@transaction.atomic
def _build_board(
    place: Place, number: int, admin: User, *, today: datetime.date
) -> Board:
    dice = random.Random(SEED + number)
    start = datetime.date(today.year - 2, 1, 2)
    with clock_at(moment(start, 9)):
        board = create_board(
            region=_home(place, number),
            term=place.term,
            name=place.name,
            slug=place.slug,
            code=place.code,
            by=admin if number < 3 else None,
            address=place.address,
            head_name=place.head_name,
            paper_size=place.paper_size,
            phone=f"0351-5550{14 + number}",
            email=f"sekretariat@{place.slug}.example",
            founded_on=datetime.date(2008, 5, 17),
            deed_number=f"{11 + number}/2008",
        )
        for code in place.served:
            add_served_region(board, Region.objects.get(code=code), by=admin)
        office = _people(board, place, number, dice, today=today)
        _plans(board, today)
    if number < 2:
        record_rules(office, on=start)
    _life(office, number, today=today)
    answer_guide(
        office, answers=(6, 4, 0, 0)[number], on=start.replace(year=today.year)
    )
    return board


def _people(board, place, number, dice, *, today) -> Office:
    """Members with their term, the secretary, the units and their accounts."""
    suffix = {0: "", 1: "2", 3: "3"}.get(number, f"-{place.slug}")
    men, women = list(MEN), list(WOMEN)
    if number:
        dice.shuffle(men)
        dice.shuffle(women)
    people = [_person(board, men[0], "L", dice)]
    secretary_row = _person(board, women[0], "P", dice)
    for index in range(1, place.members):
        names, sex = (men, "L") if index % 2 else (women, "P")
        people.append(_person(board, names[(index + 1) // 2 + index % 2], sex, dice))
    secretary = _account(
        f"sekretaris{suffix}", secretary_row.full_name, Role.SECRETARY, board=board
    )
    coordinator = _account(
        f"anggota{suffix}",
        people[0].full_name,
        Role.MEMBER,
        board=board,
        post=Post.COORDINATOR,
    )
    for person, user in ((secretary_row, secretary), (people[0], coordinator)):
        person.user = user
        person.save()
    works = _account(f"upl{suffix}", "Gunawan Wibisono", Role.WORKS_UNIT, board=board)
    if number == 0:
        _units(board)
    _terms(board, people, number, secretary, today)
    return Office(
        board=board,
        secretary=secretary,
        coordinator=coordinator,
        works=works,
        reviewer=_reviewer(board, place),
        chair=people[0],
        note_taker=secretary_row,
        dice=dice,
    )


def _units(board: Board) -> None:
    """UPK, UPS and Pengawas of the first board."""
    for username, name, role, post in (
        ("upk", "Sri Rahayu, S.E.", Role.LOAN_UNIT, Post.MANAGER),
        ("upk2", "Tumini", Role.LOAN_UNIT, Post.CASHIER),
        ("ups", "Lestari Handayani", Role.SOCIAL_UNIT, Post.NONE),
        ("pengawas", "Suyatno, S.Pd.", Role.SUPERVISOR, Post.NONE),
    ):
        _account(username, name, role, board=board, post=post)


def _reviewer(board: Board, place: Place) -> User:
    """Who checks the reports of this board at its kelurahan or desa."""
    held = Assignment.objects.filter(
        role=Role.KELURAHAN, region_code=board.region_code
    ).first()
    if held:
        return held.user
    return _account(
        f"staf-{place.slug}",
        "Mustofa, S.Sos.",
        Role.KELURAHAN,
        region_code=board.region_code,
        title="Kasi Pemerintahan",
    )


def _person(board: Board, parts: tuple[str, str, str], sex: str, dice) -> Person:
    before, name, after = parts
    known = Person.objects.filter(board=board, name=name).exists()
    person = Person(
        board=board,
        name=f"{name} {dice.choice(FAMILY)}" if known else name,
        title_before=before,
        title_after=after,
        sex=sex,
        birth_year=dice.randint(1958, 1995),
        rt=f"{dice.randint(1, 6):03d}",
        rw=f"{dice.randint(1, 5):03d}",
    )
    person.full_clean()
    person.save()
    return person


def _terms(board, people, number, by, today) -> None:
    """The first board's term ends this year; the others changed half-way."""
    first = datetime.date(today.year - 2, 1, 1)
    if number == 0:
        spans = [(first, datetime.date(today.year, 12, 31))]
    else:
        middle = datetime.date(today.year - 1, 7, 1)
        day = datetime.timedelta(1)
        spans = [
            (datetime.date(today.year - 4, 7, 1), middle - day),
            (middle, datetime.date(today.year + 2, 6, 30)),
        ]
    for starts_on, ends_on in spans:
        term = open_term(
            board,
            starts_on=starts_on,
            ends_on=ends_on,
            decree=f"SK Lurah 141/{7 + number}/{starts_on.year}",
            by=by,
        )
        for index, person in enumerate(people):
            give_mandate(
                term,
                person=person,
                position="MEMBER" if index else "COORDINATOR",
                started_on=starts_on,
                by=by,
            )


def _plans(board: Board, today: datetime.date) -> None:
    """Plan items of each year and the next, as Dinas and kecamatan list them."""
    PlanItem.objects.bulk_create(
        PlanItem(
            board=board,
            region_code=board.region_code,
            year=year,
            code=code,
            title=title,
            indicator=indicator,
            target=target,
            unit=unit,
            location=board.village,
            ceiling=ceiling,
            source_of_funds="APBD",
            next_target=target,
            next_ceiling=ceiling + 10_000_000,
            kind=kind,
        )
        for year in range(today.year - 2, today.year + 2)
        for code, title, indicator, target, unit, ceiling, kind in PLANS
    )


def _life(office: Office, number: int, *, today: datetime.date) -> None:
    """Meetings and works; the first board ends with one record in every state."""
    year = today.year
    this_month = today.replace(day=1)
    schedule = {
        datetime.date(year - 2, 3, 1): [WORKS[0]],
        datetime.date(year - 2, 8, 1): [WORKS[2]],
        datetime.date(year - 1, 3, 1): [WORKS[1]],
        datetime.date(year - 1, 9, 1): [WORKS[5]],
        add_months(this_month, -7): [WORKS[4]],
        add_months(this_month, -4): [WORKS[3]],
        add_months(this_month, -2): [WORKS[6]],
    }
    # The first board decides one more work late last month, and only plans it.
    urgent = {units_day(today): UNITS_TOPIC}
    if number == 0:
        urgent[_decided_on(today)] = work_topic(URGENT)
        urgent[datetime.date(year - 1, 2, 20)] = CHANGE
    hold_three_years(office, today=today, works=schedule, urgent=urgent)
    form_units(office, today=today)
    assess(office, today=today)
    if number == 0:
        change_bylaws(office)
    for month, works in list(schedule.items())[:4]:
        run_work(office, works[0], add_months(month, 1), today=today)
    run_work(office, WORKS[4], add_months(this_month, -6), today=today)
    last = ("returned", "sent", "approved", "approved")[number]
    run_work(office, WORKS[3], add_months(this_month, -3), today=today, last=last)
    if number == 0:
        _unfinished(office, today=today)
    else:
        run_work(office, WORKS[6], add_months(this_month, -1), today=today)
    close_old_actions(office, today=today)
    receive_letters(office, today=today)
    if number == 0:
        _lend(office, today=today)
    if number == 1:
        keep_works(office, today=today)


def _lend(office: Office, *, today: datetime.date) -> None:
    """The fund: its book, its loans, and what the Pengawas see."""
    lending = Lending(office, today=today)
    keep_fund(office, today=today, also=lending.month)
    lending.now()
    supervise(office, today=today)


def _decided_on(today: datetime.date) -> datetime.date:
    """The 25th of the month before."""
    return add_months(today.replace(day=1), -1) + datetime.timedelta(24)


def _unfinished(office: Office, *, today: datetime.date) -> None:
    """What waits for somebody on the first board today."""
    hold_election(office, today=today)
    this_month = today.replace(day=1)
    waiting = run_work(
        office, WORKS[6], add_months(this_month, -1), today=this_month, last="none"
    )
    if not waiting.reports.exists():
        report_month(office, waiting, WORKS[6], 0, stop="sent")
    plan_work(office, URGENT, today + datetime.timedelta(12))
    hold_meeting(
        office, today - datetime.timedelta(2), [TOPICS[1], TOPICS[2]], stop="sent"
    )
    hold_meeting(office, today - datetime.timedelta(1), [TOPICS[4]], stop="draft")
    hold_meeting(office, today + datetime.timedelta(13), [TOPICS[0]], stop="planned")
    prepare_meetings(office, today=today)
