"""Papers in force keep the record they are about; named in `settings.ROW_USES`."""

from django.db import models

from reports.catalogue import KINDS
from reports.models import IssuedReport


def reason_to_keep(row: models.Model) -> str:
    """The paper in force about this row, and what to do first; "" without one."""
    paper = IssuedReport.objects.about(row).in_force().first()
    if paper is None:
        return ""
    kind = KINDS.get(paper.kind)
    name = f"{kind.title if kind else paper.title} {paper.number_text}".strip()
    return f"{name} masih berlaku. Batalkan surat itu dulu di menu Surat."
