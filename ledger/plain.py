"""The forms by which people book: nobody needs to know debit and credit. Pure data.

Source: revolving-loans sheet §6.3 (journals). Taking instalments and paying loans out
are forms of the room `loans`.
"""

from dataclasses import dataclass
from enum import StrEnum

from ledger.chart import CHARTS, Group, Use


class Pick(StrEnum):
    """An account that the person picks on the form, and from which ones."""

    MONEY = "money"  # cash or the fund's bank account
    BANK = "bank"  # a bank account
    COST = "cost"
    INCOME = "income"  # other than from loans
    CAPITAL = "capital"
    FUND = "fund"  # a debt other than the groups' savings


@dataclass(frozen=True)
class PlainForm:
    """One form: what it is called, which voucher it makes, and its two accounts."""

    code: str
    label: str
    hint: str
    kind: str
    debit: Use | Pick
    credit: Use | Pick
    # Label of the party field; "" when there is none.
    party: str = ""
    # Somebody else lets it through before it counts.
    second: bool = False

    @property
    def picks(self) -> tuple[Pick, ...]:
        """What the person picks, money last."""
        found = [side for side in (self.debit, self.credit) if isinstance(side, Pick)]
        return tuple(sorted(found, key=lambda pick: pick == Pick.MONEY))


FORMS = (
    PlainForm(
        "bank_in",
        "Setor ke bank",
        "Uang kas dibawa ke bank.",
        "BKK",
        Pick.BANK,
        Use.CASH,
    ),
    PlainForm(
        "bank_out",
        "Ambil dari bank",
        "Uang bank diambil menjadi kas.",
        "BKM",
        Use.CASH,
        Pick.BANK,
    ),
    PlainForm(
        "cost",
        "Bayar biaya",
        "ATK, transport, insentif, rapat, administrasi bank.",
        "BKK",
        Pick.COST,
        Pick.MONEY,
        party="Dibayar kepada",
        second=True,
    ),
    PlainForm(
        "income",
        "Terima pendapatan lain",
        "Bunga bank dan pendapatan lain, bukan dari pinjaman.",
        "BKM",
        Pick.MONEY,
        Pick.INCOME,
        party="Diterima dari",
    ),
    PlainForm(
        "capital",
        "Terima modal atau hibah",
        "Dana program, hibah, atau modal lain.",
        "BKM",
        Pick.MONEY,
        Pick.CAPITAL,
        party="Diterima dari",
    ),
    PlainForm(
        "asset",
        "Beli inventaris",
        "Barang yang dipakai lebih dari setahun.",
        "BKK",
        Use.FIXED_ASSETS,
        Pick.MONEY,
        party="Dibeli dari",
        second=True,
    ),
    PlainForm(
        "depreciation",
        "Catat penyusutan",
        "Nilai inventaris yang berkurang; tidak ada uang keluar.",
        "BPB",
        Use.DEPRECIATION_COST,
        Use.DEPRECIATION,
        second=True,
    ),
    PlainForm(
        "fund_out",
        "Bayar dana atau hutang",
        "Dana sosial, dana lingkungan, BOP LKM, honor Pengawas, hutang.",
        "BKK",
        Pick.FUND,
        Pick.MONEY,
        party="Dibayar kepada",
        second=True,
    ),
)
BY_CODE = {form.code: form for form in FORMS}


def forms_for(kind: str) -> tuple[PlainForm, ...]:
    """The forms of a kind of book: those whose own accounts are in its chart."""
    uses = {line.use for line in CHARTS[kind]}
    return tuple(
        form
        for form in FORMS
        if all(
            side in uses for side in (form.debit, form.credit) if isinstance(side, Use)
        )
    )


# How each pick is answered: groups and uses of accounts, and uses left out.
PICKS: dict[Pick, tuple[frozenset[Group], frozenset[Use], frozenset[Use]]] = {
    Pick.MONEY: (frozenset(), frozenset({Use.CASH, Use.BANK}), frozenset()),
    Pick.BANK: (frozenset(), frozenset({Use.BANK, Use.SAVINGS_BANK}), frozenset()),
    Pick.COST: (
        frozenset({Group.COST}),
        frozenset(),
        frozenset({Use.RESERVE_COST, Use.DEPRECIATION_COST}),
    ),
    Pick.INCOME: (
        frozenset({Group.INCOME}),
        frozenset(),
        frozenset({Use.SERVICE_CHARGE, Use.PENALTY}),
    ),
    Pick.CAPITAL: (frozenset(), frozenset({Use.CAPITAL}), frozenset()),
    Pick.FUND: (frozenset({Group.LIABILITY}), frozenset(), frozenset({Use.SAVINGS})),
}
# What forms that are not in the list above are called on vouchers and in books.
OTHER_FORMS = {
    "opening": "Saldo awal",
    "manual": "Jurnal pembuku",
    "reversal": "Pembatalan",
    "year_close": "Tutup tahun",
    "year_carry": "Pindah hasil tahun lalu",
    # Written by the room `loans`.
    "disbursement": "Cairkan pinjaman",
    "instalment": "Terima angsuran",
    "savings_return": "Kembalikan tabungan",
    "reserve": "Cadangan risiko pinjaman",
    "write_off": "Hapus buku pinjaman",
    "recovery": "Terima tagihan hapus buku",
    "profit": "Bagi laba menurut RWT",
}
