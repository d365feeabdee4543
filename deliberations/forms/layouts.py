"""Forms of a layout: what a kind of meeting begins with, and who is always invited."""

from typing import Any

from django import forms

from common.fields import ClockField, LineFormField, ProseFormField
from common.text import lines_of
from deliberations.agendas import MEMBER_KINDS, PAPERS
from deliberations.services.layouts import Layout, StandingGuest
from members.models import Sex

MOST_GUESTS = 60


class LayoutForm(forms.Form):
    """Agenda, people, place, hour, copies and papers of one kind."""

    agenda = ProseFormField(
        label="Agenda",
        max_length=6000,
        required=False,
        help_text="Satu baris satu butir.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    starts_at = ClockField(label="Mulai pukul", required=False)
    place = LineFormField(label="Tempat", max_length=150, required=False)
    invites_members = forms.BooleanField(
        label="Undang anggota pimpinan kolektif", required=False
    )
    invites_units = forms.BooleanField(
        label="Undang petugas unit pengelola dan pengawas", required=False
    )
    copies = ProseFormField(
        label="Tembusan",
        max_length=1000,
        required=False,
        help_text="Satu baris satu tujuan. Arsip ditulis sendiri paling akhir.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    papers = forms.MultipleChoiceField(
        label="Surat yang dipakai",
        choices=list(PAPERS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        if kind in MEMBER_KINDS:
            del self.fields["invites_members"]


class StandingGuestForm(forms.Form):
    """Somebody who is always invited, by name or by post."""

    name = LineFormField(label="Nama atau jabatan", max_length=160, required=False)
    sex = forms.ChoiceField(
        label="L/P", choices=[("", "–"), *Sex.choices], required=False
    )
    element = LineFormField(
        label="Unsur",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "unsur", "autocomplete": "off"}),
    )
    is_entitled = forms.BooleanField(label="Berhak suara", required=False)

    def clean(self):
        """A vote belongs to somebody."""
        cleaned = super().clean()
        if cleaned.get("is_entitled") and not (
            cleaned.get("name") or cleaned.get("element")
        ):
            self.add_error("name", "Tulis nama atau jabatannya.")
        return cleaned


GuestFormSet = forms.formset_factory(
    StandingGuestForm, extra=2, max_num=MOST_GUESTS, absolute_max=MOST_GUESTS
)


class LayoutSheet:
    """The whole page of one layout: a head and the standing guests."""

    def __init__(self, layout: Layout, *, kind: str, data: Any = None) -> None:
        self.kind = kind
        self.head = LayoutForm(data, kind=kind, initial=_head(layout))
        self.guests = GuestFormSet(
            data, prefix="tamu", initial=[vars(guest) for guest in layout.guests]
        )
        if kind in MEMBER_KINDS:
            for form in (*self.guests, self.guests.empty_form):
                form.fields.pop("is_entitled", None)

    @property
    def lists(self) -> tuple:
        """The lists of rows, for the error summary."""
        return (self.guests,)

    @property
    def has_errors(self) -> bool:
        """Something typed was refused, by a form or by the service."""
        return self.head.is_bound and not self.is_valid()

    def is_valid(self) -> bool:
        """Validate both parts, so that all faults show at once."""
        valid = [part.is_valid() for part in (self.head, self.guests)]
        return all(valid)

    def layout(self) -> Layout:
        """What was typed, as the service takes it; empty rows fall out."""
        head = self.head.cleaned_data
        return Layout(
            agenda=lines_of(head["agenda"]),
            copies=lines_of(head["copies"]),
            place=head["place"],
            starts_at=head["starts_at"],
            invites_members=head.get("invites_members", True),
            invites_units=head["invites_units"],
            papers=tuple(head["papers"]),
            guests=tuple(
                StandingGuest(
                    name=row.get("name", ""),
                    sex=row.get("sex", ""),
                    element=row.get("element", ""),
                    is_entitled=row.get("is_entitled", False),
                )
                for row in self.guests.cleaned_data
                if row.get("name") or row.get("element")
            ),
        )


def _head(layout: Layout) -> dict[str, Any]:
    return {
        **vars(layout),
        "agenda": "\n".join(layout.agenda),
        "copies": "\n".join(layout.copies),
        "papers": list(layout.papers),
    }
