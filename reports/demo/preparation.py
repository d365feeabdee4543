"""How the first board prepares: a layout of its own, a series, a meeting put off."""

import datetime

from deliberations.models import Meeting, MeetingSeries
from deliberations.services.attendance import mark_all_present, mark_attendance
from deliberations.services.calls import postpone_meeting
from deliberations.services.layouts import Layout, StandingGuest, save_layout
from deliberations.services.meetings import create_meeting
from deliberations.services.series import create_series, prepare_turns
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office

YEARLY = Layout(
    agenda=(
        "Tata tertib",
        "Tinjauan partisipatif",
        "Laporan pertanggungjawaban",
        "Tanggapan warga",
        "Rencana kerja, RAPB, dan usulan musrenbang",
    ),
    copies=("Camat Magetan", "Dinas Perumahan dan Kawasan Permukiman"),
    place="Pendopo Kelurahan Selosari",
    starts_at=datetime.time(9, 0),
    invites_units=True,
    guests=(
        StandingGuest("Lurah Selosari", element="Kelurahan/desa"),
        StandingGuest("Ketua LPMK", element="LPMK/LPMD", is_entitled=True),
        StandingGuest("Ketua TP PKK", "P", "PKK", is_entitled=True),
        StandingGuest("Ketua RW 005", element="Ketua RW", is_entitled=True),
    ),
)
CAME = 3


def prepare_meetings(office: Office, *, today: datetime.date) -> None:
    """What the secretary laid out, and an evening to which three members came."""
    by, place = office.secretary, f"Balai {office.board.village}"
    with clock_at(moment(today - datetime.timedelta(20), 9)):
        save_layout(office.board, "RWT", layout=YEARLY, seen_revision=0, by=by)
        series = create_series(
            office.board,
            kind=Meeting.Kind.KOOR,
            title="Rapat koordinasi bulanan",
            week=MeetingSeries.Week.FIRST,
            weekday=MeetingSeries.Weekday.TUESDAY,
            starts_at=datetime.time(19, 30),
            place=place,
            by=by,
        )
        prepare_turns(series, count=1, on=today, by=by)
    _put_off(office, place, today - datetime.timedelta(6))


def _put_off(office: Office, place: str, day: datetime.date) -> None:
    """Three of the members came, which is no quorum: a week later again."""
    by = office.secretary
    with clock_at(moment(day - datetime.timedelta(5), 9)):
        meeting = create_meeting(
            office.board,
            kind=Meeting.Kind.KHUSUS,
            title="Rembug khusus tarif sewa tenda",
            held_on=day,
            starts_at=datetime.time(19, 30),
            place=place,
            chair=office.chair,
            note_taker=office.note_taker,
            by=by,
        )
    with clock_at(moment(day, 20)):
        mark_all_present(meeting, by=by)
        for row in list(meeting.attendances.filter(is_entitled=True))[CAME:]:
            mark_attendance(row, status="absent", by=by)
        postpone_meeting(
            meeting,
            at=datetime.time(20, 0),
            held_on=day + datetime.timedelta(14),
            starts_at=datetime.time(19, 30),
            place=place,
            by=by,
        )
