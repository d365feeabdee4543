"""A paper too long to wait for, issued by the job worker."""

from functools import partial

from django.db.models import Model
from django.urls import reverse

from boards.access import permissions_of
from boards.jobs import Progress, enqueue_job
from boards.models import Job, User
from common.errors import RuleViolation
from reports.catalogue import KINDS, Kind
from reports.document import Document, Rendered
from reports.paper_access import right_to_issue
from reports.paper_rows import subject_model
from reports.render import RenderFailed, render_long
from reports.services import issue_report


def enqueue_long_paper(kind: Kind, subject: Model, *, by: User) -> Job:
    """Ask for a long paper as a job; the same open request returns the same job."""
    return enqueue_job(
        "paper",
        title=f"{kind.title}: {subject}"[:200],
        key=f"paper:{kind.code}:{subject.pk}",
        by=by,
        board=subject.board,
        arguments={"kind": kind.code, "subject": subject.pk},
    )


def issue_long_paper(job: Job, progress: Progress) -> str:
    """Issue the paper of a job; the address of its page. Safe to run twice.

    Checks the right of the user again. Raises RuleViolation.
    """
    kind = KINDS[job.arguments["kind"]]
    rows = subject_model(kind).objects.filter(board=job.board)
    subject = rows.filter(pk=job.arguments["subject"]).first()
    if right_to_issue(kind, subject) not in permissions_of(job.user, job.board):
        raise RuleViolation(
            "Anda tidak lagi punya izin menerbitkan surat.", code="paper.right_gone"
        )
    if subject is None:
        raise RuleViolation("Catatannya sudah tidak ada.", code="paper.gone")
    progress.step(0, 1, "Mencetak")
    try:
        press = partial(_press, progress)
        report = issue_report(
            kind, subject, on=job.board.today(), by=job.user, press=press
        )
    except RenderFailed as failed:
        raise RuleViolation(str(failed), code=f"paper.{failed.code}") from failed
    return reverse("reports:paper_page", args=[job.board.slug, report.pk])


def _press(progress: Progress, documents: list[Document]) -> Rendered:
    """Print a long book piece by piece; each that is done is told, and may stop it."""

    def tell(done: int, total: int) -> None:
        progress.step(done, total, f"Mencetak, {done} dari {total} bagian")

    return render_long(documents, progress=tell)
