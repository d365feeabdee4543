"""The plain forms: an amount, a day, what for, and the accounts in plain words."""

from django import forms

from common.fields import IndonesianDateField, LineFormField, RupiahFormField
from ledger.models import Account, Book
from ledger.plain import Pick, PlainForm
from ledger.services import accounts_for

LABELS = {
    Pick.MONEY: "Dari atau ke mana uangnya",
    Pick.BANK: "Rekening",
    Pick.COST: "Untuk biaya apa",
    Pick.INCOME: "Pendapatan apa",
    Pick.CAPITAL: "Modal atau dana apa",
    Pick.FUND: "Dana atau hutang apa",
}
# So many choices stand below each other; more go into a list.
MOST_RADIOS = 6


class AccountChoice(forms.ModelChoiceField):
    """One of the accounts, by its name alone."""

    def label_from_instance(self, account: Account) -> str:
        """People know names, not codes."""
        return account.name


def account_choice(rows: list[Account], **kwargs) -> AccountChoice:
    """Radios for few accounts, a list for many; one alone is picked already."""
    few = len(rows) <= MOST_RADIOS
    widget = forms.RadioSelect if few else forms.Select
    queryset = Account.objects.filter(pk__in=[account.pk for account in rows])
    field = AccountChoice(
        queryset,
        widget=widget,
        empty_label=None if few else "Pilih",
        error_messages={
            "required": "Pilih salah satu.",
            "invalid_choice": "Pilih dari daftar.",
        },
        **kwargs,
    )
    # The rows are known: no query again for the choices.
    field.choices = [("", "Pilih")][few:] + [(row.pk, row.name) for row in rows]
    return field


class EntryForm(forms.Form):
    """One plain form over a book."""

    amount = RupiahFormField(label="Jumlah", min_value=1)
    dated = IndonesianDateField(label="Tanggal", help_text="Tanggal di buktinya.")
    description = LineFormField(
        label="Uraian",
        max_length=200,
        help_text="Singkat saja; inilah yang terbaca di buku.",
        error_messages={"required": "Tulis uraiannya, contoh: kertas dan tinta."},
    )

    def __init__(self, *args, plain: PlainForm, book: Book, **kwargs):
        super().__init__(*args, **kwargs)
        self.plain = plain
        fields = dict(self.fields)
        self.fields = {name: fields.pop(name) for name in ("amount", "dated")}
        for pick in plain.picks:
            self.fields[pick.value] = self._choice(book, pick)
        if plain.party:
            self.fields["party"] = LineFormField(label=plain.party, max_length=120)
        self.fields |= fields

    def _choice(self, book: Book, pick: Pick) -> AccountChoice:
        rows = list(accounts_for(book, pick))
        alone = rows[0].pk if len(rows) == 1 else None
        label = LABELS[pick]
        if pick == Pick.MONEY:
            label = "Uang diterima di" if self.plain.kind == "BKM" else "Dibayar dari"
        return account_choice(rows, label=label, initial=alone)

    def facts(self) -> dict:
        """What `write_plain` asks for."""
        cleaned = self.cleaned_data
        return {
            "dated": cleaned["dated"],
            "amount": cleaned["amount"],
            "description": cleaned["description"],
            "party": cleaned.get("party", ""),
            "picked": {pick: cleaned[pick.value] for pick in self.plain.picks},
        }
