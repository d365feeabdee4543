"""What is typed about a series of meetings."""

from django import forms

from common.fields import ClockField, LineFormField
from deliberations.models import Meeting, MeetingSeries
from deliberations.services.series import MOST_AHEAD

KINDS = [pair for pair in Meeting.Kind.choices if pair[0] != Meeting.Kind.SIRKULER]


class SeriesForm(forms.Form):
    """When and where meetings come again."""

    kind = forms.ChoiceField(label="Jenis rapat", choices=KINDS)
    title = LineFormField(
        label="Nama rapat",
        max_length=150,
        required=False,
        help_text="Kosongkan bila sama dengan jenisnya.",
    )
    week = forms.TypedChoiceField(
        label="Minggu", choices=MeetingSeries.Week, coerce=int
    )
    weekday = forms.TypedChoiceField(
        label="Hari", choices=MeetingSeries.Weekday, coerce=int
    )
    starts_at = ClockField(label="Mulai pukul")
    place = LineFormField(label="Tempat", max_length=150)


class SeriesEditForm(SeriesForm):
    """The same of a series there is; its kind stays, its agenda hangs from it."""

    kind = None


class TurnsForm(forms.Form):
    """How many turns to prepare."""

    count = forms.IntegerField(
        min_value=1,
        max_value=MOST_AHEAD,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Siapkan 1 sampai {MOST_AHEAD} rapat sekaligus.",
        ),
    )
