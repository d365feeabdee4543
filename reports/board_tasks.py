"""What waits for one person at one LKM: "Perlu Anda kerjakan", most urgent first."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import CharField, Count, Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from activities.models import ActivityReport
from boards.models import Board, User
from boards.parameters import setting_of
from boards.roles import Permission
from common.words import format_date, format_date_short, inside_sentence, join_unit
from deliberations.models import ActionItem, Meeting
from deliberations.services.correction import with_round
from deliberations.services.ratification import ratifier
from members.models import Appointment, Term
from reports.assessments import assessed
from reports.book_tasks import book_tasks
from reports.catalogue import KINDS
from reports.desk import Desk, Task
from reports.duties import Duties, last_months
from reports.loan_tasks import loan_tasks
from reports.models import IssuedReport, SignedScan
from reports.reminders import Steps, left_words, steps_of
from reports.supervision_tasks import supervision_tasks

MOST_TASKS = 8
URGENCY = ("bad", "warn", "wait", "draft", "")
# Papers that people sign with a pen and bring back.
SIGNED_KINDS = (
    "daftar-hadir",
    "berita-acara",
    "keputusan",
    "pemilihan",
    "susunan-pengurus",
)
PAPERS_SHOWN = 3
# Papers that record a ratified meeting, and how long their lack is a task.
RECORD_KINDS = ("berita-acara", "notulen")
UNISSUED_WITHIN = datetime.timedelta(days=60)


def read_desk(board: Board, *, user: User, rights: frozenset[Permission]) -> Desk:
    """Read what is unfinished at a board, as far as the person may see it."""
    meetings, reports, actions = [], [], []
    if Permission.VIEW_MEETINGS in rights:
        unratified = Meeting.objects.filter(board=board).exclude(
            state=Meeting.State.RATIFIED
        )
        people = unratified.select_related("board", "chair", "note_taker")
        known = with_round(people.with_wrote(user), user)
        meetings = list(known.order_by("held_on", "pk"))
        open_actions = ActionItem.objects.filter(board=board).open()
        actions = list(open_actions.by_urgency())
    if Permission.VIEW_ACTIVITIES in rights:
        asked = Count(
            "comments",
            filter=Q(comments__resolved_at=None, comments__round=F("round")),
        )
        rows = ActivityReport.objects.filter(board=board).exclude(
            state=ActivityReport.State.APPROVED
        )
        reports = list(
            rows.annotate(asked=asked)
            .select_related("activity", "returned_by")
            .order_by("period_start", "pk")
        )
    return Desk(
        board,
        user,
        rights,
        board.local(timezone.now()),
        meetings,
        reports,
        actions,
    )


def tasks_of(desk: Desk) -> list[Task]:
    """Everything that waits for this person, the most urgent first."""
    tasks = [
        *_ratifying(desk),
        *_agreeing(desk),
        *_correcting(desk),
        *_minutes(desk),
        *_reports(desk),
        *_due_reports(desk),
        *_overdue_actions(desk),
        *_unissued(desk),
        *_papers(desk),
        *loan_tasks(desk),
        *supervision_tasks(desk),
        *book_tasks(desk),
        *_endings(desk),
    ]
    return sorted(tasks, key=lambda task: URGENCY.index(task.kind))


def _may(desk: Desk, permission: Permission) -> bool:
    return permission in desk.rights


def _ratifying(desk: Desk) -> Iterator[Task]:
    """Minutes that this koordinator or chair may ratify: never their own."""
    if not _may(desk, Permission.RATIFY_MEETING):
        return
    for meeting in desk.meetings_in(Meeting.State.SENT):
        if ratifier(meeting, desk.user, wrote=meeting.wrote).may:
            sent = desk.board.local(meeting.sent_at).date()
            yield Task(
                f"Sahkan notulen {meeting.title} {_day(meeting.held_on)}",
                desk.url("deliberations:meeting_check", meeting.pk),
                f"Diajukan sekretaris {format_date(sent)}.",
                "warn",
                "Menunggu Anda",
            )


def _agreeing(desk: Desk) -> Iterator[Task]:
    """Minutes whose members are asked to agree, where this one came."""
    if not _may(desk, Permission.CORRECT_MINUTES):
        return
    asked = [row for row in desk.meetings_in(Meeting.State.SENT) if row.may_agree]
    if not asked or not _agreement_asked(desk):
        return
    for meeting in asked:
        yield Task(
            f"Setujui notulen {meeting.title} {_day(meeting.held_on)}",
            f"{desk.url('deliberations:meeting_check', meeting.pk)}#koreksi",
            "Baca dulu; bila ada yang salah, minta koreksi.",
            "wait",
            "Menunggu Anda",
        )


def _agreement_asked(desk: Desk) -> bool:
    """The board's rule wants members to agree before minutes are ratified."""
    return bool(setting_of(desk.board, "confirmations_needed", on=desk.today).value)


