"""Forms about groups of residents (KSM)."""

import datetime

from django import forms

from boards.forms import BoardOwnedForm
from common.fields import (
    SEGMENTS,
    IndonesianDateField,
    ProseFormField,
    RupiahFormField,
    ThreeDigitsField,
    portal_formfield,
)
from common.periods import add_months
from common.words import month_name
from members.forms.people import PersonForm
from members.models import CommunityGroup, GroupMember, GroupTraining

MONTHS_OFFERED = 24


class GroupForm(BoardOwnedForm):
    """A group: its name, when it was formed, where, and its house rules."""

    rt = ThreeDigitsField(label="RT", required=False)
    rw = ThreeDigitsField(label="RW", required=False)

    class Meta:
        model = CommunityGroup
        fields = (
            *("name", "formed_on", "formed_number", "address", "rt", "rw"),
            *("house_rules", "rules_agreed_on", "has_books"),
        )
        formfield_callback = portal_formfield
        field_classes = {"house_rules": ProseFormField}
        widgets = {"house_rules": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "Tanpa kata KSM, misalnya: Melati."
        self.fields["formed_on"].help_text = "Tanggal rapat pembentukan."
        self.fields["has_books"].label = "Buku KSM sudah diperiksa dan memadai"

    def clean(self):
        """Rules and their day belong together."""
        cleaned = super().clean()
        if cleaned.get("rules_agreed_on") and not cleaned.get("house_rules"):
            self.add_error("house_rules", "Tulis aturan main yang disepakati.")
        # A day that could not be read is told already.
        undated = "rules_agreed_on" in cleaned and not cleaned["rules_agreed_on"]
        if cleaned.get("house_rules") and undated:
            self.add_error("rules_agreed_on", "Isi kapan aturan main disepakati.")
        return cleaned


class GroupCloseForm(forms.Form):
    """The last day of a group."""

    closed_on = IndonesianDateField(
        label="Hari terakhir", help_text="Anggotanya bebas masuk KSM lain sesudah itu."
    )


class GroupPersonForm(PersonForm):
    """A resident who is not on the list yet: what a group needs to know."""

    LEFT_OUT = ("nickname", "title_before", "title_after", "phone", "user")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in self.LEFT_OUT:
            del self.fields[name]


class GroupMemberForm(BoardOwnedForm):
    """The place of a resident in a group."""

    class Meta:
        model = GroupMember
        fields = (
            *("role", "joined_on", "business", "is_starter"),
            *("listed_poor", "family_consents"),
        )
        formfield_callback = portal_formfield

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = GroupMember.Role.choices
        self.fields[
            "business"
        ].help_text = "Misalnya: warung sayur, jahit, ternak ayam."
        self.fields["is_starter"].label = "Belum punya usaha, akan memulai"
        self.fields["family_consents"].label = "Keluarga sudah menyatakan setuju"

    def _post_clean(self):
        """Put the values into the row; the service judges it whole."""
        for name in self._meta.fields:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])


class GroupLeaveForm(forms.Form):
    """The last day of a member in the group."""

    left_on = IndonesianDateField(label="Hari terakhir sebagai anggota")


class GroupSavingForm(forms.Form):
    """The savings of one month, by the group's own book."""

    month = forms.ChoiceField(label="Bulan")
    amount = RupiahFormField(
        label="Jumlah tabungan seluruh anggota",
        min_value=1,
        help_text="Menurut buku KSM.",
    )

    def __init__(self, *args, group: CommunityGroup, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [
            (f"{month:%Y-%m}", f"{month_name(month.month)} {month.year}")
            for month in open_months(group)
        ]

    def clean_month(self) -> datetime.date:
        """The first day of the month."""
        return datetime.date.fromisoformat(f"{self.cleaned_data['month']}-01")


def open_months(group: CommunityGroup) -> list[datetime.date]:
    """Months without a saving, this month first, no more than two years back."""
    noted = set(group.savings.values_list("month", flat=True))
    this = group.board.today().replace(day=1)
    months = (add_months(this, -back) for back in range(MONTHS_OFFERED))
    first = group.formed_on.replace(day=1)
    return [month for month in months if month >= first and month not in noted]


class GroupTrainingForm(BoardOwnedForm):
    """A training of the group and who took part."""

    class Meta:
        model = GroupTraining
        fields = ("topic", "held_on", "members")
        formfield_callback = portal_formfield
        widgets = {
            "topic": forms.RadioSelect(attrs=SEGMENTS),
            "members": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = GroupTraining.Topic.choices
        people = GroupMember.objects.filter(group=self.instance.group)
        self.fields["members"].queryset = people.select_related("person")
        self.fields["members"].error_messages["required"] = "Centang yang ikut."
        self.fields["held_on"].help_text = "Contoh 21/11/2026."
