"""Forms of acts on one voucher."""

from django import forms

from common.fields import IndonesianDateField, LineFormField

_WHY = {"required": "Tulis alasannya, contoh: jumlahnya salah."}


class DropForm(forms.Form):
    """Why a waiting voucher is set aside."""

    reason = LineFormField(label="Alasan", max_length=120, error_messages=_WHY)


class ReverseForm(forms.Form):
    """On which day and why a posted voucher is taken back."""

    dated = IndonesianDateField(
        label="Tanggal pembatalan",
        help_text="Hari ini, kecuali bulannya belum ditutup dan Anda perlu tanggal"
        " lain.",
    )
    reason = LineFormField(label="Alasan", max_length=120, error_messages=_WHY)
