"""Sheet A: what a group asks for, one amount and use for each member."""

from typing import Any

from django import forms

from common.errors import RuleViolation
from common.fields import IndonesianDateField, LineFormField, RupiahFormField
from loans.models import Product, ProductTerms
from loans.services import Application, Request, round_of
from loans.services.applications import check_ceiling
from members.models import CommunityGroup

# The field beside which a refusal of the service is shown.
FIELD_OF = {
    "loan.future": "applied_on",
    "loan.group_closed": "applied_on",
    "loan.instalments": "instalments",
}


def count_field(label: str, **kwargs) -> forms.IntegerField:
    """A small whole number that is typed."""
    attrs = {"inputmode": "numeric", "class": "w-year", "autocomplete": "off"}
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=1_000,
        widget=forms.TextInput(attrs=attrs),
        error_messages={
            "required": "Isi banyaknya, contoh 10.",
            "invalid": "Tulis bilangan bulat, contoh 10.",
        },
        **kwargs,
    )


class ApplicationForm(forms.Form):
    """An application of one group; a member without an amount does not borrow."""

    product = forms.ModelChoiceField(
        Product.objects.none(), label="Produk pinjaman", empty_label="Pilih produk"
    )
    applied_on = IndonesianDateField(
        label="Tanggal permohonan", help_text="Tanggal pada formulir KSM."
    )
    instalments = count_field("Banyaknya angsuran")
    purpose = LineFormField(
        label="Keperluan",
        max_length=200,
        help_text="Misalnya: tambahan modal usaha anggota.",
    )

    def __init__(self, *args, group: CommunityGroup, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.group, today = group, group.board.today()
        terms = ProductTerms.objects.filter(board=group.board)
        offered = terms.in_force(today).values("product")
        products = Product.objects.filter(board=group.board)
        self.fields["product"].queryset = products.filter(pk__in=offered)
        self.members = list(group.members.active_on(today).select_related("person"))
        for member in self.members:
            self.fields[f"amount_{member.pk}"] = RupiahFormField(
                label=f"Permohonan {member.person.name}", required=False, min_value=1
            )
            self.fields[f"use_{member.pk}"] = LineFormField(
                label="Usaha dan keperluan", max_length=160, required=False
            )
            self.initial.setdefault(f"use_{member.pk}", member.business)

    @property
    def rows(self) -> list[tuple]:
        """Each member with the two fields of its row."""
        return [
            (member, self[f"amount_{member.pk}"], self[f"use_{member.pk}"])
            for member in self.members
        ]

    def clean(self) -> dict[str, Any]:
        """Terms of the day, and a ceiling for each member."""
        cleaned = super().clean()
        product, on = cleaned.get("product"), cleaned.get("applied_on")
        if product and on:
            terms = ProductTerms.objects.in_force(on).filter(product=product)
            cleaned["terms"] = terms.prefetch_related("ceilings").first()
            if cleaned["terms"] is None:
                self.add_error(
                    "product", "Produk ini belum punya ketentuan pada tanggal itu."
                )
            else:
                self._check_ceilings(cleaned["terms"])
        names = [f"amount_{member.pk}" for member in self.members]
        if not any(cleaned.get(name) or name in self.errors for name in names):
            self.add_error(None, "Isi permohonan paling sedikit satu anggota.")
        return cleaned

    def _check_ceilings(self, terms: ProductTerms) -> None:
        round_no = round_of(self.group)
        for member in self.members:
            amount = self.cleaned_data.get(f"amount_{member.pk}")
            try:
                if amount:
                    check_ceiling(terms, round_no, member.person.name, amount)
            except RuleViolation as violation:
                self.add_error(f"amount_{member.pk}", violation)

    def application(self) -> Application:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return Application(
            terms=typed["terms"],
            applied_on=typed["applied_on"],
            instalments=typed["instalments"],
            purpose=typed["purpose"],
            requests=[
                Request(member, amount, typed[f"use_{member.pk}"])
                for member in self.members
                if (amount := typed[f"amount_{member.pk}"])
            ],
        )
