"""Sealing what even a stolen database must not tell: AES-GCM and keyed fingerprints.

The key lies in `settings.SEAL_KEY_FILE` (mode 0600), outside the database. Each purpose
has keys of its own, so that text sealed for one purpose opens for no other.
"""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12


class SealBroken(Exception):
    """The sealed text was changed, or sealed with another key or for another use."""


def read_or_make_key(path: Path) -> bytes:
    """The 32 bytes in `path`; the first time a new key, written whole or not at all."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(32)))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # fails if another process was first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return base64.b64decode(path.read_bytes())


def _key(purpose: str) -> bytes:
    master = read_or_make_key(Path(settings.SEAL_KEY_FILE))
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(master)


def seal(content: bytes, *, purpose: str) -> bytes:
    """Encrypt; nonce first, then the ciphertext with its tag."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key(f"seal {purpose}")).encrypt(nonce, content, None)


def unseal(sealed: bytes, *, purpose: str) -> bytes:
    """Give back what `seal` took; raises SealBroken."""
    nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(_key(f"seal {purpose}")).decrypt(nonce, body, None)
    except (InvalidTag, ValueError) as broken:
        raise SealBroken(purpose) from broken


def fingerprint(text: str, *, purpose: str) -> str:
    """HMAC-SHA-256 as hex: the same text is found again, and cannot be read back."""
    key = _key(f"fingerprint {purpose}")
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
