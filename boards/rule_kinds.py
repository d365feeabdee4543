"""What a rule of a board is made of: its shape, its words, its limits. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

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

    @property
    def keeper_says(self) -> str:
        """Who sets this rule, as a sentence for those who do not."""
        keepers = "koordinator" if self.judges else "koordinator atau sekretaris"
        return f"Aturan ini ditetapkan {keepers}. Mintalah kepadanya."

    def in_words(self, value: Any) -> str:
        """A value as a sentence would say it: "lebih dari 1/2", "5 hari kerja"."""
        if self.kind == Kind.FRACTION:
            return _fraction_words(value)
        if self.kind == Kind.SECOND_CALL:
            return _second_call_words(value)
        if self.kind == Kind.YES_NO:
            return "ya" if value else "tidak"
        if self.kind == Kind.CHOICE:
            return dict(self.choices).get(value, str(value))
        if self.kind == Kind.MONTH_DAY:
            return f"tanggal {value}"
        return join_unit(value, self.unit) if self.unit else str(value)

    def problem_of(self, value: Any) -> str:
        """Why a value has not the shape of this rule, as a sentence; "" when it has."""
        if self.kind == Kind.FRACTION:
            return _fraction_problem(value)
        if self.kind == Kind.SECOND_CALL:
            return "" if isinstance(value, bool) else _fraction_problem(value)
        if self.kind == Kind.YES_NO:
            return "" if isinstance(value, bool) else "Pilih ya atau tidak."
        if self.kind == Kind.CHOICE:
            return "" if value in dict(self.choices) else "Pilih salah satu."
        whole = isinstance(value, int) and not isinstance(value, bool)
        fits = whole and self.low <= value <= self.high
        return "" if fits else f"Isi angka bulat {self.low} sampai {self.high}."


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
