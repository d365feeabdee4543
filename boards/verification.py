"""Every chain of the portal from beginning to end: records, and the audit log."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast
from django.utils.module_loading import import_string

from boards.audit import first_broken_event
from boards.chain import breaks, last_link, owner_key
from boards.models import AuditEvent, AuditHead, Board, ChainHead, ChainLink


@dataclass(frozen=True)
class Finding:
    """The first place where one chain no longer holds, or a record outside it.

    `position` is None for a record that should be in the chain and is not.
    """

    chain: str
    owner: str
    position: int | None
    subject: str
    reason: str


def broken_chains() -> Iterator[Finding]:
    """The first fault of every chain of records and of every audit chain.

    Also every frozen record without a link: whoever takes out the end of a chain and
    sets its head back leaves the record itself.
    """
    names = {f"b{board.pk}": str(board) for board in Board.objects.all()}
    broken = set()
    for fault in breaks(ChainLink.objects.all()):
        broken.add(fault.owner)
        name = _name(names, fault.owner)
        yield Finding("catatan", name, fault.position, fault.subject, fault.reason)
    yield from _lost_ends(names, broken)
    yield from _unlinked_records(names)
    yield from _broken_audits(names)


def _name(names: dict[str, str], owner: str) -> str:
    """How a chain is called: its board, or the office of its region."""
    return names.get(owner, f"kantor wilayah {owner[1:] or 'Indonesia'}")


def _lost_ends(names: dict[str, str], broken: set[str]) -> Iterator[Finding]:
    """Chains of records that do not end where their head says."""
    heads = {head.owner: head for head in ChainHead.objects.all()}
    found = ChainLink.objects.order_by().values_list("board_id", "region_code")
    owners = {owner_key(*pair) for pair in found.distinct()}
    for owner in sorted((owners | heads.keys()) - broken):
        fault = _end_fault(last_link(owner), heads.get(owner))
        if fault:
            yield Finding("catatan", _name(names, owner), fault[0], "–", fault[1])


def _end_fault(link: ChainLink | None, head: ChainHead | None):
    """Position and reason where a last link and its head part; None when they agree."""
    position, digest = (link.position, link.hash) if link else (0, "")
    if head is None:
        return position, "ujung rantai hilang"
    if position < head.position:
        lost = "tautan terakhir hilang" if link else "semua tautan hilang"
        return position + 1, lost
    if (position, digest) != (head.position, head.hash):
        return position, "ujung rantai tidak cocok"
    return None


def _unlinked_records(names: dict[str, str]) -> Iterator[Finding]:
    """Records that were frozen, yet stand in no chain."""
    for kind, rows in settings.CHAIN_SUBJECTS.items():
        key = Cast(OuterRef("pk"), TextField())
        links = ChainLink.objects.filter(kind=kind, subject_pk=key)
        for row in import_string(rows)().filter(~Exists(links)).order_by("pk"):
            name = _name(names, owner_key(row.board_id, row.region_code))
            yield Finding("catatan", name, None, str(row)[:200], "tidak ada di rantai")


def _broken_audits(names: dict[str, str]) -> Iterator[Finding]:
    """Audit chains that break inside, or end earlier than their head says."""
    heads = {head.owner: head for head in AuditHead.objects.all()}
    seen = set(AuditEvent.objects.order_by().values_list("owner", flat=True).distinct())
    for owner in sorted(seen | heads.keys()):
        name = _name(names, owner)
        event = first_broken_event(owner)
        if event:
            yield Finding(
                "jejak", name, event.position, event.subject_name, "isi atau sambungan"
            )
            continue
        found = _lost_end(owner, heads.get(owner))
        if found:
            yield Finding("jejak", name, found, "–", "kejadian terakhir hilang")


def _lost_end(owner: str, head: AuditHead | None) -> int | None:
    """The position where a chain was cut off; None when its end is there."""
    last = AuditEvent.objects.filter(owner=owner).order_by("-position").first()
    position, digest = (last.position, last.hash) if last else (0, "")
    if head and (head.position, head.hash) == (position, digest):
        return None
    return position + 1
