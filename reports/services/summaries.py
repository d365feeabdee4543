"""Issuing a summary of the Dinas: printed once, kept once, found again."""

import datetime
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from boards.audit import record
from boards.chain import add_link, canonical_json, content_hash
from boards.files import keep_file, put_bytes
from boards.models import LetterNumber, Region, StoredFile, User
from boards.numbers import give_office_number, next_office_number_text
from boards.uploads import ReadFile, clean_label
from common.errors import RuleViolation
from common.periods import Period
from reports.builders.board_facts import Told
from reports.builders.dinas_summary import SummaryFacts
from reports.builders.summary_front import chart_of
from reports.builders.summary_paper import SummaryPaper, build, title_of
from reports.builders.summary_parts import Issue
from reports.builders.summary_rows import CSV_NAME, csv_of, workbook_of
from reports.document import Attachment, Document, Rendered, VerifyLine
from reports.models import IssuedReport, PublishedPaper, SummarisedReport, Summary
from reports.records import fingerprint, printed_record, report_record
from reports.services.issuing import NumberMoved, publish_paper
from reports.services.printing import edition_after, new_token

KIND = "ringkasan-dinas"
SUBJECT = "boards.region"
NUMBER_TYPE = "RINGKASAN"
# About forty pages: longer ones are printed in pieces, which costs them their tags.
ROWS_IN_ONE_PIECE = 1_000
TRIES = 3


@dataclass(frozen=True)
class Asked:
    """Whose summary: the office that asks, as of when, by whom, on which paper."""

    office: Region
    at: datetime.datetime
    issue: Issue
    size: str
    zone: str
    by: User


@dataclass(frozen=True)
class Printed:
    """A summary that is printed and written to the disk, but not yet kept."""

    number: str
    edition: int
    token: str
    record_hash: str
    rendered: Rendered
    digest: str
    tagged: bool
    sheet: bytes
    sheet_digest: str


def subject_key(code: str, period: Period) -> str:
    """What a summary is about: "35.20:2026-T3"."""
    return f"{code}:{period.code}"


def summaries_about(code: str, period: Period):
    """Every edition of the summary of one region and period."""
    return IssuedReport.objects.filter(
        kind=KIND, subject_label=SUBJECT, subject_pk=subject_key(code, period)
    )


def facts_hash(facts: SummaryFacts, *, size: str) -> str:
    """SHA-256 of what a summary says, without the moment: same facts, same paper."""
    return content_hash(
        canonical_json({"kind": KIND, "size": size, "facts": asdict(facts)})
    )


def issue_summary(
    facts: SummaryFacts,
    asked: Asked,
    *,
    press: Callable[[list[Document]], Rendered],
    arrived: Callable[[], None] = lambda: None,
) -> IssuedReport:
    """Print and keep the summary; the same facts return the one already in force.

    `press` prints one document whole or several as one; `arrived` is called before
    anything is kept and may raise to stop. Safe to run twice and to be killed at any
    line: all of it is kept, or nothing. Raises RuleViolation `paper.busy` and
    RenderFailed.
    """
    digest = facts_hash(facts, size=asked.size)
    for _ in range(TRIES):
        there = summaries_about(facts.code, facts.period).in_force()
        same = there.filter(input_sha256=digest).first()
        if same:
            return same
        printed = _print(facts, asked, digest, press)
        arrived()
        try:
            return _keep(facts, asked, digest, printed)
        except NumberMoved:
            continue
    raise RuleViolation(
        "Nomor ringkasan sedang dipakai. Coba sekali lagi.", code="paper.busy"
    )


def _print(facts: SummaryFacts, asked: Asked, digest: str, press) -> Printed:
    number = next_office_number_text(
        asked.office.code,
        NUMBER_TYPE,
        on=asked.issue.on,
        pattern=settings.SUMMARY_NUMBER_PATTERN,
    )
    earlier = summaries_about(facts.code, facts.period).order_by("-edition").first()
    edition = edition_after(earlier)
    token = new_token()
    record_hash = fingerprint(
        printed_record(
            kind=KIND,
            subject=f"{SUBJECT}:{subject_key(facts.code, facts.period)}",
            title=title_of(facts),
            number=number,
            edition=edition,
            dated_on=asked.issue.on.isoformat(),
            token=token,
            input_sha256=digest,
            source_hash="",
        )
    )
    verify = VerifyLine(settings.PORTAL_URL, token, record_hash)
    documents = documents_of(
        facts, asked.issue, number=number, size=asked.size, verify=verify
    )
    rendered = press(documents)
    sheet = workbook_of(facts)
    return Printed(
        number=number,
        edition=edition,
        token=token,
        record_hash=record_hash,
        rendered=rendered,
        digest=put_bytes(rendered.bytes),
        tagged=len(documents) == 1,
        sheet=sheet,
        sheet_digest=put_bytes(sheet),
    )


