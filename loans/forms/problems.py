"""Forms of loans that go wrong: write-off, new plan, claims, and sharing profit."""

from django import forms

from common.errors import RuleViolation
from common.fields import SEGMENTS, IndonesianDateField, LineFormField, RupiahFormField
from loans.forms.decision_choice import DecisionChoice, decision_field
from loans.models import Loan, ProductTerms, Recovery
from loans.schedule import MOST_INSTALMENTS
from loans.services import problem_decisions, spent_by_decision

FIELD_OF = {
    "loan.decision": "decision",
    "loan.over_decision": "decision",
    "loan.ratifier_books": "decision",
    "loan.not_rwt": "decision",
    "loan.second_decision": "decision",
    "profit.decision": "decision",
    "loan.decision_day": "on",
    "loan.paid_since": "on",
    "loan.before_claim": "on",
    "loan.future": "on",
    "profit.day": "on",
    "ledger.future": "on",
    "ledger.before_opening": "on",
    "ledger.month_closed": "on",
    "loan.amount": "amount",
    "loan.over_claim": "amount",
    "profit.amount": "amount",
    "profit.too_much": "amount",
    "loan.plan": "instalments",
    "supervision.visit_day": "visited_on",
    "supervision.unexplained": "explanation",
    "supervision.due_day": "due_on",
}


def say_refusal(form: forms.Form, refused: RuleViolation) -> None:
    """A refusal of a service, beside the field it speaks of."""
    field = FIELD_OF.get(refused.code or "")
    form.add_error(field if field in form.fields else None, refused)


def _decision_of(loan: Loan) -> DecisionChoice:
    board = loan.board
    return decision_field(problem_decisions(board), spent=spent_by_decision(board))


class WriteOffForm(forms.Form):
    """By which decision, when and why a loan leaves the book."""

    on = IndonesianDateField(label="Tanggal hapus buku")
    reason = LineFormField(label="Alasan", max_length=300)
    field_order = ("decision", "on", "reason")

    def __init__(self, *args, loan: Loan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"] = _decision_of(loan)
        self.order_fields(self.field_order)


class WaiverForm(WriteOffForm):
    """By which decision, when and why a claim is given up."""

    on = IndonesianDateField(label="Tanggal hapus tagih")


class RescheduleForm(forms.Form):
    """By which decision, and over how many instalments, the rest is spread."""

    on = IndonesianDateField(
        label="Tanggal penjadwalan ulang",
        help_text="Angsuran pertama jatuh satu masa sesudahnya.",
    )
    instalments = forms.IntegerField(
        label="Banyaknya angsuran baru", min_value=1, max_value=MOST_INSTALMENTS
    )
    reason = LineFormField(label="Alasan", max_length=300)
    field_order = ("decision", "on", "terms", "instalments", "reason")

    def __init__(self, *args, loan: Loan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"] = _decision_of(loan)
        offered = ProductTerms.objects.filter(board=loan.board)
        today = loan.board.today()
        rows = offered.filter(pk__in=offered.in_force(today).values("pk"))
        self.fields["terms"] = forms.ModelChoiceField(
            (rows | offered.filter(pk=loan.terms_id)).select_related("product"),
            label="Ketentuan produk",
            initial=loan.terms_id,
            empty_label=None,
        )
        self.order_fields(self.field_order)


class RecoveryForm(forms.Form):
    """Money on a claim outside the book."""

    on = IndonesianDateField(label="Tanggal terima")
    amount = RupiahFormField(label="Jumlah diterima", min_value=1)
    source = forms.ChoiceField(
        label="Cara bayar",
        choices=Recovery.Source.choices,
        widget=forms.RadioSelect(attrs=SEGMENTS),
        initial="cash",
    )
    payer = LineFormField(label="Disetor oleh", max_length=120)


class ProfitForm(forms.Form):
    """By which decision of the RWT the profit is shared, and how much of it."""

    on = IndonesianDateField(label="Tanggal dibukukan")
    amount = RupiahFormField(label="Laba yang dibagi", min_value=1)
    field_order = ("decision", "on", "amount")

    def __init__(self, *args, decisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"] = decision_field(decisions)
        self.order_fields(self.field_order)
