"""The Kemendagri list of places that comes with the portal, and loading it."""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from boards.models import Region

# Source, version, licence (ODbL 1.0) and SHA-256 stand in the NOTICE beside it.
LIST = Path(__file__).parent / "data" / "regions.tsv.xz"
PARENT_LENGTHS = (8, 5, 2)
_CAPITALS = frozenset({"DKI", "DI"})
_SMALL = frozenset({"DAN"})


@dataclass(frozen=True)
class Loaded:
    """What one import did: rows in the list, rows that were new, rows renamed."""

    read: int
    added: int
    changed: int


def read_list() -> Iterator[tuple[str, str]]:
    """Code and name of every place, parents before children."""
    with lzma.open(LIST, "rt", encoding="utf-8") as lines:
        for line in lines:
            code, name = line.rstrip("\n").split("\t")
            yield code, plain_name(name) if len(code) <= 5 else name


def plain_name(capitals: str) -> str:
    """ "KABUPATEN PANGKAJENE DAN KEPULAUAN" as people write it, "dan" in small."""
    words = capitals.split()
    return " ".join(_plain_word(word) for word in words)


def _plain_word(word: str) -> str:
    if word in _CAPITALS:
        return word
    return word.lower() if word in _SMALL else word.title()


def parents_of(code: str) -> list[str]:
    """Codes above `code`, the nearest first: "35.20.06" gives "35.20" and "35"."""
    return [code[:length] for length in PARENT_LENGTHS if length < len(code)]


def wanted(code: str, only: str) -> bool:
    """Is `code` the place `only`, below it, or above it? "" wants everything."""
    if not only or code == only:
        return True
    return code.startswith(f"{only}.") or only.startswith(f"{code}.")


def regions_of_list(only: str = "") -> Iterator[Region]:
    """Unsaved regions with the line "Kecamatan …, Kabupaten …, Jawa Timur" filled."""
    titles: dict[str, str] = {}
    for code, name in read_list():
        if not wanted(code, only):
            continue
        region = Region(code=code, name=name)
        above = [titles[parent] for parent in parents_of(code)]
        region.within = ", ".join(above)
        if len(code) < 13:
            # A province stands in a line of places without its own kind before it.
            titles[code] = name if len(code) == 2 else region.title
        yield region


@transaction.atomic
def import_regions(*, only: str = "") -> Loaded:
    """Load the list, or the place `only` with all above and below it.

    Running it again changes nothing: only rows that are new or named otherwise are
    written, in bulk. No place is ever removed, since old rows may still name it.
    Raises ValueError when the list has no place `only`.
    """
    rows = Region.objects.values_list("code", "name", "within")
    known = {code: (name, within) for code, name, within in rows}
    found = list(regions_of_list(only))
    if only and not any(region.code == only for region in found):
        raise ValueError(only)
    added = [region for region in found if region.code not in known]
    changed = [
        region
        for region in found
        if region.code in known and known[region.code] != (region.name, region.within)
    ]
    Region.objects.bulk_create(
        added + changed,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "within"],
        batch_size=5_000,
    )
    return Loaded(len(found), len(added), len(changed))
