"""The canonical record of an issued paper: what the chain of the board holds."""

import json
from typing import Any

from django.db.models import QuerySet

from boards.chain import canonical_json, content_hash, link_of
from boards.numbers import as_registered
from reports.models import IssuedReport, PublishedPaper

# What the verify page says of a paper that the paper's own row does not hold.
_PUBLIC_WORDS = ("kind_title", "title", "board_name", "place", "ratified")


def printed_record(
    *,
    kind: str,
    subject: str,
    title: str,
    number: str,
    edition: int,
    dated_on: str,
    token: str,
    input_sha256: str,
    source_hash: str,
) -> dict[str, Any]:
    """What a paper is before it is a file; its hash stands in the footer.

    `source_hash` is the link that froze the subject (ratified minutes), so the paper
    is tied to the record it was printed from.
    """
    return {
        "kind": kind,
        "subject": subject,
        "title": title,
        "number": number,
        "edition": edition,
        "dated_on": dated_on,
        "token": token,
        "input_sha256": input_sha256,
        "source_hash": source_hash,
    }


def fingerprint(record: dict[str, Any]) -> str:
    """SHA-256 of a printed record, in hex."""
    return content_hash(canonical_json(record))


def report_record(report: IssuedReport, public: PublishedPaper) -> dict[str, Any]:
    """The record of one row: what was printed, its file, and what the public reads."""
    printed = printed_record(
        kind=report.kind,
        subject=f"{report.subject_label}:{report.subject_pk}",
        title=report.title,
        number=as_registered(report.number_text, report.number),
        edition=report.edition,
        dated_on=report.dated_on.isoformat(),
        token=report.token,
        input_sha256=report.input_sha256,
        source_hash=report.source_hash,
    )
    return {
        "printed": printed,
        "record_hash": report.record_hash,
        "sha256": report.sha256,
        "pages": report.pages,
        "paper_size": report.paper_size,
        "issued_name": report.issued_name,
        "supersedes": report.supersedes_id,
        "public": {name: getattr(public, name) for name in _PUBLIC_WORDS},
    }


def issued_papers() -> QuerySet[IssuedReport]:
    """The rows that have a link in the chain: every paper, cancelled ones too."""
    return IssuedReport.objects.all()


def paper_record(pk: str) -> dict[str, Any] | None:
    """Rebuild the record of a paper from its rows; None when one of them is gone.

    Where the public page no longer says what the paper says, the record tells it, and
    so is no longer what was frozen.
    """
    rows = IssuedReport.objects.select_related("number", "publication")
    report = rows.filter(pk=pk, publication__isnull=False).first()
    if report is None:
        return None
    record = report_record(report, report.publication)
    if _is_older(report):
        del record["public"]
    return record if _is_told(report) else record | {"told": "otherwise"}


def _is_older(report: IssuedReport) -> bool:
    """Was the paper frozen when a record did not hold the words of the public page?"""
    link = link_of("reports.paper", report)
    return link is not None and "public" not in json.loads(link.content)


def _is_told(report: IssuedReport) -> bool:
    """Does the public copy of the paper still say what the paper says?"""
    public = report.publication
    own = (report.number_text, report.edition, report.dated_on, report.pages)
    own += (report.token, report.token[:12], report.sha256, report.record_hash[:16])
    told = (public.number, public.edition, public.dated_on, public.pages)
    told += (public.token, public.code, public.file_sha256, public.fingerprint)
    return own == told
