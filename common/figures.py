"""Figures that somebody hands in as one JSON document, read strictly. Pure.

Every refusal names the field, so that who sent the document finds the place.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

LARGEST_DOCUMENT = 2_000_000  # characters; 20,000 loans fit

# Forty decimals hold every float that another program prints.
_DECIMAL = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,40})?")
_NUMBER = re.compile(rf"{_DECIMAL.pattern}(?:[eE][+-]?[0-9]{{1,2}})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999

Choice = TypeVar("Choice", bound=StrEnum)


class BadFigure(ValueError):
    """Figures that nothing can be reckoned from: which field, and a sentence why.

    `field` is written as in the document: "rounding.step", "payments.0.amount"; it is
    "" when it is the document itself.
    """

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field

    def below(self, place: str) -> "BadFigure":
        """The same, told from one level higher: "amount" below "payments.0"."""
        inside = f"{place}.{self.field}" if self.field else place
        return BadFigure(inside, str(self))


class _Written(str):
    """A number with a point or an exponent, kept as it was written: no float."""

    __slots__ = ()


def read_document(text: str) -> Any:
    """The JSON document of a text. Raises BadFigure."""
    if len(text) > LARGEST_DOCUMENT:
        raise BadFigure("", "Dokumen terlalu besar. Bagi menjadi beberapa hitungan.")
    try:
        return json.loads(
            text,
            parse_float=_Written,
            parse_constant=_refuse_constant,
            object_pairs_hook=_pairs,
        )
    except BadFigure:
        raise
    except (ValueError, RecursionError) as broken:
        raise BadFigure("", "Isinya bukan satu dokumen JSON yang utuh.") from broken


def _refuse_constant(name: str) -> Any:
    raise BadFigure("", f"{name} bukan angka.")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a name that stands there twice would hide a figure."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadFigure(name, f"“{name[:40]}” ditulis dua kali.")
        found[name] = value
    return found


@dataclass(frozen=True)
class Fields:
    """One object of the document, of which only known names are taken."""

    given: dict[str, Any]
    path: str = ""

    @classmethod
    def of(cls, value: Any, names: Collection[str], path: str = "") -> "Fields":
        """The object, when it is one and has no other names. Raises BadFigure."""
        if not isinstance(value, dict):
            raise BadFigure(path, "Di sini harus ada objek JSON: {…}.")
        fields = cls(value, path)
        for name in value:
            if name not in names:
                raise BadFigure(fields.at(name), f"“{name[:40]}” tidak dikenal.")
        return fields

    def at(self, name: str) -> str:
        """Where a field stands in the document."""
        return f"{self.path}.{name}" if self.path else name

    def number(self, name: str, default: int | None = None) -> Decimal:
        """A JSON number or a decimal string; never through a float.

        An exponent belongs to JSON numbers only: nobody writes money as "1e6".
        """
        value = self._value(name, default)
        written = str(value) if isinstance(value, int | str) else ""
        pattern = _NUMBER if isinstance(value, _Written) else _DECIMAL
        if not pattern.fullmatch(written):
            raise BadFigure(self.at(name), "Tulis angka, dengan titik untuk desimal.")
        return Decimal(written)

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number; 12.0 is one."""
        number = self.number(name, default)
        if number != number.to_integral_value():
            raise BadFigure(self.at(name), "Tulis bilangan bulat.")
        return int(number)

    def choice(self, name: str, kind: type[Choice], default: str = "") -> Choice:
        """One of the words of `kind`."""
        value = self._value(name, default or None)
        if value not in list(kind):
            words = ", ".join(kind)
            raise BadFigure(self.at(name), f"Pilih salah satu: {words}.")
        return kind(value)

    def day(self, name: str) -> date:
        """A day as 2026-01-31, of the years that the portal knows."""
        value = self._value(name)
        try:
            if not isinstance(value, str) or not _DAY.fullmatch(value):
                raise ValueError(name)
            on = date.fromisoformat(value)
        except ValueError as broken:
            sentence = "Tulis tanggal yang ada, seperti 2026-01-31."
            raise BadFigure(self.at(name), sentence) from broken
        if not _FIRST_YEAR <= on.year <= _LAST_YEAR:
            raise BadFigure(self.at(name), "Tahunnya di luar 1900 sampai 2999.")
        return on

    def part(self, name: str, names: Collection[str]) -> "Fields":
        """An object inside this one; one that is left out has nothing in it."""
        return Fields.of(self.given.get(name, {}), names, self.at(name))

    def rows(self, name: str, names: Collection[str], *, most: int) -> list["Fields"]:
        """A list of objects, at most so many."""
        value = self._value(name)
        if not isinstance(value, list):
            raise BadFigure(self.at(name), "Di sini harus ada daftar JSON: […].")
        if len(value) > most:
            raise BadFigure(self.at(name), f"Paling banyak {most} baris.")
        return [
            Fields.of(row, names, f"{self.at(name)}.{at}")
            for at, row in enumerate(value)
        ]

    def _value(self, name: str, default: Any = None) -> Any:
        value = self.given.get(name, default)
        if name not in self.given and default is None:
            raise BadFigure(self.at(name), "Isian ini wajib ada.")
        return value
