"""Residents, terms, mandates and sheets of residents for tests."""

import datetime
import itertools

from boards.files import put_bytes
from boards.models import Board, User
from boards.uploads import ReadFile
from common.sheets import Column, Sheet, write_xlsx
from members.models import (
    Appointment,
    Evaluation,
    EvaluationAspect,
    EvaluationScore,
    EvaluationSheet,
    Mandate,
    Person,
    Sex,
    Term,
    Training,
    TrainingFile,
    TrainingParticipant,
    Unit,
)
from members.nik import put_nik
from members.posts import POSTS
from members.services import add_training_file
from tests.make import photos

_count = itertools.count(1)
# The region code 99 does not exist: no real person has these numbers.
NIK = "9935200612790001"
NIK_MASKED = "9935********0001"
TERM_STARTS, TERM_ENDS = datetime.date(2025, 1, 1), datetime.date(2027, 12, 31)


def person(board: Board, name: str = "", *, nik: str = "", **fields) -> Person:
    """One resident; with `nik` the number is sealed as the form does."""
    values = {"name": name or f"Warga {next(_count):04d}", "sex": Sex.MALE}
    made = Person(board=board, **{**values, **fields})
    put_nik(made, nik)
    made.save()
    return made


def term(
    board: Board,
    starts_on: datetime.date = TERM_STARTS,
    ends_on: datetime.date = TERM_ENDS,
) -> Term:
    """One term of office."""
    return Term.objects.create(board=board, starts_on=starts_on, ends_on=ends_on)


def mandate(term: Term, who: Person | None = None, **fields) -> Mandate:
    """A member from the first day of the term on."""
    values = {"started_on": term.starts_on, "position": Mandate.Position.MEMBER}
    who = who or person(term.board)
    return Mandate.objects.create(
        board=term.board, term=term, person=who, **{**values, **fields}
    )


def unit(board: Board, kind: str = "UPK", name: str = "", **fields) -> Unit:
    """One unit under its usual name."""
    name = name or Unit.USUAL_NAMES[Unit.Kind(kind)]
    return Unit.objects.create(board=board, kind=kind, name=name, **fields)


def appointment(unit: Unit, who: Person | None = None, **fields) -> Appointment:
    """Somebody in the leading post of a unit from the first day of the term on."""
    values = {"started_on": TERM_STARTS, "post": POSTS[unit.kind][0]}
    who = who or person(unit.board)
    return Appointment.objects.create(
        board=unit.board, unit=unit, person=who, **{**values, **fields}
    )


def evaluation(board: Board, year: int = 2026, **levels: int) -> Evaluation:
    """An open assessment; with `every` each aspect has that level."""
    made = Evaluation.objects.create(
        board=board, year=year, sheet=EvaluationSheet.objects.get()
    )
    if levels:
        EvaluationScore.objects.bulk_create(
            EvaluationScore(evaluation=made, aspect=aspect, level=levels["every"])
            for aspect in EvaluationAspect.objects.all()
        )
    return made


def training(board: Board, *people: Person, **fields) -> Training:
    """A training of two days and who took part."""
    values = {
        "title": "Pembukuan UPK",
        "held_on": TERM_STARTS,
        "days": 2,
        "organiser": "Dinas Perkim",
    }
    made = Training.objects.create(board=board, **{**values, **fields})
    for who in people:
        TrainingParticipant.objects.create(board=board, training=made, person=who)
    return made


def training_file(training: Training, *, by: User) -> TrainingFile:
    """A photo of the list of who came."""
    read = ReadFile(photos.jpeg(), "image/jpeg", "hadir.jpg", True, 64, 48)
    kind, digest = TrainingFile.Kind.ATTENDANCE, put_bytes(read.data)
    return add_training_file(training, kind=kind, file=read, digest=digest, by=by)


def sheet(titles: list[str], *rows: tuple) -> bytes:
    """A workbook with these titles and rows."""
    columns = [Column(title) for title in titles]
    return write_xlsx([Sheet("Warga", columns, rows)])