def _correcting(desk: Desk) -> Iterator[Task]:
    """What those who came ask the secretary to mend."""
    if not _may(desk, Permission.EDIT_MEETINGS):
        return
    for meeting in desk.meetings:
        if meeting.unanswered:
            yield Task(
                f"Jawab permintaan koreksi {meeting.title} {_day(meeting.held_on)}",
                f"{desk.url('deliberations:meeting_check', meeting.pk)}#koreksi",
                join_unit(meeting.unanswered, "permintaan") + " belum dijawab.",
                "warn",
                "Menunggu Anda",
            )


def _minutes(desk: Desk) -> Iterator[Task]:
    """Minutes of meetings that were held and are not sent yet."""
    if not _may(desk, Permission.EDIT_MEETINGS):
        return
    for meeting in desk.meetings_in(Meeting.State.DRAFT):
        if not desk.has_begun(meeting):
            continue
        back = bool(meeting.returned_note)
        yield Task(
            f"{'Perbaiki' if back else 'Lengkapi'} notulen {meeting.title}"
            f" {_day(meeting.held_on)}",
            desk.url("deliberations:meeting_page", meeting.pk),
            meeting.returned_note if back else "Periksa bagiannya, lalu ajukan.",
            "bad" if back else "wait",
            "Dikembalikan" if back else "Draf",
        )


def _reports(desk: Desk) -> Iterator[Task]:
    """Activity reports that came back or were begun."""
    if not _may(desk, Permission.EDIT_ACTIVITIES):
        return
    for report in desk.reports:
        what = f"laporan {report.period_name}, {report.activity.title}"
        url = desk.url("activities:report_page", report.pk)
        if report.state == ActivityReport.State.RETURNED:
            on = desk.board.local(report.returned_at).date()
            note = (
                f"Dikembalikan {report.returned_by} pada {format_date(on)}:"
                f" {join_unit(report.asked, 'isian')}."
            )
            yield Task(f"Perbaiki {what}", url, note, "bad", "Dikembalikan")
        elif report.state == ActivityReport.State.DRAFT:
            yield Task(
                f"Lengkapi {what}", url, "Belum dikirim ke kelurahan.", "draft", "Draf"
            )


def _due_reports(desk: Desk) -> Iterator[Task]:
    """Months that are over and for which no report was begun."""
    if not _may(desk, Permission.SEND_REPORTS):
        return
    months = last_months(2, today=desk.today)
    duties = Duties([desk.board], months)
    for month, cell in zip(months, duties.row(desk.board), strict=True):
        missing = [row.activity for row in cell.open if row.may_be_begun]
        if not missing:
            continue
        late = desk.today > cell.due_on
        yield Task(
            f"Buat laporan {month.label} untuk {_names(missing)}",
            f"{desk.url('activities:activity_list')}?keadaan=running",
            f"Paling lambat {format_date(cell.due_on)}.",
            "bad" if late else "warn",
            "Lewat batas" if late else "Belum dibuat",
        )


def _overdue_actions(desk: Desk) -> Iterator[Task]:
    """One row for all promises past their day."""
    late = overdue(desk)
    if late and desk.rights & {Permission.EDIT_MEETINGS, Permission.RATIFY_MEETING}:
        first = late[0]
        yield Task(
            f"Tanyakan {join_unit(len(late), 'tindak lanjut')} yang lewat tenggat",
            f"{desk.url('deliberations:action_list')}?keadaan=lewat",
            f"Yang tertua: {first.text}, {first.owner_name},"
            f" {format_date_short(first.due_on)}.",
            "warn",
            "Lewat tenggat",
        )


def overdue(desk: Desk) -> list[ActionItem]:
    """Open promises past their day."""
    return [row for row in desk.actions if row.due_on and row.due_on < desk.today]


