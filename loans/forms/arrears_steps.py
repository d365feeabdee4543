"""One step about a loan that is behind."""

from django import forms

from common.fields import IndonesianDateField, ProseFormField
from loans.models import ArrearsStep


class ArrearsStepForm(forms.Form):
    """What was done, when, with which result, and when to look again."""

    kind = forms.ChoiceField(
        label="Langkah",
        choices=ArrearsStep.Kind,
        error_messages={"invalid_choice": "Pilih dari daftar."},
    )
    on = IndonesianDateField(label="Tanggal")
    note = ProseFormField(
        label="Hasil",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Apa yang dilihat, dikatakan, dan disepakati. Jangan menulis"
        " penghasilan anggota.",
    )
    next_on = IndonesianDateField(
        label="Lihat lagi pada",
        required=False,
        help_text="Kosongkan bila tidak ada janji.",
    )
