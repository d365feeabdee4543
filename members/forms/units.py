"""Forms about units and who works in them."""

from typing import Any

from django import forms

from boards.forms import BoardOwnedForm
from boards.models import Board
from common.fields import IndonesianDateField, LineFormField, portal_formfield
from members.models import Appointment, Person, Unit
from members.posts import POSTS

POST_LABELS = dict(Appointment.Post.choices)
UNTIL_WHEN = "Kosongkan bila tanpa batas. Hari itu masih bertugas."


class UnitForm(BoardOwnedForm):
    """Kind and own name of a unit; the kind stays once it has a name."""

    class Meta:
        model = Unit
        fields = ("kind", "name")
        formfield_callback = portal_formfield

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Unit.Kind.choices
        if self.instance.pk:
            del self.fields["kind"]

    def _post_clean(self):
        """Shape only; that a name is taken is said by the service."""
        self.instance.name = self.cleaned_data.get("name", self.instance.name)


class UnitCloseForm(forms.Form):
    """The last day of a unit."""

    closed_on = IndonesianDateField(label="Hari terakhir")


def places_in(board: Board) -> list[tuple[str, str]]:
    """Every post of every open unit, by unit; the value is `unit:POST`."""
    units = Unit.objects.filter(board=board, closed_on=None)
    return [
        (f"{unit.pk}:{post}", f"{unit.name}: {POST_LABELS[post]}")
        for unit in sorted(units, key=lambda unit: (unit.place, unit.name))
        for post in POSTS[unit.kind]
    ]


class AppointmentForm(forms.Form):
    """Which post of which unit, and from when to when."""

    place = forms.ChoiceField(label="Unit dan tugas")
    started_on = IndonesianDateField(label="Mulai", help_text="Contoh 14/03/2025.")
    ends_on = IndonesianDateField(
        label="Berlaku sampai", required=False, help_text=UNTIL_WHEN
    )
    decree = LineFormField(
        label="Nomor SK lama",
        max_length=120,
        required=False,
        help_text="Bila diangkat sebelum memakai portal ini. Keputusan di portal"
        " dihubungkan sesudah ini.",
    )

    def __init__(self, *args, board: Board, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.board = board
        self.places = places_in(board)
        self.fields["place"].choices = [("", "Pilih unit dan tugas"), *self.places]

    def facts(self) -> dict[str, Any]:
        """What the service takes beside the person."""
        facts = dict(self.cleaned_data)
        unit, post = facts.pop("place").split(":")
        return facts | {
            "unit": Unit.objects.get(board=self.board, pk=unit),
            "post": post,
        }


class DecidedAppointmentForm(AppointmentForm):
    """An appointment read from a decision: who, too."""

    person = forms.ModelChoiceField(Person.objects.none(), label="Warga")
    decree = None
    field_order = ("person", "place", "started_on", "ends_on")

    def __init__(self, *args, board: Board, **kwargs) -> None:
        super().__init__(*args, board=board, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(board=board)
        self.fields["person"].empty_label = "Pilih warga"


class AppointmentDaysForm(BoardOwnedForm):
    """The days of an appointment, corrected."""

    class Meta:
        model = Appointment
        fields = ("started_on", "ends_on", "decree")
        formfield_callback = portal_formfield

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].help_text = UNTIL_WHEN

    def _post_clean(self):
        """Shape only; the service judges the days."""

    def days(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class AppointmentEndForm(forms.Form):
    """The end of an appointment."""

    ended_on = IndonesianDateField(
        label="Hari terakhir", help_text="Hari itu masih bertugas. Contoh 21/11/2026."
    )
    reason = forms.ChoiceField(label="Sebab", choices=Appointment.EndReason.choices)
