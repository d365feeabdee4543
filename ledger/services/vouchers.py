"""Writing, letting through, dropping and taking back vouchers."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from boards.audit import record
from boards.clock import check_clock
from boards.models import AuditEvent, User
from boards.numbers import next_in_sequence
from boards.parameters import setting_of
from common.errors import RuleViolation
from common.money import format_rupiah
from common.periods import Period
from common.words import format_date
from ledger.balances import closed_through
from ledger.models import Account, Book, Entry, Voucher
from ledger.plain import BY_CODE
from ledger.services.holding import HeldBook


@dataclass(frozen=True)
class Line:
    """One side of a voucher before it is saved; whole rupiah, one side only."""

    account: Account
    debit: int = 0
    credit: int = 0

    @property
    def amount(self) -> int:
        """Rupiah on the side that is filled."""
        return self.debit or self.credit

    @property
    def grows(self) -> bool:
        """Does the account hold more afterwards?"""
        return bool(self.debit) == (self.account.side > 0)


@dataclass(frozen=True)
class Draft:
    """What a voucher will say; both sides of `lines` give the same sum."""

    kind: str
    form: str
    dated: datetime.date
    description: str
    lines: Sequence[Line]
    party: str = ""
    reverses: Voucher | None = None

    @property
    def total(self) -> int:
        """Rupiah of the debit side."""
        return sum(line.debit for line in self.lines)


def lock_book(book: Book) -> Book:
    """The book's row, held until the transaction ends: one act at a time."""
    return Book.objects.select_for_update().select_related("board").get(pk=book.pk)


def check_day(book: Book, dated: datetime.date) -> None:
    """May something be booked on this day?

    Raises RuleViolation `ledger.future`, `ledger.before_opening` or
    `ledger.month_closed`.
    """
    _check_open(book, dated, closed_through(book))


def _check_open(book: Book, dated: datetime.date, locked: datetime.date | None) -> None:
    if dated > book.board.today():
        raise RuleViolation("Isi hari ini atau sebelumnya.", code="ledger.future")
    if dated < book.opened_on:
        raise RuleViolation(
            f"{book} dibuka per {format_date(book.opened_on)}. Isi tanggal itu atau"
            " sesudahnya.",
            code="ledger.before_opening",
        )
    if locked and dated <= locked:
        month = Period.month(dated.year, dated.month)
        raise RuleViolation(
            f"{month.label} sudah ditutup. Pakai tanggal sesudah"
            f" {format_date(locked)}.",
            code="ledger.month_closed",
        )


def _check_lines(book: Book, lines: Sequence[Line]) -> int:
    """Total of one side. Raises `ledger.lines`, `ledger.unbalanced`, `ledger.account`.

    The database holds the same rules; here they have words.
    """
    for line in lines:
        one_side = (line.debit > 0) != (line.credit > 0)
        if not one_side or line.debit < 0 or line.credit < 0:
            raise RuleViolation(
                "Isi tiap baris pada satu sisi saja, lebih dari nol.",
                code="ledger.lines",
            )
        if line.account.book_id != book.pk:
            raise RuleViolation("Pilih akun dari buku ini.", code="ledger.account")
    debit, credit = (
        sum(line.debit for line in lines),
        sum(line.credit for line in lines),
    )
    if debit != credit:
        raise RuleViolation(
            f"Debet {format_rupiah(debit)} dan kredit {format_rupiah(credit)} tidak"
            f" sama. Selisihnya {format_rupiah(abs(debit - credit))}.",
            code="ledger.unbalanced",
        )
    if not debit:
        raise RuleViolation("Isi jumlah lebih dari nol.", code="ledger.lines")
    return debit


def check_draft(book: Book, draft: Draft) -> int:
    """May this be written as it stands? Gives the total of one side.

    Raises RuleViolation `ledger.lines`, `ledger.unbalanced`, `ledger.account`, or what
    `check_day` raises.
    """
    check_day(book, draft.dated)
    return _check_lines(book, draft.lines)


