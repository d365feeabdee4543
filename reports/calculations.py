"""The calculators an auditor can ask: a JSON document in, one out. Pure.

They use the modules that the pages and papers use, so any figure can be reckoned again
without a row of the database.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from common.figures import BadFigure, Fields, read_document
from common.money import LARGEST_RUPIAH, format_rupiah
from common.words import terbilang
from loans.arrears import arrears_of, collectibility
from loans.payments import Order, Payment, check_payment, settle
from loans.performance import LoanState, Portfolio, Result, figures, portfolio_of
from loans.schedule import (
    Component,
    Frequency,
    Line,
    LoanTerms,
    Method,
    Mode,
    RateBasis,
    Rounding,
    loan_schedule,
    totals,
)

MOST_PAYMENTS, MOST_LOANS = 2_000, 20_000

_PLAN = (
    *("principal", "instalments", "frequency", "every", "rate", "rate_basis"),
    *("method", "rounding", "grace_principal", "grace_charge", "disbursed_on"),
)


def answer(name: str, text: str) -> tuple[dict[str, Any], bool]:
    """What a calculation says to a document, and whether it could be reckoned.

    Otherwise it is `{"error": {"field": …, "message": …}}`; a field of None means the
    document as a whole.
    """
    try:
        if name not in CALCULATIONS:
            known = ", ".join(CALCULATIONS)
            raise BadFigure("calculation", f"Pilih salah satu hitungan: {known}.")
        return CALCULATIONS[name](read_document(text)), True
    except BadFigure as bad:
        return {"error": {"field": bad.field or None, "message": str(bad)}}, False


def _plan(fields: Fields) -> tuple[list[Line], date]:
    """The plan that a document describes, and the day of disbursement.

    What changes the figures must be said; only what stands at nothing may be left out:
    every 1, no grace, rounding to Rp1.
    """
    rounding = fields.part("rounding", ("component", "step", "mode"))
    terms = LoanTerms(
        instalments=fields.whole("instalments"),
        rate=fields.number("rate"),
        rate_basis=fields.choice("rate_basis", RateBasis),
        method=fields.choice("method", Method),
        frequency=fields.choice("frequency", Frequency),
        every=fields.whole("every", default=1),
        rounding=Rounding(
            rounding.choice("component", Component, default=Component.PRINCIPAL),
            rounding.whole("step", default=1),
            rounding.choice("mode", Mode, default=Mode.NEAREST),
        ),
        grace_principal=fields.whole("grace_principal", default=0),
        grace_charge=fields.whole("grace_charge", default=0),
    )
    on = fields.day("disbursed_on")
    return loan_schedule(fields.whole("principal"), terms, anchor_on=on), on


def _schedule(document: Any) -> dict[str, Any]:
    lines, _ = _plan(Fields.of(document, _PLAN))
    sums = totals(lines)
    return {
        "lines": [
            {
                "no": line.no,
                "due_on": line.due_on.isoformat(),
                "principal": line.principal,
                "service_charge": line.service_charge,
                "total": line.total,
                "balance": line.balance,
            }
            for line in lines
        ],
        "totals": {
            "principal": sums.principal,
            "service_charge": sums.service_charge,
            "total": sums.total,
        },
    }


def _payments_in(fields: Fields, disbursed_on: date) -> list[Payment]:
    found = []
    for row in fields.rows("payments", ("on", "amount"), most=MOST_PAYMENTS):
        payment = Payment(row.day("on"), row.whole("amount"))
        try:
            check_payment(payment, disbursed_on=disbursed_on)
        except BadFigure as bad:
            raise bad.below(row.path) from bad
        found.append(payment)
    return found


def _payments(document: Any) -> dict[str, Any]:
    fields = Fields.of(document, (*_PLAN, "payments", "order", "as_of"))
    plan, disbursed_on = _plan(fields)
    payments = _payments_in(fields, disbursed_on)
    order, as_of = fields.choice("order", Order), fields.day("as_of")
    if as_of < disbursed_on:
        raise BadFigure("as_of", "Tanggal hitung lebih dulu dari tanggal pencairan.")
    position = settle(plan, payments, order=order, as_of=as_of)
    behind = arrears_of(position.lines, as_of=as_of)
    return {
        "lines": [
            {
                "no": line.no,
                "principal_paid": line.principal_paid,
                "service_charge_paid": line.service_charge_paid,
                "principal_open": line.principal_open,
                "service_charge_open": line.service_charge_open,
            }
            for line in position.lines
        ],
        "arrears": {
            "principal": behind.principal,
            "service_charge": behind.service_charge,
        },
        "balance": position.balance,
        "k": behind.k,
        "class": collectibility(behind),
        "refund": position.refund,
    }


def _amount(fields: Fields, name: str, *, least: int = 0) -> int:
    """Whole rupiah within what the books can hold."""
    amount = fields.whole(name)
    if not least <= amount <= LARGEST_RUPIAH:
        low = format_rupiah(least)
        sentence = f"Jumlahnya {low} sampai {format_rupiah(LARGEST_RUPIAH)}."
        raise BadFigure(fields.at(name), sentence)
    return amount


def _count(fields: Fields, name: str) -> int:
    """A whole number of things, none or more."""
    number = fields.whole(name)
    if number < 0:
        raise BadFigure(fields.at(name), "Tulis nol atau lebih.")
    return number


def _portfolio(fields: Fields) -> Portfolio:
    names = ("balance", "arrears_principal", "instalments_in_arrears")
    states = []
    for row in fields.rows("loans", names, most=MOST_LOANS):
        state = LoanState(
            _amount(row, "balance"),
            _amount(row, "arrears_principal"),
            _count(row, "instalments_in_arrears"),
        )
        if state.arrears_principal > state.balance:
            sentence = "Tunggakan pokok melebihi saldo pinjaman."
            raise BadFigure(row.at("arrears_principal"), sentence)
        states.append(state)
    return portfolio_of(states)


def _indicators(document: Any) -> dict[str, Any]:
    fields = Fields.of(document, ("loans", "income", "cost", "capital", "months"))
    result = Result(
        _amount(fields, "income"),
        _amount(fields, "cost"),
        _amount(fields, "capital"),
        fields.whole("months"),
    )
    if not 1 <= result.months <= 12:
        raise BadFigure("months", "Banyaknya bulan 1 sampai 12.")
    found = figures(_portfolio(fields), result).items()
    return {
        **{name.value: None if f.value is None else str(f.value) for name, f in found},
        "bands": {name.value: f.band.value if f.band else None for name, f in found},
    }


def _words(document: Any) -> dict[str, Any]:
    fields = Fields.of(document, ("amount",))
    return {"words": terbilang(_amount(fields, "amount", least=-LARGEST_RUPIAH))}


CALCULATIONS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "schedule": _schedule,
    "payments": _payments,
    "indicators": _indicators,
    "words": _words,
}
