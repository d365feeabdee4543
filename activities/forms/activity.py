"""Forms about a work: its plan, its course, its place in the plans of the region."""

import re

from django import forms
from django.core.exceptions import ValidationError

from activities.models import Activity, CostKind, Source
from activities.services.activities import decisions_for_works
from boards.forms import BoardOwnedForm
from boards.models import Board
from common.errors import RuleViolation
from common.fields import (
    DecimalCommaField,
    IndonesianDateField,
    LineFormField,
    ProseFormField,
    RupiahFormField,
    portal_formfield,
)
from common.money import format_rupiah
from deliberations.models import Decision
from planning.models import PlanItem

_PLACE = re.compile(
    r"(?:RT\s*)?([0-9]{1,3})\s*[/.]\s*(?:RW\s*)?([0-9]{1,3})", re.IGNORECASE
)
MOST_PLACES = 30
MOST_WORKERS = 2000

# Where on the form a refusal of the service is said.
FIELD_OF = {
    "activity.decision": "decision",
    "activity.plan_item": "plan_item",
    "activity.unit": "unit",
    "activity.starts_early": "starts_on",
    "activity.no_budget": "line_wages",
    "activity.sums_differ": f"fund_{Source.DANA_KELURAHAN}",
    "activity.over_ceiling": "line_wages",
    "activity.no_location": "locations",
    "activity.future": "on",
    "activity.no_reason": "reason",
}


def say(form: forms.Form, violation: RuleViolation, fields: dict[str, str]) -> None:
    """Put a refusal next to the box it is about, else on top of the form."""
    field = fields.get(violation.code)
    form.add_error(field if field in form.fields else None, violation)


class PlacesField(LineFormField):
    """RT/RW pairs in one line: "002/004, RT 3/RW 4"; a sorted list of pairs."""

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return []
        super().run_validators(text)
        places = set()
        for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
            found = _PLACE.fullmatch(part)
            if not found:
                raise ValidationError(
                    f"“{part[:20]}” tidak terbaca. Tulis RT/RW seperti 002/004.",
                    code="place",
                )
            places.add((found[1].zfill(3), found[2].zfill(3)))
        if len(places) > MOST_PLACES:
            raise ValidationError(f"Paling banyak {MOST_PLACES} RT.", code="places")
        return sorted(places)

    def run_validators(self, value):
        """Nothing left to do: the line was judged before it became places."""

    def prepare_value(self, value):
        if isinstance(value, list):
            return ", ".join(f"{rt}/{rw}" for rt, rw in value)
        return value


class DecisionChoice(forms.ModelChoiceField):
    """A decision by its number and title."""

    def label_from_instance(self, decision) -> str:
        return f"{decision.number_text} · {decision.title}"


def offer_plan_items(field: forms.ModelChoiceField, board: Board) -> None:
    """Rows of the board's plans, each with its year and ceiling; or none of them."""
    field.queryset = PlanItem.objects.filter(board=board)
    field.empty_label = "Belum selaras"
    field.label_from_instance = lambda item: (
        f"{item}, pagu {format_rupiah(item.ceiling)}"
    )


def _degrees(label: str, most: int) -> DecimalCommaField:
    return DecimalCommaField(
        label=label,
        required=False,
        max_digits=9,
        decimal_places=6,
        min_value=-most,
        max_value=most,
    )


def people(label: str) -> forms.IntegerField:
    """A box for a number of workers; the unit stands behind it."""
    field = forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST_WORKERS,
        error_messages={
            "required": "Isi jumlah pekerja, boleh 0.",
            "invalid": "Tulis bilangan bulat, contoh 9.",
            "min_value": "Isi 0 atau lebih.",
            "max_value": f"Isi paling banyak {MOST_WORKERS} orang.",
        },
    )
    field.widget.after = "orang"
    return field