@transaction.atomic
def write_voucher(
    book: Book,
    draft: Draft,
    *,
    by: User,
    second: bool = False,
    approved_by: User | None = None,
) -> Voucher:
    """Write a voucher and post it, unless a `second` person has to let it through.

    `approved_by` is who let it through in the act itself (a loan is decided before it
    is paid). Audits `ledger.voucher_posted` or `ledger.voucher_written`.

    Raises RuleViolation `ledger.lines`, `ledger.unbalanced`, `ledger.account`, or what
    `check_day` raises.
    """
    book = lock_book(book)
    # The end of a year is booked into a month that is locked already.
    if draft.form != "year_close":
        check_day(book, draft.dated)
    voucher = _saved(book, draft, by=by, approved_by=approved_by)
    if second and not approved_by:
        says = f"menulis {_words(voucher)}, menunggu persetujuan"
        record("ledger.voucher_written", voucher, by=by, says=says)
        return voucher
    return _post(voucher, by=by)


def write_held(
    held: HeldBook, draft: Draft, *, by: User, later: list[AuditEvent]
) -> Voucher:
    """Write and post a voucher in a book that is locked already; few queries.

    Its event goes into `later`. Runs in the transaction of `hold_book`. Raises what
    `write_voucher` raises.
    """
    _check_open(held.book, draft.dated, held.closed_to)
    voucher = _saved(held.book, draft, by=by, approved_by=None)
    return _post(voucher, by=by, later=later, read=held.read)


# Rows that the service itself chose: no query asks again whether they are there.
_CHOSEN = ("board", "book", "made_by", "approved_by", "reverses")


def _saved(book: Book, draft: Draft, *, by: User, approved_by: User | None) -> Voucher:
    """The rows of a draft, without a number."""
    voucher = Voucher(
        board=book.board,
        book=book,
        kind=draft.kind,
        form=draft.form,
        dated=draft.dated,
        year=draft.dated.year,
        description=draft.description,
        party=draft.party,
        amount=_check_lines(book, draft.lines),
        reverses=draft.reverses,
        made_by=by,
        made_name=str(by),
        approved_by=approved_by,
        approved_name=str(approved_by) if approved_by else "",
    )
    if draft.form == "year_close" or draft.reverses:
        voucher.full_clean()
    else:
        voucher.clean_fields(exclude=_CHOSEN)
    voucher.save(force_insert=True)
    Entry.objects.bulk_create(
        Entry(voucher=voucher, position=number, **vars(line))
        for number, line in enumerate(draft.lines, 1)
    )
    return voucher


def _words(voucher: Voucher) -> str:
    return (
        f"{voucher.get_kind_display()} {format_rupiah(voucher.amount)}:"
        f" {voucher.description}"
    )


def _post(
    voucher: Voucher,
    *,
    by: User,
    later: list[AuditEvent] | None = None,
    read: Account | None = None,
) -> Voucher:
    """Give the voucher its number and lock it; runs under the lock of the book."""
    check_clock(read)
    book = voucher.book
    name = f"{voucher.kind}-{book.code}"
    voucher.seq = next_in_sequence(voucher.board, name, year=voucher.year)
    voucher.number_text = f"{name}-{voucher.year}-{voucher.seq:04d}"
    voucher.posted_at = timezone.now()
    voucher.revision += 1
    voucher.save()
    says = f"membukukan {voucher.number_text}, {_words(voucher)}"
    amount = voucher.amount
    record(
        "ledger.voucher_posted", voucher, by=by, says=says, later=later, amount=amount
    )
    if voucher.reverses_id:
        _undo(voucher, by=by)
    return voucher


def _waiting(voucher: Voucher) -> Voucher:
    """The voucher as it stands now. Raises RuleViolation `ledger.not_waiting`."""
    book = lock_book(voucher.book)
    current = Voucher.objects.select_related("board", "made_by").get(pk=voucher.pk)
    current.book = book
    if current.posted_at or current.dropped_at:
        state = "dibukukan" if current.posted_at else "dibatalkan"
        raise RuleViolation(f"Bukti ini sudah {state}.", code="ledger.not_waiting")
    return current


@transaction.atomic
def approve_voucher(voucher: Voucher, *, by: User) -> Voucher:
    """Let a waiting voucher through: it gets its number and counts.

    The maker does it only where the board's rule `one_person_office` allows; the
    voucher then says so. Raises RuleViolation `ledger.not_waiting`,
    `ledger.second_person`, or what `check_day` raises.
    """
    current = _waiting(voucher)
    check_day(current.book, current.dated)
    current.alone = current.made_by_id == by.pk
    if current.alone and not may_post_alone(current.book):
        raise RuleViolation(
            "Anda yang menulis bukti ini. Mintalah petugas lain menyetujuinya.",
            code="ledger.second_person",
        )
    current.approved_by, current.approved_name = by, str(by)
    return _post(current, by=by)


