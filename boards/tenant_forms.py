"""Forms over a board: registering it, its profile by sections, its rules."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from boards.models import Board, Region
from boards.roles import Permission
from boards.rule_kinds import LONGEST_LINE, Kind, Parameter
from boards.tenants import check_number_pattern
from common.fields import (
    SEGMENTS,
    IndonesianDateField,
    LineFormField,
    PercentField,
    ProseFormField,
    RupiahFormField,
    portal_formfield,
)
from common.text import lines_of


def add_refusal(
    form: forms.Form, refused: ValidationError, *, field: str | None = None
) -> None:
    """Put what a service refused beside its field, or above the form."""
    if not hasattr(refused, "error_dict"):
        form.add_error(field, refused)
        return
    for name, errors in refused.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


class NewBoardForm(forms.ModelForm):
    """Name and signs of a new board; the region was picked before."""

    class Meta:
        model = Board
        fields = ("term", "name", "code", "slug")
        formfield_callback = portal_formfield
        widgets = {"term": forms.RadioSelect(attrs=SEGMENTS)}

    def __init__(self, *args, region: Region, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.region_code = region.code
        self.fields["term"].choices = Board.Term.choices
        self.fields["name"].error_messages["required"] = "Isi nama LKM."
        for name in ("code", "slug"):
            self.fields[name].required = False
        self.fields[
            "code"
        ].help_text = (
            "Dipakai di nomor surat. Kosongkan bila cukup huruf depan namanya."
        )
        self.fields[
            "slug"
        ].help_text = "Bagian alamat halaman. Kosongkan untuk memakai namanya."

    def _get_validation_exclusions(self):
        """Keep the region in the check of the name; code and slug may be proposed."""
        kept = super()._get_validation_exclusions() - {"region_code"}
        empty = {name for name in ("code", "slug") if not self.cleaned_data.get(name)}
        return kept | empty


class BoardForm(forms.ModelForm):
    """One section of the profile; carries the revision the user saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = self.instance.revision

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"region_code"}


class NameForm(BoardForm):
    """What the board is called, and its sign in letter numbers."""

    class Meta:
        model = Board
        fields = ("term", "name", "code")
        formfield_callback = portal_formfield
        widgets = {"term": forms.RadioSelect(attrs=SEGMENTS)}


class LetterheadForm(BoardForm):
    """The lines below the name in the letterhead."""

    class Meta:
        model = Board
        fields = ("address", "phone", "email")
        formfield_callback = portal_formfield


