"""A NIK is read strictly, sealed in the row, found again, and masked."""

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from boards.masking import mask, mask_numbers
from boards.seal import SealBroken, fingerprint, seal, unseal
from members.nik import open_nik, read_nik
from tests.make import boards as make
from tests.make import members


@pytest.mark.parametrize(
    ("typed", "nik"),
    [
        ("9935200612790001", "9935200612790001"),
        (" 9935 2006 1279 0001 ", "9935200612790001"),
        ("993520.061279.0001", "9935200612790001"),
    ],
)
def test_a_nik_is_read_without_its_blanks(typed, nik):
    assert read_nik(typed) == nik


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("993520061279001", "15 angka"),
        ("99352006127900011", "17 angka"),
        ("99352006127900O1", "hanya berisi angka"),
        ("９９３５２００６１２７９０００１", "hanya berisi angka"),
        ("", "hanya berisi angka"),
    ],
)
def test_a_wrong_nik_is_refused_without_being_repeated(typed, word):
    with pytest.raises(ValueError, match=word) as refusal:
        read_nik(typed)

    assert not typed or typed not in str(refusal.value)


def test_masks_keep_four_at_each_end():
    assert mask("9935200612790001") == "9935********0001"
    assert mask_numbers("Budi 9935200612790001 (KTP)") == "Budi 9935********0001 (KTP)"
    assert (
        mask_numbers("Rp72.000.000 pada 22/11/2026") == "Rp72.000.000 pada 22/11/2026"
    )


@pytest.mark.django_db
def test_the_row_never_holds_the_number_itself():
    person = members.person(make.board(), nik=members.NIK)
    person.refresh_from_db()

    stored = f"{person.nik_sealed} {person.nik_hmac} {person.nik_masked}"
    assert members.NIK not in stored
    assert person.nik_masked == members.NIK_MASKED
    assert open_nik(person) == members.NIK


@pytest.mark.django_db
def test_one_nik_stands_once_in_a_board():
    board = make.board()
    members.person(board, nik=members.NIK)

    with pytest.raises(IntegrityError), transaction.atomic():
        members.person(board, nik=members.NIK)


@pytest.mark.django_db
def test_boards_cannot_be_compared_by_fingerprint():
    here = members.person(make.board(), nik=members.NIK)
    there = members.person(make.board(), nik=members.NIK)

    assert here.nik_hmac != there.nik_hmac


def test_a_seal_opens_for_its_purpose_only():
    sealed = seal(b"rahasia", purpose="satu")

    assert unseal(sealed, purpose="satu") == b"rahasia"
    assert b"rahasia" not in sealed
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="dua")
    with pytest.raises(SealBroken):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), purpose="satu")
    with pytest.raises(SealBroken):
        unseal(b"", purpose="satu")


def test_sealing_twice_gives_two_texts_and_one_fingerprint():
    assert seal(b"x", purpose="satu") != seal(b"x", purpose="satu")
    assert fingerprint("x", purpose="satu") == fingerprint("x", purpose="satu")
    assert fingerprint("x", purpose="satu") != fingerprint("x", purpose="dua")


def test_the_key_lies_outside_the_database_for_its_owner_only():
    seal(b"x", purpose="satu")

    assert settings.SEAL_KEY_FILE.stat().st_mode & 0o777 == 0o600
