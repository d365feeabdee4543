"""Form and model fields: what they read, show, keep and refuse."""

from datetime import date, time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from common.fields import (
    ClockField,
    DecimalCommaField,
    IndonesianDateField,
    LineField,
    LineFormField,
    PercentField,
    ProseField,
    ProseFormField,
    RupiahField,
    RupiahFormField,
    portal_formfield,
)


class ActForm(forms.Form):
    amount = RupiahFormField(label="Jumlah")
    on = IndonesianDateField(label="Tanggal")
    at = ClockField(label="Jam")
    volume = DecimalCommaField(label="Volume")
    progress = PercentField(label="Kemajuan")
    title = LineFormField(label="Judul")
    note = ProseFormField(label="Catatan", required=False)


TYPED = {
    "amount": "Rp 1.234.567",
    "on": "22 November 2026",
    "at": "1930",
    "volume": "310,25",
    "progress": "64,5 %",
    "title": " Drainase ",
    "note": "satu\r\ndua",
}


def errors_of(**typed):
    form = ActForm(TYPED | typed)
    form.full_clean()
    return {name: list(found) for name, found in form.errors.items()}


def test_each_field_reads_what_people_type():
    form = ActForm(TYPED)

    assert form.is_valid()
    assert form.cleaned_data == {
        "amount": 1_234_567,
        "on": date(2026, 11, 22),
        "at": time(19, 30),
        "volume": Decimal("310.25"),
        "progress": Decimal("64.5"),
        "title": "Drainase",
        "note": "satu\ndua",
    }


def test_stored_values_are_shown_as_indonesians_write_them():
    form = ActForm(
        initial={
            "amount": 1_234_567,
            "on": date(2026, 11, 3),
            "at": time(7, 5),
            "volume": Decimal("1310.50"),
            "progress": Decimal("64.5"),
        }
    )

    shown = {name: form[name].value() for name in ("amount", "on", "at", "volume")}

    assert shown == {
        "amount": "1.234.567",
        "on": "03/11/2026",
        "at": "07.05",
        "volume": "1310,5",
    }
    assert 'value="64,5"' in str(form["progress"])
    assert 'inputmode="numeric"' in str(form["amount"])


@pytest.mark.parametrize(
    "number", [Decimal("1234"), Decimal("1234567"), Decimal("-1000")]
)
def test_a_shown_whole_volume_reads_back_the_same(number):
    field = DecimalCommaField(min_value=-(10**9))
    assert field.clean(field.prepare_value(number)) == number


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("amount", "", "Isi jumlah rupiah, contoh 1.234.567."),
        ("amount", "12,50", "Tulis rupiah bulat tanpa sen: bagian “,50” dihapus."),
        ("on", "", "Isi tanggal, contoh 22/11/2026."),
        ("on", "besok", "Tulis tanggal seperti 22/11/2026."),
        ("on", "22/11/1026", "Isi tanggal antara 01/01/1900 dan 31/12/2199."),
        ("at", "", "Isi jam, contoh 19.30."),
        ("at", "25.00", "Jam 25.00 tidak ada. Tulis antara 00.00 dan 23.59."),
        ("volume", "1,234", "Paling banyak 2 angka di belakang koma."),
        ("volume", "-1", "Isi paling sedikit 0."),
        ("volume", "1234567890123", "Paling banyak 12 angka di depan koma."),
        ("progress", "100,5", "Isi paling banyak 100."),
        ("progress", "", "Isi persen, antara 0 dan 100."),
        ("volume", "1" * 61, "Isian ini terlalu panjang."),
        (
            "amount",
            "1\x00",
            "Ada huruf yang tidak tampak di sini. Hapus semua, lalu ketik ulang.",
        ),
        (
            "title",
            "Drai\x1bnase",
            "Ada huruf yang tidak tampak di sini. Hapus semua, lalu ketik ulang.",
        ),
        (
            "title",
            "a\nb",
            "Ada huruf yang tidak tampak di sini. Hapus semua, lalu ketik ulang.",
        ),
        (
            "note",
            "satu\x0bdua",
            "Ada huruf yang tidak tampak di tulisan ini. Tempel lagi sebagai teks "
            "biasa.",
        ),
    ],
)
def test_a_wrong_entry_gets_a_remedy_and_keeps_what_was_typed(name, typed, sentence):
    form = ActForm(TYPED | {name: typed})

    assert form.errors == {name: [sentence]}
    assert form[name].value() == typed


