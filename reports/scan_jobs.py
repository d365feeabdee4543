"""A heap of signed papers too large to wait for, read by the job worker."""

from django.urls import reverse

from boards.access import permissions_of
from boards.jobs import Progress, enqueue_job
from boards.models import Job, User
from boards.roles import Permission
from common.errors import RuleViolation
from reports.models import ScanStack
from reports.scan_piles import source_name, tray_of
from reports.scan_reading import read_page
from reports.services import finish_reading, note_page, put_page

GONE = "Berkasnya tidak disimpan lagi. Unggah sekali lagi."


def job_key(stack: ScanStack) -> str:
    """By which the reading of a stack is found among the jobs."""
    return f"scans:{stack.pk}"


def enqueue_reading(stack: ScanStack, *, first: int, by: User) -> Job:
    """Let the worker read the files of a stack from number `first` on."""
    return enqueue_job(
        "scans",
        title=f"Membaca {stack.expected} halaman pindaian",
        key=job_key(stack),
        by=by,
        board=stack.board,
        arguments={"stack": str(stack.pk), "first": first},
    )


def read_stack(job: Job, progress: Progress) -> str:
    """Read what is not yet read; the address of the stack. Safe to run twice.

    Checks the right of the user again. Raises RuleViolation `scans.right_gone` and
    `scans.gone`.
    """
    if Permission.ISSUE_PAPERS not in permissions_of(job.user, job.board):
        raise RuleViolation(
            "Anda tidak lagi punya izin melampirkan pindaian.", code="scans.right_gone"
        )
    stacks = ScanStack.objects.select_related("board").filter(board=job.board)
    stack = stacks.filter(pk=job.arguments["stack"]).first()
    if stack is None:
        raise RuleViolation("Tumpukannya sudah dibuang.", code="scans.gone")
    read = set(stack.sheets.values_list("source", "number"))
    pages = _pages(stack, job.arguments["first"])
    for done, (source, number) in enumerate(pages):
        progress.step(done, len(pages), f"{done} dari {len(pages)} halaman")
        if (source, number) not in read:
            _read_one(stack, source, number)
    finish_reading(stack)
    return reverse("reports:stack_page", args=[job.board.slug, stack.pk])


def _pages(stack: ScanStack, first: int) -> list[tuple[int, int]]:
    """File and page of everything from file `first` on."""
    return [
        (source, number)
        for source, line in enumerate(stack.sources)
        if source >= first
        for number in range(1, line["pages"] + 1)
    ]


def _read_one(stack: ScanStack, source: int, number: int) -> None:
    data = tray_of(stack).get(source_name(stack, source))
    if data is None:
        raise RuleViolation(GONE, code="scans.gone")
    page = read_page(data, number)
    put_page(stack, source, number, page)
    note_page(stack, source, number, page)
