"""Forms of the training log."""

from django import forms

from boards.forms import BoardOwnedForm
from common.fields import LineFormField, portal_formfield
from members.models import Training, TrainingFile


class TrainingForm(BoardOwnedForm):
    """What was taught, when and by whom."""

    class Meta:
        model = Training
        fields = ("title", "held_on", "days", "organiser", "topic", "note")
        formfield_callback = portal_formfield
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].help_text = "Hari pertama. Contoh 21/11/2026."
        days = self.fields["days"]
        days.widget = forms.TextInput(
            attrs={"inputmode": "numeric", "class": "w-year", "autocomplete": "off"}
        )
        days.error_messages |= {
            "required": "Isi lama pelatihan, contoh 2.",
            "invalid": "Tulis bilangan bulat, contoh 2.",
        }
        self.fields["organiser"].help_text = "Misalnya: Dinas Perkim, UPK kecamatan."
        self.fields["note"].help_text = "Misalnya tempat sertifikat disimpan."


class TrainingFileForm(forms.Form):
    """A paper or photo of a training."""

    kind = forms.ChoiceField(
        label="Jenis berkas",
        choices=TrainingFile.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu."},
    )
    file = forms.FileField(
        label="Berkas",
        help_text="Foto atau PDF, paling besar 10 MB.",
        allow_empty_file=True,
        error_messages={"required": "Pilih foto atau PDF."},
    )


class ParticipantSearchForm(forms.Form):
    """Find somebody for the list of participants."""

    q = LineFormField(label="Cari nama warga", max_length=80, required=False)
