"""Sorted pages of a stack become signed scans of their papers."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from boards.models import Board, StoredFile, User
from boards.uploads import ReadFile
from common.errors import RuleViolation
from reports.models import ScanStack, SignedScan, StackPage
from reports.scan_pdf import bind_pages
from reports.scan_piles import Pile, picture_name, piles_of, tray_of
from reports.services.scans import attach_scan
from reports.services.stacks import forget_stack

_LONG_SIDE = {Board.PaperSize.A4: 297, Board.PaperSize.F4: 330}
CHANGED = "Tumpukan ini baru diubah rekan Anda. Periksa lagi, lalu lampirkan."
GONE = "Gambar halaman ini tidak disimpan lagi. Unggah sekali lagi."


@dataclass(frozen=True)
class Bound:
    """The pages of one paper as one PDF, and which pages they were."""

    pile: Pile
    file: ReadFile
    pages: tuple[int, ...]  # keys of the StackPage rows, in order


def bind_pile(stack: ScanStack, pile: Pile) -> Bound:
    """Make one PDF of a complete pile; reads the tray, writes nothing.

    Raises RuleViolation `scans.gone` when a picture is no longer there.
    """
    tray, report = tray_of(stack), pile.report
    pictures = [tray.get(picture_name(page, "page")) for page in pile.chosen]
    if None in pictures:
        raise RuleViolation(GONE, code="scans.gone")
    size = Board.PaperSize(report.paper_size)
    title = f"Pindaian {report}"
    data = bind_pages(pictures, long_side=_LONG_SIDE[size], title=title)
    label = f"pindaian-{report.short_code.lower()}.pdf"
    file = ReadFile(data, StoredFile.Kind.PDF, label, own=False, pages=len(pictures))
    return Bound(pile, file, tuple(page.pk for page in pile.chosen))


@dataclass(frozen=True)
class Sitting:
    """What is the same for all papers attached at once."""

    scanned_on: datetime.date
    today: datetime.date
    by: User
    role: str


@transaction.atomic
def attach_stack(
    stack: ScanStack,
    bound: Sequence[tuple[Bound, str]],
    sitting: Sitting,
    *,
    signatures: Mapping[int, int],
) -> list[SignedScan]:
    """Attach each bound pile to its paper, all or none; its pages leave the stack.

    `bound` pairs a pile with the SHA-256 under which its bytes were written;
    `signatures` counts them by key of the paper. A stack without a page that still
    waits is forgotten. Raises PileRefused where `attach_scan` refuses, and
    RuleViolation `scans.changed` when somebody sorted meanwhile, `scans.gone` and
    `scans.reading`.
    """
    stack = _lock_read(stack)
    now = {pile.report.pk: pile for pile in piles_of(stack).attachable}
    scans = []
    for each, digest in bound:
        paper = each.pile.report.pk
        pile = now.get(paper)
        if not pile or tuple(page.pk for page in pile.chosen) != each.pages:
            raise RuleViolation(CHANGED, code="scans.changed")
        scans.append(_attach_one(each, digest, sitting, signatures[paper]))
        _take_out(stack, pile)
    if not piles_of(stack).needs_somebody:
        forget_stack(stack)
    return scans


def _attach_one(
    bound: Bound, digest: str, sitting: Sitting, signatures: int
) -> SignedScan:
    report = bound.pile.report
    try:
        return attach_scan(
            report,
            bound.file,
            digest,
            scanned_on=sitting.scanned_on,
            today=sitting.today,
            signatures=signatures,
            note="",
            by=sitting.by,
            role=sitting.role,
        )
    except RuleViolation as refused:
        raise PileRefused(report.pk, refused) from refused


def _lock_read(stack: ScanStack) -> ScanStack:
    """The row under lock; raises when it is gone or not wholly read yet."""
    found = ScanStack.objects.select_for_update().filter(pk=stack.pk).first()
    if found is None:
        raise RuleViolation("Tumpukan ini sudah dilampirkan.", code="scans.gone")
    if found.read_at is None:
        raise RuleViolation(
            "Halamannya masih dibaca. Tunggu sampai selesai.", code="scans.reading"
        )
    return found


class PileRefused(RuleViolation):
    """One paper of several was refused; `paper` is its key."""

    def __init__(self, paper: int, refused: RuleViolation) -> None:
        super().__init__(refused.messages[0], code=refused.code)
        self.paper = paper


def _take_out(stack: ScanStack, pile: Pile) -> None:
    """Rows now, pictures once that is for good; doubles of the pages go too."""
    pages = [*pile.chosen, *pile.spare]
    tray = tray_of(stack)
    names = [picture_name(page, size) for page in pages for size in ("page", "thumb")]
    StackPage.objects.filter(pk__in=[page.pk for page in pages]).delete()
    transaction.on_commit(lambda: tray.drop(*names))
