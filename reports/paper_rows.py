"""The papers of one record as a list: which exist, which may be made now."""

import datetime
from dataclasses import dataclass

from django.conf import settings

from common.words import format_date
from deliberations.models import Decision, Meeting
from deliberations.services.layouts import layout_of
from reports.catalogue import KINDS, Kind
from reports.models import DecisionBook, IssuedReport

SUBJECTS = {
    "deliberations.Meeting": Meeting,
    "deliberations.Decision": Decision,
    "reports.DecisionBook": DecisionBook,
}
Subject = Meeting | Decision | DecisionBook


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


def subject_model(kind: Kind) -> type[Subject]:
    """The model whose rows this paper is about."""
    return SUBJECTS[kind.subject]


def kinds_for(subject: Meeting | Decision) -> list[Kind]:
    """The papers that can be about this record, in the order they are made."""
    return [kind for kind in KINDS.values() if isinstance(subject, subject_model(kind))]


def paper_rows(subject: Meeting | Decision, *, on: datetime.date) -> list[PaperRow]:
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


def _offered(subject: Meeting | Decision) -> set[str]:
    """Papers of this record; of a meeting those that its layout names."""
    if isinstance(subject, Meeting):
        return set(layout_of(subject.board, subject.kind).papers)
    return {kind.code for kind in kinds_for(subject)}


def _row(
    kind: Kind,
    subject: Meeting | Decision,
    report: IssuedReport | None,
    on: datetime.date,
) -> PaperRow:
    ratified = subject.ratified_at is not None
    ahead = not ratified and subject.held_on >= on
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
        return "Terbit sesudah notulen disahkan."
    return "Hanya dibuat sebelum rapat."
