"""Forms of a book itself: its first day, its opening balances, its accounts."""

from django import forms

from boards.forms import BoardOwnedForm
from boards.models import Board
from common.fields import IndonesianDateField, RupiahFormField, portal_formfield
from common.money import format_rupiah
from ledger.chart import GROUP_LABELS, Group, Use
from ledger.models import Account, Book


class BookOpenForm(forms.Form):
    """The first day that can be booked."""

    opened_on = IndonesianDateField(
        label="Dibuka per tanggal",
        help_text="Hari pertama yang dapat dicatat; saldo awal bertanggal hari itu."
        " Biasanya 1 Januari, contoh 01/01/2026.",
    )


class OpeningForm(forms.Form):
    """What each account holds on the first day; empty is nothing."""

    loss = RupiahFormField(
        label="Rugi tahun lalu",
        required=False,
        help_text="Hanya bila hasil tahun-tahun lalu rugi; laba diisi di atas.",
    )

    def __init__(self, *args, book: Book, **kwargs):
        super().__init__(*args, **kwargs)
        self.accounts = {
            f"account{account.pk}": account
            for account in book.accounts.in_use()
            if _may_open(account, book)
        }
        loss = self.fields.pop("loss")
        for name, account in self.accounts.items():
            field = RupiahFormField(label=account.name, required=False)
            field.widget.attrs["data-adds"] = _side(account)
            self.fields[name] = field
        self.fields["loss"] = loss
        loss.widget.attrs["data-adds"] = "-owe"

    def amounts(self) -> dict[Account, int]:
        """Rupiah on the own side of each account, below zero for a past loss."""
        found = {
            account: self.cleaned_data.get(name) or 0
            for name, account in self.accounts.items()
        }
        for account in found:
            if account.use == Use.PAST_PROFIT:
                found[account] -= self.cleaned_data.get("loss") or 0
        return found

    def sums(self) -> tuple[int, int]:
        """What there is, and whose it is, of the fields that could be read."""
        sides = {1: 0, -1: 0}
        for account, amount in self.amounts().items():
            sides[account.side] += amount
        # A contra account takes from its own group.
        contra = sum(
            amount for account, amount in self.amounts().items() if account.contra
        )
        return sides[1] - contra, sides[-1] - contra

    def clean(self):
        """Both sides must give the same sum."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        assets, claims = self.sums()
        if assets != claims:
            raise forms.ValidationError(
                f"Kekayaan {format_rupiah(assets)}, tetapi hutang dan modal"
                f" {format_rupiah(claims)}. Selisihnya"
                f" {format_rupiah(abs(assets - claims))}."
            )
        if not any(self.amounts().values()):
            raise forms.ValidationError("Isi paling sedikit satu saldo.")
        return cleaned

    def sections(self) -> list[tuple[str, list]]:
        """Fields by group, as the page draws them; the past loss beside the capital."""
        found = []
        for group in Group:
            names = [
                name
                for name, account in self.accounts.items()
                if account.group == group
            ]
            fields = [self[name] for name in names]
            if group == Group.EQUITY:
                fields.append(self["loss"])
            if names:
                found.append((GROUP_LABELS[group], fields))
        return found


def _may_open(account: Account, book: Book) -> bool:
    """May it hold something on the first day? Income and cost only inside a year."""
    if account.use == Use.CURRENT_PROFIT:
        return False
    inside_year = (book.opened_on.month, book.opened_on.day) != (1, 1)
    return inside_year or account.group not in (Group.INCOME, Group.COST)


def _side(account: Account) -> str:
    """Into which sum of the page a field goes; a minus takes from it."""
    own = "have" if account.group in (Group.ASSET, Group.COST) else "owe"
    return f"-{own}" if account.contra else own


class AccountForm(BoardOwnedForm):
    """Code, name and group of an account; of one in use only its name."""

    class Meta:
        model = Account
        fields = ("code", "name", "group", "contra", "is_active")
        formfield_callback = portal_formfield

    def __init__(self, *args, board: Board, book: Book, **kwargs):
        super().__init__(*args, board=board, **kwargs)
        self.instance.book = book
        if self.instance.pk:
            for name in ("code", "group", "contra"):
                del self.fields[name]
            if self.instance.use:
                del self.fields["is_active"]
            else:
                self.fields["is_active"].help_text = (
                    "Akun yang tidak dipakai lagi hilang dari formulir, tetapi tetap"
                    " ada di buku."
                )
            return
        del self.fields["is_active"]
        self.fields["code"].help_text = "Contoh 51110. Urut menurut kelompoknya."
        self.fields[
            "contra"
        ].help_text = (
            "Beri tanda untuk akun yang mengurangi kelompoknya, misalnya penyusutan."
        )

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"book"}
