"""A paper from facts to PDF: built, hashed, printed. Nothing here writes a row."""

import base64
import datetime
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from boards.chain import canonical_json, content_hash, link_of
from boards.files import put_bytes
from boards.models import Board, LetterNumber
from boards.numbers import next_number_text
from common.errors import RuleViolation
from common.words import format_date, format_time
from deliberations.models import Decision, RuleClause, RuleVersion
from ledger.models import Entry
from loans.models import Loan
from members.models import ElectionArea
from reports.builders.letters import Paper
from reports.catalogue import KINDS, Kind
from reports.fund_kinds import OF_APPLICATION
from reports.models import FundStatement, IssuedReport
from reports.records import fingerprint, printed_record
from reports.render import Document, Rendered, VerifyLine, render_long, render_pdf

PATIENCE_SECONDS = 2
DRAFT_TOKEN = "DRAF"
NO_NUMBER = "belum bernomor"
WORKING = "lembar kerja, bukan bukti"
# A paper with more lines than this is not waited for: about two seconds of layout.
LINES_IN_A_REQUEST = 200
DECISIONS_IN_A_REQUEST = 60
# Prints the pieces of a paper as one: `render_long`, or one that tells how far it is.
Press = Callable[[list[Document]], Rendered]
# What the day of printing changes on a paper that says the same.
_NOT_CONTENT: dict[str, Any] = {
    "number": "",
    "dated_on": None,
    "dated": "",
    "absence": "",
}


@dataclass(frozen=True)
class Prepared:
    """A printed paper that is not yet kept, or the one that was already issued."""

    kind: Kind
    subject: models.Model
    board: Board
    existing: IssuedReport | None = None
    paper: Paper | None = None
    number: str = ""
    edition: int = 1
    token: str = ""
    input_sha256: str = ""
    source_hash: str = ""
    rendered: Rendered | None = None
    digest: str = ""
    supersedes: IssuedReport | None = None


def new_token() -> str:
    """128 random bits as 26 base32 characters; a draft's beginning is never used."""
    while True:
        token = base64.b32encode(secrets.token_bytes(16)).decode()[:26]
        if not token.startswith(DRAFT_TOKEN):
            return token


def draft_token(kind: Kind, subject: models.Model) -> str:
    """What the QR of a draft holds; the verify page knows it by its beginning."""
    digest = content_hash(f"{kind.code}:{subject.pk}")
    return (DRAFT_TOKEN + base64.b32encode(bytes.fromhex(digest)).decode())[:26]


def draft_waits(kind: Kind, subject: models.Model) -> str:
    """What a draft still wants: its facts are not ratified, or it is not issued."""
    if isinstance(subject, RuleVersion) and subject.is_draft:
        return "belum ditetapkan"
    settles = kind.of_event and kind.needs_ratified
    unsettled = settles and subject.ratified_at is None
    return "belum disahkan" if unsettled else "belum terbit"


def issued_report(kind: Kind, subject: models.Model) -> IssuedReport | None:
    """The paper of this kind in force, if any."""
    papers = IssuedReport.objects.about(subject).in_force()
    return papers.filter(kind=kind.code).first()


def check_issuable(kind: Kind, subject: models.Model, *, on: datetime.date) -> None:
    """Raise RuleViolation when this paper cannot go out now.

    Codes `paper.not_ratified`, `paper.ratified`, `paper.too_late`,
    `paper.not_carried`.
    """
    if not kind.of_event:
        return
    ratified = subject.ratified_at is not None
    if kind.needs_ratified and not ratified:
        raise RuleViolation(
            f"{kind.title} diterbitkan sesudah {kind.ready}. Sekarang baru ada"
            " drafnya.",
            code="paper.not_ratified",
        )
    if not kind.needs_ratified and ratified:
        raise RuleViolation(
            f"{kind.event.capitalize()} ini sudah disahkan. {kind.title} dibuat"
            f" sebelum {kind.event}.",
            code="paper.ratified",
        )
    if not kind.needs_ratified and subject.held_on and subject.held_on < on:
        raise RuleViolation(
            f"{kind.event.capitalize()} sudah berlangsung"
            f" {format_date(subject.held_on)}. {kind.title} dibuat sebelum"
            f" {kind.event}.",
            code="paper.too_late",
        )
    if not getattr(subject, "is_carried", True):
        raise RuleViolation(
            "Usul ini tidak disepakati rapat, jadi tidak ada keputusan yang dapat"
            " diterbitkan.",
            code="paper.not_carried",
        )


