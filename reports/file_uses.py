"""Which right a stored file asks for when it is a paper or a scan of one."""

from boards.models import StoredFile
from boards.roles import Permission
from reports.models import IssuedReport, SignedScan


def permission_of(stored: StoredFile) -> Permission | None:
    """The right to see papers, for files of papers of a board; else None."""
    papers = IssuedReport.objects.filter(file=stored, board__isnull=False)
    if papers.exists() or SignedScan.objects.filter(file=stored).exists():
        return Permission.VIEW_PAPERS
    return None
