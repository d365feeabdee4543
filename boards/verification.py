"""Every chain of the portal from beginning to end: records, and the audit log."""

from collections.abc import Iterator
from dataclasses import dataclass

from boards.audit import first_broken_event
from boards.chain import breaks
from boards.models import AuditEvent, AuditHead, Board, ChainLink


@dataclass(frozen=True)
class Finding:
    """The first place where one chain no longer holds."""

    chain: str
    owner: str
    position: int
    subject: str
    reason: str


def broken_chains() -> Iterator[Finding]:
    """The first broken link of every chain of records and of every audit chain."""
    for broken in breaks(ChainLink.objects.all()):
        yield Finding(
            "catatan", broken.owner, broken.position, broken.subject, broken.reason
        )
    yield from _broken_audits()


def _broken_audits() -> Iterator[Finding]:
    """Audit chains that break inside, or end earlier than their head says."""
    names = {f"b{board.pk}": str(board) for board in Board.objects.all()}
    heads = {head.owner: head for head in AuditHead.objects.all()}
    seen = set(AuditEvent.objects.order_by().values_list("owner", flat=True).distinct())
    for owner in sorted(seen | heads.keys()):
        name = names.get(owner, f"kantor wilayah {owner[1:] or 'Indonesia'}")
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
