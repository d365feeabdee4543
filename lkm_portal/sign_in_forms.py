"""The forms of allauth in our words; what they check is theirs."""

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings


def _plain(field: forms.Field, label: str, missing: str, help_text: str = "") -> None:
    """A label above instead of a placeholder inside, and our own sentence."""
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["autocapitalize"] = "none"
    field.widget.attrs["spellcheck"] = "false"


def _plain_code(field: forms.Field, help_text: str) -> None:
    _plain(field, "Kode", "Isi kode.", help_text)
    field.widget.attrs["inputmode"] = "numeric"


class SignInForm(LoginForm):
    """Name and password (or the one-time code in its place)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], "Nama pengguna", "Isi nama pengguna Anda.")
        _plain(self.fields["password"], "Kata sandi", "Isi kata sandi Anda.")
        self.fields["login"].widget.attrs["autofocus"] = True
        self.sign_on_name = settings.OIDC_NAME if settings.OIDC_SERVER else ""

    def clean_login(self) -> str:
        """Names are kept in small letters."""
        return super().clean_login().lower()


class PasswordAgainForm(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], "Kata sandi", "Isi kata sandi Anda.")
        self.fields["password"].widget.attrs["autofocus"] = True


class SecondFactorForm(second_factor.AuthenticateForm):
    """The code of the phone, or one recovery code."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(
            self.fields["code"],
            "Kode",
            "Isi kode dari aplikasi di ponsel Anda.",
            "6 angka dari aplikasi di ponsel, atau satu kode cadangan.",
        )
        self.fields["code"].widget.attrs["autofocus"] = True


class SecondFactorAgainForm(second_factor.ReauthenticateForm):
    """The same, in the middle of work."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain_code(self.fields["code"], "6 angka dari aplikasi di ponsel Anda.")


class ActivateForm(ActivateTOTPForm):
    """The first code, which shows that the phone has the key."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain_code(self.fields["code"], "6 angka yang sekarang tampil di aplikasi.")
