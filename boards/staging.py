"""What was uploaded and is not yet used: sealed, bound to its owner, short-lived.

A sheet between check and load belongs to its user; a tray of pieces to the work that
is done with them (a stack of scanned pages).
"""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from boards.masking import mask_numbers
from boards.models import User
from boards.seal import SealBroken, seal, unseal

KEPT = timedelta(hours=24)
KEPT_FILES = 5
FOLDER = "staged"
TRAYS, TRAY_KEPT = "trays", timedelta(days=8)


@dataclass(frozen=True)
class StagedSheet:
    """A sheet as it was uploaded."""

    token: uuid.UUID
    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Hash of the file as it was uploaded."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def key(self) -> str:
        """The submission key under which the load counts once."""
        return load_key(self.token)


def load_key(token: uuid.UUID) -> str:
    """The submission key of the load of one upload."""
    return f"sheet-{token}"


def _place(user: User, token: uuid.UUID) -> str:
    return f"{FOLDER}/{user.pk}/{token}"


def _purpose(bond: str, user: User, token: uuid.UUID) -> str:
    """The seal opens only for the same user, kind, owner and token."""
    return f"sheet {bond} {user.pk} {token}"


def stage_sheet(bond: str, *, name: str, data: bytes, by: User) -> uuid.UUID:
    """Keep an uploaded file for the second step; `bond` names its kind and owner.

    24 hours, five files a user: a sheet may hold personal numbers.
    """
    _sweep(by)
    token = uuid.uuid4()
    head = {"name": mask_numbers(name)[:120], "at": timezone.now().isoformat()}
    content = json.dumps(head).encode() + b"\n" + data
    sealed = seal(content, purpose=_purpose(bond, by, token))
    default_storage.save(_place(by, token), ContentFile(sealed))
    return token


def staged_sheet(bond: str, token: uuid.UUID, *, by: User) -> StagedSheet | None:
    """The file of an earlier step; None when gone, too old, or bound otherwise."""
    place = _place(by, token)
    if not default_storage.exists(place):
        return None
    with default_storage.open(place) as file:
        sealed = file.read()
    try:
        content = unseal(sealed, purpose=_purpose(bond, by, token))
    except SealBroken:
        return None
    head, _, data = content.partition(b"\n")
    kept = json.loads(head)
    if timezone.now() - datetime.fromisoformat(kept["at"]) > KEPT:
        return None
    return StagedSheet(token, kept["name"], data)


def drop_sheet(token: uuid.UUID, *, by: User) -> None:
    """Forget an uploaded file."""
    default_storage.delete(_place(by, token))


def _sweep(user: User) -> None:
    """Keep the newest files of the user only; the folder never grows."""
    folder = f"{FOLDER}/{user.pk}"
    if not default_storage.exists(folder):
        return
    places = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    places.sort(key=default_storage.get_modified_time, reverse=True)
    for place in places[KEPT_FILES - 1 :]:
        default_storage.delete(place)


@dataclass(frozen=True)
class Tray:
    """Sealed pieces of one piece of work; `owner` is a name nobody else bears.

    What lies in it longer than TRAY_KEPT is taken by `manage.py sweep_files`.
    """

    owner: str

    def put(self, name: str, data: bytes) -> None:
        """Keep a piece; one of the same name is replaced."""
        sealed = seal(data, purpose=self._purpose(name))
        default_storage.save(self._place(name), ContentFile(sealed))

    def get(self, name: str) -> bytes | None:
        """The piece, or None when it is gone or was changed by somebody."""
        try:
            with default_storage.open(self._place(name)) as file:
                return unseal(file.read(), purpose=self._purpose(name))
        except (FileNotFoundError, SealBroken):
            return None

    def drop(self, *names: str) -> None:
        """Forget these pieces."""
        for name in names:
            default_storage.delete(self._place(name))

    def empty(self) -> None:
        """Forget all pieces, and the tray."""
        folder = f"{TRAYS}/{self.owner}"
        if default_storage.exists(folder):
            self.drop(*default_storage.listdir(folder)[1])
            default_storage.delete(folder)

    def _place(self, name: str) -> str:
        return f"{TRAYS}/{self.owner}/{name}"

    def _purpose(self, name: str) -> str:
        return f"tray {self.owner} {name}"


def sweep_trays() -> int:
    """Empty the trays that nobody touched for long; how many."""
    if not default_storage.exists(TRAYS):
        return 0
    swept = 0
    for owner in default_storage.listdir(TRAYS)[0]:
        touched = default_storage.get_modified_time(f"{TRAYS}/{owner}")
        if timezone.now() - touched > TRAY_KEPT:
            Tray(owner).empty()
            swept += 1
    return swept
