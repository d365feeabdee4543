"""Forms of the correction round."""

from django import forms

from common.fields import SEGMENTS, LineFormField, ProseFormField
from deliberations.models import AgendaItem, Attendance, Correction, Meeting


class CorrectionForm(forms.Form):
    """What to mend, and in which part."""

    item = forms.ModelChoiceField(
        label="Bagian",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="Notulen seluruhnya",
    )
    text = ProseFormField(
        label="Apa yang perlu diperbaiki?",
        max_length=1000,
        help_text="Tulis yang tertulis dan yang seharusnya.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Tulis apa yang perlu diperbaiki."},
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.all()


class AnswerForm(forms.Form):
    """What came of a request."""

    outcome = forms.ChoiceField(
        label="Hasil",
        choices=Correction.Outcome.choices,
        widget=forms.RadioSelect(attrs=SEGMENTS),
        error_messages={"required": "Pilih salah satu."},
    )
    answer = LineFormField(
        label="Jawaban",
        max_length=500,
        required=False,
        help_text="Wajib bila notulen tidak diubah.",
    )


class ToldConfirmationForm(forms.Form):
    """A member without an account who agreed in another way."""

    attendance = forms.ModelChoiceField(
        label="Siapa",
        queryset=Attendance.objects.none(),
        empty_label="Pilih anggota",
        error_messages={"required": "Pilih anggota yang menyetujui."},
    )
    told_by = LineFormField(
        label="Disampaikan lewat",
        max_length=80,
        help_text="Misalnya tanda tangan di cetakan, atau pesan WhatsApp.",
        error_messages={"required": "Tulis bagaimana persetujuannya disampaikan."},
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["attendance"].queryset = waiting
