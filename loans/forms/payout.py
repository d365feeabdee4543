"""The payout: day, place of the money, and who receives it."""

from django import forms

from common.fields import SEGMENTS, IndonesianDateField, LineFormField
from loans.models import Loan
from members.models import GroupMember

FIELD_OF = {
    "loan.payout_day": "on",
    "ledger.future": "on",
    "ledger.before_opening": "on",
    "ledger.month_closed": "on",
    "ledger.too_little_money": "source",
}


class PayoutForm(forms.Form):
    """How the money is handed over."""

    on = IndonesianDateField(label="Tanggal pencairan")
    source = forms.ChoiceField(
        label="Uang dari",
        choices=[("cash", "Kas"), ("bank", "Bank")],
        widget=forms.RadioSelect(attrs=SEGMENTS),
        initial="cash",
    )
    received_by = LineFormField(
        label="Diterima oleh",
        max_length=120,
        help_text="Yang menandatangani bukti kas keluar, disaksikan anggota.",
    )


def receiver_of(loan: Loan) -> str:
    """The chair of the group, who signs for it."""
    rows = loan.group.members.filter(role=GroupMember.Role.CHAIR, left_on=None)
    chair = rows.select_related("person").first()
    return chair.person.full_name if chair else ""
