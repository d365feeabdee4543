"""Sheet B: what the officer found at each member's home and business."""

from typing import Any

from django import forms

from common.errors import RuleViolation
from common.fields import (
    SEGMENTS,
    IndonesianDateField,
    LineFormField,
    ProseFormField,
    RupiahFormField,
)
from loans.models import Loan, LoanShare
from loans.services import Finding
from loans.services.applications import judge_finding

FIELD_OF = {"loan.check_day": "on"}
# The field of one member beside which a refusal is shown.
ROW_FIELD_OF = {"loan.visit_day": "visited_on"}
YES, NO = "ya", "tidak"


def _row_fields() -> dict[str, forms.Field]:
    return {
        "visited_on": IndonesianDateField(label="Dikunjungi"),
        "income": RupiahFormField(
            label="Penghasilan sebulan", help_text="Dari usaha dan lainnya."
        ),
        "cost": RupiahFormField(
            label="Biaya sebulan", help_text="Rumah tangga dan cicilan lain."
        ),
        "proposed": RupiahFormField(label="Usulan petugas"),
        "character": LineFormField(
            label="Watak dan usaha",
            max_length=300,
            required=False,
            help_text="Kata tetangga, keadaan usaha.",
        ),
        "has_id_copy": forms.BooleanField(
            label="Fotokopi KTP diterima", required=False
        ),
        "signed_joint": forms.BooleanField(
            label="Pernyataan tanggung renteng ditandatangani", required=False
        ),
    }


class CheckForm(forms.Form):
    """The check of one application: a day, a row for each member, a judgement."""

    on = IndonesianDateField(label="Tanggal pemeriksaan")
    fit = forms.ChoiceField(
        label="Penilaian petugas",
        choices=[(YES, "Layak"), (NO, "Tidak layak")],
        widget=forms.RadioSelect(attrs=SEGMENTS),
        error_messages={"required": "Pilih layak atau tidak layak."},
    )
    note = ProseFormField(
        label="Catatan pemeriksaan",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, loan: Loan, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.loan = loan
        self.shares = list(loan.shares.select_related("member__person"))
        for share in self.shares:
            for name, field in _row_fields().items():
                self.fields[f"{name}_{share.pk}"] = field

    @property
    def rows(self) -> list[tuple]:
        """Each share with the fields of its row, by name."""
        return [
            (share, {name: self[f"{name}_{share.pk}"] for name in _row_fields()})
            for share in self.shares
        ]

    def clean(self) -> dict[str, Any]:
        """Judge each member as the service will, beside the field it speaks of."""
        cleaned = super().clean()
        for share in self.shares if cleaned.get("on") else ():
            finding = self._finding(share)
            try:
                if finding:
                    judge_finding(self.loan, share.name, finding, on=cleaned["on"])
            except RuleViolation as violation:
                name = ROW_FIELD_OF.get(violation.code, "proposed")
                self.add_error(f"{name}_{share.pk}", violation)
        return cleaned

    def _finding(self, share: LoanShare) -> Finding | None:
        """What was typed about one member; None while a figure is missing."""
        names = _row_fields()
        typed = {name: self.cleaned_data.get(f"{name}_{share.pk}") for name in names}
        needed = ("visited_on", "income", "cost", "proposed")
        if any(typed[name] is None for name in needed):
            return None
        return Finding(share=share, **typed)

    def findings(self) -> list[Finding]:
        """Every row, as the service takes them."""
        return [self._finding(share) for share in self.shares]


def start_of(loan: Loan) -> dict[str, Any]:
    """What is known before the officer writes: an earlier check, or what was asked."""
    today = loan.board.today()
    start: dict[str, Any] = {"on": today, "note": loan.check_note}
    for share in loan.shares.all():
        seen = {name: getattr(share, name) for name in _row_fields()}
        seen["visited_on"] = share.visited_on or today
        if share.proposed is None:
            seen["proposed"] = share.requested
        start |= {f"{name}_{share.pk}": value for name, value in seen.items()}
    return start
