"""The rules a board may set for itself, with their fall-back and where it is from.

Values marked "assumed" or "practice" in the domain sheet live here as defaults only:
a board's own value (with its article and start date) always wins.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from boards.access import may_set_rule
from boards.audit import record
from boards.models import Board, BoardSetting, User
from common.errors import RuleViolation
from common.words import format_date, inside_sentence, join_unit


class Kind(StrEnum):
    """What a value is made of; the JSON in the row has this shape."""

    FRACTION = "fraction"  # {"numerator": 1, "denominator": 2, "more_than": true}
    WORKING_DAYS = "working_days"  # whole number, 1 to 60
    MONTH_DAY = "month_day"  # whole number, 1 to 28
    PERCENT = "percent"  # whole number, 0 to 100
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Parameter:
    """One rule of the board: what it means and what holds until the board sets it."""

    name: str
    label: str
    default: Any
    source: str
    kind: Kind
    # It says what people's acts are worth: not for the secretary to set.
    judges: bool = False

    @property
    def keeper_says(self) -> str:
        """Who sets this rule, as a sentence for those who do not."""
        keepers = "koordinator" if self.judges else "koordinator atau sekretaris"
        return f"Aturan ini ditetapkan {keepers}. Mintalah kepadanya."


PARAMETERS = {
    parameter.name: parameter
    for parameter in (
        Parameter(
            "quorum_members",
            "Kuorum rapat anggota",
            {"numerator": 1, "denominator": 2, "more_than": True},
            "Anggapan: lebih dari separuh anggota, sampai AD/ART dicatat.",
            Kind.FRACTION,
            judges=True,
        ),
        Parameter(
            "quorum_residents",
            "Kuorum rembug warga",
            {"numerator": 1, "denominator": 2, "more_than": True},
            "Anggapan: lebih dari separuh undangan.",
            Kind.FRACTION,
            judges=True,
        ),
        Parameter(
            "review_days",
            "Batas pemeriksaan laporan (hari kerja)",
            5,
            "Anggapan sampai Dinas menetapkan.",
            Kind.WORKING_DAYS,
        ),
        Parameter(
            "report_due_day",
            "Batas laporan bulanan (tanggal bulan berikutnya)",
            5,
            "Anggapan sampai Dinas menetapkan.",
            Kind.MONTH_DAY,
        ),
        Parameter(
            "minimum_wage_share",
            "Bagian upah paling sedikit (persen)",
            65,
            "Padat karya Yogyakarta 2021: 65 persen; Karanganyar 70 persen.",
            Kind.PERCENT,
        ),
        Parameter(
            "one_person_office",
            "Pembuat boleh mengesahkan karena pengurus kurang",
            False,
            "Anggapan: tidak. Bila ya, kejadiannya tercatat dan tampil bagi Pengawas.",
            Kind.YES_NO,
            judges=True,
        ),
    )
}


@dataclass(frozen=True)
class Value:
    """A parameter as it holds on a day, and the article behind it."""

    value: Any
    article: str
    is_default: bool


def setting_of(board: Board, name: str, *, on: datetime.date) -> Value:
    """The value of a rule of `board` on a day. Raises KeyError for an unknown name."""
    row = own_settings(board, name, on=on).first()
    return held_value(name, row.value, row.article) if row else held_value(name)


def own_settings(
    board: Board | Combinable, name: str | Combinable, *, on: datetime.date | Combinable
) -> QuerySet[BoardSetting]:
    """What a board itself has set for a rule up to a day; the first row holds.

    Takes `OuterRef`s too: a page of one row reads the rule in the query of the row.
    """
    rows = BoardSetting.objects.filter(board=board, name=name, starts_on__lte=on)
    return rows.order_by("-starts_on")


def held_value(name: str, value: Any = None, article: str | None = None) -> Value:
    """A rule as its row says it; without a row (no article) what holds for all.

    Raises KeyError for an unknown name.
    """
    if article is None:
        return Value(PARAMETERS[name].default, "", is_default=True)
    return Value(value, article, is_default=False)


@dataclass(frozen=True)
class Line:
    """One parameter as the settings page shows it."""

    parameter: Parameter
    text: str
    source: str
    starts_on: datetime.date | None
    is_default: bool
    coming: str


RANGES = {Kind.WORKING_DAYS: (1, 60), Kind.MONTH_DAY: (1, 28), Kind.PERCENT: (0, 100)}


def in_words(kind: Kind, value: Any) -> str:
    """A value as a sentence would say it: "lebih dari 1/2", "5 hari kerja"."""
    if kind == Kind.FRACTION:
        least = "lebih dari" if value["more_than"] else "paling sedikit"
        return f"{least} {value['numerator']}/{value['denominator']}"
    if kind == Kind.YES_NO:
        return "ya" if value else "tidak"
    if kind == Kind.WORKING_DAYS:
        return join_unit(value, "hari kerja")
    if kind == Kind.MONTH_DAY:
        return f"tanggal {value}"
    return join_unit(value, "%")


def check_value(kind: Kind, value: Any) -> None:
    """Refuse a value of another shape. Raises RuleViolation `boards.bad_value`."""
    if kind == Kind.FRACTION:
        problem = _fraction_problem(value)
    elif kind == Kind.YES_NO:
        problem = "" if isinstance(value, bool) else "Pilih ya atau tidak."
    else:
        low, high = RANGES[kind]
        whole = isinstance(value, int) and not isinstance(value, bool)
        fits = whole and low <= value <= high
        problem = "" if fits else f"Isi angka bulat {low} sampai {high}."
    if problem:
        raise RuleViolation(problem, code="boards.bad_value")


def _fraction_problem(value: Any) -> str:
    """Why this is no share of members: it must lie above 0 and reach at most 1."""
    shape = {"numerator": int, "denominator": int, "more_than": bool}
    if not isinstance(value, dict) or value.keys() != shape.keys():
        return "Isi pembilang dan penyebut."
    if any(type(value[name]) is not kind for name, kind in shape.items()):
        return "Isi pembilang dan penyebut dengan angka bulat."
    top, bottom = value["numerator"], value["denominator"]
    if not 1 <= top <= bottom <= 100:
        return "Pembilang paling sedikit 1 dan tidak melebihi penyebut."
    if top == bottom and value["more_than"]:
        return "Lebih dari seluruh anggota tidak mungkin. Pilih paling sedikit."
    return ""


@transaction.atomic
def set_parameter(
    board: Board,
    name: str,
    *,
    value: Any,
    starts_on: datetime.date,
    article: str,
    on: datetime.date,
    by: User,
) -> BoardSetting:
    """Give a rule of the board a value that holds from a day on; `on` is today.

    Older values stay: figures of their days are still counted with them. Raises
    RuleViolation `boards.bad_value`, `boards.rule_keeper`, `boards.no_article`,
    `boards.setting_exists` or `boards.backdated`, and KeyError for an unknown name.
    """
    parameter = PARAMETERS[name]
    check_value(parameter.kind, value)
    _check_keeper(board, parameter, by)
    row = BoardSetting(
        board=board,
        name=name,
        value=value,
        starts_on=starts_on,
        article=article.strip(),
        created_by=by,
    )
    _check_new(row, on)
    row.save(force_insert=True)
    words = in_words(parameter.kind, value)
    record(
        "boards.parameter_set",
        row,
        by=by,
        says=f"menetapkan {inside_sentence(parameter.label)}: {words}, mulai"
        f" {format_date(starts_on)} ({row.article})",
    )
    return row


def _check_keeper(board: Board, parameter: Parameter, by: User) -> None:
    """Who writes does not set what the writing is judged by."""
    if not may_set_rule(by, board, judges=parameter.judges):
        raise RuleViolation(parameter.keeper_says, code="boards.rule_keeper")


def _check_new(row: BoardSetting, today: datetime.date) -> None:
    """Refuse a value without article, a second of one day, and one that looks back.

    The first value too: a rule judges what comes after somebody stood up for it.
    """
    if not row.article:
        raise RuleViolation(
            "Tulis dasarnya, misalnya ART pasal 14 ayat (2).", code="boards.no_article"
        )
    same = BoardSetting.objects.filter(board=row.board, name=row.name)
    if row.starts_on < today:
        raise RuleViolation(
            f"Aturan berlaku mulai hari ini ({format_date(today)}) atau sesudahnya."
            " Pilih tanggal lain.",
            code="boards.backdated",
        )
    if same.filter(starts_on=row.starts_on).exists():
        raise RuleViolation(
            f"Aturan ini sudah punya nilai mulai {format_date(row.starts_on)}."
            " Pilih tanggal lain.",
            code="boards.setting_exists",
        )


def settings_lines(board: Board, *, on: datetime.date) -> list[Line]:
    """Every rule with what holds on a day, where it is from, and what comes later."""
    rows = list(BoardSetting.objects.filter(board=board).order_by("-starts_on"))
    return [_line(parameter, rows, on) for parameter in PARAMETERS.values()]


def _line(parameter: Parameter, rows: list[BoardSetting], on: datetime.date) -> Line:
    own = [row for row in rows if row.name == parameter.name]
    held = next((row for row in own if row.starts_on <= on), None)
    later = [row for row in own if row.starts_on > on]
    coming = (
        f"{in_words(parameter.kind, later[-1].value)} mulai"
        f" {format_date(later[-1].starts_on)}"
        if later
        else ""
    )
    return Line(
        parameter=parameter,
        text=in_words(parameter.kind, held.value if held else parameter.default),
        source=held.article if held else parameter.source,
        starts_on=held.starts_on if held else None,
        is_default=held is None,
        coming=coming,
    )
