"""What a summary is asked about: a region and a stretch of months."""

import datetime
from collections.abc import Sequence

from django import forms
from django.utils import timezone

from boards.models import Region
from common.periods import Period, add_months
from common.words import join_unit

MONTHS_BACK = 12
YEARS_BACK = 3
WRONG = ("required", "invalid_choice")


class SummaryForm(forms.Form):
    """Region and period; only what lies inside the office and has begun."""

    region = forms.ChoiceField(
        label="Wilayah",
        error_messages=dict.fromkeys(WRONG, "Pilih wilayah dari daftar."),
    )
    period = forms.ChoiceField(
        label="Masa laporan",
        error_messages=dict.fromkeys(WRONG, "Pilih masa laporan dari daftar."),
    )

    def __init__(
        self,
        *args,
        region: Region,
        districts: Sequence[tuple[str, str]],
        total: int,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        whole = f"Seluruh {_word(region)}, {join_unit(total, 'LKM')}"
        inside = [pair for pair in districts if pair[0] != region.code]
        self.fields["region"].choices = [(region.code, whole), *inside]
        self.fields["period"].choices = period_choices(timezone.localdate())

    def clean_period(self) -> Period:
        """The period that the code names."""
        return Period.parse(self.cleaned_data["period"])


def _word(region: Region) -> str:
    """What kind of place it is, in a sentence: kabupaten, kota, kecamatan."""
    return (region.level or region.name.split()[0]).lower()


def period_choices(today: datetime.date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Periods that have begun, the latest first, grouped by their length."""
    months = [add_months(today.replace(day=1), -back) for back in range(MONTHS_BACK)]
    years = [today.year - back for back in range(YEARS_BACK)]
    groups = {
        "Bulan": [Period.month(day.year, day.month) for day in months],
        "Triwulan": [Period.quarter(y, part) for y in years for part in (4, 3, 2, 1)],
        "Semester": [Period.semester(y, part) for y in years for part in (2, 1)],
        "Tahun": [Period.year(year) for year in years],
    }
    return [
        (name, [(p.code, p.label) for p in periods if p.start <= today])
        for name, periods in groups.items()
    ]
