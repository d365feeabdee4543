"""Giving a group its savings back."""

from django import forms

from common.fields import (
    SEGMENTS,
    IndonesianDateField,
    LineFormField,
    RupiahFormField,
)


class SavingsReturnForm(forms.Form):
    """How much, when, from where and to whom."""

    amount = RupiahFormField(label="Jumlah dikembalikan", min_value=1)
    on = IndonesianDateField(label="Tanggal")
    source = forms.ChoiceField(
        label="Dibayar dari",
        choices=(("cash", "Kas"), ("bank", "Bank TR")),
        initial="cash",
        widget=forms.RadioSelect(attrs=SEGMENTS),
        error_messages={
            "required": "Pilih dari mana.",
            "invalid_choice": "Pilih dari daftar.",
        },
    )
    received_by = LineFormField(
        label="Diterima oleh",
        max_length=120,
        error_messages={"required": "Tulis siapa yang menerima."},
    )
