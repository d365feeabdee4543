"""Forms over rules: a pasted or uploaded text, its adoption, its last day."""

import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from boards.models import Board
from boards.uploads import FileRefused, read_text
from common.fields import IndonesianDateField, LineFormField, ProseFormField
from deliberations.models import Decision, RuleDocument, RuleVersion
from deliberations.services.adoption import Adoption

LONGEST_TEXT = RuleVersion._meta.get_field("source").max_length


class RuleTextForm(forms.Form):
    """The text of a version; an uploaded file takes the place of what stands in it."""

    source = ProseFormField(
        label="Naskah",
        max_length=LONGEST_TEXT,
        help_text="Tempel seluruh isinya. “BAB I” dan “Pasal 1” berdiri pada baris"
        " tersendiri; ayat ditandai (1), 1. atau a.",
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        error_messages={
            "required": "Tempel naskahnya, atau pilih berkas teks.",
            "max_length": "Naskah ini terlalu panjang. Bagi menjadi beberapa dokumen.",
        },
    )
    file = forms.FileField(
        label="Atau ambil dari berkas .txt",
        required=False,
        help_text="Isinya masuk ke kotak naskah. Word dan PDF: salin isinya, lalu"
        " tempel.",
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )

    def __init__(self, request: HttpRequest, *, initial: dict[str, Any]) -> None:
        data, self.refused = _typed(request)
        super().__init__(data, initial=initial)

    def clean(self):
        """A file that could not be read says why beside its field."""
        cleaned = super().clean()
        if self.refused:
            self.add_error("file", self.refused)
        return cleaned


def _typed(request: HttpRequest) -> tuple[QueryDict | None, FileRefused | None]:
    """What was typed, with the text of an uploaded file in the place of the text."""
    if request.method != "POST":
        return None, None
    data = request.POST.copy()
    upload = request.FILES.get("file")
    if upload is None:
        return data, None
    try:
        data["source"] = read_text(upload)
    except FileRefused as refused:
        return data, refused
    return data, None


class RuleForm(RuleTextForm):
    """A new document with the text of its first version."""

    kind = forms.ChoiceField(
        label="Jenis",
        choices=RuleDocument.Kind,
        error_messages={"required": "Pilih jenisnya."},
    )
    name = LineFormField(
        label="Nama dokumen",
        max_length=120,
        help_text="Misalnya Anggaran Rumah Tangga.",
        error_messages={"required": "Tulis nama dokumennya."},
    )
    field_order = ("kind", "name", "source", "file")


class AdoptionForm(forms.Form):
    """How a version was adopted: by a decision, or by a forum before the portal."""

    decision = forms.ModelChoiceField(
        label="Keputusan yang menetapkan",
        queryset=Decision.objects.none(),
        required=False,
        empty_label="Belum ada di portal (naskah lama)",
        help_text="Keputusan berjenis Aturan yang sudah disahkan.",
    )
    forum = LineFormField(
        label="Forum yang menetapkan",
        max_length=160,
        required=False,
        help_text="Isi bila keputusannya belum ada di portal, misalnya Rembug warga"
        " kelurahan.",
    )
    adopted_on = IndonesianDateField(label="Tanggal penetapan")
    in_force_on = IndonesianDateField(
        label="Berlaku mulai",
        help_text="Tanggal penetapan atau sesudahnya. Versi lama berakhir hari itu.",
    )
    deed_number = LineFormField(label="Nomor akta", max_length=60, required=False)
    deed_on = IndonesianDateField(label="Tanggal akta", required=False)
    deed_notary = LineFormField(label="Notaris", max_length=100, required=False)

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        rules = Decision.objects.filter(board=board, kind=Decision.Kind.RULE)
        self.fields["decision"].queryset = rules.in_force().order_by("-held_on", "-pk")

    def adoption(self) -> Adoption:
        """What was typed, as the service takes it."""
        return Adoption(**self.cleaned_data)


class RevocationForm(forms.Form):
    """The last day of a version that nothing takes the place of."""

    ends_on = IndonesianDateField(
        label="Tidak berlaku mulai", help_text="Hari pertama tanpa aturan ini."
    )
    reason = LineFormField(
        label="Alasan",
        max_length=300,
        error_messages={"required": "Tulis alasan pencabutan."},
    )

    @property
    def last_day(self) -> datetime.date | None:
        """The day as typed, once it is one."""
        return getattr(self, "cleaned_data", {}).get("ends_on")
