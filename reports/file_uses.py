"""Which right a stored file asks for when it is a paper or a scan of one."""

from boards.models import StoredFile
from boards.roles import Permission
from reports.models import IssuedReport, SignedScan
from reports.paper_access import right_to_read


def permission_of(stored: StoredFile) -> Permission | None:
    """The right that opens the paper, for files of papers of a board; else None."""
    papers = IssuedReport.objects.filter(file=stored, board__isnull=False)
    kind = papers.values_list("kind", flat=True).first()
    if kind is None:
        scans = SignedScan.objects.filter(file=stored)
        kind = scans.values_list("report__kind", flat=True).first()
    return None if kind is None else right_to_read(kind)