class ActivityForm(BoardOwnedForm):
    """The plan of a work: basis, place, volume, money, people, days."""

    decision = DecisionChoice(
        queryset=Decision.objects.none(),
        label="Dasar keputusan",
        empty_label="Pilih keputusan",
        error_messages={"invalid_choice": "Pilih keputusan dari daftar ini."},
    )
    locations = PlacesField(
        label="RT dan RW",
        max_length=200,
        help_text="Tulis RT/RW, pisahkan dengan koma: 002/004, 003/004.",
        error_messages={"required": "Isi paling sedikit satu RT, contoh 002/004."},
    )
    workers_women = people("Pekerja perempuan")
    workers_men = people("Pekerja laki-laki")
    latitude = _degrees("Lintang", 90)
    longitude = _degrees("Bujur", 180)

    class Meta:
        model = Activity
        fields = (
            "decision",
            "title",
            "kind",
            "works_type",
            "volume",
            "unit",
            "latitude",
            "longitude",
            "plan_item",
            "starts_on",
            "ends_on",
            "workers_women",
            "workers_men",
            "person_days_women",
            "person_days_men",
            "daily_wage",
        )
        widgets = {"kind": forms.RadioSelect}
        labels = {"starts_on": "Mulai dikerjakan", "ends_on": "Selesai dikerjakan"}
        formfield_callback = portal_formfield

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, board=board, **kwargs)
        self.fields["decision"].queryset = decisions_for_works(board)
        self.fields["kind"].choices = Activity.Kind.choices
        for name, words in (("works_type", "jenis pekerjaan"), ("unit", "satuan")):
            field = self.fields[name]
            field.choices = [("", f"Pilih {words}"), *list(field.choices)[1:]]
        offer_plan_items(self.fields["plan_item"], board)
        self.fields["unit"].help_text = "Jalan dalam m atau m², drainase dalam m."
        plan = self.instance.pk and dict(
            self.instance.budget_lines.values_list("kind", "amount")
        )
        funds = self.instance.pk and dict(
            self.instance.fundings.values_list("source", "amount")
        )
        for prefix, choices, stored in (
            ("line", CostKind, plan or {}),
            ("fund", Source, funds or {}),
        ):
            for choice in choices:
                self.fields[f"{prefix}_{choice}"] = _rupiah(choice, stored.get(choice))
        for name in ("daily_wage", *self.money_names()):
            self.fields[name].widget.before = "Rp"
        if self.instance.pk:
            places = self.instance.locations.values_list("rt", "rw")
            self.fields["locations"].initial = sorted(places)

    def clean(self):
        """A point is two numbers or none."""
        super().clean()
        point = self.cleaned_data.get("latitude"), self.cleaned_data.get("longitude")
        if (point[0] is None) != (point[1] is None) and not self.errors:
            missing = "latitude" if point[0] is None else "longitude"
            self.add_error(missing, "Isi lintang dan bujur bersama-sama.")
        return self.cleaned_data

    def money_names(self) -> list[str]:
        """Names of the boxes for budget lines and fundings."""
        return [name for name in self.fields if name.startswith(("line_", "fund_"))]

    def money(self, prefix: str) -> dict[str, int]:
        """Rupiah typed into the boxes of one prefix, empty ones left out."""
        return {
            name.removeprefix(f"{prefix}_"): self.cleaned_data[name]
            for name in self.money_names()
            if name.startswith(f"{prefix}_") and self.cleaned_data.get(name)
        }

    def boxes(self, *names: str) -> list[forms.BoundField]:
        """Bound fields by name, for the template's groups."""
        return [self[name] for name in names]

    @property
    def line_boxes(self) -> list[forms.BoundField]:
        """The boxes of the budget lines."""
        return self.boxes(*(n for n in self.fields if n.startswith("line_")))

    @property
    def fund_boxes(self) -> list[forms.BoundField]:
        """The boxes of the sources of money."""
        return self.boxes(*(n for n in self.fields if n.startswith("fund_")))


def _rupiah(choice, stored: int | None) -> RupiahFormField:
    return RupiahFormField(label=choice.label, required=False, initial=stored)


class StartForm(forms.Form):
    """The day on which the work began."""

    on = IndonesianDateField(label="Tanggal mulai dikerjakan")


class CancelForm(forms.Form):
    """Why a work is stopped for good."""

    reason = ProseFormField(label="Alasan pembatalan", max_length=300)


class AlignForm(forms.Form):
    """The row of the plan that carries a work."""

    plan_item = forms.ModelChoiceField(
        queryset=PlanItem.objects.none(),
        label="Butir rencana",
        required=False,
        error_messages={"invalid_choice": "Pilih butir dari daftar ini."},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, activity: Activity, **kwargs):
        super().__init__(*args, **kwargs)
        offer_plan_items(self.fields["plan_item"], activity.board)
        self.fields["plan_item"].initial = activity.plan_item_id
        self.fields["revision"].initial = activity.revision
