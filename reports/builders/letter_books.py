"""Buku agenda surat: letters that came in, and numbers that went out."""

from boards.models import Board, LetterNumber
from common.periods import Period
from deliberations.models import IncomingLetter
from deliberations.services.letters import NUMBER_TYPE
from reports.builders.register import Column, Table
from reports.catalogue import NUMBER_WORDS

# Numbers that no paper of the catalogue bears.
_OTHER_WORDS = {"LAP": "Laporan kegiatan"}


def outgoing_numbers(board: Board):
    """Numbers of letters that went out; those of the incoming book are apart."""
    return LetterNumber.objects.filter(board=board).exclude(kind=NUMBER_TYPE)


def kind_word(kind: str) -> str:
    """What a type of number is called; an unknown one keeps its letters."""
    return (NUMBER_WORDS | _OTHER_WORDS).get(kind, kind)


def build_outgoing(board: Board, period: Period) -> Table:
    """The numbers given in a period, in the order of their days.

    Source: governance sheet, section 4.5 (numbers of cancelled letters stay visible).
    """
    numbers = outgoing_numbers(board).filter(given_on__range=(period.start, period.end))
    rows = tuple(
        (
            place,
            number.given_on,
            number.text,
            kind_word(number.kind),
            number.subject_name,
            f"batal {number.cancelled_on:%d/%m/%Y}" if number.cancelled_on else "",
        )
        for place, number in enumerate(numbers.order_by("given_on", "pk"), start=1)
    )
    columns = (
        Column("No", "w8", "c", 6),
        Column("Tanggal", "w18", "c", 12),
        Column("Nomor surat", "w40", "", 28),
        Column("Jenis", "w30", "", 18),
        Column("Perihal", "", "", 60),
        Column("Keterangan", "w30", "", 18),
    )
    cancelled = sum(bool(row[-1]) for row in rows)
    fate = f"{cancelled} di antaranya batal" if cancelled else "tidak ada yang batal"
    note = f"Jumlah {len(rows)} nomor, {fate}." if rows else ""
    return Table(columns, rows, note, "Tidak ada surat keluar pada masa ini.")


def build_incoming(board: Board, period: Period) -> Table:
    """Letters that came in within a period, in the order of their agenda numbers."""
    letters = (
        IncomingLetter.objects.filter(board=board)
        .received_in(period)
        .select_related("number", "decision", "meeting")
        .order_by("number__year", "number__seq")
    )
    rows = tuple(_incoming(letter) for letter in letters)
    columns = (
        Column("Nomor agenda", "w40", "", 26),
        Column("Diterima", "w18", "c", 12),
        Column("Tanggal surat", "w18", "c", 12),
        Column("Nomor surat", "w40", "", 26),
        Column("Pengirim", "w40", "", 30),
        Column("Perihal", "", "", 50),
        Column("Disposisi", "", "", 50),
        Column("Keterangan", "w30", "", 26),
    )
    note = f"Jumlah {len(rows)} surat." if rows else ""
    return Table(columns, rows, note, "Tidak ada surat masuk pada masa ini.")


def _incoming(letter: IncomingLetter) -> tuple:
    return (
        letter.number_text,
        letter.received_on,
        letter.letter_on,
        letter.sender_number,
        letter.sender,
        letter.subject,
        letter.disposition.replace("\n", "; "),
        _outcome(letter),
    )


def _outcome(letter: IncomingLetter) -> str:
    if letter.cancelled_on:
        return f"batal {letter.cancelled_on:%d/%m/%Y}"
    if letter.decision:
        return letter.decision.number_text
    if letter.meeting:
        return f"rapat {letter.meeting.held_on:%d/%m/%Y}"
    return ""
