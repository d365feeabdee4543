"""Forms about a report: its boxes, its photos and receipts, a comment on a field."""

import datetime

from django import forms
from django.conf import settings

from activities.forms.activity import people
from activities.models import (
    Activity,
    ActivityReport,
    CostKind,
    Photo,
    ReceiptFile,
    ReportField,
    Source,
)
from activities.services.reports import COLUMNS
from boards.forms import BoardOwnedForm
from common.fields import (
    IndonesianDateField,
    LineFormField,
    PercentField,
    ProseFormField,
    RupiahFormField,
    portal_formfield,
)
from common.periods import Period

# Where on the form a gap of the report (or a refusal) is said.
FIELD_OF = {
    "report.period": "month",
    "report.future": "month",
    "report.exists": "month",
    "report.too_old": "month",
    "report.after_final": "is_final",
    "report.final_not_last": "is_final",
    "receipt.future": "receipt_on",
}


class ReportNewForm(forms.Form):
    """Which month, and whether it is the last report."""

    month = forms.ChoiceField(
        label="Bulan laporan",
        error_messages={
            "required": "Pilih bulan laporan.",
            "invalid_choice": "Pilih bulan dari daftar ini.",
        },
    )
    is_final = forms.BooleanField(
        label="Ini laporan akhir, pekerjaan sudah selesai", required=False
    )

    def __init__(self, *args, activity: Activity, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = open_months(activity, today)

    @property
    def period(self) -> Period:
        """The chosen month."""
        return Period.parse(self.cleaned_data["month"])


def open_months(activity: Activity, today: datetime.date) -> list[tuple[str, str]]:
    """Months whose report may be opened, the oldest first.

    They have none yet, and no later month was handed in.
    """
    if not activity.started_on or today < activity.started_on:
        return []
    there = set(activity.reports.values_list("period_start", flat=True))
    handed_in = activity.reports.handed_in().order_by("-period_start").first()
    since = handed_in.period_end if handed_in else activity.started_on
    return [
        (month.code, month.label)
        for month in Period(activity.started_on, today).months()
        if month.start not in there and month.end >= since
    ]


class ReportForm(BoardOwnedForm):
    """The boxes of a report that are open now; closed ones are not in the form."""

    physical_progress = PercentField(label="Kemajuan fisik sampai akhir bulan")
    workers_women = people("Pekerja perempuan")
    workers_men = people("Pekerja laki-laki")

    class Meta:
        model = ActivityReport
        fields = (
            "physical_progress",
            "volume_done",
            "person_days_women",
            "person_days_men",
            "workers_women",
            "workers_men",
            "problems",
            "follow_up",
            "explanation",
        )
        formfield_callback = portal_formfield

    def __init__(self, *args, open_boxes: frozenset[str], **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(self.fields) & (COLUMNS - open_boxes):
            del self.fields[name]
        self._label()
        stored = {
            (row.source, row.kind): row.amount for row in self.instance.spendings.all()
        }
        self.sources = sources_of(self.instance)
        for source in self.sources:
            for kind in CostKind:
                if kind in open_boxes:
                    self.fields[f"spend_{source}_{kind}"] = self._money(
                        source, kind, stored.get((source, kind))
                    )
        self.asked = {row.field: row for row in asked_comments(self.instance)}
        for field, row in self.asked.items():
            self.fields[f"answer_{field}"] = ProseFormField(
                label=f"Jawaban atas tanggapan {row.get_field_display()}",
                required=False,
                max_length=600,
                initial=row.answer,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def _label(self) -> None:
        unit = self.instance.activity.unit
        texts = {
            "physical_progress": ("Kemajuan fisik sampai akhir bulan", "%"),
            "volume_done": ("Volume terpasang sampai akhir bulan", unit),
            "person_days_women": ("HOK perempuan bulan ini", "HOK"),
            "person_days_men": ("HOK laki-laki bulan ini", "HOK"),
        }
        for name, (label, unit) in texts.items():
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].widget.after = unit
        for name in ("problems", "follow_up", "explanation"):
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = 3

    def _money(self, source: Source, kind: CostKind, stored: int | None):
        field = RupiahFormField(
            label=f"{kind.label}, {source.label}", required=False, initial=stored
        )
        field.widget.before = "Rp"
        return field

    @property
    def columns(self) -> frozenset[str]:
        """Columns of the row that this form writes."""
        return frozenset(self.fields) & COLUMNS

    @property
    def spendings(self) -> dict[tuple[str, str], int]:
        """(source, cost kind) to rupiah for the open boxes; empty ones are zero."""
        return {
            (source, kind): self.cleaned_data[f"spend_{source}_{kind}"] or 0
            for source in self.sources
            for kind in CostKind
            if f"spend_{source}_{kind}" in self.fields
        }

    @property
    def answers(self) -> dict[str, str]:
        """Commented field to the words for the kelurahan."""
        return {field: self.cleaned_data[f"answer_{field}"] for field in self.asked}

    def bound(self, *names: str) -> list[forms.BoundField]:
        """Bound fields of those names that are open."""
        return [self[name] for name in names if name in self.fields]


def sources_of(report: ActivityReport) -> list[Source]:
    """The work's sources of money, and others that were spent from already."""
    planned = set(report.activity.fundings.values_list("source", flat=True))
    spent = set(report.spendings.values_list("source", flat=True))
    return [source for source in Source if source in planned | spent]


def asked_comments(report: ActivityReport):
    """Comments that the LKM answers now."""
    if report.state != ActivityReport.State.RETURNED:
        return report.comments.none()
    return report.comments.open().filter(round=report.round)


class ManyFiles(forms.ClearableFileInput):
    """A file box that takes several files."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """One to six files; what they are is judged by `boards.uploads`."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        """A list of uploads."""
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not files:
            raise forms.ValidationError("Pilih foto lebih dulu.", code="required")
        most = settings.UPLOAD_PHOTOS_AT_ONCE
        if len(files) > most:
            raise forms.ValidationError(
                f"Paling banyak {most} foto sekali unggah.", code="too_many"
            )
        return [super(PhotosField, self).clean(file, initial) for file in files]


class PhotoForm(forms.Form):
    """Photos of one stage, with the time and place the browser read from them."""

    stage = forms.TypedChoiceField(
        label="Tahap",
        choices=Photo.Stage.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih tahap foto: 0, 50 atau 100 %."},
    )
    photos = PhotosField(
        label="Foto",
        help_text="JPG, PNG atau WebP, paling besar 10 MB, enam foto sekali unggah.",
        allow_empty_file=True,
        widget=ManyFiles(
            attrs={"data-photo": "", "accept": "image/jpeg,image/png,image/webp"}
        ),
    )
    note = LineFormField(label="Keterangan", max_length=150, required=False)


class ReceiptForm(forms.ModelForm):
    """One receipt: what for, when, how much, and the scan."""

    file = forms.FileField(
        label="Berkas nota",
        help_text="Foto atau PDF, paling besar 10 MB.",
        allow_empty_file=True,
        error_messages={"required": "Pilih foto atau PDF nota."},
    )
    receipt_on = IndonesianDateField(label="Tanggal nota")
    amount = RupiahFormField(label="Jumlah", min_value=1)

    class Meta:
        model = ReceiptFile
        fields = ("label", "receipt_on", "amount")
        formfield_callback = portal_formfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].widget.before = "Rp"


class CommentForm(forms.Form):
    """What the kelurahan says about one field; empty takes it back."""

    field = forms.ChoiceField(choices=ReportField.choices, widget=forms.HiddenInput)
    text = ProseFormField(
        label="Tanggapan",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