def own_number(kind: Kind, subject: models.Model) -> str:
    """The number that a ratified subject brings along."""
    if kind.code == "notulen":
        return subject.minutes_number_text
    if isinstance(subject, Loan):
        asked = kind.code in OF_APPLICATION or not subject.contract_number
        return subject.application_number if asked else subject.contract_number
    return subject.number_text


def shared_number(kind: Kind, subject: models.Model) -> LetterNumber | None:
    """A number of this type already given to papers of the subject and still valid."""
    twins = [
        each.code for each in KINDS.values() if each.number_type == kind.number_type
    ]
    given = LetterNumber.objects.filter(
        cancelled_on=None,
        pk__in=IssuedReport.objects.about(subject)
        .filter(kind__in=twins, number__isnull=False)
        .values("number"),
    )
    return given.order_by("-pk").first()


def build_paper(
    kind: Kind, subject: models.Model, *, number: str, on: datetime.date
) -> Paper:
    """Read the facts of a paper. Raises RuleViolation of its builder."""
    return import_string(kind.builder)(subject, number=number, on=on)


def input_hash(kind: Kind, paper: Paper, board: Board) -> str:
    """SHA-256 of what is printed, without number and date: same facts, same paper."""
    bare = {name: value for name, value in _NOT_CONTENT.items() if hasattr(paper, name)}
    facts = asdict(replace(paper, **bare))
    return content_hash(
        canonical_json({"kind": kind.code, "size": board.paper_size, "facts": facts})
    )


def document_of(
    kind: Kind,
    paper: Paper,
    board: Board,
    *,
    verify: VerifyLine,
    edition: int = 1,
    draft: str = "",
    tagged: bool = True,
) -> Document:
    """The page of a paper for the press, with the board's emblem among its assets."""
    context = {
        "paper": paper,
        "letterhead": paper.letterhead,
        "number": paper.number,
        "edition": edition,
    }
    return Document(
        html=render_to_string(kind.template, context),
        size=board.paper_size,
        number=paper.number or NO_NUMBER,
        verify=verify,
        assets=emblem_of(board),
        draft=draft,
        tagged=tagged,
    )


def emblem_of(board: Board) -> dict[str, bytes]:
    """The emblem of the board as an asset of its papers, if it gave one."""
    if board.logo is None:
        return {}
    with default_storage.open(board.logo.path) as file:
        return {board.logo.sha256: file.read()}


def preview_report(
    kind: Kind,
    subject: models.Model,
    *,
    now: datetime.datetime,
    on: datetime.date | None = None,
) -> Rendered:
    """Print a draft: no number, no row, no file kept. Raises RenderFailed.

    `on` is the day of which the paper tells, when it is not today.
    """
    board = subject.board
    moment = board.local(now)
    number = own_number(kind, subject) if not kind.number_type else ""
    paper = build_paper(kind, subject, number=number, on=on or moment.date())
    waits = draft_waits(kind, subject)
    verify = VerifyLine(
        portal=settings.PORTAL_URL,
        token=draft_token(kind, subject),
        waits=waits,
        printed=(
            f"{format_date(moment.date())} pukul {format_time(moment, board.time_zone)}"
        ),
    )
    document = document_of(kind, paper, board, verify=verify, draft=waits)
    return render_pdf(document, patience=PATIENCE_SECONDS)


def print_sheet(paper: Paper, board: Board) -> Rendered:
    """Print a sheet to work with: no number, no code, nothing kept.

    Raises RenderFailed.
    """
    template = "reports/pdf/lembar_kerja.html"
    context = {"paper": paper, "letterhead": paper.letterhead, "number": ""}
    document = Document(
        html=render_to_string(template, context),
        size=board.paper_size,
        number=WORKING,
        assets=emblem_of(board),
    )
    return render_pdf(document, patience=PATIENCE_SECONDS)


def is_long(kind: Kind, subject: models.Model) -> bool:
    """More lines than a person waits for."""
    if isinstance(subject, FundStatement):
        return _entries_of(subject) > LINES_IN_A_REQUEST
    if kind.is_book:
        rows = Decision.objects.filter(board=subject.board, held_on__year=subject.year)
        return rows.ratified().count() > DECISIONS_IN_A_REQUEST
    if isinstance(subject, RuleVersion):
        lines = RuleClause.objects.filter(article__version=subject).count()
        return lines > LINES_IN_A_REQUEST
    if not kind.of_event:
        return False
    if isinstance(subject, ElectionArea):
        return subject.eligible > LINES_IN_A_REQUEST and not kind.needs_ratified
    meeting = getattr(subject, "meeting", subject)
    return meeting.attendances.count() + meeting.items.count() * 5 > LINES_IN_A_REQUEST


