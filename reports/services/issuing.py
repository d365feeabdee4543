"""Issuing a paper: number, row, file, chain link and publication as one act.

`issue_report` does the whole. A view does it in two steps, because the second one runs
inside the transaction of the form: `prepare_report` prints, `keep_report` writes.
"""

import datetime

from django.db import models, transaction
from django.utils import timezone

from boards.audit import record
from boards.chain import add_link
from boards.files import keep_file
from boards.models import Board, LetterNumber, StoredFile, User
from boards.numbers import give_number
from boards.uploads import ReadFile, clean_label
from common.errors import RuleViolation
from loans.models import ArrearsStep, Loan
from loans.services import note_step
from reports.catalogue import KINDS, Kind
from reports.models import IssuedReport, PublishedPaper
from reports.records import report_record
from reports.render import render_long
from reports.services.printing import (
    Prepared,
    Press,
    issued_report,
    prepare_report,
    printed_hash,
    replaced_by_next,
    shared_number,
)

TRIES = 3
# The step on the ladder of arrears that a letter is.
STEP_OF = {
    "peringatan-1": ArrearsStep.Kind.LETTER_1,
    "peringatan-2": ArrearsStep.Kind.LETTER_2,
    "peringatan-3": ArrearsStep.Kind.LETTER_3,
}


class NumberMoved(Exception):
    """Another letter took the number that was already printed; print once more."""


@transaction.atomic
def keep_report(prepared: Prepared, *, by: User) -> IssuedReport:
    """Give the number and write row, file, chain link, publication and audit as one.

    Returns the existing paper when there is one. A letter of warning notes its step of
    the loan too, and raises what `loans.services.note_step` raises. Raises NumberMoved
    when the number on the paper was taken meanwhile: nothing is written, print again.
    """
    step = STEP_OF.get(prepared.kind.code)
    if step:
        # The loan is locked before its board, as every act on a loan does.
        Loan.objects.select_for_update().get(pk=prepared.subject.pk)
    Board.objects.select_for_update(no_key=True).get(pk=prepared.board.pk)
    current = issued_report(prepared.kind, prepared.subject)
    if prepared.existing or (current and current.input_sha256 == prepared.input_sha256):
        return prepared.existing or current
    if replaced_by_next(prepared.kind, prepared.subject) != prepared.supersedes:
        raise NumberMoved
    number = _take_number(prepared)
    if current:
        IssuedReport.objects.filter(pk=current.pk).update(
            state=IssuedReport.State.SUPERSEDED
        )
    report = _write_row(prepared, number, by=by)
    if step:
        _note_letter(report, prepared.subject, step, by)
    public = publish_paper(
        report,
        kind_title=prepared.kind.title,
        public_title=prepared.paper.public_title,
        issuer=str(prepared.board),
        place=prepared.board.place,
        time_zone=prepared.board.time_zone,
        board_slug=prepared.board.slug,
        ratified=prepared.kind.needs_ratified,
    )
    frozen = report_record(report, public)
    add_link("reports.paper", report, frozen, board=prepared.board)
    record("reports.paper_issued", report, by=by, says=f"menerbitkan {report}")
    return report


def _note_letter(report: IssuedReport, loan: Loan, step: str, by: User) -> None:
    """A letter of warning is a step on the ladder of arrears; once a day."""
    on = report.dated_on
    if not loan.steps.filter(kind=step, on=on).exists():
        note_step(loan, kind=step, on=on, note=f"Nomor {report.number_text}", by=by)


def _take_number(prepared: Prepared) -> LetterNumber | None:
    kind, paper = prepared.kind, prepared.paper
    if not kind.number_type:
        return None
    # The register of letters is read by more people than a paper of the fund.
    name = paper.public_title if kind.of_fund else paper.title
    number = shared_number(kind, prepared.subject) or give_number(
        prepared.board, kind.number_type, on=paper.dated_on, subject_name=name
    )
    if number.text != prepared.number:
        raise NumberMoved
    return number


def _write_row(
    prepared: Prepared, number: LetterNumber | None, *, by: User
) -> IssuedReport:
    paper, board, rendered = prepared.paper, prepared.board, prepared.rendered
    name = f"{prepared.kind.code}-{prepared.number.replace('/', '-')}.pdf"
    content = ReadFile(rendered.bytes, StoredFile.Kind.PDF, clean_label(name), own=True)
    stored = keep_file(content, prepared.digest, board=board, by=by)
    return IssuedReport.objects.create(
        board=board,
        region_code=board.region_code,
        kind=prepared.kind.code,
        subject_label=prepared.subject._meta.label_lower,
        subject_pk=str(prepared.subject.pk),
        title=paper.title[:200],
        dated_on=paper.dated_on,
        number_text=prepared.number,
        number=number,
        edition=prepared.edition,
        token=prepared.token,
        input_sha256=prepared.input_sha256,
        record_hash=printed_hash(prepared),
        source_hash=prepared.source_hash,
        sha256=prepared.digest,
        file=stored,
        pages=rendered.pages,
        paper_size=board.paper_size,
        issued_at=timezone.now(),
        issued_by=by,
        issued_name=str(by),
        supersedes=prepared.supersedes,
    )


def publish_paper(
    report: IssuedReport,
    *,
    kind_title: str,
    public_title: str,
    issuer: str,
    place: str,
    time_zone: str,
    board_slug: str = "",
    ratified: bool = False,
) -> PublishedPaper:
    """Write what the public may check: an allow-list, no names of people.

    The paper that `report` takes the place of points to it from now on.
    """
    if report.supersedes_id:
        _point_to_successor(report)
    return PublishedPaper.objects.create(
        report=report,
        token=report.token,
        code=report.token[:12],
        number=report.number_text,
        kind_title=kind_title,
        title=public_title[:200],
        board_name=issuer,
        board_slug=board_slug,
        place=place,
        dated_on=report.dated_on,
        issued_at=report.issued_at,
        time_zone=time_zone,
        edition=report.edition,
        pages=report.pages,
        paper_size=report.paper_size,
        fingerprint=report.record_hash[:16],
        file_sha256=report.sha256,
        state=report.state,
        ratified=ratified,
    )


def _point_to_successor(report: IssuedReport) -> None:
    """Whoever checks the earlier paper is led to `report`, which took its place."""
    earlier = PublishedPaper.objects.get(report=report.supersedes_id)
    earlier.state = IssuedReport.objects.get(pk=report.supersedes_id).state
    earlier.ended_on = earlier.ended_on or report.dated_on
    earlier.successor_token = report.token
    earlier.successor_number = report.number_text
    earlier.save()


def issue_report(
    kind: Kind | str,
    subject: models.Model,
    *,
    on: datetime.date,
    by: User,
    patience: float | None = None,
    press: Press = render_long,
) -> IssuedReport:
    """Issue a paper about a meeting, decision or year; again, it is the same one.

    `on` is the day at the board, which dates invitations; minutes, proceedings and
    decrees bear the day of their meeting or number. Printed outside any transaction,
    kept in one. Raises RuleViolation (`paper.…`) and RenderFailed.
    """
    kind = KINDS[kind] if isinstance(kind, str) else kind
    for _ in range(TRIES):
        prepared = prepare_report(kind, subject, on=on, patience=patience, press=press)
        try:
            return keep_report(prepared, by=by)
        except NumberMoved:
            continue
    raise RuleViolation(
        "Nomor surat sedang dipakai surat lain. Coba sekali lagi.", code="paper.busy"
    )
