"""Fields for rupiah, dates, clock times, decimals and plain text, in model and form."""

from datetime import date, time
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models

from common.money import (
    LARGEST_RUPIAH,
    format_rupiah,
    format_thousands,
    parse_rupiah,
)
from common.reading import read_clock, read_date, read_decimal
from common.text import find_control_character, plain_lines
from common.words import format_date_short, format_decimal

LONGEST_TYPED = 60
# Digits of a key of 63 bits, less one.
LONGEST_KEY = 18


def refuse_control_characters(value: str) -> None:
    """Validator for one line: no newline, tab, NUL or invisible letters."""
    if find_control_character(value):
        raise ValidationError(
            "Ada huruf yang tidak tampak di sini. Hapus semua, lalu ketik ulang.",
            code="control_character",
        )


def refuse_control_characters_in_lines(value: str) -> None:
    """Validator for text of many lines: newline and tab are allowed."""
    if find_control_character(value, lines=True):
        raise ValidationError(
            "Ada huruf yang tidak tampak di tulisan ini. Tempel lagi sebagai teks "
            "biasa.",
            code="control_character",
        )


# Two to four short choices side by side; the field template draws them (ui.md).
SEGMENTS = {"class": "seg"}


class TypedField(forms.Field):
    """A text input whose text is read by `read`; what was typed stays on an error."""

    widget = forms.TextInput
    inputmode = "text"
    missing = "Isi bagian ini."
    # How the field template draws it: unit before and after, width, what is echoed.
    before = after = width = echo = ""

    def __init__(self, **kwargs) -> None:
        messages = kwargs.pop("error_messages", None) or {}
        super().__init__(error_messages={"required": self.missing} | messages, **kwargs)

    def to_python(self, value):
        """Value of the typed text; a value that has its type already passes."""
        if value in self.empty_values:
            return None
        if not isinstance(value, str):
            return value
        text = value.strip()
        if not text:
            return None
        if len(text) > LONGEST_TYPED:
            raise ValidationError("Isian ini terlalu panjang.", code="too_long")
        refuse_control_characters(text)
        try:
            return self.read(text)
        except ValueError as unread:
            raise ValidationError(str(unread), code="unread") from None

    def read(self, text: str):
        """Value of the typed text; ValueError with a sentence if there is none."""
        return text

    def show(self, value) -> str:
        """Text that stands in the input for a stored value."""
        return str(value)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else self.show(value)

    def has_changed(self, initial, data) -> bool:
        if self.disabled:
            return False
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def widget_attrs(self, widget) -> dict:
        attrs = {"inputmode": self.inputmode, "autocomplete": "off"}
        if self.echo:
            attrs["data-echo"] = self.echo
        if self.width:
            attrs["class"] = f"{widget.attrs.get('class', '')} {self.width}".strip()
        return attrs


class RupiahFormField(TypedField):
    """Whole rupiah as people write it; shows 1.234.567."""

    inputmode = "numeric"
    missing = "Isi jumlah rupiah, contoh 1.234.567."
    before = "Rp"
    echo = "rupiah"

    def __init__(
        self, *, min_value: int = 0, max_value: int = LARGEST_RUPIAH, **kwargs
    ) -> None:
        super().__init__(**kwargs)
        self.min_value, self.max_value = min_value, max_value

    def read(self, text: str) -> int:
        amount = parse_rupiah(text)
        if amount < self.min_value:
            raise ValueError(f"Isi paling sedikit {format_rupiah(self.min_value)}.")
        if amount > self.max_value:
            raise ValueError(f"Isi paling banyak {format_rupiah(self.max_value)}.")
        return amount

    def show(self, value: int) -> str:
        return format_thousands(value)


class IndonesianDateField(TypedField):
    """A civil date in every usual spelling; shows 22/11/2026."""

    inputmode = "numeric"
    missing = "Isi tanggal, contoh 22/11/2026."
    width = "w-short"
    echo = "tanggal"

    def __init__(
        self,
        *,
        earliest: date = date(1900, 1, 1),
        latest: date = date(2199, 12, 31),
        **kwargs,
    ) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def read(self, text: str) -> date:
        day = read_date(text)
        if not self.earliest <= day <= self.latest:
            raise ValueError(
                f"Isi tanggal antara {format_date_short(self.earliest)} dan "
                f"{format_date_short(self.latest)}."
            )
        return day

    def show(self, value: date) -> str:
        return format_date_short(value)


class ClockField(TypedField):
    """A clock time: 19.30, 19:30 or 1930; shows 19.30."""

    inputmode = "text"  # phones leave the point out of their digit keys
    missing = "Isi jam, contoh 19.30."
    width = "w-year"

    def read(self, text: str) -> time:
        return read_clock(text)

    def show(self, value: time) -> str:
        return f"{value:%H.%M}"


