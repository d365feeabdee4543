"""The journal of the pembuku: a head and two to twelve lines by account."""

from django import forms
from django.utils.datastructures import MultiValueDict

from common.errors import RuleViolation
from common.fields import (
    SEGMENTS,
    IndonesianDateField,
    LineFormField,
    RupiahFormField,
)
from ledger.chart import GROUP_LABELS, Use
from ledger.models import Account, Book, Voucher
from ledger.services import Line

MOST_LINES = 12


class JournalHead(forms.Form):
    """Which evidence, when, and what for."""

    kind = forms.ChoiceField(
        label="Jenis bukti",
        choices=[
            ("BPB", "Pemindahbukuan"),
            ("BKM", "Kas masuk"),
            ("BKK", "Kas keluar"),
        ],
        widget=forms.RadioSelect(attrs=SEGMENTS),
        initial=Voucher.Kind.TRANSFER,
        error_messages={"required": "Pilih jenis buktinya."},
    )
    dated = IndonesianDateField(label="Tanggal", help_text="Tanggal di buktinya.")
    description = LineFormField(
        label="Uraian",
        max_length=200,
        error_messages={"required": "Tulis uraiannya, contoh: koreksi biaya rapat."},
    )
    party = LineFormField(label="Dari atau kepada", max_length=120, required=False)


class LineForm(forms.Form):
    """One line: an account, and rupiah on one side."""

    account = forms.ModelChoiceField(Account.objects.none(), label="Akun")
    debit = RupiahFormField(label="Debet", required=False)
    credit = RupiahFormField(label="Kredit", required=False)

    def __init__(self, *args, accounts: list[Account], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["account"]
        field.queryset = Account.objects.filter(pk__in=[row.pk for row in accounts])
        field.choices = [("", "Pilih akun"), *_grouped(accounts)]
        field.error_messages |= {
            "required": "Pilih akunnya.",
            "invalid_choice": "Pilih dari daftar.",
        }
        self.fields["debit"].widget.attrs["data-adds"] = "debit"
        self.fields["credit"].widget.attrs["data-adds"] = "credit"

    def clean(self):
        """Exactly one side is filled."""
        cleaned = super().clean()
        sides = [cleaned.get("debit"), cleaned.get("credit")]
        unread = {"debit", "credit"} & set(self.errors)
        if not unread and sum(bool(side) for side in sides) != 1:
            self.add_error("debit", "Isi debet saja atau kredit saja.")
        return cleaned

    def line(self) -> Line:
        """The line as the services take it."""
        cleaned = self.cleaned_data
        return Line(
            cleaned["account"], cleaned.get("debit") or 0, cleaned.get("credit") or 0
        )


def _grouped(accounts: list[Account]) -> list[tuple[str, list]]:
    """Choices by group; the code helps who writes by account."""
    return [
        (
            label,
            [(row.pk, str(row)) for row in accounts if row.group == group],
        )
        for group, label in GROUP_LABELS.items()
        if any(row.group == group for row in accounts)
    ]


LineFormSet = forms.formset_factory(
    LineForm,
    # All of them stand there without JavaScript; with it the empty ones wait.
    extra=MOST_LINES,
    min_num=0,
    max_num=MOST_LINES,
    absolute_max=MOST_LINES,
    validate_max=True,
)


class JournalSheet:
    """Head and lines as one form."""

    def __init__(self, book: Book, *, data: MultiValueDict | None, initial: dict):
        accounts = [
            account
            for account in book.accounts.in_use()
            if account.use != Use.CURRENT_PROFIT
        ]
        self.head = JournalHead(data, initial=initial)
        self.lines = LineFormSet(
            data,
            prefix="baris",
            form_kwargs={"accounts": accounts, "use_required_attribute": False},
        )
        self.lists = [self.lines]

    def is_valid(self) -> bool:
        """Both are asked, so that every fault is told at once."""
        return all([self.head.is_valid(), self.lines.is_valid()])

    @property
    def has_errors(self) -> bool:
        """Is there anything to mend?"""
        asked = self.head.is_bound
        return (asked and not self.is_valid()) or bool(self.head.non_field_errors())

    def facts(self) -> dict:
        """What `write_journal` asks for; lines left empty are no lines."""
        filled = [row.line() for row in self.lines if row.has_changed()]
        return {**self.head.cleaned_data, "lines": filled}

    def tell(self, refused: RuleViolation) -> None:
        """Say a refusal at its place."""
        days = ("ledger.future", "ledger.before_opening", "ledger.month_closed")
        self.head.add_error("dated" if refused.code in days else None, refused)

    def hidden(self) -> list:
        """Every field, to be carried over the page that is checked."""
        fields = list(self.head) + list(self.lines.management_form)
        return fields + [field for row in self.lines for field in row]
