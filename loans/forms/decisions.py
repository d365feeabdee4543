"""Sheet C: what each member gets, and why an application goes back or ends."""

from typing import Any

from django import forms

from common.fields import IndonesianDateField, LineFormField, RupiahFormField
from common.money import format_rupiah
from loans.forms.decision_choice import decision_field
from loans.models import Loan, LoanShare
from loans.services import loan_decisions, spent_by_decision

FIELD_OF = {
    "loan.decision_day": "on",
    "loan.decision": "decision",
    "loan.over_decision": "decision",
}


class AmountsForm(forms.Form):
    """What each member gets; none is more than the officer proposed."""

    def __init__(self, *args, loan: Loan, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.shares = list(loan.shares.select_related("member__person"))
        for share in self.shares:
            self.fields[f"amount_{share.pk}"] = RupiahFormField(
                label=f"Disetujui untuk {share.name}",
                initial=share.proposed,
                help_text=_found(share),
            )
            self.fields[f"note_{share.pk}"] = LineFormField(
                label="Keterangan", max_length=200, required=False, initial=share.note
            )

    @property
    def rows(self) -> list[tuple]:
        """Each share with its two fields."""
        return [
            (share, self[f"amount_{share.pk}"], self[f"note_{share.pk}"])
            for share in self.shares
        ]

    def clean(self) -> dict[str, Any]:
        """Say beside the field what exceeds the proposal."""
        cleaned = super().clean()
        for share in self.shares:
            amount, most = cleaned.get(f"amount_{share.pk}"), share.proposed or 0
            if amount is not None and amount > most:
                self.add_error(
                    f"amount_{share.pk}",
                    f"Paling banyak sebesar usulan petugas, {format_rupiah(most)}.",
                )
        return cleaned

    def amounts(self) -> dict[int, int]:
        """Rupiah by share."""
        typed = self.cleaned_data
        return {share.pk: typed[f"amount_{share.pk}"] for share in self.shares}

    def notes(self) -> dict[int, str]:
        """Words by share."""
        typed = self.cleaned_data
        return {share.pk: typed[f"note_{share.pk}"] for share in self.shares}


def _found(share: LoanShare) -> str:
    """What was asked, what is proposed, and what is left in a month."""
    words = f"Minta {format_rupiah(share.requested)}"
    if share.proposed is not None:
        words += f", usulan {format_rupiah(share.proposed)}"
    if share.capacity is not None:
        words += f", kemampuan bayar {format_rupiah(share.capacity)} sebulan"
    return f"{words}."


class DecideForm(AmountsForm):
    """The decision of the manager."""

    on = IndonesianDateField(label="Tanggal putusan")
    field_order = ("on",)


class ByDecisionForm(AmountsForm):
    """A decision of a meeting from which the loan is lent."""

    field_order = ("decision",)

    def __init__(self, *args, loan: Loan, **kwargs) -> None:
        super().__init__(*args, loan=loan, **kwargs)
        board = loan.board
        spent = spent_by_decision(board)
        self.fields["decision"] = decision_field(loan_decisions(board), spent=spent)
        self.order_fields(self.field_order)


class ReasonForm(forms.Form):
    """Why; the group is told these words."""

    reason = LineFormField(label="Alasan", max_length=300)


class RefuseForm(ReasonForm):
    """A refusal on a day."""

    on = IndonesianDateField(label="Tanggal putusan")
    field_order = ("on", "reason")
