"""The five indicators as a printed table: what was divided, and the board's limits.

Source: revolving-loans sheet, sections 5.1 and 5.2.
"""

import datetime
from collections.abc import Mapping

from boards.parameters import Rules
from common.money import format_rupiah
from common.words import NO_BREAK_SPACE, format_date, format_decimal
from loans.performance import LIMIT_NAMES, SHORT, Figure, Indicator
from reports.builders.register import Column
from reports.builders.sheets import NONE, Grid, Row


def performance_grid(
    figures: Mapping[Indicator, Figure], rules: Rules, on: datetime.date
) -> Grid:
    """A row an indicator, judged by the rules that hold on the day."""
    columns = (
        Column("Ukuran", "w18"),
        Column("Cara hitung"),
        Column("Persen", "w18", "n"),
        Column("Batas", "w30"),
        Column("Keadaan", "w24"),
    )
    rows = tuple(_figure(figure, rules, on) for figure in figures.values())
    day = format_date(on, unbroken=True)
    return Grid(columns, rows, caption=f"Kinerja pinjaman bergulir per {day}")


def _figure(figure: Figure, rules: Rules, on: datetime.date) -> Row:
    value = NONE if figure.value is None else format_decimal(figure.value, 2)
    words = {
        Indicator.LAR: f"{figure.part} KSM berisiko dari {figure.whole} KSM bersaldo",
        Indicator.PAR: f"Saldo berisiko {format_rupiah(figure.part)} dari"
        f" {format_rupiah(figure.whole)}",
        Indicator.RR: f"Saldo tanpa tunggakan berisiko {format_rupiah(figure.part)}"
        f" dari {format_rupiah(figure.whole)}",
        Indicator.CCR: f"Pendapatan {format_rupiah(figure.part)}, biaya"
        f" {format_rupiah(figure.whole)}",
        Indicator.ROI: "Laba sejak Januari disetahunkan, dibanding modal",
    }[figure.indicator]
    word = figure.word[:1].upper() + figure.word[1:]
    held = rules.on(LIMIT_NAMES[figure.indicator], on).value
    good, poor = (f"{share.replace('.', ',')}{NO_BREAK_SPACE}%" for share in held)
    edges = f"Memuaskan {good}\nPenundaan {poor}"
    return Row((SHORT[figure.indicator], words, value, edges, word))
