"""What is left of the plan of an old loan, so that its arrears are those of the sheet.

Pure. Source: revolving-loans sheet §8.1 (29): old books know balance and arrears only.
"""

from collections.abc import Sequence
from datetime import date

from common.figures import BadFigure
from common.money import format_rupiah
from loans.schedule import Line

_NOT_DUE = "Belum ada angsuran jatuh tempo, jadi tunggakannya nol."


def remaining_plan(
    lines: Sequence[Line],
    *,
    balance: int,
    principal_arrears: int,
    charge_arrears: int,
    on: date,
) -> list[Line]:
    """The rows of a whole plan that are still owed on the opening day.

    The oldest rows count as paid first: arrears lie in the last rows that are due, the
    rest of the balance in the last rows to come. Charge in arrears beyond what those
    rows ask stands in the oldest of them. Rows keep their numbers and days; rows with
    nothing owed are left out. `balance` of a row is what is left after it.

    Raises BadFigure with the field `balance`, `principal_arrears` or `charge_arrears`.
    """
    due = [line for line in lines if line.due_on <= on]
    coming = [line for line in lines if line.due_on > on]
    _check(due, coming, balance, principal_arrears, charge_arrears)
    late = _filled([line.principal for line in due], principal_arrears)
    charges = _filled([line.service_charge for line in due], charge_arrears)
    ahead = _filled([line.principal for line in coming], balance - principal_arrears)
    rows = list(zip(due, late, charges, strict=True))
    rows += [
        (line, part, line.service_charge if part or not line.principal else 0)
        for line, part in zip(coming, ahead, strict=True)
    ]
    return _left(rows, balance)


def _check(
    due: Sequence[Line], coming: Sequence[Line], balance: int, late: int, charge: int
) -> None:
    if late > balance:
        raise BadFigure("principal_arrears", "Tunggakan pokok melebihi saldo pokok.")
    if not due and late:
        raise BadFigure("principal_arrears", _NOT_DUE)
    if not due and charge:
        raise BadFigure("charge_arrears", _NOT_DUE)
    most = sum(line.principal for line in due)
    if late > most:
        sentence = f"Yang sudah jatuh tempo baru {format_rupiah(most)}."
        raise BadFigure("principal_arrears", f"{sentence} Periksa tanggal dan jangka.")
    if not coming and balance != late:
        sentence = "Sudah lewat jatuh tempo: saldo sama dengan tunggakan pokok."
        raise BadFigure("balance", sentence)
    if balance - late > sum(line.principal for line in coming):
        sentence = "Saldo melebihi angsuran yang tersisa. Periksa tanggal dan jangka."
        raise BadFigure("balance", sentence)


def _filled(planned: Sequence[int], amount: int) -> list[int]:
    """`amount` in the last places first; what does not fit goes to the first used."""
    parts, left = [0] * len(planned), amount
    for at in range(len(planned) - 1, -1, -1):
        parts[at] = min(left, planned[at])
        left -= parts[at]
    if left:
        used = next((at for at, part in enumerate(parts) if part), len(parts) - 1)
        parts[used] += left
    return parts


def _left(rows: Sequence[tuple[Line, int, int]], balance: int) -> list[Line]:
    made, left = [], balance
    for line, principal, charge in rows:
        left -= principal
        if principal or charge:
            made.append(Line(line.no, line.due_on, principal, charge, left))
    return made
