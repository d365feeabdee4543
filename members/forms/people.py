"""Forms about residents."""

from django import forms

from boards.forms import BoardOwnedForm
from boards.models import Board, User
from common.fields import LineFormField, ThreeDigitsField, portal_formfield
from members.models import Person, Sex
from members.nik import put_nik, read_nik


class PersonForm(BoardOwnedForm):
    """One resident; an empty NIK field keeps the NIK that is stored."""

    secret_fields = ("nik", "forget_nik", "phone", "address")

    rt = ThreeDigitsField(label="RT", required=False)
    rw = ThreeDigitsField(label="RW", required=False)
    nik = LineFormField(label="NIK", max_length=24, required=False, strip=True)
    forget_nik = forms.BooleanField(label="Hapus NIK yang tersimpan", required=False)

    class Meta:
        model = Person
        fields = (
            "name",
            "nickname",
            "title_before",
            "title_after",
            "sex",
            "birth_year",
            "rt",
            "rw",
            "address",
            "phone",
            "user",
        )
        widgets = {"sex": forms.RadioSelect}
        formfield_callback = portal_formfield

    field_order = (
        "name",
        "nickname",
        "title_before",
        "title_after",
        "sex",
        "birth_year",
        "rt",
        "rw",
        "address",
        "phone",
        "nik",
        "forget_nik",
        "user",
    )

    def __init__(self, *args, board: Board, **kwargs) -> None:
        super().__init__(*args, board=board, **kwargs)
        self.today = board.today()
        self.fields["sex"].choices = Sex.choices
        self._dress_user()
        self.fields["birth_year"].widget.attrs["class"] = "w-year"
        for name in ("nik", "phone", "address"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for name in ("nik", "phone"):
            self.fields[name].widget.attrs |= {
                "inputmode": "numeric",
                "class": "w-money",
            }
        self._dress_nik()

    def _dress_user(self) -> None:
        field = self.fields["user"]
        field.queryset = self._accounts()
        field.empty_label = "Tidak punya akun"
        field.help_text = "Akun di portal, supaya jelas siapa yang memimpin rapat."

    def _dress_nik(self) -> None:
        """Say what is stored, masked; only then there is something to forget."""
        if self.instance.nik_masked:
            self.fields[
                "nik"
            ].help_text = (
                f"Tersimpan {self.instance.nik_masked}. Isi hanya bila diganti."
            )
        else:
            self.fields["nik"].help_text = "16 angka, hanya bila diminta formulir."
            del self.fields["forget_nik"]

    def _accounts(self):
        """Accounts with a post in this board that no other person holds."""
        here = User.objects.filter(
            assignments__board=self.board, assignments__ended_at=None
        )
        free = here.filter(person=None)
        if self.instance.user_id:
            free |= here.filter(pk=self.instance.user_id)
        return free.distinct().order_by("name")

    def clean_birth_year(self):
        """No one is born tomorrow."""
        year = self.cleaned_data["birth_year"]
        if year and year > self.today.year:
            raise forms.ValidationError("Tahun lahir ini belum terjadi.")
        return year

    def clean_nik(self):
        """Sixteen digits; whether somebody else has them is judged by the service."""
        typed = self.cleaned_data["nik"]
        if not typed:
            return ""
        try:
            return read_nik(typed)
        except ValueError as unread:
            raise forms.ValidationError(str(unread)) from None

    def clean(self):
        """Put the NIK into its three columns."""
        cleaned = super().clean()
        if cleaned.get("nik"):
            put_nik(self.instance, cleaned["nik"])
        elif cleaned.get("forget_nik"):
            put_nik(self.instance, "")
        return cleaned


class RevealForm(forms.Form):
    """Why a NIK is looked at."""

    reason = LineFormField(
        label="Untuk apa",
        max_length=160,
        help_text="Tercatat bersama nama Anda, misalnya: surat keterangan domisili.",
    )


class PersonSearchForm(forms.Form):
    """Search in the list of residents."""

    q = LineFormField(label="Cari nama atau panggilan", max_length=80, required=False)
