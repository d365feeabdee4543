"""Works of the demo: planned, run, reported month by month, reviewed."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from activities.models import Activity, ActivityReport
from activities.services.activities import create_activity, start_activity
from activities.services.proof import add_photos
from activities.services.reports import create_report, edit_report, send_report
from activities.services.review import (
    approve_report,
    comment_on_field,
    return_report,
)
from boards.files import put_bytes
from boards.uploads import PhotoFacts
from common.periods import Period, add_months
from planning.models import PlanItem
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office
from reports.demo.pictures import draw_photo
from reports.demo.topics import Work

WAGE = 95_000
COLUMNS = frozenset(
    {
        "physical_progress",
        "volume_done",
        "person_days_women",
        "person_days_men",
        "workers_women",
        "workers_men",
        "problems",
        "follow_up",
    }
)


@dataclass(frozen=True)
class Plan:
    """The money and days of a work, worked out once."""

    wages: int
    materials: int
    tools: int
    days: int

    @property
    def lines(self) -> dict[str, int]:
        """Budget by kind of cost."""
        return {"wages": self.wages, "materials": self.materials, "tools": self.tools}


def plan_of(work: Work) -> Plan:
    """About two thirds wages, a little for tools, the rest for materials."""
    days = -(-work.budget * 66 // 100 // WAGE)
    wages = days * WAGE
    tools = work.budget * 3 // 100 // 1000 * 1000
    return Plan(wages, work.budget - wages - tools, tools, days)


def plan_work(office: Office, work: Work, starts_on: datetime.date) -> Activity:
    """A planned work from its decision, tied to the year's plan item if it has one."""
    plan = plan_of(work)
    women = plan.days // 4
    item = PlanItem.objects.filter(
        board=office.board, year=starts_on.year, code=work.code
    ).first()
    ends_on = add_months(starts_on, work.months) - datetime.timedelta(1)
    place = Decimal("-7.65000") + office.dice.randint(0, 900) * Decimal("0.00001")
    activity = Activity(
        board=office.board,
        decision=office.decisions[work.title],
        plan_item=item,
        kind=work.kind,
        works_type=work.works_type,
        title=work.title,
        latitude=place,
        longitude=place + Decimal("118.98000"),
        volume=Decimal(work.volume),
        unit=work.unit,
        person_days_women=women,
        person_days_men=plan.days - women,
        workers_women=9,
        workers_men=19,
        daily_wage=WAGE,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    asked_on = starts_on - datetime.timedelta(9)
    with clock_at(moment(asked_on, 10)):
        return create_activity(
            activity,
            lines=plan.lines,
            fundings={work.source: work.budget},
            locations=[(rt, work.rw) for rt in work.rt],
            on=asked_on,
            by=office.works,
        )


def begin(office: Office, activity: Activity) -> Activity:
    """The crew starts on the planned day."""
    on = activity.starts_on
    with clock_at(moment(on, 7)):
        return start_activity(activity, on=on, today=on, by=office.works)


def report_month(
    office: Office, activity: Activity, work: Work, number: int, *, stop: str
) -> ActivityReport:
    """The report of month `number` (from 0), up to draft, sent, returned, approved."""
    first = add_months(activity.starts_on.replace(day=1), number)
    period = Period.month(first.year, first.month)
    is_final = number == work.months - 1
    written_at = moment(period.end + datetime.timedelta(1), 16)
    with clock_at(written_at):
        report = create_report(
            activity, period=period, is_final=is_final, at=written_at, by=office.works
        )
        _fill(office, report, work, number)
        _photos(office, report, activity, period, is_final=is_final, number=number)
    if stop == "draft":
        return report
    sent_at = moment(period.end + datetime.timedelta(3), 19, 58)
    with clock_at(sent_at):
        report = send_report(report, at=sent_at, by=office.secretary)
    return _review(office, report, period, stop)


def _fill(office: Office, report: ActivityReport, work: Work, number: int) -> None:
    plan, months = plan_of(work), work.months
    done = Decimal(100 * (number + 1)) / months
    report.physical_progress = done.quantize(Decimal("0.01"))
    report.volume_done = (Decimal(work.volume) * done / 100).quantize(Decimal("0.01"))
    days = plan.days // months
    report.person_days_women, report.workers_women = days // 4, 9
    report.person_days_men, report.workers_men = days - days // 4, 19
    report.problems = "Hujan empat hari, pekerjaan mundur." if number else ""
    report.follow_up = "Menambah satu regu pada minggu kedua." if number else ""
    spendings = {}
    for kind, planned in plan.lines.items():
        part = planned // months
        saved = office.dice.randint(0, 9) * 10_000 if kind == "materials" else 0
        spendings[work.source, kind] = part - min(saved, part)
    spendings[work.source, "wages"] = days * WAGE
    edit_report(
        report,
        columns=COLUMNS,
        spendings=spendings,
        seen_revision=report.revision,
        by=office.works,
    )


def _photos(office, report, activity, period, *, is_final: bool, number: int) -> None:
    stages = [0] if number == 0 else []
    if report.physical_progress >= 50:
        stages.append(50)
    if is_final:
        stages.append(100)
    for stage in stages:
        day = period.start + datetime.timedelta(1 + stage // 5)
        facts = PhotoFacts(moment(day, 9, 5), activity.latitude, activity.longitude)
        read = draw_photo(
            f"{office.board.slug}{activity.code}", stage, facts, f"foto-{stage}"
        )
        kept = (read, put_bytes(read.photo.data), put_bytes(read.thumbnail.data), facts)
        add_photos(report, photos=[kept], stage=stage, note="", by=office.works)


def _review(office: Office, report: ActivityReport, period: Period, stop: str):
    if stop == "sent":
        return report
    at = moment(period.end + datetime.timedelta(6), 10, 4)
    with clock_at(at):
        if stop == "approved":
            return approve_report(report, at=at, by=office.reviewer)
        comments = (
            (
                "volume",
                "Empat meter di ujung selatan belum terpasang. Sebutkan sebabnya.",
            ),
            (
                "materials",
                "Nota semen minggu kedua belum terlampir. Lampirkan notanya.",
            ),
        )
        for name, text in comments:
            comment_on_field(report, field=name, text=text, at=at, by=office.reviewer)
        return return_report(report, at=at, by=office.reviewer)


def run_work(
    office: Office,
    work: Work,
    starts_on: datetime.date,
    *,
    today: datetime.date,
    last: str = "approved",
) -> Activity:
    """A work with a report for every month that is over; the newest stops at `last`."""
    activity = plan_work(office, work, starts_on)
    if starts_on >= today:
        return activity
    activity = begin(office, activity)
    months = [
        number
        for number in range(work.months)
        if add_months(starts_on.replace(day=1), number + 1)
        <= today - datetime.timedelta(8)
    ]
    for number in months:
        stop = last if number == months[-1] else "approved"
        report_month(office, activity, work, number, stop=stop)
    return activity
