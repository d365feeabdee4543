"""Forms of the public: the code of a paper, and a file to compare."""

from django import forms
from django.core.exceptions import ValidationError

from common.fields import LineFormField

LARGEST_BYTES = 20 * 1024 * 1024


class LookUpForm(forms.Form):
    """The code from the footer of a paper."""

    code = LineFormField(
        label="Kode pada kaki halaman",
        help_text="Dua belas huruf dan angka, contoh ABCD-EFGH-IJKL.",
        max_length=60,
        error_messages={"required": "Isi kode dari kaki halaman."},
    )


class FundSearchForm(forms.Form):
    """Part of the name of an LKM, or of where it is."""

    cari = LineFormField(max_length=60, required=False)


class CompareForm(forms.Form):
    """A PDF that somebody received."""

    file = forms.FileField(
        label="Berkas PDF yang Anda terima",
        help_text="Berkas hanya dibandingkan, tidak disimpan. Paling besar 20 MB.",
        allow_empty_file=True,
        error_messages={"required": "Pilih berkas PDF."},
    )

    def clean_file(self):
        """Refuse what is larger than any paper of ours."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise ValidationError("Berkas ini lebih dari 20 MB.")
        return file
