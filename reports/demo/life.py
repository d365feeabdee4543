"""Three years of meetings of one board of the demo, told through the services."""

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal

from boards.models import Board, User
from common.periods import Period, add_months
from common.words import inside_sentence
from deliberations.models import (
    AgendaItem,
    Attendance,
    Decision,
    Meeting,
)
from deliberations.services.attendance import (
    add_guest,
    mark_all_present,
    mark_attendance,
)
from deliberations.services.meetings import (
    add_agenda_item,
    create_meeting,
    edit_meeting,
    place_agenda_item,
)
from deliberations.services.minutes import (
    ItemMinutes,
    Objection,
    Point,
    Promise,
    Verdict,
    record_item,
)
from deliberations.services.ratification import ratify_meeting, send_meeting
from members.models import Person
from reports.demo.clock import clock_at, moment
from reports.demo.topics import TOPICS, Topic, Work

LAST_ITEM = "Lain-lain"
STARTS, ENDS = datetime.time(19, 30), datetime.time(22, 5)


@dataclass
class Office:
    """A board of the demo with the people who act for it."""

    board: Board
    secretary: User
    coordinator: User
    works: User
    reviewer: User
    chair: Person
    note_taker: Person
    dice: random.Random
    decisions: dict[str, Decision] = field(default_factory=dict)


def second_saturday(month: Period) -> datetime.date:
    """The evening on which the board meets."""
    first = month.start + datetime.timedelta((5 - month.start.weekday()) % 7)
    return first + datetime.timedelta(7)


def annual_meeting(
    held_on: datetime.date, *, today: datetime.date
) -> datetime.date | None:
    """The RWT, a week after the meeting of December, once it is over and written."""
    day = held_on + datetime.timedelta(7)
    over = day < today - datetime.timedelta(3)
    return day if held_on.month == 12 and over else None


def work_topic(work: Work) -> Topic:
    """The decision that starts a work."""
    amount = f"{work.budget:,}".replace(",", ".")
    return Topic(
        work.title,
        (
            "UPL menunjukkan foto dan hasil ukur lapangan.",
            f"Volume {work.volume} {work.unit}, tenaga warga setempat didahulukan.",
        ),
        f"Melaksanakan {work.title[0].lower()}{work.title[1:]} sebanyak"
        f" {work.volume} {work.unit}.\n"
        f"Menetapkan pagu Rp{amount}, dengan bagian upah paling sedikit 65 persen.\n"
        "Menugasi UPL melaksanakan dan melaporkannya tiap bulan.",
        kind="activity",
        amount=work.budget,
        rt=work.rt[0],
        rw=work.rw,
        volume=Decimal(work.volume),
        unit=work.unit,
    )


def hold_meeting(
    office: Office,
    held_on: datetime.date,
    topics: list[Topic],
    *,
    kind: str = "RUTIN",
    stop: str = "ratified",
) -> Meeting:
    """One meeting with these topics, up to the state `stop`: draft, sent, ratified."""
    by = office.secretary
    with clock_at(moment(held_on - datetime.timedelta(8), 9)):
        meeting = create_meeting(
            office.board,
            kind=kind,
            title="",
            held_on=held_on,
            starts_at=STARTS,
            place=f"Balai {office.board.village}",
            purpose=f"akan dibahasnya {inside_sentence(topics[0].title)}",
            chair=office.chair,
            note_taker=office.note_taker,
            by=by,
        )
        items = _agenda(meeting, topics, by=by)
    if stop == "planned":
        return meeting
    with clock_at(moment(held_on, 21)):
        counted = _attend(office, meeting)
        _write(office, meeting, items, topics, counted, leave_last=stop == "draft")
    if stop == "draft":
        return meeting
    return _finish(office, meeting, held_on, stop)


def _agenda(meeting: Meeting, topics: list[Topic], *, by: User) -> list[AgendaItem]:
    """The topics in their order; "Lain-lain" closes the evening."""
    items = [add_agenda_item(meeting, title=topic.title, by=by) for topic in topics]
    for closing in meeting.items.filter(title=LAST_ITEM):
        place_agenda_item(closing, position=meeting.items.count(), by=by)
    for item in items:
        item.refresh_from_db()
    return items


def _attend(office: Office, meeting: Meeting) -> int:
    """Most members come, two do not, one is excused; a few guests listen."""
    rows = list(meeting.attendances.filter(is_entitled=True))
    away = office.dice.sample(rows[1:], 2)
    mark_all_present(meeting, by=office.secretary)
    reasons = (("excused", "Dinas luar kota"), ("absent", ""))
    for row, (status, note) in zip(away, reasons, strict=True):
        mark_attendance(row, status=status, note=note, by=office.secretary)
    if office.dice.random() < 0.5:
        add_guest(
            meeting,
            name=f"Ketua RT {office.dice.randint(1, 6):03d}",
            sex=office.dice.choice("LP"),
            element="Ketua RT",
            rt="003",
            rw="005",
            by=office.secretary,
        )
    return len(rows) - len(away)


