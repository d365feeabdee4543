"""Old loans from a sheet, and a receipt after them, for `bench_loans.py`.

The peer is django-import-export as it comes: one resource with its defaults, a trial
run and then the load, each row saved by itself and its loan made behind it by the same
service of the portal. So both validate, make and audit the same.
"""

import datetime
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from import_export import resources
from tablib import Dataset

from boards.models import Board, BoardSetting, User
from boards.roles import Post, Role
from common.sheets import SheetRow, SheetTable
from ledger.models import Book
from ledger.services import approve_voucher, open_book, write_opening
from loans.models import Loan, OpeningLoan
from loans.resources import COLUMNS, OpeningResource
from loans.services import Money, receive_payment
from loans.services.opening import bring_old_book

OPENED = datetime.date(2026, 1, 1)
TITLES = tuple(column.title for column in COLUMNS)
NAMES = (
    *("group_name", "chair_name", "chair_sex", "disbursed_on", "principal"),
    *("instalments", "rate", "balance", "principal_arrears", "charge_arrears"),
    "savings",
)


def make_book(slug: str) -> tuple[Book, User]:
    """A board whose book is opened, ready for its old loans; and its cashier."""
    board = Board.objects.create(
        region_code="35.20.99.1001",
        slug=slug,
        name=f"Buku Lama {slug}",
        code=slug.upper(),
        village="Selosari",
        district="Kecamatan Magetan",
        regency="Kabupaten Magetan",
        province="Jawa Timur",
    )
    users = []
    for post in (Post.CASHIER, Post.MANAGER):
        user = User.objects.create(username=f"{slug}-{post}".lower(), name="Sri Rahayu")
        user.assignments.create(role=Role.LOAN_UNIT, board=board, post=post)
        users.append(user)
    cashier, manager = users
    BoardSetting.objects.create(
        board=board,
        name="opening_loan_rows",
        value=10_000,
        starts_on=OPENED,
        article="ART pasal 9",
        created_by=manager,
    )
    book = open_book(board, kind=Book.Kind.FUND, opened_on=OPENED, by=cashier)
    amounts = {book.accounts.get(code="11010"): 9, book.accounts.get(code="31010"): 9}
    approve_voucher(write_opening(book, amounts=amounts, by=cashier), by=manager)
    return book, cashier


def old_loans(count: int) -> list[tuple]:
    """Rows of a sheet; every second group is behind."""
    disbursed_on = datetime.date(2025, 8, 10)
    return [
        (
            *(f"KSM {at:05d}", f"Ketua {at:05d}", "LP"[at % 2], disbursed_on),
            *(1_000_000, 10, "1,5"),
            *((700_000, 100_000, 15_000) if at % 2 else (600_000, 0, 0)),
            50_000,
        )
        for at in range(count)
    ]


def bring_ours(count: int) -> tuple[float, Book, User]:
    """Rows a second of the portal's own way: judged, then judged again and loaded."""
    book, cashier = make_book("cara-portal")
    rows = enumerate(old_loans(count), start=2)
    table = SheetTable(TITLES, tuple(SheetRow(number, row) for number, row in rows))
    began = time.perf_counter()
    for write in (False, True):
        resource = OpeningResource(owner=book.board, book=book, by=cashier)
        done = resource.check(table, write=write)
        assert (done.added, done.problems) == (count, []), done
    return count / (time.perf_counter() - began), book, cashier


class DefaultResource(resources.ModelResource):
    """As the library's guide begins; the loan is made when its row was saved."""

    class Meta:
        model = OpeningLoan
        fields = NAMES
        import_id_fields = ("group_name",)
        clean_model_instances = True

    def __init__(self, book: Book, by: User) -> None:
        super().__init__()
        self.book, self.by = book, by

    def get_queryset(self):
        return OpeningLoan.objects.filter(book=self.book)

    def init_instance(self, row=None):
        board = self.book.board
        return OpeningLoan(board=board, region_code=board.region_code, book=self.book)

    def after_save_instance(self, instance, row, **kwargs):
        bring_old_book([instance], book=self.book, by=self.by)


def bring_default(count: int) -> float:
    """Rows a second of the defaults of django-import-export."""
    book, cashier = make_book("cara-bawaan")
    rows = [(*row[:6], row[6].replace(",", "."), *row[7:]) for row in old_loans(count)]
    dataset = Dataset(*rows, headers=NAMES)
    began = time.perf_counter()
    for trial in (True, False):
        resource = DefaultResource(book, cashier)
        done = resource.import_data(dataset, dry_run=trial, raise_errors=True)
        assert done.totals["new"] == count, done.totals
    assert Loan.objects.filter(board=book.board).count() == count
    return count / (time.perf_counter() - began)


def receipt_statements(book: Book, cashier: User) -> int:
    """Statements that one instalment costs in this book; savepoints do not count.

    The first receipt of a year also starts its numbers, so a second one is counted.
    """
    loan = Loan.objects.filter(board=book.board).order_by("pk").first()
    money = Money(on=book.board.today(), amount=60_000, source="cash", payer="Sri")
    receive_payment(loan, money=money, by=cashier)
    with CaptureQueriesContext(connection) as seen:
        receive_payment(loan, money=money, by=cashier)
    skipped = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    said = [one["sql"] for one in seen.captured_queries]
    return sum(not sql.startswith(skipped) for sql in said)
