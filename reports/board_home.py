"""Home of one LKM: its figures, the next meeting, and what changed last."""

from dataclasses import dataclass

from activities.models import Activity
from boards.audit import events_of_board
from boards.models import AuditEvent
from boards.roles import Permission
from common.words import month_name, weekday_name
from deliberations.models import Decision, Meeting
from reports.board_tasks import Desk, overdue

RECENT = 5
EVENTS_READ = 40
# Subject of an event -> the word for it, and its page (None: a page without a key).
PAGES = {
    "deliberations.meeting": ("Musyawarah", "deliberations:meeting_page"),
    "deliberations.decision": ("Keputusan", "deliberations:decision_page"),
    "deliberations.incomingletter": ("Surat masuk", "deliberations:letter_page"),
    "deliberations.actionitem": ("Tindak lanjut", "deliberations:action_page"),
    "activities.activity": ("Kegiatan", "activities:activity_page"),
    "activities.activityreport": ("Laporan kegiatan", "activities:report_page"),
    "reports.issuedreport": ("Surat", "reports:paper_page"),
    "members.term": ("Masa bakti", "members:term_page"),
    "members.mandate": ("Anggota", "members:term_page"),
    "members.evaluation": ("Penilaian", "reports:evaluation_page"),
    "members.training": ("Pelatihan", "members:training_page"),
    "members.unit": ("Unit", "reports:officer_page"),
    "members.appointment": ("Petugas unit", "reports:officer_page"),
    "boards.board": ("LKM", "boards:board_page"),
}
# Page -> the right that opens it, where not everybody who reads the log has it.
NEEDS = {
    "members:term_page": Permission.VIEW_MEMBERS,
    "members:training_page": Permission.VIEW_MEMBERS,
    "reports:officer_page": Permission.VIEW_MEMBERS,
    "reports:evaluation_page": Permission.VIEW_MEMBERS,
    "deliberations:letter_page": Permission.VIEW_LETTERS,
}
WITHOUT_KEY = ("members:term_page", "reports:officer_page", "boards:board_page")
# Act -> the state in which it leaves the record.
STATES = {
    "members.evaluation_started": ("draft", "Dimulai"),
    "members.evaluation_scored": ("draft", "Dinilai"),
    "members.evaluation_finished": ("ok", "Selesai"),
    "deliberations.meeting_sent": ("wait", "Diajukan"),
    "deliberations.meeting_returned": ("bad", "Dikembalikan"),
    "deliberations.meeting_ratified": ("ok", "Disahkan"),
    "activities.activity_created": ("draft", "Direncanakan"),
    "activities.activity_started": ("wait", "Berjalan"),
    "activities.activity_finished": ("ok", "Selesai"),
    "activities.activity_cancelled": ("bad", "Dibatalkan"),
    "activities.report_sent": ("wait", "Terkirim"),
    "activities.report_returned": ("bad", "Dikembalikan"),
    "activities.report_approved": ("ok", "Disetujui"),
    "reports.paper_issued": ("ok", "Terbit"),
    "reports.paper_cancelled": ("bad", "Dibatalkan"),
    "reports.scan_attached": ("ok", "Dipindai"),
    "reports.scan_withdrawn": ("bad", "Pindaian ditarik"),
    "deliberations.meeting_created": ("draft", "Draf"),
    "deliberations.meeting_changed": ("draft", "Draf"),
    "deliberations.item_recorded": ("draft", "Draf"),
    "activities.report_created": ("draft", "Draf"),
    "activities.report_changed": ("draft", "Draf"),
}


@dataclass(frozen=True)
class Figure:
    """A number that links to exactly the rows it counts; `components/figures.html`."""

    value: object
    label: str
    url: str
    note: str = ""
    hot: bool = False
    long: bool = False


@dataclass(frozen=True)
class Change:
    """The last event about one record."""

    name: str
    url: str
    kind: str
    says: str
    tag: tuple[str, str]
    at: object


@dataclass(frozen=True)
class NextMeeting:
    """The card beside the tasks."""

    meeting: Meeting
    url: str
    month: str
    weekday: str
    note: str


def figures_of(desk: Desk) -> list[Figure]:
    """At most five numbers, as of today; each list shows as many rows."""
    figures = []
    if Permission.VIEW_MEETINGS in desk.rights:
        figures += _meeting_figures(desk)
    if Permission.VIEW_ACTIVITIES in desk.rights:
        figures.append(_running(desk))
    return figures


