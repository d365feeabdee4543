"""Forms over accounts: new ones, roles, hand-over, and one's own password."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.db.models.functions import Length

from boards.models import Assignment, Board, Region, User
from boards.roles import (
    BOARD_ROLES,
    POST_LABELS,
    POSTS_OF_ROLE,
    REGION_CODE_LENGTHS,
    Role,
)
from common.fields import SEGMENTS, LineFormField

USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,29}$",
    "Pakai 3 sampai 30 huruf kecil, angka, titik, atau garis. Contoh: dewi.anggraini.",
)


class UsernameField(LineFormField):
    """The name typed at sign-in; small letters, free."""

    default_validators = (*LineFormField.default_validators, USERNAME)

    def __init__(self, **kwargs):
        super().__init__(
            label="Nama pengguna",
            help_text="Diketik saat masuk. Huruf kecil, misalnya dewi.anggraini.",
            error_messages={"required": "Isi nama pengguna."},
            **kwargs,
        )
        self.widget.attrs.update(autocapitalize="none", spellcheck="false")

    def to_python(self, value):
        """People type capitals; the account has none."""
        return super().to_python(value).lower()


class BoardChoice(forms.ModelChoiceField):
    """A board with its place, since names repeat."""

    def label_from_instance(self, board: Board) -> str:
        """Name and kelurahan."""
        return f"{board} · {board.village}"


class RegionChoice(forms.ModelChoiceField):
    """A region with what lies around it."""

    def label_from_instance(self, region: Region) -> str:
        """Title and the nearest place above."""
        around = region.within.split(",")[0]
        return f"{region.title} · {around}" if around else region.title


class PlaceForm(forms.Form):
    """Where a role holds, inside the reach `within`; posts if the role has any."""

    def __init__(self, *args, role: Role, within: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.role = role
        self.fixed = ""
        if role in BOARD_ROLES:
            self.fields["board"] = BoardChoice(
                Board.objects.in_region(within).active(),
                label="LKM",
                empty_label="Pilih LKM",
                error_messages={"required": "Pilih LKM tempat bertugas."},
            )
        else:
            self._ask_region(within)
        if posts := POSTS_OF_ROLE.get(role):
            choices = [("", "Tanpa tugas khusus")]
            choices += [(post.value, POST_LABELS[post]) for post in posts]
            self.fields["post"] = forms.ChoiceField(
                label="Tugas", choices=choices, required=False
            )

    def _ask_region(self, within: str) -> None:
        lengths = REGION_CODE_LENGTHS[self.role]
        if len(within) in lengths and within:
            self.fixed = within
            return
        regions = Region.objects.annotate(length=Length("code")).filter(
            code__startswith=within, length__in=lengths
        )
        self.fields["region"] = RegionChoice(
            regions,
            label="Wilayah",
            empty_label="Pilih wilayah",
            error_messages={"required": "Pilih wilayah tempat bertugas."},
        )

    def place(self) -> dict:
        """What the services ask about: board or region code, and the post."""
        region = self.cleaned_data.get("region")
        return {
            "board": self.cleaned_data.get("board"),
            "region_code": region.code if region else self.fixed,
            "post": self.cleaned_data.get("post") or "",
        }


class NewUserForm(PlaceForm):
    """A new account with its first role."""

    name = LineFormField(
        label="Nama",
        max_length=120,
        error_messages={"required": "Isi nama orangnya."},
    )
    username = UsernameField()
    title = LineFormField(
        label="Jabatan di kantor",
        max_length=120,
        required=False,
        help_text="Tercetak di laporan, misalnya Kasi PMD.",
    )
    civil_id = LineFormField(label="NIP", max_length=25, required=False)

    def __init__(self, *args, role: Role, **kwargs):
        super().__init__(*args, role=role, **kwargs)
        if role in BOARD_ROLES:
            del self.fields["title"], self.fields["civil_id"]

    def facts(self) -> dict:
        """Arguments of `create_user`."""
        names = ("name", "username", "title", "civil_id")
        own = {name: self.cleaned_data.get(name) or "" for name in names}
        return own | self.place()


class CodeForm(forms.Form):
    """A new one-time code; what was lost."""

    forget_second_factor = forms.BooleanField(
        label="Lepas juga kode dua langkah, karena ponselnya hilang",
        required=False,
    )


class HandoverForm(forms.Form):
    """From which secretary to whom: a known account or a new one."""

    NEW, KNOWN = "baru", "ada"

    old = forms.ModelChoiceField(
        Assignment.objects.none(),
        label="Sekretaris yang berhenti",
        empty_label="Belum ada sekretaris",
        required=False,
    )
    kind = forms.ChoiceField(
        label="Sekretaris yang baru",
        choices=[(NEW, "Belum punya akun"), (KNOWN, "Sudah punya akun")],
        widget=forms.RadioSelect(attrs=SEGMENTS),
        initial=NEW,
        error_messages={"required": "Pilih salah satu."},
    )
    name = LineFormField(
        label="Nama",
        max_length=120,
        error_messages={"required": "Isi nama sekretaris yang baru."},
    )
    username = UsernameField()
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Akun",
        empty_label="Pilih akun",
        error_messages={"required": "Pilih akun sekretaris yang baru."},
    )
    use_required_attribute = False  # only the fields of the chosen way are asked

    def __init__(self, *args, board: Board, known, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            chosen = self.data.get("kind")
            unasked = ("name", "username") if chosen == self.KNOWN else ("user",)
            for name in unasked:
                self.fields[name].required = False
        open_ones = board.assignments.filter(role=Role.SECRETARY, ended_at=None)
        old = self.fields["old"]
        old.queryset = open_ones.select_related("user")
        old.label_from_instance = lambda held: str(held.user)
        old.initial = open_ones.first()
        if old.initial:
            old.required, old.empty_label = True, None
        user = self.fields["user"]
        user.queryset = known.order_by("name")
        user.label_from_instance = lambda account: f"{account} ({account.username})"

    def facts(self) -> dict:
        """Arguments of `hand_over_secretary`."""
        cleaned = self.cleaned_data
        if cleaned["kind"] == self.KNOWN:
            return {"old": cleaned["old"], "to": cleaned["user"]}
        return {name: cleaned[name] for name in ("old", "name", "username")}


class NewPasswordForm(forms.Form):
    """A password of one's own, typed twice."""

    password = forms.CharField(
        label="Kata sandi baru",
        strip=False,
        help_text="Paling sedikit 12 karakter. Tiga kata yang hanya Anda tahu cukup.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Isi kata sandi baru."},
    )
    again = forms.CharField(
        label="Ketik sekali lagi",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Ketik kata sandi baru sekali lagi."},
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """The rules of the house about passwords."""
        password = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self):
        """Both times the same."""
        cleaned = super().clean()
        typed = cleaned.get("password")
        if typed and cleaned.get("again") and typed != cleaned["again"]:
            self.add_error("again", "Kedua kata sandi belum sama. Ketik sekali lagi.")
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """The same with the old password first."""

    old = forms.CharField(
        label="Kata sandi sekarang",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Isi kata sandi Anda sekarang."},
    )
    field_order = ("old", "password", "again")

    def clean_old(self) -> str:
        """It must be the one that opens the account."""
        old = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(
                "Kata sandi ini tidak cocok. Ketik sekali lagi.", code="wrong_password"
            )
        return old