def test_nul_is_refused_in_text():
    assert "title" in errors_of(title="a\x00b")
    assert "note" in errors_of(note="a\x00b")


def test_text_is_stored_in_one_form():
    form = ActForm(TYPED | {"title": "Andre\u0301"})

    assert form.is_valid()
    assert form.cleaned_data["title"] == "Andr\u00e9"


def test_an_optional_field_may_stay_empty():
    assert RupiahFormField(required=False).clean("  ") is None
    assert IndonesianDateField(required=False).clean("") is None


def test_limits_are_named_in_rupiah_and_as_days():
    amount = RupiahFormField(min_value=1_000, max_value=72_000_000)
    with pytest.raises(ValidationError, match=r"Isi paling sedikit Rp1\.000\."):
        amount.clean("999")
    with pytest.raises(ValidationError, match=r"Isi paling banyak Rp72\.000\.000\."):
        amount.clean("75.000.000")
    day = IndonesianDateField(latest=date(2026, 11, 22))
    with pytest.raises(ValidationError, match=r"01/01/1900 dan 22/11/2026"):
        day.clean("23/11/2026")


def test_the_same_value_in_another_spelling_is_no_change():
    field = RupiahFormField()
    assert field.has_changed(75_000, "Rp 75.000,00") is False
    assert field.has_changed(75_000, "75.001") is True
    assert field.has_changed(75_000, "abc") is True
    assert field.has_changed(None, "") is False
    assert RupiahFormField(disabled=True).has_changed(1, "2") is False


def test_the_rupiah_column_takes_whole_rupiah_only():
    column = RupiahField()
    assert column.get_prep_value(75_000) == 75_000
    assert column.get_prep_value(Decimal(75_000)) == 75_000
    assert column.get_prep_value(None) is None
    for broken in (75_000.0, Decimal("0.5")):
        with pytest.raises(TypeError, match="whole rupiah"):
            column.get_prep_value(broken)


def test_the_rupiah_column_refuses_more_than_fifteen_digits():
    with pytest.raises(ValidationError):
        RupiahField().clean(10**15, None)
    assert isinstance(RupiahField().formfield(), RupiahFormField)


@pytest.mark.parametrize(
    ("column", "text"),
    [(LineField(max_length=20), "a\tb"), (ProseField(), "a\x00b")],
)
def test_text_columns_refuse_control_characters_themselves(column, text):
    with pytest.raises(ValidationError, match="tidak tampak"):
        column.clean(text, None)
    assert column.clean("biasa", None) == "biasa"


@pytest.mark.parametrize(
    ("column", "form_class"),
    [
        (models.CharField(max_length=20), LineFormField),
        (LineField(max_length=20), LineFormField),
        (models.TextField(), ProseFormField),
        (ProseField(), ProseFormField),
        (models.DateField(), IndonesianDateField),
        (models.TimeField(), ClockField),
        (models.DecimalField(max_digits=8, decimal_places=3), DecimalCommaField),
        (RupiahField(), RupiahFormField),
        (models.EmailField(), forms.EmailField),
        (models.DateTimeField(), forms.DateTimeField),
        (models.CharField(max_length=2, choices=[("a", "A")]), forms.TypedChoiceField),
    ],
)
def test_model_forms_get_the_fields_of_the_portal(column, form_class):
    assert type(portal_formfield(column)) is form_class


def test_a_decimal_column_hands_its_places_to_the_form():
    field = portal_formfield(models.DecimalField(max_digits=6, decimal_places=3))
    assert field.clean("123,456") == Decimal("123.456")
    with pytest.raises(ValidationError, match="Paling banyak 3 angka di depan koma"):
        field.clean("1234")
