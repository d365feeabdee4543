"""Heaps of signed papers that came back: kept, read page by page, sorted, forgotten."""

import datetime
import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from boards.audit import record
from boards.models import Board, User
from common.errors import RuleViolation
from reports.models import IssuedReport, ScanStack, StackPage
from reports.scan_piles import picture_name, source_name, tray_of
from reports.scan_reading import PageRead, Source, read_page

Finding = StackPage.Finding


@transaction.atomic
def keep_stack(
    stack: ScanStack, sources: list[Source], reads: list[list[PageRead]], *, by: User
) -> ScanStack:
    """Add files to a stack, new or there; what was read of them is noted with them.

    The bytes lie in the tray already; without `reads` the worker reads them later.
    Raises RuleViolation `scans.changed` when somebody else filled it meanwhile, and
    `scans.gone` when it was attached or thrown away: its pictures are gone too.
    """
    there = ScanStack.objects.select_for_update().filter(pk=stack.pk).first()
    if there is None and not stack._state.adding:
        raise RuleViolation(
            "Tumpukan ini sudah dilampirkan atau dibuang. Unggah sebagai tumpukan"
            " baru.",
            code="scans.gone",
        )
    first = len(stack.sources) - len(sources)
    if there and (len(there.sources) != first or there.read_at is None):
        raise RuleViolation(
            "Tumpukan ini sedang diisi rekan Anda. Unggah lagi sebentar lagi.",
            code="scans.changed",
        )
    count = sum(source.pages for source in sources)
    stack.read_at = timezone.now() if reads else None
    stack.save()
    for source, pages in enumerate(reads, start=first):
        for number, read in enumerate(pages, start=1):
            note_page(stack, source, number, read)
    record(
        "reports.scans_uploaded",
        stack,
        by=by,
        says=f"mengunggah {count} halaman pindaian surat bertanda tangan",
        board=stack.board,
    )
    return stack


def put_page(stack: ScanStack, source: int, number: int, read: PageRead) -> None:
    """Lay the pictures of a page into the tray, before its row is written."""
    page = StackPage(stack=stack, source=source, number=number)
    for size, data in (("page", read.picture), ("thumb", read.thumbnail)):
        if data:
            tray_of(stack).put(picture_name(page, size), data)


@transaction.atomic
def note_page(
    stack: ScanStack, source: int, number: int, read: PageRead
) -> StackPage | None:
    """Write what a page says; None when that was done before.

    A token is looked for among the papers of the board alone.
    """
    finding, report, page = _finding(stack.board, read)
    row, new = StackPage.objects.get_or_create(
        stack=stack,
        source=source,
        number=number,
        defaults={
            "board": stack.board,
            "finding": finding,
            "report": report,
            "page": page,
            "sharpness": read.sharpness,
        },
    )
    return row if new else None


def _finding(
    board: Board, read: PageRead
) -> tuple[str, IssuedReport | None, int | None]:
    """What is made of the codes of a page: finding, paper, and page of the paper."""
    if read.damaged:
        return Finding.DAMAGED, None, None
    if len(read.codes) > 1:
        return Finding.SEVERAL, None, None
    if not read.codes:
        return Finding.UNREAD, None, None
    (code,) = read.codes
    report = IssuedReport.objects.filter(board=board, token=code.token).first()
    if report is None:
        return Finding.FOREIGN, None, None
    if code.page > report.pages:
        return Finding.UNREAD, None, None
    return Finding.PLACED, report, code.page


@transaction.atomic
def finish_reading(stack: ScanStack) -> None:
    """All is read: the stack can be attached, the files are no longer needed."""
    ScanStack.objects.filter(pk=stack.pk).update(read_at=timezone.now())
    names = [source_name(stack, place) for place in range(len(stack.sources))]
    transaction.on_commit(lambda: tray_of(stack).drop(*names))


