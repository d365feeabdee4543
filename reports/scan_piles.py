"""A stack of scanned pages as its page shows it: a pile a paper, and the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from boards.staging import Tray
from reports.models import IssuedReport, ScanStack, SignedScan, StackPage
from reports.scan_sorting import ScannedPage, Sorted, list_pages, sort_sheets

Finding = StackPage.Finding
# What waits for a person; skipped and foreign pages wait for nobody.
WAITING = (Finding.UNREAD, Finding.SEVERAL, Finding.DAMAGED)


def tray_of(stack: ScanStack) -> Tray:
    """Where the pictures and the files of a stack lie."""
    return Tray(f"scan-{stack.pk}")


def source_name(stack: ScanStack, source: int) -> str:
    """The piece that holds file number `source` until it is read."""
    return f"file-{stack.sources[source]['key']}"


def picture_name(page: StackPage, size: str) -> str:
    """The piece that holds a picture of a page; `size` is page or thumb."""
    return f"{size}-{page.stack.sources[page.source]['key']}-{page.number}"


@dataclass(frozen=True)
class Pile:
    """The pages of one paper: chosen ones in order, left over ones, missing numbers.

    `scanned` when a scan of the paper stands already: this would be one more.
    """

    report: IssuedReport
    sorted: Sorted
    pages: dict[int, StackPage]
    scanned: bool = False

    @property
    def chosen(self) -> list[StackPage]:
        """One picture a page, in order."""
        return [self.pages[sheet.key] for sheet in self.sorted.chosen]

    @property
    def spare(self) -> list[StackPage]:
        """Pictures of a page that another one shows better."""
        return [self.pages[sheet.key] for sheet in self.sorted.spare]

    @property
    def attachable(self) -> bool:
        """Whole, and of a paper in force."""
        return self.sorted.complete and self.report.is_in_force

    @property
    def tags(self) -> list[tuple[str, str]]:
        """State of the pile: kind and word of each tag."""
        state = IssuedReport.State(self.report.state)
        if state != IssuedReport.State.ISSUED:
            return [("bad", state.label)]
        tags = [("ok", "Lengkap")]
        if self.sorted.missing:
            tags = [("warn", f"Kurang halaman {list_pages(self.sorted.missing)}")]
        if self.sorted.spare:
            doubled = sorted({sheet.page for sheet in self.sorted.spare})
            tags.append(("draft", f"Halaman {list_pages(doubled)} dobel"))
        if self.scanned:
            tags.append(("wait", "Sudah ada pindaian"))
        return tags


@dataclass(frozen=True)
class Piles:
    """All of a stack, sorted."""

    piles: list[Pile]
    pages: list[StackPage]

    def _found(self, *findings: str) -> list[StackPage]:
        return [page for page in self.pages if page.finding in findings]

    @cached_property
    def waiting(self) -> list[StackPage]:
        """Pages that a person must place."""
        return self._found(*WAITING)

    @cached_property
    def foreign(self) -> list[StackPage]:
        """Pages with the code of a paper that this board did not issue."""
        return self._found(Finding.FOREIGN)

    @cached_property
    def skipped(self) -> list[StackPage]:
        """Pages that a person left out."""
        return self._found(Finding.SKIPPED)

    @cached_property
    def attachable(self) -> list[Pile]:
        """What can be attached now."""
        return [pile for pile in self.piles if pile.attachable]

    @property
    def needs_somebody(self) -> bool:
        """Is there a page left that can still come to something?"""
        return bool(self.waiting) or any(pile.report.is_in_force for pile in self.piles)

    @property
    def placed(self) -> int:
        """How many pages have their place."""
        return len(self._found(Finding.PLACED))


def piles_of(stack: ScanStack) -> Piles:
    """Sort the pages of a stack; two queries."""
    pages = list(stack.sheets.select_related("report__successor", "report__board"))
    for page in pages:
        page.stack = stack
    return Piles(list(_piles(pages)), pages)


def _piles(pages: Iterable[StackPage]) -> Iterable[Pile]:
    papers: dict[int, list[StackPage]] = {}
    for page in pages:
        if page.report_id:
            papers.setdefault(page.report_id, []).append(page)
    standing = SignedScan.objects.standing().filter(report__in=papers)
    scanned = set(standing.values_list("report_id", flat=True))
    for found in papers.values():
        report = found[0].report
        sheets = (
            ScannedPage(page.pk, page.page, page.sharpness, page.by_hand)
            for page in found
        )
        by_key = {page.pk: page for page in found}
        in_order = sort_sheets(sheets, report.pages)
        yield Pile(report, in_order, by_key, report.pk in scanned)
