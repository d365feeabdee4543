"""Forms that seat people by a decision."""

import datetime

from django import forms

from boards.models import Board
from common.fields import IndonesianDateField
from deliberations.models import Decision
from deliberations.services.seats import Leaving, Successor
from deliberations.vacancies import usable_decisions
from members.models import Mandate, Nominee, Person
from members.standings import LineUp


class DecisionField(forms.ModelChoiceField):
    """A decision on members that no seat rests on yet."""

    def label_from_instance(self, decision: Decision) -> str:
        """Number, day and title."""
        day = f"{decision.held_on:%d/%m/%Y}"
        return f"{decision.number_text}, {day}: {decision.title}"


def _decisions(board: Board) -> DecisionField:
    return DecisionField(
        usable_decisions(board), label="Keputusan", empty_label="Pilih keputusan"
    )


class SeatForm(forms.Form):
    """The decision that confirms an election, and who leads if it says so."""

    def __init__(self, *args, board: Board, line: LineUp, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"] = _decisions(board)
        keys = [row.pk for row in line.taking]
        self.fields["coordinator"] = forms.ModelChoiceField(
            Nominee.objects.filter(pk__in=keys).order_by("rank"),
            label="Koordinator",
            required=False,
            empty_label="Dipilih kemudian oleh rapat anggota",
        )


class ReplacementForm(forms.Form):
    """Who leaves and why, who follows, by which decision: one page."""

    def __init__(
        self,
        *args,
        mandate: Mandate,
        reserve: Nominee | None,
        today: datetime.date,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mandate, self.reserve = mandate, reserve
        # A colleague may seat this reserve before the page comes back.
        self.fields["reserve"] = forms.IntegerField(
            widget=forms.HiddenInput,
            required=False,
            initial=reserve.pk if reserve else 0,
        )
        if not mandate.ended_on:
            self._ask_leaving(today)
        if reserve is None:
            people = Person.objects.filter(board=mandate.board_id)
            self.fields["person"] = forms.ModelChoiceField(
                people.exclude(pk=mandate.person_id),
                label="Pengganti",
                empty_label="Pilih warga",
                help_text="Yang dipilih rembug khusus.",
            )
        elif reserve.willing != Nominee.Willing.WILLING:
            self.fields["willing_on"] = IndonesianDateField(
                label=f"Tanggal surat kesediaan {reserve.name}"
            )
        self.fields["decision"] = _decisions(mandate.board)
        self.fields["started_on"] = IndonesianDateField(
            label="Pengganti mulai", initial=today
        )

    def _ask_leaving(self, today: datetime.date) -> None:
        reasons = [
            choice
            for choice in Mandate.EndReason.choices
            if choice[0] != Mandate.EndReason.NEW_POSITION
        ]
        yesterday = today - datetime.timedelta(1)
        self.fields["ended_on"] = IndonesianDateField(
            label="Hari terakhir", initial=yesterday
        )
        self.fields["reason"] = forms.ChoiceField(label="Sebab", choices=reasons)

    def leaving(self) -> Leaving | None:
        """For a member who still sits."""
        if self.mandate.ended_on:
            return None
        return Leaving(self.cleaned_data["ended_on"], self.cleaned_data["reason"])

    def successor(self) -> Successor:
        """Who follows, and from which day."""
        return Successor(
            started_on=self.cleaned_data["started_on"],
            willing_on=self.cleaned_data.get("willing_on"),
            person=self.cleaned_data.get("person"),
            reserve=self.cleaned_data.get("reserve") or 0,
        )