@transaction.atomic
def place_page(
    page: StackPage, report: IssuedReport, number: int, *, by: User
) -> StackPage:
    """Say by hand that `page` shows page `number` of `report`.

    Raises RuleViolation `scans.not_in_force` and `scans.no_such_page`.
    """
    page = _lock(page)
    if report.board_id != page.board_id or not report.is_in_force:
        raise RuleViolation(
            "Surat ini sudah tidak berlaku. Pilih surat yang berlaku.",
            code="scans.not_in_force",
        )
    if not 1 <= number <= report.pages:
        raise RuleViolation(
            f"Surat ini {report.pages} halaman. Isi 1 sampai {report.pages}."
            if report.pages > 1
            else "Surat ini hanya satu halaman. Isi 1.",
            code="scans.no_such_page",
        )
    page.finding, page.report, page.page = Finding.PLACED, report, number
    page.by_hand = True
    page.save(update_fields=["finding", "report", "page", "by_hand"])
    record(
        "reports.scan_placed",
        page.stack,
        by=by,
        says=f"menempatkan {page.origin} sebagai halaman {number} {report}",
        board=page.board,
    )
    return page


@transaction.atomic
def skip_page(page: StackPage, *, by: User) -> StackPage:
    """Leave a page out; it can still be placed later."""
    page = _lock(page)
    page.finding, page.report, page.page = Finding.SKIPPED, None, None
    page.by_hand = True
    page.save(update_fields=["finding", "report", "page", "by_hand"])
    record(
        "reports.scan_skipped",
        page.stack,
        by=by,
        says=f"melewati {page.origin}",
        board=page.board,
    )
    return page


def _lock(page: StackPage) -> StackPage:
    """The row under the lock of its stack; DoesNotExist when it was attached."""
    ScanStack.objects.select_for_update().filter(pk=page.stack_id).first()
    return StackPage.objects.select_related("stack__board").get(pk=page.pk)


@transaction.atomic
def drop_stack(stack: ScanStack, *, by: User) -> None:
    """Forget a stack with its pictures; nothing that was attached is touched."""
    ScanStack.objects.select_for_update().filter(pk=stack.pk).first()
    left = stack.sheets.count()
    record(
        "reports.scans_dropped",
        stack,
        by=by,
        says=f"membuang tumpukan pindaian, {left} halaman belum dilampirkan",
        board=stack.board,
    )
    forget_stack(stack)


def forget_stack(stack: ScanStack) -> None:
    """Delete the rows now, and the tray once that is for good."""
    tray = tray_of(stack)
    stack.sheets.all().delete()
    ScanStack.objects.filter(pk=stack.pk).delete()
    transaction.on_commit(tray.empty)


@transaction.atomic
def forget_old_stacks(board: Board, *, now: datetime.datetime) -> int:
    """Forget stacks that nobody sorted for `SCAN_DAYS` days; how many."""
    before = now - datetime.timedelta(days=settings.SCAN_DAYS)
    old = list(ScanStack.objects.filter(board=board, created_at__lt=before))
    for stack in old:
        forget_stack(stack)
    return len(old)


def new_stack(board: Board, *, by: User) -> ScanStack:
    """A stack with a name of its own, so that its tray can be filled; not yet kept.

    Raises RuleViolation `scans.too_many_stacks`.
    """
    if ScanStack.objects.filter(board=board).count() >= settings.SCAN_STACKS:
        raise RuleViolation(
            f"Ada {settings.SCAN_STACKS} tumpukan yang belum selesai. Lampirkan atau"
            " buang dulu salah satunya.",
            code="scans.too_many_stacks",
        )
    return ScanStack(pk=uuid.uuid4(), board=board, by=by, sources=[])


def add_sources(stack: ScanStack, sources: list[Source]) -> int:
    """Note the files on the stack, not yet kept; the number of the first one."""
    first = len(stack.sources)
    stack.sources = [*stack.sources, *(source.line for source in sources)]
    return first


def put_sources(stack: ScanStack, sources: list[Source], *, first: int) -> None:
    """Lay whole files into the tray, for the worker that reads them."""
    for place, source in enumerate(sources, start=first):
        if source.pages:
            tray_of(stack).put(source_name(stack, place), source.data)


def read_all(
    stack: ScanStack, sources: list[Source], *, first: int
) -> list[list[PageRead]]:
    """Read every page of a few files now, and lay the pictures into the tray."""
    reads = []
    for place, source in enumerate(sources, start=first):
        pages = [read_page(source.data, page + 1) for page in range(source.pages)]
        for number, read in enumerate(pages, start=1):
            put_page(stack, place, number, read)
        reads.append(pages)
    return reads
