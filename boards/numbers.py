"""Numbers of letters: given when a document becomes official, without gaps."""

import datetime

from django.db import connection, transaction

from boards.models import Board, LetterNumber, NumberSequence
from common.errors import RuleViolation
from common.words import roman_month

# One statement on both databases: it takes the row's lock, makes the row or raises it.
_TAKE = (
    f"INSERT INTO {NumberSequence._meta.db_table} (owner, kind, year, last)"
    " VALUES (%s, %s, %s, %s) ON CONFLICT (owner, kind, year) DO UPDATE SET last ="
    f" {NumberSequence._meta.db_table}.last + EXCLUDED.last RETURNING last"
)


def _next(owner: str, kind: str, year: int, *, count: int = 1) -> int:
    """Take the next number, or the next `count`, under a row lock; the last one."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [owner, kind, year, count])
        return cursor.fetchone()[0]


def _letter_text(board: Board, kind: str, seq: int, on: datetime.date) -> str:
    """A number by the pattern of the board: "012/BA/LKM-SR/XI/2026"."""
    return board.number_pattern.format(
        seq=seq,
        type=kind,
        board=board.code,
        roman_month=roman_month(on.month),
        year=on.year,
    )


def next_number_text(board: Board, kind: str, *, on: datetime.date) -> str:
    """What the next number of `kind` will be, if nobody takes it first.

    For a paper that is printed before its number is given: `give_number` decides, and
    when the two differ the paper is printed again.
    """
    sequence = NumberSequence.objects.filter(
        owner=f"b{board.pk}", kind=kind, year=on.year
    ).first()
    return _letter_text(board, kind, (sequence.last if sequence else 0) + 1, on)


def as_registered(text: str, number: LetterNumber | None) -> str:
    """A number as its document has it; with the register's own where they differ.

    Records of a chain are rebuilt with it, so that a number rewritten in the register
    alone is noticed.
    """
    agrees = number is None or number.text == text
    return text if agrees else f"{text} ≠ {number.text}"


# Without a savepoint: an act whose number cannot be given is undone as a whole.
@transaction.atomic(savepoint=False)
def next_in_sequence(board: Board, kind: str, *, year: int) -> int:
    """The board's next inner number of `kind` in a year; no letter, so no register."""
    return _next(f"b{board.pk}", kind, year)


@transaction.atomic(savepoint=False)
def take_from_sequence(board: Board, kind: str, *, year: int, count: int) -> int:
    """Take `count` inner numbers that follow each other; the first one."""
    return _next(f"b{board.pk}", kind, year, count=count) - count + 1


def _check_free(owner: str, text: str) -> None:
    """Two letters never bear one number, whatever the pattern was or became."""
    if LetterNumber.objects.filter(owner=owner, text=text).exists():
        raise RuleViolation(
            f"Nomor {text} sudah dipakai surat lain. Perbaiki pola nomor surat: nomor"
            " urut, jenis, dan tahun harus ada.",
            code="boards.number_taken",
        )


@transaction.atomic
def give_number(
    board: Board, kind: str, *, on: datetime.date, subject_name: str = ""
) -> LetterNumber:
    """Give the board's next number of `kind` (BA, KEP, NOT, UND …) in the year of `on`.

    `on` is a local date of the board. A number that cannot be written rolls the whole
    act back, so no gap stays. Raises RuleViolation `boards.number_taken`.
    """
    owner = f"b{board.pk}"
    seq = _next(owner, kind, on.year)
    text = _letter_text(board, kind, seq, on)
    _check_free(owner, text)
    return LetterNumber.objects.create(
        owner=owner,
        board=board,
        kind=kind,
        year=on.year,
        seq=seq,
        text=text,
        given_on=on,
        subject_name=subject_name[:200],
    )


def _office_text(pattern: str, seq: int, on: datetime.date) -> str:
    """A number of an office by its pattern: "600/131/Perkim/2026"."""
    return pattern.format(seq=seq, year=on.year, roman_month=roman_month(on.month))


def next_office_number_text(
    region_code: str, kind: str, *, on: datetime.date, pattern: str
) -> str:
    """What the next number of the office will be, if nobody takes it first."""
    last = NumberSequence.objects.filter(
        owner=f"r{region_code}", kind=kind, year=on.year
    ).first()
    return _office_text(pattern, last.last + 1 if last else 1, on)


@transaction.atomic
def give_office_number(
    region_code: str, kind: str, *, on: datetime.date, pattern: str, subject_name: str
) -> LetterNumber:
    """Give the next number of the office of a region (Dinas), by `pattern`.

    Raises RuleViolation `boards.number_taken`.
    """
    owner = f"r{region_code}"
    seq = _next(owner, kind, on.year)
    text = _office_text(pattern, seq, on)
    _check_free(owner, text)
    return LetterNumber.objects.create(
        owner=owner,
        kind=kind,
        year=on.year,
        seq=seq,
        text=text,
        given_on=on,
        subject_name=subject_name[:200],
    )


@transaction.atomic
def cancel_number(number: LetterNumber, *, on: datetime.date) -> LetterNumber:
    """Mark a number as cancelled; it stays in the register and is never given again."""
    number.cancelled_on = on
    number.save(update_fields=["cancelled_on"])
    return number
