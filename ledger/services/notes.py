"""What the keeper of a book adds to the notes of its statements."""

from django.db import transaction

from boards.audit import record
from boards.models import User
from common.errors import RuleViolation
from ledger.models import Book, YearClose, YearNote


@transaction.atomic
def write_note(
    book: Book, *, year: int, text: str, revision: int, by: User
) -> YearNote:
    """Keep the note of a year; `revision` is that of the text the person saw, else 0.

    Audits `ledger.note_written`. Raises RuleViolation `ledger.note_year`,
    `ledger.year_closed` or `ledger.note_stale`.
    """
    Book.objects.select_for_update().get(pk=book.pk)
    if not book.opened_on.year <= year <= book.board.today().year:
        raise RuleViolation(
            "Catatan ditulis untuk tahun sejak buku dibuka sampai tahun ini.",
            code="ledger.note_year",
        )
    if YearClose.objects.filter(book=book, year__gte=year).exists():
        raise RuleViolation(
            f"Tahun buku {year} sudah ditutup, jadi catatannya tidak berubah lagi.",
            code="ledger.year_closed",
        )
    note = YearNote.objects.filter(book=book, year=year).first()
    note = note or YearNote(board=book.board, book=book, year=year)
    if note.revision != revision:
        raise RuleViolation(
            f"Catatan ini baru saja diubah {note.changed_name}. Salin tulisan Anda,"
            " muat ulang halaman ini, lalu gabungkan.",
            code="ledger.note_stale",
        )
    note.text, note.changed_by, note.changed_name = text, by, str(by)
    note.revision += 1
    note.save()
    says = f"menulis catatan atas laporan keuangan {book} {year}"
    record("ledger.note_written", note, by=by, says=says)
    return note
