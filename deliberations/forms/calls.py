"""What is typed when a meeting opens without a quorum."""

from django import forms

from common.fields import ClockField, IndonesianDateField, LineFormField


class SecondCallForm(forms.Form):
    """When the meeting was opened again."""

    at = ClockField(label="Panggilan kedua pukul")


class PostponeForm(forms.Form):
    """When the meeting was put off, and to what day, hour and place."""

    at = ClockField(label="Ditunda pukul")
    held_on = IndonesianDateField(label="Rapat lanjutan tanggal")
    starts_at = ClockField(label="Mulai pukul")
    place = LineFormField(label="Tempat", max_length=150)
