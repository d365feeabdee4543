"""What a board has set for its rules, from which day, and by which article."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils.module_loading import import_string

from boards.access import may_set_rule
from boards.audit import record
from boards.models import Board, BoardSetting, User
from boards.rule_kinds import Parameter
from boards.rulebook import PARAMETERS, TOPICS
from common.errors import RuleViolation
from common.words import format_date, inside_sentence


@dataclass(frozen=True)
class Value:
    """A parameter as it holds on a day, and the article behind it.

    `source` says where it stands: the article, or why it is assumed.
    """

    value: Any
    article: str
    is_default: bool
    source: str


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
        assumed = PARAMETERS[name]
        return Value(assumed.default, "", is_default=True, source=assumed.source)
    return Value(value, article, is_default=False, source=article)


class Rules:
    """Some rules of one board, read once, asked for any day.

    `rows` are its own settings of these `names`, the latest first.
    """

    def __init__(self, names: Collection[str], rows: Iterable[BoardSetting]) -> None:
        self._rows: dict[str, list[BoardSetting]] = {name: [] for name in names}
        for row in rows:
            self._rows[row.name].append(row)

    def on(self, name: str, day: datetime.date) -> Value:
        """The value that holds on a day. Raises KeyError for a name not read."""
        for row in self._rows[name]:
            if row.starts_on <= day:
                return held_value(name, row.value, row.article)
        return held_value(name)


def rules_of(board_ids: Collection[int], names: Collection[str]) -> dict[int, Rules]:
    """Board id to these rules of it; one query for all boards and names."""
    rows = BoardSetting.objects.filter(board__in=board_ids, name__in=names)
    own = defaultdict(list)
    for row in rows.order_by("-starts_on"):
        own[row.board_id].append(row)
    return {pk: Rules(names, own[pk]) for pk in board_ids}


@dataclass(frozen=True)
class Line:
    """One parameter as the settings page shows it."""

    parameter: Parameter
    text: str
    source: str
    starts_on: datetime.date | None
    is_default: bool
    coming: str


def check_value(parameter: Parameter, value: Any) -> None:
    """Refuse a value of another shape. Raises RuleViolation `boards.bad_value`."""
    if problem := parameter.problem_of(value):
        raise RuleViolation(problem, code="boards.bad_value")


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
    `boards.setting_exists` or `boards.backdated`, `rules.…` when the article cited does
    not hold on that day, and KeyError for an unknown name.
    """
    parameter = PARAMETERS[name]
    check_value(parameter, value)
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
    _save_cited(row, by)
    words = parameter.in_words(value)
    record(
        "boards.parameter_set",
        row,
        by=by,
        says=f"menetapkan {inside_sentence(parameter.label)}: {words}, mulai"
        f" {format_date(starts_on)} ({row.article})",
    )
    return row


def _save_cited(row: BoardSetting, by: User) -> None:
    """Save a value, and let the floor of the articles tie it to the one it cites."""
    row.save(force_insert=True)
    for path in settings.SETTING_CITERS:
        import_string(path)(row, by=by)


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


def settings_lines(board: Board, *, on: datetime.date) -> list[tuple[str, list[Line]]]:
    """By topic, every rule with what holds on a day, where from, and what comes."""
    rows = list(BoardSetting.objects.filter(board=board).order_by("-starts_on"))
    return [
        (topic, [_line(parameter, rows, on) for parameter in parameters])
        for topic, parameters in TOPICS
    ]


def _line(parameter: Parameter, rows: list[BoardSetting], on: datetime.date) -> Line:
    own = [row for row in rows if row.name == parameter.name]
    held = next((row for row in own if row.starts_on <= on), None)
    later = [row for row in own if row.starts_on > on]
    coming = (
        f"{parameter.in_words(later[-1].value)} mulai"
        f" {format_date(later[-1].starts_on)}"
        if later
        else ""
    )
    return Line(
        parameter=parameter,
        text=parameter.in_words(held.value if held else parameter.default),
        source=held.article if held else parameter.source,
        starts_on=held.starts_on if held else None,
        is_default=held is None,
        coming=coming,
    )
