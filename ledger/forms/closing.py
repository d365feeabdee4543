"""Forms of the close: counted cash, the bank's own balances, why one differs."""

from django import forms

from common.fields import LineFormField, ProseFormField, RupiahFormField
from common.money import format_rupiah, format_thousands
from common.periods import Period
from ledger.balances import Balances
from ledger.chart import MONEY_USES, Use
from ledger.models import Account

# Notes and coins of rupiah, the largest first.
PIECES = (
    100_000,
    75_000,
    50_000,
    20_000,
    10_000,
    5_000,
    2_000,
    1_000,
    500,
    200,
    100,
)
MOST_PIECES = 99_999


def piece_field(piece: int) -> RupiahFormField:
    """A small box for the number of one note or coin; the page adds them up."""
    field = RupiahFormField(
        label=f"{format_thousands(piece)} ×", required=False, max_value=MOST_PIECES
    )
    field.echo = field.before = ""
    field.widget.attrs = {
        "inputmode": "numeric",
        "autocomplete": "off",
        "class": "w-year",
        "data-adds": "kas",
        "data-times": str(piece),
    }
    return field


class MonthCloseForm(forms.Form):
    """Pieces of cash, the balance of each bank account, and why they differ.

    The page sends the month along that it counts: another window may have closed it.
    """

    def __init__(self, *args, state: Balances, month: Period, **kwargs):
        super().__init__(*args, **kwargs)
        self.month = month
        self.money = [row for row in state.rows if row.account.use in MONEY_USES]
        for row in self.money:
            if row.account.use == Use.CASH:
                self._add_pieces()
            else:
                self.fields[f"money{row.account.pk}"] = RupiahFormField(
                    label=f"Saldo {row.account.name} menurut rekening koran"
                )
            self.fields[f"why{row.account.pk}"] = LineFormField(
                label=f"Penjelasan selisih {row.account.name}",
                required=False,
                max_length=200,
            )

    def _add_pieces(self) -> None:
        """One small box for every note and coin."""
        for piece in PIECES:
            self.fields[f"piece{piece}"] = piece_field(piece)

    def pieces(self) -> list[tuple[int, forms.BoundField]]:
        """The boxes of notes and coins with their value."""
        return [(piece, self[f"piece{piece}"]) for piece in PIECES]

    @property
    def cash(self) -> int:
        """Rupiah of the pieces that could be read."""
        counted = self.cleaned_data
        return sum(piece * (counted.get(f"piece{piece}") or 0) for piece in PIECES)

    def rows(self) -> list[dict]:
        """Each money account with the book's balance and its boxes."""
        return [
            {
                "account": row.account,
                "booked": row.amount,
                "is_cash": row.account.use == Use.CASH,
                "counted": None
                if row.account.use == Use.CASH
                else self[f"money{row.account.pk}"],
                "why": self[f"why{row.account.pk}"],
            }
            for row in self.money
        ]

    def _counted(self, account: Account) -> int:
        if account.use == Use.CASH:
            return self.cash
        return self.cleaned_data[f"money{account.pk}"]

    def clean(self):
        """A difference stands beside its own box, with the amount."""
        cleaned = super().clean()
        if self.data.get("month") != self.month.code:
            self.add_error(
                None,
                "Bulan yang tadi Anda hitung sudah ditutup atau dibuka orang lain. Ini"
                f" {self.month.label}: hitung uangnya lagi.",
            )
        for row in self.money:
            name = f"money{row.account.pk}"
            if row.account.use != Use.CASH and name not in cleaned:
                continue
            gap = self._counted(row.account) - row.amount
            why = f"why{row.account.pk}"
            if gap and not cleaned.get(why) and why not in self.errors:
                self.add_error(why, _gap_words(row.account, gap))
        return cleaned

    def counts(self) -> dict[int, tuple[int, str]]:
        """What `close_month` asks for."""
        return {
            row.account.pk: (
                self._counted(row.account),
                self.cleaned_data[f"why{row.account.pk}"],
            )
            for row in self.money
        }

    def checked(self) -> list[dict]:
        """Each account as the page before the close shows it."""
        return [
            {
                "account": row.account,
                "booked": row.amount,
                "counted": self._counted(row.account),
                "gap": self._counted(row.account) - row.amount,
                "why": self.cleaned_data[f"why{row.account.pk}"],
            }
            for row in self.money
        ]


def _gap_words(account: Account, gap: int) -> str:
    word = "lebih" if gap > 0 else "kurang"
    return f"{account.name} {word} {format_rupiah(abs(gap))} dari buku. Tulis sebabnya."


class ReopenForm(forms.Form):
    """Why a closed month is opened again."""

    reason = LineFormField(
        label="Alasan",
        max_length=200,
        error_messages={"required": "Tulis alasannya, contoh: bukti tertinggal."},
    )


class NoteForm(forms.Form):
    """What the keeper adds to the notes of a year."""

    text = ProseFormField(
        label="Catatan",
        help_text="Yang perlu diketahui pembaca: kejadian, sengketa, rencana.",
        max_length=4000,
        required=False,
    )
    # The text that the person saw; somebody else may have saved meanwhile.
    revision = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=1_000_000
    )
