"""The register of works: its filters, read from the address."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from activities.models import Activity
from boards.models import Board

_YEARS = 6


@dataclass(frozen=True)
class Chip:
    """One filter in force, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Filters:
    """What the address asks for; words that mean nothing are left out."""

    year: int | None = None
    kind: str = ""
    state: str = ""
    rt: str = ""
    decision: int | None = None
    not_aligned: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        """Filters of an address."""
        year, decision = query.get("tahun", ""), query.get("keputusan", "")
        kind, state = query.get("jenis", ""), query.get("keadaan", "")
        return cls(
            year=int(year) if _is_number(year, 4) else None,
            kind=kind if kind in Activity.Kind.values else "",
            state=state if state in Activity.State.values else "",
            rt="".join(c for c in query.get("rt", "")[:3] if c in "0123456789"),
            decision=int(decision) if _is_number(decision, 9) else None,
            not_aligned=query.get("selaras") == "belum",
        )

    def apply(self, board: Board) -> QuerySet[Activity]:
        """The board's works that pass."""
        rows = Activity.objects.filter(board=board)
        if self.year:
            first = datetime.date(self.year, 1, 1)
            rows = rows.filter(
                starts_on__range=(first, first.replace(month=12, day=31))
            )
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.state:
            rows = rows.filter(state=self.state)
        if self.rt:
            rows = rows.filter(locations__rt=self.rt.zfill(3)).distinct()
        if self.decision:
            rows = rows.filter(decision=self.decision)
        return rows.not_aligned() if self.not_aligned else rows

    def chips(self) -> list[Chip]:
        """The filters in force in words, each with the address without it."""
        words = {
            "tahun": str(self.year or ""),
            "jenis": dict(Activity.Kind.choices).get(self.kind, ""),
            "keadaan": dict(Activity.State.choices).get(self.state, ""),
            "rt": f"RT {self.rt.zfill(3)}" if self.rt else "",
            "keputusan": "Satu keputusan" if self.decision else "",
            "selaras": "Belum selaras" if self.not_aligned else "",
        }
        values = self.as_query()
        return [
            Chip(label, f"?{urlencode({k: v for k, v in values.items() if k != name})}")
            for name, label in words.items()
            if label
        ]

    def as_query(self) -> dict[str, str]:
        """The filters in force as an address carries them."""
        query = {
            "tahun": self.year,
            "jenis": self.kind,
            "keadaan": self.state,
            "rt": self.rt,
            "keputusan": self.decision,
            "selaras": "belum" if self.not_aligned else "",
        }
        return {name: str(value) for name, value in query.items() if value}


def year_choices(today: datetime.date) -> list[int]:
    """Years that the filter offers: next year and the five before it."""
    return list(range(today.year + 1, today.year + 1 - _YEARS, -1))


def _is_number(text: str, digits: int) -> bool:
    fits = 0 < len(text) <= digits and text.isascii() and text.isdecimal()
    return fits and (digits != 4 or 1900 < int(text) < 2200)
