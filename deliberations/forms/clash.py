"""Two texts of one item: what a colleague saved beside what was typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from deliberations.forms.sheet import ItemSheet
from deliberations.models import AgendaItem
from deliberations.services.minutes import ItemMinutes
from deliberations.statutes.comparing import Piece, compare_words


@dataclass(frozen=True)
class Clash:
    """One part of the item in both texts, word by word: added is the reader's own."""

    title: str
    pieces: tuple[Piece, ...]


def clashes(item: AgendaItem, sheet: ItemSheet) -> list[Clash]:
    """The parts that differ between the saved item and a valid sheet."""
    typed = sheet.minutes()
    parts = (
        ("Pembahasan", _saved_points(item), _points(typed)),
        ("Keputusan", _saved_decisions(item), _decisions(typed)),
        ("Tindak lanjut", _saved_promises(item), _promises(typed)),
    )
    return [
        Clash(title, tuple(compare_words(saved, own)))
        for title, saved, own in parts
        if saved != own
    ]


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{who}: {text}" if who else text for who, text in pairs)


def _saved_points(item: AgendaItem) -> str:
    return _lines((row.speaker, row.text) for row in item.points.all())


def _points(typed: ItemMinutes) -> str:
    return _lines((row.speaker, row.text) for row in typed.points)


def _saved_decisions(item: AgendaItem) -> str:
    rows = item.decisions.order_by("position")
    return _lines((row.title, row.text) for row in rows)


def _decisions(typed: ItemMinutes) -> str:
    return _lines((row.title, row.text) for row in typed.verdicts)


def _saved_promises(item: AgendaItem) -> str:
    rows = item.actions.filter(decision=None).order_by("position")
    return _lines((row.owner_name, row.text) for row in rows)


def _promises(typed: ItemMinutes) -> str:
    return _lines((row.owner_name, row.text) for row in typed.promises)
