"""Forms of papers that came back: the heap, a page's place, what is attached."""

import datetime
from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef

from boards.models import Board
from boards.uploads import MEGABYTE
from common.fields import IndonesianDateField, LineFormField
from reports.models import IssuedReport, SignedScan
from reports.scan_piles import Pile

PICTURES = "image/jpeg,image/png,image/webp,application/pdf"
CODE_LETTERS = 12
MOST_SIGNATURES = 500
LISTED = 100  # papers in the select; others are named by their code


class ManyScans(forms.FileInput):
    """A file box that takes several files."""

    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Photos and PDFs, as many as one upload takes; what they are is judged later."""

    widget = ManyScans

    def clean(self, data, initial=None):
        """A list of uploads."""
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not files:
            raise forms.ValidationError("Pilih foto atau PDF.", code="required")
        if len(files) > settings.SCAN_FILES:
            raise forms.ValidationError(
                f"Paling banyak {settings.SCAN_FILES} berkas sekali unggah. Unggah"
                " sisanya sesudah ini.",
                code="too_many",
            )
        return [super(ScansField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """The heap, in any order."""

    files = ScansField(
        label="Foto atau PDF",
        allow_empty_file=True,
        widget=ManyScans(attrs={"accept": PICTURES, "data-scans": ""}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].help_text = (
            f"Paling banyak {settings.SCAN_FILES} berkas dan {settings.SCAN_PAGES}"
            f" halaman. Foto JPG, PNG atau WebP sampai"
            f" {settings.UPLOAD_PHOTO_BYTES // MEGABYTE} MB; PDF sampai"
            f" {settings.SCAN_PDF_BYTES // MEGABYTE} MB."
        )


class PaperChoice(forms.ModelChoiceField):
    """A paper by its number, its title and its pages."""

    def label_from_instance(self, report: IssuedReport) -> str:
        """ "012/BA/…, Berita acara …, 2 halaman"."""
        return f"{report.number_text or 'Tanpa nomor'}, {report.title}" + (
            f", {report.pages} halaman" if report.pages > 1 else ""
        )


class PlaceForm(forms.Form):
    """Which paper a page belongs to, and which page of it it is."""

    report = PaperChoice(
        queryset=IssuedReport.objects.none(),
        label="Surat",
        required=False,
        empty_label="Pilih surat",
        error_messages={"invalid_choice": "Pilih surat dari daftar."},
    )
    code = LineFormField(
        label="Atau kode periksa",
        help_text="Tercetak di kaki halaman, contoh ABCD-EFGH-IJKL.",
        max_length=20,
        required=False,
    )
    number = forms.IntegerField(
        label="Halaman",
        help_text="Tercetak di kaki halaman: Halaman 2 dari 3.",
        min_value=1,
        max_value=9999,
        error_messages={
            "required": "Isi nomor halaman.",
            "invalid": "Isi dengan angka, contoh 2.",
            "min_value": "Isi nomor halaman, paling kecil 1.",
            "max_value": "Nomor halaman ini terlalu besar.",
        },
    )

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        self.papers = IssuedReport.objects.filter(board=board).in_force()
        standing = SignedScan.objects.standing().filter(report=OuterRef("pk"))
        found = self.papers.annotate(signed=Exists(standing))
        order = ("signed", "-dated_on", "-pk")
        listed = list(found.order_by(*order).values_list("pk", flat=True)[:LISTED])
        chosen = self.papers.filter(pk__in=listed).annotate(signed=Exists(standing))
        self.fields["report"].queryset = chosen.order_by(*order)

    def clean(self):
        """One paper, from the list or by its code."""
        values = super().clean()
        code = "".join(filter(str.isalnum, values.get("code") or "")).upper()
        if values.get("report") or "report" in self.errors:
            return values
        if not code:
            self.add_error("report", "Pilih suratnya, atau isi kode periksanya.")
            return values
        found = self.papers.filter(token__startswith=code[:CODE_LETTERS]).first()
        if found is None or len(code) < CODE_LETTERS:
            self.add_error("code", "Tidak ada surat LKM ini dengan kode itu.")
        values["report"] = found
        return values


class AttachForm(forms.Form):
    """When it was scanned, and how many signatures each complete paper bears."""

    scanned_on = IndonesianDateField(label="Tanggal pindai")

    def __init__(self, *args, piles: Sequence[Pile], **kwargs):
        super().__init__(*args, **kwargs)
        self.piles = piles
        for pile in piles:
            self.fields[self.name(pile.report.pk)] = _signature_field()

    @staticmethod
    def name(paper: int) -> str:
        """The field of a paper."""
        return f"signatures_{paper}"

    @property
    def rows(self):
        """Each pile with its field."""
        return [(pile, self[self.name(pile.report.pk)]) for pile in self.piles]

    @property
    def signatures(self) -> dict[int, int]:
        """Signatures by key of the paper; papers left empty wait."""
        counted = {
            pile.report.pk: self.cleaned_data.get(self.name(pile.report.pk))
            for pile in self.piles
        }
        return {paper: count for paper, count in counted.items() if count}

    def clean(self):
        """At least one paper."""
        values = super().clean()
        if not self.piles:
            raise forms.ValidationError(
                "Belum ada surat yang lengkap di tumpukan ini.", code="nothing"
            )
        if not self.errors and not self.signatures:
            for pile in self.piles[:1]:
                self.add_error(
                    self.name(pile.report.pk),
                    "Isi jumlah tanda tangan surat yang dilampirkan.",
                )
        return values


def _signature_field() -> forms.IntegerField:
    """How many fit on a paper is judged by `attach_scan`, when it is attached."""
    return forms.IntegerField(
        label="Jumlah tanda tangan",
        required=False,
        min_value=1,
        max_value=MOST_SIGNATURES,
        error_messages={
            "invalid": "Isi dengan angka, contoh 10.",
            "min_value": "Isi paling sedikit 1.",
            "max_value": f"Isi paling banyak {MOST_SIGNATURES}.",
        },
    )


def today_in(board: Board) -> dict[str, datetime.date]:
    """What an AttachForm begins with."""
    return {"scanned_on": board.today()}
