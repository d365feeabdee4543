"""Two years of assessment and the trainings of a board of the demo."""

import datetime

from members.forms import TrainingForm
from members.models import Appointment, Evaluation, Mandate
from members.services import (
    add_participant,
    finish_evaluation,
    revision_of,
    save_training,
    score_area,
    start_evaluation,
)
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office
from reports.services import add_evidence

# What stands behind a level, in turn.
NOTES = (
    "Tercantum di AD/ART dan dibacakan dalam rembug warga.",
    "Notulen lengkap, daftar hadir ditandatangani.",
    "",
    "Ada catatan, belum tiap bulan.",
)
# Title, months ago, days, organiser, topic.
TRAININGS = (
    ("Pembukuan UPK dan kas kecil", 20, 2, "Dinas Perkim", "buku kas, bank, dan nota"),
    ("Perencanaan drainase lingkungan", 11, 3, "Dinas Perkim", "ukur lapangan dan RAB"),
    ("Penanganan pengaduan warga", 4, 1, "Kecamatan Magetan", "tenggat dan jawaban"),
)


def assess(office: Office, *, today: datetime.date) -> None:
    """Last year finished, this year half done, three trainings."""
    past = _begin(office, today.year - 1, areas=6, lift=0)
    at = moment(datetime.date(today.year - 1, 12, 10), 20)
    with clock_at(at):
        finish_evaluation(past, at=at, by=office.secretary)
    now = _begin(office, today.year, areas=4, lift=1)
    decision = next(iter(office.decisions.values()))
    add_evidence(now.scores.first(), record_of=decision, by=office.secretary)
    for training in TRAININGS:
        _train(office, today, *training)


def _begin(office: Office, year: int, *, areas: int, lift: int) -> Evaluation:
    """An assessment with levels in the first `areas` bidang."""
    by, dice = office.secretary, office.dice
    with clock_at(moment(datetime.date(year, 11, 20), 10)):
        evaluation = start_evaluation(office.board, year=year, by=by)
        for area in evaluation.sheet.areas.prefetch_related("aspects")[:areas]:
            levels = {
                aspect.pk: (
                    min(4, dice.choice((1, 2, 2, 3)) + lift),
                    dice.choice(NOTES),
                )
                for aspect in area.aspects.all()
            }
            seen = revision_of(evaluation, area)
            score_area(evaluation, area, levels=levels, seen_revision=seen, by=by)
    return evaluation


def _train(
    office: Office,
    today: datetime.date,
    title: str,
    months: int,
    days: int,
    organiser: str,
    topic: str,
) -> None:
    """One training, with some of those in office."""
    held_on = today - datetime.timedelta(30 * months)
    facts = {"title": title, "days": days, "organiser": organiser, "topic": topic}
    form = TrainingForm(facts | {"held_on": str(held_on)}, board=office.board)
    form.full_clean()
    with clock_at(moment(held_on, 16)):
        training = save_training(form, by=office.secretary, is_new=True)
    seated = Mandate.objects.filter(board=office.board).held_on(held_on)
    staff = Appointment.objects.filter(board=office.board).held_on(held_on)
    people = [row.person for row in (*seated, *staff.select_related("person"))]
    with clock_at(moment(held_on, 17)):
        for person in office.dice.sample(people, 5):
            add_participant(training, person, by=office.secretary)
