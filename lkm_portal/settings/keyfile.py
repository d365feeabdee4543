"""A random secret kept in a file that only its owner may read."""

import os
import secrets
from pathlib import Path


def read_or_make_key(path: Path) -> str:
    """Return the key in `path`; on first start make one, mode 0600."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