class LetterForm(BoardForm):
    """How letters look and are numbered."""

    class Meta:
        model = Board
        fields = ("paper_size", "time_zone", "number_pattern", "greeting")
        formfield_callback = portal_formfield
        widgets = {
            "paper_size": forms.RadioSelect,
            "time_zone": forms.RadioSelect(attrs=SEGMENTS),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper_size"].choices = Board.PaperSize.choices
        self.fields["time_zone"].choices = Board.TimeZone.choices
        self.fields["number_pattern"].help_text = (
            "{seq:03d} nomor urut tiga angka, {type} jenis surat, {board} kode surat,"
            " {roman_month} bulan Romawi, {year} tahun. Nomor urut, jenis, dan tahun"
            " harus ada."
        )

    def clean_number_pattern(self) -> str:
        """It must give a number."""
        pattern = self.cleaned_data["number_pattern"]
        check_number_pattern(pattern)
        return pattern


class LegalForm(BoardForm):
    """Deed, decree and tax number."""

    class Meta:
        model = Board
        fields = (
            "founded_on",
            "deed_number",
            "deed_on",
            "deed_notary",
            "decree_number",
            "decree_on",
            "tax_number",
        )
        formfield_callback = portal_formfield


class BankForm(BoardForm):
    """The account that pays and is paid."""

    class Meta:
        model = Board
        fields = ("bank_name", "bank_account", "bank_holder")
        formfield_callback = portal_formfield


class HeadForm(BoardForm):
    """Who signs for the kelurahan or desa."""

    class Meta:
        model = Board
        fields = ("head_title", "head_name", "head_rank", "head_civil_id")
        formfield_callback = portal_formfield


@dataclass(frozen=True)
class Section:
    """One part of the profile with its form and the right it needs."""

    title: str
    form: type[BoardForm]
    permission: Permission = Permission.EDIT_BOARD


SECTIONS = {
    "nama": Section("Nama", NameForm, Permission.MANAGE_BOARDS),
    "kop": Section("Kop surat", LetterheadForm),
    "surat": Section("Surat", LetterForm),
    "hukum": Section("Dasar hukum", LegalForm),
    "rekening": Section("Rekening", BankForm),
    "kepala": Section("Kepala wilayah", HeadForm),
}


class LogoForm(forms.Form):
    """A picture for the letterhead."""

    logo = forms.FileField(
        label="Gambar logo",
        help_text="PNG atau JPEG, paling besar 10 MB. Latar putih atau tembus.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"required": "Pilih berkas gambar logo."},
    )


class CloseForm(forms.Form):
    """Since when a board is no longer active."""

    on = IndonesianDateField(label="Tidak aktif sejak")


class ParameterForm(forms.Form):
    """A new value of one rule, from a day, with its article."""

    def __init__(self, *args, parameter: Parameter, **kwargs):
        super().__init__(*args, **kwargs)
        self.parameter = parameter
        self.fields = _value_fields(parameter) | {
            "starts_on": IndonesianDateField(
                label="Berlaku mulai",
                help_text="Hari ini atau sesudahnya. Catatan sebelum tanggal itu tetap"
                " memakai nilai lama.",
            ),
            "article": LineFormField(
                label="Dasar",
                max_length=120,
                help_text="Misalnya ART pasal 14 ayat (2).",
                widget=forms.TextInput(attrs={"list": "pasal-berlaku"}),
                error_messages={"required": "Tulis dasarnya, misalnya ART pasal 14."},
            ),
        }

    def value(self) -> object:
        """The value in the shape of its kind."""
        cleaned, kind = self.cleaned_data, self.parameter.kind
        if kind == Kind.SECOND_CALL and cleaned["valid"] != "fraction":
            return cleaned["valid"] == "present"
        if kind in (Kind.FRACTION, Kind.SECOND_CALL):
            return {
                "numerator": cleaned["numerator"],
                "denominator": cleaned["denominator"],
                "more_than": cleaned["least"] == "more",
            }
        if kind == Kind.YES_NO:
            return cleaned["value"] == "yes"
        if kind in (Kind.COUNTS, Kind.PERCENTS):
            found = [cleaned[f"place_{at}"] for at in _places(self.parameter)]
            return found if kind == Kind.COUNTS else [_plain(one) for one in found]
        if kind == Kind.LINES:
            return list(lines_of(cleaned["value"]))
        if kind == Kind.ORDER:
            places = [cleaned.get(f"place_{at}") for at in _places(self.parameter)]
            return [place for place in places if place]
        return cleaned["value"]

    def clean(self):
        """Lists are judged whole; a second call needs all of its own fraction."""
        cleaned = super().clean()
        kind = self.parameter.kind
        if kind == Kind.ORDER or (kind == Kind.LINES and cleaned.get("value")):
            problem = self.parameter.problem_of(self.value())
            if problem:
                self.add_error("value" if kind == Kind.LINES else None, problem)
        if cleaned.get("valid") == "fraction":
            for name in FRACTION_PARTS:
                if cleaned.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, "Isi batas panggilan kedua.")
        return cleaned


def _places(parameter: Parameter) -> range:
    return range(1, len(parameter.places) + 1)


def _plain(percent: Decimal) -> str:
    """Decimal text without needless zeros: 0.5, 15, 100."""
    return f"{percent.normalize():f}"


