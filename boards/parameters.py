"""The rules a board may set for itself, with their fall-back and where it is from.

Values marked "assumed" or "practice" in the domain sheet live here as defaults only:
a board's own value (with its article and start date) always wins.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from boards.models import Board, BoardSetting


@dataclass(frozen=True)
class Parameter:
    """One rule of the board: what it means and what holds until the board sets it."""

    name: str
    label: str
    default: Any
    source: str


PARAMETERS = {
    parameter.name: parameter
    for parameter in (
        Parameter(
            "quorum_members",
            "Kuorum rapat anggota",
            {"numerator": 1, "denominator": 2, "more_than": True},
            "Anggapan: lebih dari separuh anggota, sampai AD/ART dicatat.",
        ),
        Parameter(
            "quorum_rule_change",
            "Kuorum perubahan AD dan pemberhentian",
            {"numerator": 2, "denominator": 3, "more_than": False},
            "Anggapan: paling sedikit dua pertiga anggota.",
        ),
        Parameter(
            "quorum_residents",
            "Kuorum rembug warga",
            {"numerator": 1, "denominator": 2, "more_than": True},
            "Anggapan: lebih dari separuh undangan.",
        ),
        Parameter(
            "review_days",
            "Batas pemeriksaan laporan (hari kerja)",
            5,
            "Anggapan sampai Dinas menetapkan.",
        ),
        Parameter(
            "report_due_day",
            "Batas laporan bulanan (tanggal bulan berikutnya)",
            5,
            "Anggapan sampai Dinas menetapkan.",
        ),
        Parameter(
            "minimum_wage_share",
            "Bagian upah paling sedikit (persen)",
            65,
            "Padat karya Yogyakarta 2021: 65 persen; Karanganyar 70 persen.",
        ),
        Parameter(
            "one_person_office",
            "Pembuat boleh mengesahkan karena pengurus kurang",
            False,
            "Product: allowed, logged and shown to the Pengawas.",
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
    """The value of parameter `name` for `board` on a day. Raises KeyError if unknown."""
    parameter = PARAMETERS[name]
    row = (
        BoardSetting.objects.filter(board=board, name=name, starts_on__lte=on)
        .order_by("-starts_on")
        .first()
    )
    if row is None:
        return Value(parameter.default, "", is_default=True)
    return Value(row.value, row.article, is_default=False)
