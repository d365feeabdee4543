"""Tamper evidence: each ratified, approved or issued record is tied to the last."""

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string

from boards.clock import check_clock
from boards.models import Board, ChainHead, ChainLink

FORMAT = b"\x01"
# The hash before the first link.
START = "00" * 32


@dataclass(frozen=True)
class Break:
    """The first place where a chain no longer holds; `owner` as in ChainHead."""

    owner: str
    position: int
    subject: str
    reason: str


def canonical_json(record: dict[str, Any]) -> str:
    """Sorted keys, NFC text, whole numbers and ISO dates only; raises on floats."""

    def plain(value: Any) -> Any:
        if isinstance(value, float):
            raise TypeError("a record holds no floats")
        if isinstance(value, str):
            return unicodedata.normalize("NFC", value)
        if isinstance(value, dict):
            return {plain(key): plain(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(inner) for inner in value]
        if value is None or isinstance(value, (bool, int)):
            return value
        return value.isoformat() if hasattr(value, "isoformat") else str(value)

    return json.dumps(
        plain(record), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def content_hash(content: str) -> str:
    """SHA-256 of a canonical record."""
    return hashlib.sha256(content.encode()).hexdigest()


def link_hash(previous: str, content: str, position: int) -> str:
    """`sha256(0x01 || previous || content || position)`, all hashes as bytes."""
    body = FORMAT + bytes.fromhex(previous) + bytes.fromhex(content)
    return hashlib.sha256(body + str(position).encode()).hexdigest()


def add_link(
    kind: str,
    subject: models.Model,
    record: dict[str, Any],
    *,
    board: Board | None,
    region_code: str = "",
) -> ChainLink:
    """Freeze `record` as the next link of the board (or of the region's office).

    Runs inside the transaction of the act; the head of the chain is locked so that two
    acts never take the same position. `record` holds no NIK, phone or address. Raises
    RuleViolation `boards.clock_back` while the clock is in doubt.
    """
    check_clock()
    content = canonical_json(record)
    digest = content_hash(content)
    with transaction.atomic():
        head = _locked_head(owner_key(board.pk if board else None, region_code))
        previous, position = head.hash or START, head.position + 1
        link = ChainLink.objects.create(
            board=board,
            region_code=board.region_code if board else region_code,
            position=position,
            kind=kind,
            subject_pk=str(subject.pk),
            subject_name=str(subject)[:200],
            content=content,
            content_hash=digest,
            previous_hash=previous,
            hash=link_hash(previous, digest, position),
        )
        head.position, head.hash = link.position, link.hash
        head.save(update_fields=["position", "hash"])
    return link


def owner_key(board_id: int | None, region_code: str) -> str:
    """Whose chain: "b12" for a board, "r35.20" for the office of a region."""
    return f"b{board_id}" if board_id else f"r{region_code}"


def last_link(owner: str) -> ChainLink | None:
    """The link at the end of one chain, as the links themselves have it."""
    links = ChainLink.objects.order_by("-position")
    if owner.startswith("b"):
        return links.filter(board_id=int(owner[1:])).first()
    return links.filter(board=None, region_code=owner[1:]).first()


def _locked_head(owner: str) -> ChainHead:
    """The head of one chain, held until the transaction ends.

    A process of a release without heads may have added links while the portal was
    brought up to date: the head moves on to them.
    """
    head, _ = ChainHead.objects.select_for_update().get_or_create(owner=owner)
    last = last_link(owner)
    if last and last.position > head.position:
        head.position, head.hash = last.position, last.hash
    return head


def link_of(kind: str, subject: models.Model) -> ChainLink | None:
    """The link that froze this object, if any."""
    return ChainLink.objects.filter(kind=kind, subject_pk=str(subject.pk)).first()


def _fault(link: ChainLink, previous: str, position: int) -> str:
    """What is wrong with one link, or "" when it holds."""
    if link.position != position:
        return f"urutan {position} hilang"
    if link.previous_hash != previous:
        return "tidak menyambung ke tautan sebelumnya"
    if content_hash(link.content) != link.content_hash:
        return "salinan isi berubah"
    if link.hash != link_hash(previous, link.content_hash, position):
        return "sidik berubah"
    rebuild = settings.CHAIN_RECORDS.get(link.kind)
    if rebuild is None:
        return f"jenis {link.kind} tidak dikenal"
    current = import_string(rebuild)(link.subject_pk)
    if current is None:
        return "catatan aslinya hilang"
    if canonical_json(current) != link.content:
        return "catatan aslinya berubah sesudah dikunci"
    return ""


def breaks(links: models.QuerySet[ChainLink]) -> Iterator[Break]:
    """Walk chains ordered by owner and position; yield the first break of each."""
    owner, broken, previous, position = "", False, "", 0
    ordered = links.order_by("board_id", "region_code", "position")
    for link in ordered.iterator(chunk_size=500):
        key = owner_key(link.board_id, link.region_code)
        if key != owner:
            owner, broken, previous, position = key, False, START, 0
        if broken:
            continue
        position += 1
        reason = _fault(link, previous, position)
        if reason:
            broken = True
            yield Break(owner, position, link.subject_name, reason)
        previous = link.hash
