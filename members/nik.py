"""The NIK of a person: sixteen digits that are read, sealed, found again and masked.

Source: UU 27/2022 (personal data): collected only where a form asks for it, never
shown in full but on request with a reason.
"""

import re

from boards.masking import mask
from boards.seal import fingerprint, seal, unseal
from members.models import Person

PURPOSE = "members.person.nik"
DIGITS = 16
MASKED = re.compile(r"[0-9]{4}\*{8}[0-9]{4}", re.ASCII)


def read_nik(text: str) -> str:
    """Sixteen digits without blanks; ValueError says what is wrong."""
    bare = re.sub(r"[\s.-]", "", text)
    if not bare.isascii() or not bare.isdecimal():
        raise ValueError("NIK hanya berisi angka. Salin lagi dari KTP.")
    if len(bare) != DIGITS:
        raise ValueError(
            f"NIK ini {len(bare)} angka, seharusnya {DIGITS}. Periksa lagi di KTP."
        )
    return bare


def nik_fingerprint(board_id: int, nik: str) -> str:
    """The same NIK in the same board gives the same text; boards cannot be compared."""
    return fingerprint(f"{board_id}:{nik}", purpose=PURPOSE)


def put_nik(person: Person, nik: str) -> None:
    """Set the three columns of a NIK; "" takes it away. Saves nothing."""
    if not nik:
        person.nik_sealed = person.nik_hmac = person.nik_masked = ""
        return
    person.nik_sealed = seal(nik.encode(), purpose=PURPOSE).hex()
    person.nik_hmac = nik_fingerprint(person.board_id, nik)
    person.nik_masked = mask(nik)


def open_nik(person: Person) -> str:
    """The NIK in full; only `members.services.reveal_nik` calls this."""
    if not person.nik_sealed:
        return ""
    return unseal(bytes.fromhex(person.nik_sealed), purpose=PURPOSE).decode()
