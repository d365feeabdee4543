"""What the Pengawas of the first board did last month, and what waits for the UPK."""

import datetime

from boards.models import User
from ledger.balances import balances
from ledger.chart import Use
from ledger.models import Book
from loans.models import Finding
from loans.services import (
    answer_finding,
    close_finding,
    count_cash,
    draw_sample,
    note_finding,
    note_visit,
)
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office

SEED, SIZE = 2026, 3
NOTES = ("Kartu KSM lengkap dan ditandatangani.", "Satu angsuran belum ditulis.")
ANSWERED = (
    "Kartu satu KSM belum memuat angsuran terakhir.",
    "Tulis ulang kartu bersama bendahara KSM.",
    "Kartu sudah dilengkapi bersama bendahara.",
    "Kartu dilihat dan sudah cocok.",
)
WAITING = (
    "Dua bukti kas keluar bulan lalu belum ditandatangani penerima.",
    "Mintakan tanda tangan dan simpan bersama buktinya.",
)
NOTES_OF_BOX = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100)


def supervise(office: Office, *, today: datetime.date) -> None:
    """A draw with two visits, a cash count that agrees, and two findings."""
    pengawas, upk = (User.objects.get(username=name) for name in ("pengawas", "upk"))
    board, before = office.board, today - datetime.timedelta(days=9)
    with clock_at(moment(before, 9)):
        sample = draw_sample(board, size=SIZE, seed=SEED, by=pengawas)
        rows = sample.rows.select_related("loan__group", "board")
        for row, note, gap in zip(rows, NOTES, (0, 100_000), strict=False):
            facts = {"visited_on": before, "seen": row.booked + gap, "note": note}
            note_visit(row, **facts, by=pengawas)
        text, asks, answer, note = ANSWERED
        old = _found(office, text, asks, before, by=pengawas)
    with clock_at(moment(today - datetime.timedelta(days=5), 9)):
        answer_finding(old, answer=answer, by=upk)
    with clock_at(moment(today, 8)):
        close_finding(old, note=note, by=pengawas)
        _found(office, *WAITING, today, by=pengawas)
        _count(office, today, by=pengawas)


def _found(
    office: Office, text: str, asks: str, on: datetime.date, *, by: User
) -> Finding:
    due = on + datetime.timedelta(days=14)
    row = Finding(board=office.board, text=text, asks=asks, due_on=due)
    return note_finding(row, by=by)


def _count(office: Office, on: datetime.date, *, by: User) -> None:
    """The box holds what the book says, in as few pieces as can be."""
    book = Book.objects.get(board=office.board, kind=Book.Kind.FUND)
    left, pieces = balances(book, until=on).of_use(Use.CASH), {}
    for value in NOTES_OF_BOX:
        pieces[value], left = divmod(left, value)
    why = "Uang receh kurang dari Rp100." if left else ""
    count_cash(book, pieces=pieces, cashier_name="Kasir UPK", explanation=why, by=by)