def _entries_of(statement: FundStatement) -> int:
    """Lines of vouchers in the month, on the account if there is one."""
    span = (statement.first_day, statement.last_day)
    rows = Entry.objects.filter(
        voucher__book=statement.book, voucher__dated__range=span
    )
    return (
        rows.filter(account=statement.account) if statement.account else rows
    ).count()


def prepare_report(
    kind: Kind,
    subject: models.Model,
    *,
    on: datetime.date,
    patience: float | None = None,
    press: Press = render_long,
) -> Prepared:
    """Print the paper as it would be issued on the day `on`; writes no row.

    When the same paper is already in force it comes back as `existing`: what says
    what was ratified is never printed twice, the others when their facts are the
    same. Raises RuleViolation and RenderFailed.
    """
    board = subject.board
    current = issued_report(kind, subject)
    if current and kind.needs_ratified:
        return Prepared(kind, subject, board, existing=current)
    check_issuable(kind, subject, on=on)
    number = _number_ahead(kind, subject, on)
    paper = build_paper(kind, subject, number=number, on=on)
    digest = input_hash(kind, paper, board)
    if current and current.input_sha256 == digest:
        return Prepared(kind, subject, board, existing=current)
    earlier = replaced_by_next(kind, subject)
    prepared = Prepared(
        kind,
        subject,
        board,
        paper=paper,
        number=number,
        edition=edition_after(earlier),
        token=new_token(),
        input_sha256=digest,
        source_hash=_source_hash(subject) if kind.of_event else "",
        supersedes=earlier,
    )
    rendered = _print(prepared, patience, press)
    # The bytes are on the disk for good before the row that names them.
    return replace(prepared, rendered=rendered, digest=put_bytes(rendered.bytes))


def _print(prepared: Prepared, patience: float | None, press: Press) -> Rendered:
    """The PDF, with the line by which anybody can check it; a long book in pieces."""
    verify = VerifyLine(
        portal=settings.PORTAL_URL,
        token=prepared.token,
        fingerprint=printed_hash(prepared),
    )
    pieces = getattr(prepared.paper, "pieces", [prepared.paper])
    documents = [
        document_of(
            prepared.kind,
            piece,
            prepared.board,
            verify=verify,
            edition=prepared.edition,
            tagged=len(pieces) == 1,
        )
        for piece in pieces
    ]
    if len(documents) > 1:
        return press(documents)
    return render_pdf(documents[0], patience=patience)


def edition_after(earlier: IssuedReport | None) -> int:
    """The edition of a paper that takes the place of `earlier`, or is the first."""
    return earlier.edition + 1 if earlier else 1


def _number_ahead(kind: Kind, subject: models.Model, on: datetime.date) -> str:
    if not kind.number_type:
        return own_number(kind, subject)
    given = shared_number(kind, subject)
    if given:
        return given.text
    # What tells of a ratified meeting is dated and numbered by the meeting's day.
    day = subject.held_on if kind.needs_ratified else on
    return next_number_text(subject.board, kind.number_type, on=day)


def replaced_by_next(kind: Kind, subject: models.Model) -> IssuedReport | None:
    """The last paper of this kind that nothing has taken the place of."""
    papers = IssuedReport.objects.about(subject).filter(kind=kind.code, successor=None)
    return papers.order_by("-edition", "-pk").first()


def _source_hash(subject: models.Model) -> str:
    """The link that froze the minutes from which the paper is printed."""
    if isinstance(subject, ElectionArea):
        link = link_of("members.election_area", subject)
        return link.hash if link else ""
    meeting = getattr(subject, "meeting", subject)
    link = link_of("deliberations.meeting", meeting)
    return link.hash if link else ""


def printed_hash(prepared: Prepared) -> str:
    """The fingerprint that the footer shows: of the paper's record, not of the file."""
    return fingerprint(
        printed_record(
            kind=prepared.kind.code,
            subject=f"{prepared.subject._meta.label_lower}:{prepared.subject.pk}",
            title=prepared.paper.title[:200],
            number=prepared.number,
            edition=prepared.edition,
            dated_on=prepared.paper.dated_on.isoformat(),
            token=prepared.token,
            input_sha256=prepared.input_sha256,
            source_hash=prepared.source_hash,
        )
    )