def documents_of(
    facts: SummaryFacts, issue: Issue, *, number: str, size: str, verify: VerifyLine
) -> list[Document]:
    """The paper as one document, or in pieces when it is long; the data goes along."""
    chart = chart_of(facts)
    digest = content_hash(chart.decode())
    paper = build(facts, issue, chart_digest=digest)
    whole = paper.rows <= ROWS_IN_ONE_PIECE
    pieces = [list(paper.sections)] if whole else paper.chunks()
    data = Attachment(CSV_NAME, csv_of(facts), "Baris tabel per LKM/BKM")
    return [
        Document(
            html=_html(paper, piece, number),
            size=size,
            number=number,
            verify=verify,
            assets={digest: chart},
            attachments=(data,) if place == 0 else (),
            tagged=whole,
        )
        for place, piece in enumerate(pieces)
    ]


def _html(paper: SummaryPaper, sections: list, number: str) -> str:
    context = {
        "title": paper.title,
        "letterhead": paper.letterhead,
        "number": number,
        "sections": sections,
    }
    return render_to_string("reports/pdf/ringkasan_dinas.html", context)


@transaction.atomic
def _keep(
    facts: SummaryFacts, asked: Asked, digest: str, printed: Printed
) -> IssuedReport:
    """Number, rows, files, chain link, publication and audit as one.

    Raises NumberMoved when number or edition were taken meanwhile.
    """
    Region.objects.select_for_update(no_key=True).get(code=asked.office.code)
    editions = summaries_about(facts.code, facts.period)
    same = editions.in_force().filter(input_sha256=digest).first()
    if same:
        return same
    earlier = editions.order_by("-edition").first()
    number = _take_number(facts, asked)
    if (number.text, edition_after(earlier)) != (printed.number, printed.edition):
        raise NumberMoved
    editions.in_force().update(state=IssuedReport.State.SUPERSEDED)
    report = _write_report(facts, asked, digest, printed, number, earlier)
    _write_summary(facts, asked, printed, report)
    add_link(
        "reports.paper",
        report,
        report_record(report, _publish(report, asked)),
        board=None,
        region_code=asked.office.code,
    )
    record(
        "reports.summary_issued",
        report,
        by=asked.by,
        says=f"menerbitkan {report}",
        region_code=asked.office.code,
    )
    return report


def _take_number(facts: SummaryFacts, asked: Asked) -> LetterNumber:
    return give_office_number(
        asked.office.code,
        NUMBER_TYPE,
        on=asked.issue.on,
        pattern=settings.SUMMARY_NUMBER_PATTERN,
        subject_name=title_of(facts),
    )


def _publish(report: IssuedReport, asked: Asked) -> PublishedPaper:
    """What the verify page may say of a summary."""
    return publish_paper(
        report,
        kind_title="Ringkasan Dinas",
        public_title=report.title,
        issuer=f"Dinas Perkim {asked.office.title}",
        place=", ".join(filter(None, (asked.office.title, asked.office.within))),
        time_zone=asked.zone,
    )


def _write_report(facts, asked: Asked, digest: str, printed: Printed, number, earlier):
    name = f"{KIND}-{facts.code}-{facts.period.code}.pdf"
    content = ReadFile(
        printed.rendered.bytes, StoredFile.Kind.PDF, clean_label(name), own=True
    )
    stored = keep_file(
        content, printed.digest, board=None, region_code=facts.code, by=asked.by
    )
    return IssuedReport.objects.create(
        board=None,
        region_code=facts.code,
        kind=KIND,
        subject_label=SUBJECT,
        subject_pk=subject_key(facts.code, facts.period),
        title=title_of(facts),
        dated_on=asked.issue.on,
        number_text=number.text,
        number=number,
        edition=printed.edition,
        token=printed.token,
        input_sha256=digest,
        record_hash=printed.record_hash,
        sha256=printed.digest,
        file=stored,
        pages=printed.rendered.pages,
        paper_size=asked.size,
        issued_at=timezone.now(),
        issued_by=asked.by,
        issued_name=asked.issue.by_name,
        supersedes=earlier,
    )


def _write_summary(
    facts: SummaryFacts, asked: Asked, printed: Printed, report: IssuedReport
) -> None:
    name = f"{KIND}-{facts.code}-{facts.period.code}.xlsx"
    content = ReadFile(
        printed.sheet, StoredFile.Kind.SHEET, clean_label(name), own=True
    )
    summary = Summary.objects.create(
        report=report,
        period_start=facts.period.start,
        period_end=facts.period.end,
        data_at=asked.at,
        boards=len(facts.boards),
        reported=facts.told[Told.WHOLE] + facts.told[Told.PART],
        complete=facts.told[Told.WHOLE],
        partial=facts.told[Told.PART],
        silent=facts.told[Told.NONE],
        not_due=facts.told[Told.NOT_DUE],
        tagged=printed.tagged,
        sheet=keep_file(
            content,
            printed.sheet_digest,
            board=None,
            region_code=facts.code,
            by=asked.by,
        ),
    )
    SummarisedReport.objects.bulk_create(
        SummarisedReport(summary=summary, activity_report_id=row.pk)
        for board in facts.boards
        for row in board.reports
    )
