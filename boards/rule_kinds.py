"""What a rule of a board is made of: its shape, its words, its limits. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from common.money import format_rupiah
from common.shares import share_words
from common.words import join_unit


class Kind(StrEnum):
    """What a value is made of; the JSON in the row has this shape."""

    FRACTION = "fraction"  # {"numerator": 1, "denominator": 2, "more_than": true}
    COUNT = "count"  # whole number, `low` to `high`, counted in `unit`
    MONTH_DAY = "month_day"  # whole number, 1 to 28
    YES_NO = "yes_no"
    CHOICE = "choice"  # one of the names in `choices`
    SECOND_CALL = "second_call"  # false, true (whoever came), or a fraction
    RUPIAH = "rupiah"  # whole rupiah, `low` to `high`
    COUNTS = "counts"  # a whole number for each of `places`, each above the last
    ORDER = "order"  # some names of `choices`, each once, the first first
    LINES = "lines"  # a list of `low` to `high` texts of one line
    PERCENTS = "percents"  # decimal text for each of `places`; `total` when they sum


class TieRule(StrEnum):
    """How a board parts people with equal votes."""

    SECOND_BALLOT = "second_ballot"
    DRAW = "draw"
    WOMAN_FIRST = "woman_first"


# As the page of the rules, the election and its papers say it.
TIE_WORDS = {
    TieRule.SECOND_BALLOT: "Pemungutan suara kedua, lalu undian",
    TieRule.DRAW: "Undian",
    TieRule.WOMAN_FIRST: "Perempuan didahulukan, lalu undian",
}


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
    # Limits and unit of a number, and the names and words of a choice.
    low: int = 0
    high: int = 100
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    # What each value of a list stands for, and what percents sum to (0: nothing).
    places: tuple[str, ...] = ()
    total: int = 0

    @property
    def keeper_says(self) -> str:
        """Who sets this rule, as a sentence for those who do not."""
        keepers = "koordinator" if self.judges else "koordinator atau sekretaris"
        return f"Aturan ini ditetapkan {keepers}. Mintalah kepadanya."

    def in_words(self, value: Any) -> str:
        """A value as a sentence would say it: "lebih dari 1/2", "5 hari kerja"."""
        words = _WORDS.get(self.kind)
        return words(self, value) if words else str(value)

    def problem_of(self, value: Any) -> str:
        """Why a value has not the shape of this rule, as a sentence; "" when it has."""
        return _PROBLEMS.get(self.kind, _count_problem)(self, value)


def _count_words(parameter: Parameter, value: Any) -> str:
    return join_unit(value, parameter.unit) if parameter.unit else str(value)


def _list_words(parameter: Parameter, value: Any) -> str:
    """ "Kol 1: 1 %, Kol 2: 5 %"; a comma for the decimals."""
    unit = " %" if parameter.kind == Kind.PERCENTS else ""
    return ", ".join(
        f"{place}: {str(one).replace('.', ',')}{unit}"
        for place, one in zip(parameter.places, value, strict=True)
    )


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _count_problem(parameter: Parameter, value: Any) -> str:
    fits = _whole(value) and parameter.low <= value <= parameter.high
    return "" if fits else f"Isi angka bulat {parameter.low} sampai {parameter.high}."


def _rupiah_problem(parameter: Parameter, value: Any) -> str:
    if _whole(value) and parameter.low <= value <= parameter.high:
        return ""
    low, high = format_rupiah(parameter.low), format_rupiah(parameter.high)
    return f"Isi {low} sampai {high}."


def _counts_problem(parameter: Parameter, value: Any) -> str:
    """Whole numbers, as many as places, each above the one before."""
    if not isinstance(value, list) or len(value) != len(parameter.places):
        return "Isi semua angka."
    if any(_count_problem(parameter, one) for one in value):
        return f"Isi angka bulat {parameter.low} sampai {parameter.high}."
    rising = all(below < above for below, above in pairwise(value))
    return "" if rising else "Tiap angka harus lebih besar dari yang sebelumnya."


def _percents_problem(parameter: Parameter, value: Any) -> str:
    """Decimal text from 0 to `high` with at most two decimals, as many as places."""
    wanted = f"Isi persen 0 sampai {parameter.high}, paling banyak dua angka desimal."
    if not isinstance(value, list) or len(value) != len(parameter.places):
        return "Isi semua persen."
    if any(not isinstance(one, str) or not _PERCENT.fullmatch(one) for one in value):
        return wanted
    found = [Decimal(one) for one in value]
    if max(found) > parameter.high:
        return wanted
    if parameter.total and sum(found) != parameter.total:
        given = str(sum(found)).replace(".", ",")
        return f"Jumlahnya harus {parameter.total} %, sekarang {given} %."
    return ""


def _order_problem(parameter: Parameter, value: Any) -> str:
    """Names of the choices, at least one, none twice."""
    if not isinstance(value, list) or not value:
        return "Pilih paling sedikit satu."
    if any(one not in dict(parameter.choices) for one in value):
        return "Pilih salah satu di setiap langkah."
    return "" if len(set(value)) == len(value) else "Tiap langkah dipilih satu kali."


def _order_words(parameter: Parameter, value: Any) -> str:
    words = dict(parameter.choices)
    return ", ".join(words.get(one, str(one)) for one in value)


def _lines_problem(parameter: Parameter, value: Any) -> str:
    """From `low` to `high` texts of one line, each short enough for its paper."""
    if not isinstance(value, list) or not all(_is_line(one) for one in value):
        return f"Tiap baris paling banyak {LONGEST_LINE} huruf."
    if parameter.low <= len(value) <= parameter.high:
        return ""
    if parameter.low == parameter.high:
        return f"Isi {parameter.low} baris."
    return f"Isi {parameter.low} sampai {parameter.high} baris."


def _is_line(value: Any) -> bool:
    if not isinstance(value, str) or not value or value != value.strip():
        return False
    return len(value) <= LONGEST_LINE and len(value.splitlines()) == 1


LONGEST_LINE = 400
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


def _yes_no_problem(_parameter: Parameter, value: Any) -> str:
    return "" if isinstance(value, bool) else "Pilih ya atau tidak."


def _choice_problem(parameter: Parameter, value: Any) -> str:
    return "" if value in dict(parameter.choices) else "Pilih salah satu."


def _fraction_words(value: dict[str, Any]) -> str:
    if value["numerator"] == value["denominator"]:
        return "semua"
    return share_words(**value, spelled=False)


def _second_call_words(value: bool | dict[str, Any]) -> str:
    if isinstance(value, bool):
        return "sah, berapa pun yang hadir" if value else "tidak sah"
    return f"sah bila hadir {_fraction_words(value)}"


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


_WORDS: dict[Kind, Callable[[Parameter, Any], str]] = {
    Kind.FRACTION: lambda _parameter, value: _fraction_words(value),
    Kind.SECOND_CALL: lambda _parameter, value: _second_call_words(value),
    Kind.YES_NO: lambda _parameter, value: "ya" if value else "tidak",
    Kind.CHOICE: lambda parameter, value: dict(parameter.choices).get(
        value, str(value)
    ),
    Kind.MONTH_DAY: lambda _parameter, value: f"tanggal {value}",
    Kind.COUNT: _count_words,
    Kind.RUPIAH: lambda _parameter, value: format_rupiah(value),
    Kind.COUNTS: _list_words,
    Kind.PERCENTS: _list_words,
    Kind.ORDER: _order_words,
    Kind.LINES: lambda _parameter, value: " / ".join(value),
}
_PROBLEMS: dict[Kind, Callable[[Parameter, Any], str]] = {
    Kind.FRACTION: lambda _parameter, value: _fraction_problem(value),
    Kind.SECOND_CALL: lambda _parameter, value: (
        "" if isinstance(value, bool) else _fraction_problem(value)
    ),
    Kind.YES_NO: _yes_no_problem,
    Kind.CHOICE: _choice_problem,
    Kind.RUPIAH: _rupiah_problem,
    Kind.COUNTS: _counts_problem,
    Kind.PERCENTS: _percents_problem,
    Kind.ORDER: _order_problem,
    Kind.LINES: _lines_problem,
}
