"""What a password may not be, beyond Django's own checks."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError

LONGEST = 128
# Letters and digits that must remain when the words everybody here knows are gone.
REMAINDER = 8
CONTEXT_WORDS = ("lkm", "bkm", "kotaku", "pnpm", "kelurahan", "dinas", "portal")


class MaximumLengthValidator:
    """Refuse what nobody types: hashing a book is a way to stop a server."""

    def validate(self, password, user=None):
        """Raise ValidationError over 128 characters."""
        if len(password) > LONGEST:
            raise ValidationError(
                f"Kata sandi paling panjang {LONGEST} huruf.", code="password_too_long"
            )

    def get_help_text(self):
        """The rule in words."""
        return f"Paling panjang {LONGEST} huruf."


class ContextWordsValidator:
    """Refuse passwords made of the board's or the village's name and little else."""

    def validate(self, password, user=None):
        """Raise ValidationError when under 8 characters remain without such words."""
        rest = password.casefold()
        words = [*CONTEXT_WORDS, *_words_of(user)]
        for word in sorted(words, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < len(password) and len(re.sub(r"\W", "", rest)) < REMAINDER:
            raise ValidationError(
                "Kata sandi ini mudah ditebak: isinya nama LKM, kelurahan, atau"
                " jabatan. Tambahkan kata lain.",
                code="password_of_context",
            )

    def get_help_text(self):
        """The rule in words."""
        return "Bukan nama LKM atau kelurahan Anda."


class DemoPasswordValidator:
    """Refuse the demo's password where people work for real."""

    def validate(self, password, user=None):
        """Raise ValidationError outside the demo."""
        if password == settings.DEMO_PASSWORD and not settings.DEMO_MODE:
            raise ValidationError(
                "Kata sandi ini kata sandi contoh. Pilih yang lain.",
                code="password_of_demo",
            )

    def get_help_text(self):
        """The rule in words."""
        return "Bukan kata sandi contoh."


def _words_of(user) -> list[str]:
    """Words of at least four letters in the names of the user's boards and places."""
    if user is None or not user.pk:
        return []
    names = " ".join(
        f"{held.board.name} {held.board.village} {held.board.district}"
        for held in user.reach()
        if held.board
    )
    return [word for word in re.findall(r"\w+", names.casefold()) if len(word) >= 4]
