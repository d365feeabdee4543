"""Forms of papers: the signed scan, and the reason of a cancellation."""

from django import forms

from common.fields import IndonesianDateField, LineFormField


class ScanForm(forms.Form):
    """The signed paper as it came out of the scanner or the camera."""

    file = forms.FileField(
        label="Berkas pindaian",
        help_text="PDF, atau foto JPG atau PNG. Paling besar 10 MB.",
        allow_empty_file=True,
        error_messages={"required": "Pilih berkas pindaian."},
    )
    scanned_on = IndonesianDateField(label="Tanggal pindai")
    signatures = forms.IntegerField(
        label="Jumlah tanda tangan",
        help_text="Hitung tanda tangan tinta pada kertas.",
        min_value=1,
        max_value=500,
        error_messages={
            "required": "Isi jumlah tanda tangan.",
            "invalid": "Isi dengan angka, contoh 10.",
            "min_value": "Isi jumlah tanda tangan, paling sedikit 1.",
            "max_value": "Isi paling banyak 500.",
        },
    )
    note = LineFormField(label="Catatan", max_length=200, required=False)


class WithdrawForm(forms.Form):
    """Why a scan is withdrawn."""

    reason = LineFormField(
        label="Alasan penarikan",
        help_text="Dibaca pengurus dan petugas; halaman periksa tidak menyebutnya.",
        max_length=300,
        error_messages={"required": "Tulis alasan penarikan."},
    )


class CancelForm(forms.Form):
    """Why a paper is cancelled."""

    reason = LineFormField(
        label="Alasan pembatalan",
        help_text="Dibaca pengurus dan petugas; halaman periksa hanya menyebut batal.",
        max_length=300,
        error_messages={"required": "Tulis alasan pembatalan."},
    )