class DecimalCommaField(TypedField):
    """A number with at most `decimal_places` decimals: 64,5 or 64.5; shows 64,5."""

    inputmode = "decimal"
    missing = "Isi angka, contoh 64,5."
    width = "w-short"

    def __init__(
        self,
        *,
        max_digits: int = 14,
        decimal_places: int = 2,
        min_value: Decimal | int = 0,
        max_value: Decimal | int | None = None,
        **kwargs,
    ) -> None:
        super().__init__(**kwargs)
        self.decimal_places, self.whole_digits = (
            decimal_places,
            max_digits - decimal_places,
        )
        self.min_value, self.max_value = min_value, max_value

    def read(self, text: str) -> Decimal:
        number = read_decimal(text, places=self.decimal_places)
        if number < self.min_value:
            raise ValueError(f"Isi paling sedikit {format_decimal(self.min_value)}.")
        if self.max_value is not None and number > self.max_value:
            raise ValueError(f"Isi paling banyak {format_decimal(self.max_value)}.")
        if abs(number) >= 10**self.whole_digits:
            raise ValueError(f"Paling banyak {self.whole_digits} angka di depan koma.")
        return number

    def show(self, value: Decimal) -> str:
        return format_decimal(value).replace(".", "")  # 1.234 could be read two ways


class PercentField(DecimalCommaField):
    """A percentage from 0 to 100 as people say it: "64,5" or "64,5 %" is 64.5."""

    missing = "Isi persen, antara 0 dan 100."
    after = "%"
    width = "w-year"

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"max_digits": 5, "max_value": 100} | kwargs)

    def read(self, text: str) -> Decimal:
        return super().read(text.removesuffix("%"))


class LineFormField(forms.CharField):
    """One line of plain text in NFC, without control characters."""

    default_validators = (refuse_control_characters,)

    def to_python(self, value):
        text = super().to_python(value)
        return plain_lines(text) if text else text


three_digits = RegexValidator(
    r"\A[0-9]{3}\Z", "Tulis tiga angka, contoh 003.", code="three_digits"
)


class ThreeDigitsField(LineFormField):
    """RT or RW: "3" means "003"."""

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=3, validators=[three_digits], **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        return text.zfill(3) if text and text.isascii() and text.isdecimal() else text

    def widget_attrs(self, widget) -> dict:
        attrs = {"inputmode": "numeric", "class": "w-year"}
        return super().widget_attrs(widget) | attrs


class ProseFormField(forms.CharField):
    """Text of many lines, LF and NFC, without other control characters."""

    widget = forms.Textarea
    default_validators = (refuse_control_characters_in_lines,)

    def to_python(self, value):
        text = super().to_python(value)
        return plain_lines(text) if text else text


class RupiahField(models.BigIntegerField):
    """Whole rupiah in a big-integer column; an `int` in Python, never a float."""

    default_validators = (MaxValueValidator(LARGEST_RUPIAH),)

    def get_prep_value(self, value):
        if isinstance(value, float) or (
            isinstance(value, Decimal) and value != value.to_integral_value()
        ):
            raise TypeError(f"{self.name} takes whole rupiah, not {value!r}")
        return super().get_prep_value(value)

    def formfield(self, **kwargs):
        return super().formfield(
            **{
                "form_class": RupiahFormField,
                "min_value": 0,
                "max_value": LARGEST_RUPIAH,
            }
            | kwargs
        )


class LineField(models.CharField):
    """A column of one line; the model refuses control characters as the form does."""

    default_validators = (refuse_control_characters,)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LineFormField} | kwargs)


class ProseField(models.TextField):
    """A column of many lines; the model refuses control characters as the form does."""

    default_validators = (refuse_control_characters_in_lines,)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": ProseFormField} | kwargs)


class ManyRowsField(forms.ModelMultipleChoiceField):
    """Some rows of a list; a key that no row can have is like any unknown one.

    Django asks SQLite for all keys at once, which then fails on more than 64 bits.
    """

    def _check_values(self, value):
        for key in value:
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": key},
                )
        return super()._check_values(value)


FORM_CLASSES = {
    models.CharField: LineFormField,
    models.TextField: ProseFormField,
    models.DateField: IndonesianDateField,
    models.TimeField: ClockField,
    models.DecimalField: DecimalCommaField,
    models.ManyToManyField: ManyRowsField,
}


def portal_formfield(db_field: models.Field, **kwargs) -> forms.Field | None:
    """Form field of a model field as this portal reads it.

    For `Meta.formfield_callback` of a ModelForm; subclasses of the plain columns and
    every column with choices keep their own form field.
    """
    form_class = FORM_CLASSES.get(type(db_field))
    if form_class and "form_class" not in kwargs:
        kwargs["form_class"] = form_class
    return db_field.formfield(**kwargs)