def _write(office, meeting, items, topics, counted, *, leave_last) -> None:
    """Minutes of every item; a draft leaves the last one open."""
    by = office.secretary
    speakers = list(
        meeting.attendances.filter(status=Attendance.Status.PRESENT).values_list(
            "name", flat=True
        )
    )
    usual = meeting.items.exclude(pk__in=[item.pk for item in items])
    for item in usual:
        minutes = ItemMinutes(
            state=AgendaItem.State.DISCUSSED,
            points=[Point("Tindak lanjut dibacakan, tidak ada tambahan.", speakers[0])],
            promises=_promises(office, item, speakers),
        )
        record_item(item, seen_revision=0, minutes=minutes, by=by)
    written = items[:-1] if leave_last and len(items) > 1 else items
    for item, topic in zip(written, topics, strict=False):
        minutes = _minutes(office, topic, speakers, counted, meeting.held_on)
        record_item(item, seen_revision=0, minutes=minutes, by=by)


def _promises(office: Office, item: AgendaItem, speakers: list[str]) -> list[Promise]:
    if item.position != 1 or office.dice.random() < 0.6:
        return []
    due = item.meeting.held_on + datetime.timedelta(office.dice.randint(20, 60))
    owner = office.dice.choice(speakers)
    return [Promise("Menagih laporan KPP yang belum masuk", owner, due)]


def _minutes(office, topic: Topic, speakers, counted, held_on) -> ItemMinutes:
    votes: dict[str, int | str] = {}
    if topic.vote:
        against, abstain = 2, 1
        votes = {
            "method": Decision.Method.VOTE,
            "failed_consensus": topic.objection or "Pendapat anggota tidak bertemu.",
            "votes_for": counted - against - abstain,
            "votes_against": against,
            "votes_abstain": abstain,
        }
    objections = (Objection(speakers[-2], topic.objection),) if topic.objection else ()
    verdict = Verdict(
        title=topic.title,
        text=topic.text,
        kind=topic.kind,
        amount=topic.amount,
        subject_name=topic.subject_name,
        rt=topic.rt,
        rw=topic.rw,
        volume=topic.volume,
        unit=topic.unit,
        in_charge_name=office.dice.choice(speakers),
        due_on=held_on + datetime.timedelta(office.dice.randint(30, 90)),
        objections=objections,
        **votes,
    )
    points = [Point(text, office.dice.choice(speakers)) for text in topic.points]
    return ItemMinutes(
        state=AgendaItem.State.DISCUSSED, points=points, verdicts=[verdict]
    )


def _finish(office: Office, meeting: Meeting, held_on, stop: str) -> Meeting:
    sent_at = moment(held_on + datetime.timedelta(1), 9, 10)
    with clock_at(sent_at):
        meeting.refresh_from_db()
        edit_meeting(
            meeting,
            ends_at=ENDS,
            seen_revision=meeting.revision,
            by=office.secretary,
        )
        meeting = send_meeting(meeting, by=office.secretary, at=sent_at)
    if stop == "sent":
        return meeting
    ratified_at = moment(held_on + datetime.timedelta(2), 19, 31)
    with clock_at(ratified_at):
        meeting = ratify_meeting(meeting, by=office.coordinator, at=ratified_at)
    for decision in meeting.decisions.all():
        office.decisions[decision.title] = decision
    return meeting


def hold_three_years(
    office: Office,
    *,
    today: datetime.date,
    works: dict[datetime.date, list[Work]],
    urgent: dict[datetime.date, Topic],
) -> None:
    """Every month a meeting; the works' decisions where `works` puts them.

    `urgent` is decided on a day of its own, late in a month. All in the order of their
    dates, so that numbers rise with them.
    """
    month = Period.month(today.year - 2, 1)
    number = 0
    while second_saturday(month) < today - datetime.timedelta(3):
        held_on = second_saturday(month)
        topics = [work_topic(work) for work in works.get(month.start, [])]
        for _ in range(1 + number % 2):
            topics.append(TOPICS[number % len(TOPICS)])
            number += 1
        hold_meeting(office, held_on, topics)
        if yearly := annual_meeting(held_on, today=today):
            hold_meeting(office, yearly, [TOPICS[3]], kind="RWT")
        for day, topic in urgent.items():
            if month.start <= day <= month.end:
                hold_meeting(office, day, [topic], kind="KHUSUS")
        following = add_months(month.start, 1)
        month = Period.month(following.year, following.month)
