"""Who reads and who issues which paper: the one place that decides.

Papers of the fund name members, their income and their arrears: they open by the
rights over loans and books, which end at the board. The UPK issues them and the
secretary does not; with the rest it is the other way round.
"""

from collections.abc import Collection

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from boards.roles import Permission
from ledger.models import Voucher
from ledger.rights import book_right
from reports.catalogue import KINDS, Kind
from reports.models import FundStatement, IssuedReport


def hidden_kinds(rights: Collection[Permission]) -> list[str]:
    """Codes of the papers that these rights do not open."""
    return [kind.code for kind in KINDS.values() if kind.view not in rights]


def right_to_read(code: str) -> Permission:
    """The right that opens papers of a kind; a kind that is no more is a common one."""
    kind = KINDS.get(code)
    return kind.view if kind else Permission.VIEW_PAPERS


def right_to_issue(kind: Kind, subject: Model | None) -> Permission:
    """The right to issue this paper: of a book, that of whoever keeps the book."""
    if isinstance(subject, (Voucher, FundStatement)):
        return book_right(subject.book.kind)
    return kind.permission


def right_over(report: IssuedReport) -> Permission:
    """The right to attach a scan to an issued paper, or to cancel it."""
    kind = KINDS.get(report.kind)
    if kind is None:
        return Permission.ISSUE_PAPERS
    models = {model._meta.label: model for model in (Voucher, FundStatement)}
    model = models.get(kind.subject)
    if model is None:
        return kind.permission
    rows = model.objects.select_related("book")
    try:
        return right_to_issue(kind, rows.get(pk=report.subject_pk))
    except ObjectDoesNotExist:
        return kind.permission
