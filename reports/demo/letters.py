"""Letters that came to a board of the demo in its last year."""

import datetime

from common.periods import Period, add_months
from deliberations.models import Meeting
from deliberations.services.letters import cancel_letter, record_letter
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office

# Sender, subject, number of the sender, disposition.
LETTERS = (
    ("{village}", "Undangan musrenbang", "005/412/{year}", "Koordinator hadir."),
    (
        "Dinas Perumahan dan Kawasan Permukiman",
        "Permintaan data baseline kumuh",
        "600/871/{year}",
        "UPL mengisi, sekretaris mengirim paling lambat akhir bulan.",
    ),
    ("Warga RT 004/RW 002", "Permohonan perbaikan lampu gang", "", ""),
    ("KSM Melati", "Permohonan pinjaman bergulir", "02/KSM-M/{year}", "UPK memeriksa."),
    ("Puskesmas", "Ajakan kerja bakti serentak", "440/118/{year}", "UPS mengatur."),
    ("Karang Taruna", "Permohonan izin memakai balai", "", ""),
)
MONTHS = 12


def receive_letters(office: Office, *, today: datetime.date) -> None:
    """One letter a month, two in every third; each third one is brought to a meeting.

    The very last but one was entered twice, so its second entry is struck out.
    """
    first = add_months(today.replace(day=1), -MONTHS)
    days = [
        add_months(first, place) + datetime.timedelta(day)
        for place in range(MONTHS)
        for day in ((4, 17) if place % 3 == 0 else (9,))
    ]
    for place, day in enumerate(days):
        _receive(office, day, place, brought=place % 3 == 0)
    with clock_at(moment(days[-1], 11)):
        twice = _receive(office, days[-1], len(days) - 1, brought=False)
        reason = "Tercatat dua kali"
        cancel_letter(twice, reason=reason, on=days[-1], by=office.secretary)


def _receive(office: Office, day: datetime.date, place: int, *, brought: bool):
    sender, subject, number, disposition = LETTERS[place % len(LETTERS)]
    month = Period.month(day.year, day.month)
    held = Meeting.objects.ratified().filter(board=office.board).held_in(month)
    facts = {
        "received_on": day,
        "letter_on": day - datetime.timedelta(2),
        "sender": sender.format(village=office.board.village),
        "subject": subject,
        "sender_number": number.format(year=day.year),
        "disposition": disposition,
        "meeting": held.order_by("held_on").first() if brought else None,
    }
    with clock_at(moment(day, 10)):
        return record_letter(
            office.board, facts=facts, scan=None, on=day, by=office.secretary
        )