def _meeting_figures(desk: Desk) -> list[Figure]:
    decisions = desk.url("deliberations:decision_list")
    year = desk.today.year
    made = Decision.objects.filter(board=desk.board, held_on__year=year)
    decided = made.ratified().count()
    late = len(overdue(desk))
    return [
        *_draft_figures(desk),
        Figure(
            decided,
            f"Keputusan tahun {year}",
            f"{decisions}?tahun={year}" if decided else "",
            "sudah disahkan" if decided else "belum ada",
        ),
        Figure(
            len(desk.actions),
            "Tindak lanjut terbuka",
            desk.url("deliberations:action_list"),
            f"{late} lewat tenggat" if late else "tidak ada yang lewat tenggat",
            hot=bool(late),
        ),
    ]


def _draft_figures(desk: Desk) -> list[Figure]:
    """Minutes that are not ratified, for those who read drafts."""
    if Permission.VIEW_DRAFTS not in desk.rights:
        return []
    meetings = desk.url("deliberations:meeting_list")
    drafts = desk.meetings_in(Meeting.State.DRAFT)
    coming = sum(not desk.has_begun(row) for row in drafts)
    return [
        Figure(
            len(drafts),
            "Rapat belum diajukan",
            f"{meetings}?keadaan={Meeting.State.DRAFT}",
            f"{coming} belum berlangsung" if coming else "",
        ),
        Figure(
            len(desk.meetings_in(Meeting.State.SENT)),
            "Menunggu pengesahan",
            f"{meetings}?keadaan={Meeting.State.SENT}",
        ),
    ]


def _running(desk: Desk) -> Figure:
    running = Activity.State.RUNNING
    waiting = sum(report.state == "sent" for report in desk.reports)
    return Figure(
        Activity.objects.filter(board=desk.board, state=running).count(),
        "Kegiatan berjalan",
        f"{desk.url('activities:activity_list')}?keadaan={running}",
        f"{waiting} laporan di kelurahan" if waiting else "",
    )


def next_meeting(desk: Desk) -> NextMeeting | None:
    """The first meeting from today on, and what will stand on top of its agenda.

    It is an invitation; only those who read drafts may open it.
    """
    coming = (row for row in desk.meetings if not desk.has_begun(row))
    meeting = next(coming, None)
    if meeting is None:
        return None
    late = len(overdue(desk))
    note = ""
    if desk.actions:
        note = f"{len(desk.actions)} tindak lanjut akan tampil paling atas"
        note += f", {late} di antaranya lewat tenggat." if late else "."
    opens = Permission.VIEW_DRAFTS in desk.rights
    return NextMeeting(
        meeting,
        desk.url("deliberations:meeting_page", meeting.pk) if opens else "",
        month_name(meeting.held_on.month)[:3],
        weekday_name(meeting.held_on),
        note,
    )


def recent_changes(desk: Desk) -> list[Change]:
    """The last event about each of the records that changed last."""
    if Permission.VIEW_AUDIT not in desk.rights:
        return []
    events = events_of_board(desk.board).filter(subject_label__in=PAGES)
    seen: dict[tuple[str, str], AuditEvent] = {}
    hidden = _hidden(desk)
    for event in events[:EVENTS_READ]:
        if (event.subject_label, event.subject_pk) in hidden:
            continue
        seen.setdefault((event.subject_label, event.subject_pk), event)
    return [_change(desk, event) for event in list(seen.values())[:RECENT]]


def _hidden(desk: Desk) -> set[tuple[str, str]]:
    """Records that this reader does not know of: minutes before they are ratified."""
    if Permission.VIEW_DRAFTS in desk.rights:
        return set()
    return {("deliberations.meeting", str(row.pk)) for row in desk.meetings}


def _change(desk: Desk, event: AuditEvent) -> Change:
    kind, page = PAGES[event.subject_label]
    keys = () if page in WITHOUT_KEY else (int(event.subject_pk),)
    closed = page in NEEDS and NEEDS[page] not in desk.rights
    gone = closed or event.action.endswith("_deleted")
    return Change(
        name=event.subject_name,
        url="" if gone else desk.url(page, *keys),
        kind=kind,
        says=str(event),
        tag=STATES.get(event.action, ("", "")),
        at=desk.board.local(event.at),
    )
