"""Forms of the yearly assessment."""

from django import forms

from common.fields import SEGMENTS, ProseFormField
from members.models import EvaluationArea, EvaluationScore

EARLIEST = 2016


class EvaluationStartForm(forms.Form):
    """The year that is assessed."""

    year = forms.TypedChoiceField(label="Tahun", coerce=int)

    def __init__(self, *args, this_year: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        years = range(this_year, max(EARLIEST, this_year - 5) - 1, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]


class EvaluationAreaForm(forms.Form):
    """Level and words of evidence for every aspect of one bidang."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args,
        area: EvaluationArea,
        scores: dict[int, EvaluationScore],
        levels: list[tuple[int, str]],
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.aspects = list(area.aspects.all())
        for aspect in self.aspects:
            score = scores.get(aspect.pk)
            self.fields[f"level_{aspect.pk}"] = forms.TypedChoiceField(
                label=aspect.name,
                choices=[(value, f"{value} {name}") for value, name in levels],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect(attrs=SEGMENTS),
                help_text=_between(aspect.lowest, aspect.highest),
                initial=score.level if score else None,
                error_messages={"invalid_choice": "Pilih salah satu tingkat."},
            )
            self.fields[f"note_{aspect.pk}"] = ProseFormField(
                label=f"Bukti atau alasan: {aspect.name}",
                max_length=600,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=score.note if score else "",
            )

    def rows(self) -> list[tuple]:
        """Aspect with its two fields, in order."""
        return [
            (aspect, self[f"level_{aspect.pk}"], self[f"note_{aspect.pk}"])
            for aspect in self.aspects
        ]

    def clean(self):
        """Words without a level say nothing yet."""
        cleaned = super().clean()
        for aspect in self.aspects:
            level, note = f"level_{aspect.pk}", f"note_{aspect.pk}"
            if cleaned.get(note) and cleaned.get(level) is None:
                self.add_error(level, "Pilih tingkatnya.")
        return cleaned

    def levels(self) -> dict[int, tuple[int | None, str]]:
        """What the service takes."""
        cleaned = self.cleaned_data
        return {
            aspect.pk: (
                cleaned[f"level_{aspect.pk}"],
                cleaned[f"note_{aspect.pk}"],
            )
            for aspect in self.aspects
        }


def _between(lowest: str, highest: str) -> str:
    """What the first and the last level mean, where the source says so."""
    if not lowest or not highest:
        return ""
    return f"Tingkat 1: {lowest}. Tingkat 4: {highest}."