def _unissued(desk: Desk) -> Iterator[Task]:
    """Ratified meetings whose proceedings or minutes were not issued yet."""
    if not _may(desk, Permission.ISSUE_PAPERS):
        return
    ratified = Meeting.objects.ratified().filter(
        board=desk.board, ratified_at__gte=desk.now - UNISSUED_WITHIN
    )
    lacks = {kind: ~Exists(_issued(kind)) for kind in RECORD_KINDS}
    rows = ratified.annotate(
        lacks_proceedings=lacks["berita-acara"], lacks_minutes=lacks["notulen"]
    ).filter(Q(lacks_proceedings=True) | Q(lacks_minutes=True))
    for meeting in rows.order_by("held_on", "pk")[:PAPERS_SHOWN]:
        wanted = ["Berita acara"] if meeting.lacks_proceedings else []
        wanted += ["notulen"] if meeting.lacks_minutes else []
        named = " dan ".join(wanted)
        yield Task(
            f"Terbitkan surat rapat {_day(meeting.held_on)}",
            desk.url("reports:meeting_papers", meeting.pk),
            f"{named[0].upper()}{named[1:]} {meeting.title} belum terbit.",
            "wait",
            "Belum terbit",
        )


def _issued(kind: str):
    """Papers of one kind in force about the meeting of the outer query."""
    return IssuedReport.objects.in_force().filter(
        kind=kind,
        subject_label=Meeting._meta.label_lower,
        subject_pk=Cast(OuterRef("pk"), CharField()),
    )


def _papers(desk: Desk) -> Iterator[Task]:
    """Papers that were printed for the pen and whose scan is not there."""
    if not _may(desk, Permission.ISSUE_PAPERS):
        return
    scanned = SignedScan.objects.standing().filter(report=OuterRef("pk"))
    unsigned = IssuedReport.objects.filter(
        ~Exists(scanned), board=desk.board, kind__in=SIGNED_KINDS
    ).in_force()
    for paper in unsigned.order_by("-dated_on", "-pk")[:PAPERS_SHOWN]:
        yield Task(
            f"Unggah pindaian {inside_sentence(KINDS[paper.kind].title)}"
            f" {paper.number_text}",
            desk.url("reports:paper_page", paper.pk),
            f"Terbit {format_date(desk.board.local(paper.issued_at).date())}.",
            "draft",
            "Belum dipindai",
        )


def _endings(desk: Desk) -> Iterator[Task]:
    """The term and the appointments that end soon, by the board's own reminders."""
    if _may(desk, Permission.EDIT_MEMBERS):
        steps = steps_of([desk.board], on=desk.today)[desk.board.pk]
        yield from _term(desk, steps)
        yield from _appointments(desk, steps)


def _term(desk: Desk, steps: Steps) -> Iterator[Task]:
    """The term of the board ends soon, or is over."""
    terms = Term.objects.filter(board=desk.board).annotate(**assessed(desk.today.year))
    last = terms.order_by("-ends_on").first()
    url = desk.url("members:term_page")
    if last is None:
        yield Task(
            "Catat masa bakti dan anggota",
            url,
            "Belum ada masa bakti.",
            "warn",
            "Kosong",
        )
        return
    yield from _assessing(desk, last, steps)
    left = (last.ends_on - desk.today).days
    if kind := steps.urgency(left):
        yield Task(
            "Siapkan pemilihan anggota",
            url,
            f"Masa bakti berakhir {format_date(last.ends_on)}.",
            kind,
            left_words(left),
        )


def _assessing(desk: Desk, term, steps: Steps) -> Iterator[Task]:
    """The yearly assessment, from the month on which the board begins it."""
    if term.assessed or desk.today.month < steps.assessment_month:
        return
    verb, *tag = "Mulai", "wait", "Belum dimulai"
    if term.assessing:
        verb, *tag = "Lanjutkan", "draft", "Draf"
    title, url = f"{verb} penilaian tahun {desk.today.year}", "reports:evaluation_list"
    yield Task(title, desk.url(url), "Selesaikan sebelum rembug warga tahunan.", *tag)


def _appointments(desk: Desk, steps: Steps) -> Iterator[Task]:
    """One row for everybody in a unit whose time is nearly over or over."""
    reach = datetime.timedelta(steps.first)
    rows = list(
        Appointment.objects.filter(board=desk.board, unit__closed_on=None)
        .running_out(desk.today - reach, desk.today + reach)
        .select_related("person", "unit")
    )
    if not rows:
        return
    first = rows[0]
    left = (first.ends_on - desk.today).days
    yield Task(
        f"Perpanjang atau ganti {join_unit(len(rows), 'petugas unit')}",
        desk.url("reports:officer_page"),
        f"Yang terdekat: {first.person.full_name}, {first.title}, sampai"
        f" {format_date(first.ends_on)}.",
        steps.urgency(left),
        left_words(left),
    )


def _day(on: datetime.date) -> str:
    """Day and month, as a title says it: "21 November"."""
    return format_date(on).rsplit(" ", 1)[0]


def _names(codes: Iterable[str]) -> str:
    listed = list(codes)
    return listed[0] if len(listed) == 1 else join_unit(len(listed), "kegiatan")
