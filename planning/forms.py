"""Forms about plan items."""

from django import forms

from boards.forms import BoardOwnedForm
from common.fields import LineFormField, portal_formfield
from planning.models import PlanItem


class ProgrammeSearchForm(forms.Form):
    """Search in the code list."""

    q = LineFormField(label="Cari kode atau nama", max_length=80, required=False)


class PlanItemForm(BoardOwnedForm):
    """One row of a plan; its columns feed Table T-C.33."""

    class Meta:
        model = PlanItem
        fields = (
            "kind",
            "year",
            "code",
            "title",
            "indicator",
            "target",
            "unit",
            "location",
            "ceiling",
            "source_of_funds",
            "priority_note",
            "next_target",
            "next_ceiling",
        )
        formfield_callback = portal_formfield

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].widget = forms.TextInput(
            {"inputmode": "numeric", "class": "w-year"}
        )
        for name in ("code", "unit", "source_of_funds"):
            self.fields[name].widget.attrs["class"] = "w-money"
        self.fields["code"].widget.attrs["list"] = "kode-program"
        self.fields["code"].help_text = "Contoh 1.04.03.2.02.03."
        self.fields["unit"].help_text = "Misalnya m, unit, kelompok."
        self.fields["source_of_funds"].help_text = "Misalnya DAU, DD, APBD."
        self.fields["priority_note"].help_text = "Misalnya nomor berita acara usulan."
