"""The charts of accounts that come with the portal. Pure data.

Source: revolving-loans sheet §6.2, the chart of UPK-BKM Lestari, Kudu, Semarang (R7);
lines marked `assumed` complete it and are the sheet's own assumption. Signs of the
two contra accounts follow the same section.
"""

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """The five groups of accounts (sheet §6.1)."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    COST = "cost"


GROUP_LABELS = {
    Group.ASSET: "Kekayaan",
    Group.LIABILITY: "Hutang",
    Group.EQUITY: "Modal",
    Group.INCOME: "Pendapatan",
    Group.COST: "Biaya",
}
# Balances of these grow on the debit side; of the others on the credit side.
DEBIT_GROUPS = frozenset({Group.ASSET, Group.COST})


class Use(StrEnum):
    """What the portal itself books on an account; people may rename it freely."""

    NONE = ""
    CASH = "cash"
    BANK = "bank"
    SAVINGS_BANK = "savings_bank"
    LOANS = "loans"
    RESERVE = "reserve"
    FIXED_ASSETS = "fixed_assets"
    DEPRECIATION = "depreciation"
    SAVINGS = "savings"
    CAPITAL = "capital"
    PAST_PROFIT = "past_profit"
    CURRENT_PROFIT = "current_profit"
    SERVICE_CHARGE = "service_charge"
    PENALTY = "penalty"
    BANK_INTEREST = "bank_interest"
    RECOVERY = "recovery"
    RESERVE_COST = "reserve_cost"
    DEPRECIATION_COST = "depreciation_cost"
    BANK_COST = "bank_cost"


# Several accounts of one book may have these; of every other use there is one.
SHARED_USES = frozenset({Use.NONE, Use.CAPITAL})
# Accounts that are counted or compared with a statement when a month is closed.
MONEY_USES = frozenset({Use.CASH, Use.BANK, Use.SAVINGS_BANK})


@dataclass(frozen=True)
class ChartLine:
    """One account of a chart; `contra` counts against its group."""

    code: str
    name: str
    group: Group
    use: Use = Use.NONE
    contra: bool = False
    assumed: bool = False


# Capital of the fund by where it came from; statements upward keep the two apart.
P2KP_CAPITAL, PNPM_CAPITAL = "31010", "31020"
FUND_CHART = (
    ChartLine("11010", "Kas", Group.ASSET, Use.CASH),
    ChartLine("11021", "Bank UPK", Group.ASSET, Use.BANK),
    ChartLine("11022", "Bank TR", Group.ASSET, Use.SAVINGS_BANK),
    ChartLine("11030", "Pinjaman KSM", Group.ASSET, Use.LOANS),
    ChartLine(
        "12010", "Cadangan Risiko Pinjaman", Group.ASSET, Use.RESERVE, contra=True
    ),
    ChartLine("12020", "Inventaris dan Harta Tetap", Group.ASSET, Use.FIXED_ASSETS),
    ChartLine(
        "12021", "Akumulasi Penyusutan", Group.ASSET, Use.DEPRECIATION, contra=True
    ),
    ChartLine("21010", "Hutang", Group.LIABILITY),
    ChartLine("21020", "Tabungan KSM / Tanggung Renteng", Group.LIABILITY, Use.SAVINGS),
    ChartLine("21030", "Dana Sosial", Group.LIABILITY, assumed=True),
    ChartLine("21040", "Dana Lingkungan", Group.LIABILITY, assumed=True),
    ChartLine("21050", "BOP LKM", Group.LIABILITY, assumed=True),
    ChartLine("21060", "Honor Pengawas", Group.LIABILITY, assumed=True),
    ChartLine(P2KP_CAPITAL, "Modal Awal Dana Bergulir", Group.EQUITY, Use.CAPITAL),
    ChartLine(PNPM_CAPITAL, "Modal PNPM", Group.EQUITY, Use.CAPITAL),
    ChartLine("31030", "Modal Lain", Group.EQUITY, Use.CAPITAL, assumed=True),
    ChartLine(
        "31040", "Penambahan Modal dari Laba", Group.EQUITY, Use.CAPITAL, assumed=True
    ),
    ChartLine("32010", "Laba Tahun Lalu", Group.EQUITY, Use.PAST_PROFIT, assumed=True),
    ChartLine(
        "32020", "Laba Tahun Berjalan", Group.EQUITY, Use.CURRENT_PROFIT, assumed=True
    ),
    ChartLine("41010", "Jasa Pinjaman", Group.INCOME, Use.SERVICE_CHARGE),
    ChartLine("41020", "Pendapatan Non Operasional", Group.INCOME, Use.RECOVERY),
    ChartLine(
        "41030", "Pendapatan Bunga Bank", Group.INCOME, Use.BANK_INTEREST, assumed=True
    ),
    ChartLine("41040", "Denda Pinjaman", Group.INCOME, Use.PENALTY, assumed=True),
    ChartLine("51010", "Insentif UPK", Group.COST),
    ChartLine("51030", "ATK", Group.COST),
    ChartLine("51040", "Transport", Group.COST),
    ChartLine("51050", "Kunjungan KSM", Group.COST),
    ChartLine("51060", "Biaya Rapat", Group.COST, assumed=True),
    ChartLine("51070", "Biaya Administrasi Bank", Group.COST, Use.BANK_COST),
    ChartLine("51080", "Biaya Cadangan Risiko Pinjaman", Group.COST, Use.RESERVE_COST),
    ChartLine(
        "51090", "Biaya Penyusutan", Group.COST, Use.DEPRECIATION_COST, assumed=True
    ),
    ChartLine("51100", "Biaya Lain", Group.COST, assumed=True),
)

# The secretariat's and the works' own book; every line is assumed.
WORKS_CHART = (
    ChartLine("11010", "Kas", Group.ASSET, Use.CASH, assumed=True),
    ChartLine("11021", "Bank LKM", Group.ASSET, Use.BANK, assumed=True),
    ChartLine("12020", "Inventaris", Group.ASSET, Use.FIXED_ASSETS, assumed=True),
    ChartLine("21010", "Hutang", Group.LIABILITY, assumed=True),
    ChartLine("31010", "Dana Program", Group.EQUITY, Use.CAPITAL, assumed=True),
    ChartLine("31020", "Swadaya Warga", Group.EQUITY, Use.CAPITAL, assumed=True),
    ChartLine("32010", "Sisa Tahun Lalu", Group.EQUITY, Use.PAST_PROFIT, assumed=True),
    ChartLine(
        "32020", "Sisa Tahun Berjalan", Group.EQUITY, Use.CURRENT_PROFIT, assumed=True
    ),
    ChartLine("41010", "Bantuan dan Sumbangan", Group.INCOME, assumed=True),
    ChartLine("41020", "BOP dari UPK", Group.INCOME, assumed=True),
    ChartLine("41030", "Bunga Bank", Group.INCOME, Use.BANK_INTEREST, assumed=True),
    ChartLine("51010", "Biaya Sekretariat", Group.COST, assumed=True),
    ChartLine("51020", "Biaya Rapat", Group.COST, assumed=True),
    ChartLine("51030", "Bahan dan Alat", Group.COST, assumed=True),
    ChartLine("51040", "Upah Kerja", Group.COST, assumed=True),
    ChartLine("51070", "Biaya Administrasi Bank", Group.COST, Use.BANK_COST),
    ChartLine("51100", "Biaya Lain", Group.COST, assumed=True),
)
CHARTS = {"fund": FUND_CHART, "works": WORKS_CHART}


def side_of(group: Group | str, *, contra: bool) -> int:
    """+1 when the account's balance grows by debit, -1 when by credit."""
    grows_by_debit = (Group(group) in DEBIT_GROUPS) != contra
    return 1 if grows_by_debit else -1
