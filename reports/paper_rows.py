"""The papers of one record as a list: which exist, which may be made now."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.urls import reverse

from boards.models import Board
from boards.roles import Permission
from common.words import format_date
from deliberations.models import Decision, Meeting, RuleVersion
from deliberations.services.layouts import layout_of
from ledger.models import Voucher
from loans.models import CashCount, Loan, ProfitAllocation
from members.models import ElectionArea, Evaluation, Term
from reports.catalogue import KINDS, Kind
from reports.models import DecisionBook, FundStatement, IssuedReport, MinutesBook


@dataclass(frozen=True)
class About:
    """What a paper can be about: its rows, its page, and the page of its papers.

    `keyed` says whether the addresses carry the key of the row; `right` opens the page
    of a row that has no draft.
    """

    model: type[models.Model]
    page: str
    papers: str
    word: str
    keyed: bool = True
    right: Permission = Permission.VIEW_MEMBERS

    def address(self, name: str, board: Board, pk: int) -> str:
        """The address of one of the two pages for a row of `board`."""
        return reverse(name, args=[board.slug, pk] if self.keyed else [board.slug])


SUBJECTS = {
    "deliberations.Meeting": About(
        Meeting,
        "deliberations:meeting_page",
        "reports:meeting_papers",
        "Catatan musyawarah",
    ),
    "deliberations.Decision": About(
        Decision,
        "deliberations:decision_page",
        "reports:decision_papers",
        "Keputusan",
    ),
    "members.ElectionArea": About(
        ElectionArea,
        "members:area_page",
        "reports:area_papers",
        "Pemungutan suara",
    ),
    "members.Term": About(
        Term,
        "reports:officer_page",
        "reports:officer_page",
        "Susunan pengurus",
        keyed=False,
    ),
    "reports.MinutesBook": About(
        MinutesBook,
        "reports:minutes_book_list",
        "reports:minutes_book_list",
        "Buku notulen",
        keyed=False,
        right=Permission.VIEW_MEETINGS,
    ),
    "members.Evaluation": About(
        Evaluation,
        "reports:evaluation_page",
        "reports:evaluation_page",
        "Penilaian tahunan",
    ),
    "deliberations.RuleVersion": About(
        RuleVersion,
        "deliberations:rule_version",
        "reports:rule_papers",
        "Dokumen aturan",
        right=Permission.VIEW_BOARD,
    ),
    "ledger.Voucher": About(
        Voucher,
        "reports:voucher_papers",
        "reports:voucher_papers",
        "Bukti",
        right=Permission.VIEW_BOOKS,
    ),
    "loans.Loan": About(
        Loan,
        "reports:loan_papers",
        "reports:loan_papers",
        "Pinjaman",
        right=Permission.VIEW_LOANS,
    ),
    "loans.CashCount": About(
        CashCount,
        "loans:cash_count_page",
        "reports:count_papers",
        "Pemeriksaan kas",
        right=Permission.VIEW_LOANS,
    ),
    "loans.ProfitAllocation": About(
        ProfitAllocation,
        "reports:profit_papers",
        "reports:profit_papers",
        "Pembagian laba",
        right=Permission.VIEW_BOOKS,
    ),
    "reports.FundStatement": About(
        FundStatement,
        "reports:statement_page",
        "reports:statement_page",
        "Laporan bulan itu",
        right=Permission.VIEW_BOOKS,
    ),
    "reports.DecisionBook": About(
        DecisionBook,
        "reports:decision_book_list",
        "reports:decision_book_list",
        "Buku keputusan",
        keyed=False,
        right=Permission.VIEW_MEETINGS,
    ),
}


@dataclass(frozen=True)
class PaperRow:
    """One paper of the record: the issued one, or what can be done about it."""

    kind: Kind
    report: IssuedReport | None
    note: str
    can_issue: bool
    can_renew: bool
    has_draft: bool


def ways_to_check(report: IssuedReport) -> dict[str, str]:
    """`verify_url`, where anybody checks a paper, and `share`, the words to send it."""
    url = settings.PORTAL_URL.rstrip("/") + report.verify_path
    share = f"{report.title}, Nomor {report.number_text}. Periksa: {url}"
    return {"verify_url": url, "share": share}


def subject_model(kind: Kind) -> type[models.Model]:
    """The model whose rows this paper is about."""
    return SUBJECTS[kind.subject].model


def subject_address(
    report: IssuedReport, rights: Collection[Permission]
) -> tuple[str, str]:
    """Word and address of what a paper is about; ("", "") for those who may not read.

    Minutes open by the rights over drafts, another row by the right of its page.
    """
    found = [
        about
        for about in SUBJECTS.values()
        if about.model._meta.label_lower == report.subject_label
    ]
    for about in found:
        rows, pk = about.model.objects.all(), int(report.subject_pk)
        if hasattr(rows, "readable_with"):
            rows = rows.readable_with(rights)
        elif about.right not in rights:
            continue
        if rows.filter(pk=pk).exists():
            return about.word, about.address(about.page, report.board, pk)
    return "", ""


def kinds_for(subject: Meeting | Decision | ElectionArea) -> list[Kind]:
    """The papers that can be about this record, in the order they are made."""
    return [kind for kind in KINDS.values() if isinstance(subject, subject_model(kind))]


def paper_rows(
    subject: Meeting | Decision | ElectionArea, *, on: datetime.date
) -> list[PaperRow]:
    """One row a paper; as many queries however many there are."""
    issued = {
        report.kind: report for report in IssuedReport.objects.about(subject).in_force()
    }
    offered = _offered(subject) | issued.keys()
    return [
        _row(kind, subject, issued.get(kind.code), on)
        for kind in kinds_for(subject)
        if kind.code in offered
    ]


def rule_row(version: RuleVersion) -> PaperRow:
    """The printed text of a rule: a draft until it is adopted, new once it ended."""
    kind = KINDS["aturan"]
    issued = IssuedReport.objects.about(version).in_force()
    report = issued.filter(kind=kind.code).first()
    adopted = not version.is_draft
    return PaperRow(
        kind=kind,
        report=report,
        note=_note(kind, report, ready=adopted, carried=True)
        if report or adopted
        else f"Terbit sesudah {kind.ready}.",
        can_issue=adopted and report is None,
        can_renew=report is not None and version.ends_on is not None,
        has_draft=report is None,
    )


def _offered(subject: Meeting | Decision | ElectionArea) -> set[str]:
    """Papers of this record; of a meeting those that its layout names."""
    if isinstance(subject, Meeting):
        return set(layout_of(subject.board, subject.kind).papers)
    return {kind.code for kind in kinds_for(subject)}


def _row(
    kind: Kind,
    subject: Meeting | Decision | ElectionArea,
    report: IssuedReport | None,
    on: datetime.date,
) -> PaperRow:
    ratified = subject.ratified_at is not None
    ahead = not ratified and (subject.held_on is None or subject.held_on >= on)
    ready = ratified if kind.needs_ratified else ahead
    carried = getattr(subject, "is_carried", True)
    return PaperRow(
        kind=kind,
        report=report,
        note=_note(kind, report, ready=ready, carried=carried),
        can_issue=ready and carried and report is None,
        can_renew=ready and report is not None and not kind.needs_ratified,
        has_draft=report is None and carried and (ready or kind.needs_ratified),
    )


def _note(
    kind: Kind, report: IssuedReport | None, *, ready: bool, carried: bool
) -> str:
    if report:
        edition = f", edisi {report.edition}" if report.edition > 1 else ""
        return f"{report.number_text}{edition}, {format_date(report.dated_on)}"
    if not carried:
        return "Usul ini tidak disepakati, jadi tidak ada surat keputusannya."
    if ready:
        return "Belum diterbitkan."
    if kind.needs_ratified:
        return f"Terbit sesudah {kind.ready}."
    return f"Hanya dibuat sebelum {kind.event}."