def may_post_alone(book: Book) -> bool:
    """Does the board's rule let one person do both, because it has too few people?"""
    today = book.board.today()
    return setting_of(book.board, "one_person_office", on=today).value


@transaction.atomic
def drop_voucher(voucher: Voucher, *, reason: str, by: User) -> Voucher:
    """Set a waiting voucher aside; it gets no number and stays to be read.

    Audits `ledger.voucher_dropped`. Raises RuleViolation `ledger.not_waiting`.
    """
    current = _waiting(voucher)
    current.dropped_at, current.drop_reason = timezone.now(), reason
    current.revision += 1
    current.full_clean()
    current.save()
    says = f"membatalkan {_words(current)} ({reason})"
    record("ledger.voucher_dropped", current, by=by, says=says)
    return current


def may_take_back(form: str) -> bool:
    """Forms of the books themselves, and those whose room can undo its part."""
    own = form in BY_CODE or form in ("manual", "opening")
    return own or form in settings.LEDGER_REVERSALS


def _ask_room(voucher: Voucher) -> None:
    """The room that made the voucher may refuse that it is taken back now."""
    path = settings.LEDGER_REVERSAL_CHECKS.get(voucher.form)
    if path:
        import_string(path)(voucher)


def _undo(voucher: Voucher, *, by: User) -> None:
    """The room that made the voucher taken back undoes what hangs from it."""
    path = settings.LEDGER_REVERSALS.get(voucher.reverses.form)
    if path:
        import_string(path)(voucher.reverses, voucher, by)


@transaction.atomic
def reverse_voucher(
    voucher: Voucher,
    *,
    dated: datetime.date,
    reason: str,
    by: User,
    approved_by: User | None = None,
) -> Voucher:
    """Write the same entry with its sides exchanged, naming the wrong voucher.

    It waits for a second person unless `approved_by` is given. Raises RuleViolation
    `ledger.reversed`, `ledger.is_reversal`, `ledger.not_posted`,
    `ledger.reversed_early`, `ledger.not_reversible`, what `check_day` raises, or what
    the room of the voucher raises (settings `LEDGER_REVERSAL_CHECKS`).
    """
    book = lock_book(voucher.book)
    current = Voucher.objects.get(pk=voucher.pk)
    _check_reversible(current, dated)
    _ask_room(current)
    lines = [
        Line(entry.account, debit=entry.credit, credit=entry.debit)
        for entry in current.entries.select_related("account")
    ]
    draft = Draft(
        kind=Voucher.Kind.TRANSFER,
        form="reversal",
        dated=dated,
        description=f"Pembatalan {current.number_text}: {reason}"[:200],
        party=current.party,
        lines=lines,
        reverses=current,
    )
    return write_voucher(book, draft, by=by, second=True, approved_by=approved_by)


def _check_reversible(voucher: Voucher, dated: datetime.date) -> None:
    """May this voucher be taken back on that day?"""
    if not voucher.posted_at:
        raise RuleViolation(
            "Bukti ini belum dibukukan, jadi cukup dibatalkan.",
            code="ledger.not_posted",
        )
    if not voucher.reverses_id and not may_take_back(voucher.form):
        raise RuleViolation(
            "Bukti ini tidak dapat dibatalkan: catatan lain bergantung padanya.",
            code="ledger.not_reversible",
        )
    if voucher.reverses_id:
        raise RuleViolation(
            "Bukti pembatalan tidak dibatalkan lagi. Catat ulang transaksinya.",
            code="ledger.is_reversal",
        )
    if voucher.reversals.filter(dropped_at=None).exists():
        raise RuleViolation("Bukti ini sudah dibatalkan.", code="ledger.reversed")
    if dated < voucher.dated:
        raise RuleViolation(
            f"Isi tanggal bukti itu ({format_date(voucher.dated)}) atau sesudahnya.",
            code="ledger.reversed_early",
        )
