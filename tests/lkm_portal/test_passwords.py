"""Which passwords the portal takes."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from boards.roles import Role
from tests.make import boards as make


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("pendek-9", "password_too_short"),
        ("x9-" * 43, "password_too_long"),
        ("lkm-bkm-2026", "password_of_context"),
        ("KelurahanLKM2026", "password_of_context"),
        ("startfinding", "password_too_common"),
        ("493857203948", "password_entirely_numeric"),
    ],
)
def test_guessable_passwords_are_refused(password, code):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)

    assert code in [error.code for error in refused.value.error_list]


def test_a_phrase_of_ones_own_is_taken():
    validate_password("Musyawarah-2026")
    validate_password("sapi hijau naik lkm")


@pytest.mark.django_db
def test_the_name_of_ones_own_village_is_refused():
    secretary = make.user(
        Role.SECRETARY, board=make.board(village="Kelurahan Tambakrejo")
    )

    with pytest.raises(ValidationError):
        validate_password("Tambakrejo-2026", secretary)
    validate_password("Mangkujayan-2026", secretary)