FRACTION_PARTS = ("least", "numerator", "denominator")


def _segments(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect(attrs=SEGMENTS),
        error_messages={"required": "Pilih salah satu."},
    )


def _whole(label: str, low: int, high: int) -> forms.IntegerField:
    sentence = f"Isi angka bulat {low} sampai {high}."
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": sentence,
            "invalid": sentence,
            "min_value": sentence,
            "max_value": sentence,
        },
    )


def _value_fields(parameter: Parameter) -> dict[str, forms.Field]:
    """The inputs a value of this kind is made of."""
    if parameter.kind == Kind.FRACTION:
        return _fraction_fields()
    if parameter.kind == Kind.SECOND_CALL:
        fields = _fraction_fields()
        for field in fields.values():
            field.required = False
        fields["least"].help_text = "Isi bila sah dengan batas, misalnya 1/3."
        # Three long answers stand below each other: a phone is narrow.
        valid = _segments("Panggilan kedua", SECOND_CALLS)
        valid.widget = forms.RadioSelect(choices=SECOND_CALLS)
        return {"valid": valid} | fields
    if parameter.kind == Kind.YES_NO:
        return {"value": _segments("Nilai", [("yes", "Ya"), ("no", "Tidak")])}
    if parameter.kind == Kind.CHOICE:
        return {"value": _segments("Nilai", list(parameter.choices))}
    if parameter.kind in (Kind.COUNTS, Kind.PERCENTS):
        return _list_fields(parameter)
    if parameter.kind == Kind.ORDER:
        return _order_fields(parameter)
    return {"value": _one_field(parameter)}


def _one_field(parameter: Parameter) -> forms.Field:
    """The input of a value that is one text or one number."""
    if parameter.kind == Kind.RUPIAH:
        limits = {"min_value": parameter.low, "max_value": parameter.high}
        return RupiahFormField(label="Nilai", **limits)
    if parameter.kind == Kind.LINES:
        return _lines_field(parameter)
    label = f"Nilai ({parameter.unit})" if parameter.unit else "Nilai"
    return _whole(label, parameter.low, parameter.high)


def _lines_field(parameter: Parameter) -> forms.Field:
    """A box of many lines."""
    return ProseFormField(
        label="Nilai",
        max_length=parameter.high * (LONGEST_LINE + 2),
        widget=forms.Textarea(attrs={"rows": 2 * len(parameter.default) + 2}),
        help_text="Satu butir setiap baris.",
        error_messages={"required": "Isi paling sedikit satu baris."},
    )


def _list_fields(parameter: Parameter) -> dict[str, forms.Field]:
    """One input for each place of a list."""
    fields: dict[str, forms.Field] = {}
    for at, place in zip(_places(parameter), parameter.places, strict=True):
        fields[f"place_{at}"] = (
            _whole(place, parameter.low, parameter.high)
            if parameter.kind == Kind.COUNTS
            else PercentField(label=place, max_value=parameter.high)
        )
    return fields


def _order_fields(parameter: Parameter) -> dict[str, forms.Field]:
    """One list of names for each place; an empty one is passed over."""
    choices = [("", "tidak dipakai"), *parameter.choices]
    return {
        f"place_{at}": forms.ChoiceField(label=place, choices=choices, required=False)
        for at, place in zip(_places(parameter), parameter.places, strict=True)
    }


SECOND_CALLS = [
    ("no", "Tidak sah"),
    ("present", "Sah dengan yang hadir"),
    ("fraction", "Sah dengan batas"),
]


def _fraction_fields() -> dict[str, forms.Field]:
    """A threshold as a share of those entitled."""
    return {
        "least": _segments(
            "Batas", [("more", "Lebih dari"), ("from", "Paling sedikit")]
        ),
        "numerator": _whole("Pembilang", 1, 100),
        "denominator": _whole("Penyebut", 1, 100),
    }
