"""Rows for `bench_loans.py`: a region of boards with 200,000 loans of ten rows.

What may befall a loan is worked out once for each kind of life, by the arithmetic of
the portal; the database multiplies the lives. Written in bulk without the triggers.
Receipts lie in the order of their days, as they do in a book that was kept.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.management.color import no_style
from django.db import connection, models

from boards.models import Board, Region, User
from boards.roles import Post, Role
from boards.triggers import without_triggers
from deliberations.models import AgendaItem, Decision, Meeting
from ledger.models import Book, Voucher
from loans.arrears import arrears_of, collectibility
from loans.models import (
    Installment,
    Loan,
    LoanStanding,
    Product,
    ProductTerms,
    Receipt,
    ReceiptPart,
    Reschedule,
)
from loans.payments import OpenLine, Order, Part, allocate, open_lines, pay
from loans.schedule import LoanTerms, Method, loan_schedule
from members.models import CommunityGroup

CODE, BOARDS, INSTALMENTS = "35.20", 47, 10
STARTS, EVERY_DAYS = 96, 9
DAY = datetime.timedelta(days=1)
NOON = "2026-01-01 05:00:00+00:00"
METHODS = (Method.FLAT, Method.DECLINING, Method.ANNUITY)


@dataclass(frozen=True)
class Paid:
    """One receipt of a life and the rows that it paid."""

    on: datetime.date
    parts: tuple[Part, ...]
    reversed_on: datetime.date | None = None


@dataclass(frozen=True)
class Life:
    """What befell one kind of loan up to today."""

    disbursed_on: datetime.date
    principal: int
    lines: list[OpenLine]
    receipts: list[Paid]
    state: str = Loan.State.ACTIVE
    closed_on: datetime.date | None = None
    floor: int = 1


def _due(plan: list[OpenLine], first: int, last: int) -> int:
    rows = plan[max(first, 0) : last + 1]
    return sum(line.principal + line.service_charge for line in rows)


# What each kind of borrower pays for a row, in rupiah; 7 never pays.
_HABITS: dict[int, Callable[[list[OpenLine], int], int]] = {
    4: lambda plan, at: _due(plan, at, at) * 6 // 10,
    5: lambda plan, at: _due(plan, at, at) * (at < 3),
    6: lambda plan, at: _due(plan, at, at) // (1 if at < 6 else 3) * (at < 7),
    7: lambda plan, at: 0,
    8: lambda plan, at: _due(plan, at - 1, at) * (at % 2),
    9: lambda plan, at: _due(plan, at, at + 2) * (at % 3 == 0),
    10: lambda plan, at: plan[at].service_charge // 2 or 1,
    13: lambda plan, at: _due(plan, at, at) * (at < 2),
}
_DAYS_LATE = {3: 20, 6: -3}


def _payments(kind: int, plan: list[OpenLine]) -> Iterator[tuple[datetime.date, int]]:
    """Day and rupiah of each payment of a kind of borrower, were time endless."""
    habit = _HABITS.get(kind, lambda plan, at: _due(plan, at, at))
    for at, line in enumerate(plan):
        if amount := habit(plan, at):
            yield line.due_on + _DAYS_LATE.get(kind, 0) * DAY, amount


def lives(today: datetime.date) -> list[Life]:
    """Every kind of borrower at every start; two in a row belong together."""
    found = []
    for start in range(STARTS):
        lent_on = today - (12 + EVERY_DAYS * start) * DAY
        for kind in range(14):
            if kind in (12, 13) and start % 4:
                kind -= 12
            found.append(_life(kind, start, lent_on, today))
    return found


def _life(kind: int, start: int, lent_on: datetime.date, today: datetime.date) -> Life:
    moved_on = lent_on + (today - lent_on) // 2
    if kind == 13:
        lent_on = moved_on
    principal = 500_000 * (1 + (start * 5 + kind) % 9)
    terms = LoanTerms(INSTALMENTS, Decimal("1.5"), method=METHODS[start % 3])
    plan = open_lines(loan_schedule(principal, terms, anchor_on=lent_on))
    life = Life(lent_on, principal, plan, [])
    for on, amount in _payments(kind, plan):
        on = max(on, lent_on)
        if on <= (moved_on if kind == 12 else today):
            life = _after(life, on, amount)
    if kind == 11 and life.receipts:
        life = _taken_back(life, today)
    if kind == 12:
        return replace(life, state=Loan.State.RESCHEDULED, closed_on=moved_on)
    if kind == 13:
        return replace(life, floor=3)
    if not any(line.principal_open + line.service_charge_open for line in life.lines):
        paid_on = max(receipt.on for receipt in life.receipts)
        return replace(life, state=Loan.State.PAID, closed_on=paid_on)
    return life


def _after(life: Life, on: datetime.date, amount: int) -> Life:
    order = Order.ROW_CHARGE_FIRST
    parts = allocate(life.lines, amount, on=on, order=order).parts
    if not parts:
        return life
    receipts = [*life.receipts, Paid(on, parts)]
    return replace(life, lines=pay(life.lines, parts), receipts=receipts)


def _taken_back(life: Life, today: datetime.date) -> Life:
    """The last receipt was a mistake."""
    last = life.receipts[-1]
    lines = pay(
        life.lines,
        [Part(part.no, -part.principal, -part.service_charge) for part in last.parts],
    )
    wrong = replace(last, reversed_on=min(last.on + 40 * DAY, today))
    return replace(life, lines=lines, receipts=[*life.receipts[:-1], wrong])


def make_boards() -> tuple[Board, User, User]:
    """The boards of the region; the first one with its cashier and manager."""
    for length in (2, 5):
        Region.objects.create(code=CODE[:length], name="Magetan", within="Jawa Timur")
    boards = [
        Board(
            region_code=f"{CODE}.{at // 10 + 1:02d}.{1001 + at % 10}",
            slug=f"lkm-{at}",
            name=f"Guyub Rukun {at}",
            code=f"LKM-{at}",
            village=f"Kelurahan {at}",
            district="Kecamatan Magetan",
            regency="Kabupaten Magetan",
            province="Jawa Timur",
        )
        for at in range(BOARDS)
    ]
    Board.objects.bulk_create(boards)
    board = Board.objects.order_by("pk").first()
    made = []
    for post in (Post.CASHIER, Post.MANAGER):
        user = User.objects.create(username=f"upk-{post}".lower(), name="Dewi Lestari")
        user.assignments.create(role=Role.LOAN_UNIT, board=board, post=post)
        made.append(user)
    return board, *made


def fill(loans: int, by: User) -> None:
    """Lay the lives, then as many loans as asked."""
    today = Board.objects.order_by("pk").first().today()
    _set(*_WHILE_FILLING[connection.vendor])
    with without_triggers():
        decision = _decision(by)
        _lay_lives(lives(today))
        _number_loans(loans)
        _multiply(by, decision, today)
    _set(*connection.ops.sequence_reset_sql(no_style(), _MODELS), "ANALYZE")


def _set(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


# Room and no waiting for the disk; keys are right by construction.
_WHILE_FILLING = {
    "sqlite": ("PRAGMA cache_size=-400000", "PRAGMA synchronous=OFF"),
    "postgresql": (
        "SET statement_timeout = 0",
        "SET session_replication_role = replica",
    ),
}

_MODELS = [
    *(Book, Product, ProductTerms, CommunityGroup, Loan, Installment, Voucher),
    *(Receipt, ReceiptPart, LoanStanding, Reschedule),
]


def _decision(by: User) -> Decision:
    """What the new plans rest on; nobody reads it here."""
    board = Board.objects.order_by("pk").first()
    day = datetime.date(2024, 1, 1)
    shared = {"board": board, "region_code": board.region_code, "held_on": day}
    meeting = Meeting.objects.create(
        **shared,
        kind="RUTIN",
        title="Rapat rutin",
        starts_at=datetime.time(19, 30),
        place="Balai RW",
        created_by=by,
    )
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="Pinjaman")
    return Decision.objects.create(
        **shared,
        meeting=meeting,
        item=item,
        position=1,
        title="Penjadwalan ulang",
        text="Dijadwal ulang.",
        kind="loan",
        method="mufakat",
    )


def _lay_lives(found: list[Life]) -> None:
    _keep(
        "bench_life",
        "disbursed_on date, principal bigint, charge bigint, state varchar(12),"
        " closed_on date, floor int, balance bigint, charge_left bigint,"
        " principal_arrears bigint, charge_arrears bigint, since date, k int, kol int",
        [(at, *_life_row(life)) for at, life in enumerate(found)],
    )
    _keep(
        "bench_row",
        "no int, due_on date, principal bigint, charge bigint",
        [
            (at, line.no, line.due_on, line.principal, line.service_charge)
            for at, life in enumerate(found)
            for line in life.lines
        ],
    )
    _keep(
        "bench_receipt",
        "seq int, paid_on date, reversed_on date, principal bigint, charge bigint",
        [
            (
                *(at, seq, paid.on, paid.reversed_on),
                sum(part.principal for part in paid.parts),
                sum(part.service_charge for part in paid.parts),
            )
            for at, life in enumerate(found)
            for seq, paid in enumerate(life.receipts)
        ],
    )
    _keep(
        "bench_part",
        "seq int, no int, principal bigint, charge bigint",
        [
            (at, seq, part.no, part.principal, part.service_charge)
            for at, life in enumerate(found)
            for seq, paid in enumerate(life.receipts)
            for part in paid.parts
        ],
    )


def _life_row(life: Life) -> tuple:
    today = Board.objects.order_by("pk").first().today()
    charge = sum(line.service_charge for line in life.lines)
    facts = (life.disbursed_on, life.principal, charge, life.state, life.closed_on)
    if life.state != Loan.State.ACTIVE:
        return (*facts, 1, 0, 0, 0, 0, None, 0, 1)
    behind = arrears_of(life.lines, as_of=today)
    return (
        *facts,
        life.floor,
        sum(line.principal_open for line in life.lines),
        sum(line.service_charge_open for line in life.lines),
        *(behind.principal, behind.service_charge, behind.since, behind.k),
        max(collectibility(behind), life.floor),
    )


def _keep(name: str, columns: str, rows: list[tuple]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} (life int, {columns})")
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
        cursor.execute(f"CREATE INDEX {name}_life ON {name} (life)")
        cursor.execute(f"ANALYZE {name}")


def _number_loans(loans: int) -> None:
    """Loan, board and life; two in a row share the board."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_board (at int, id bigint, code varchar(13))"
        )
        cursor.executemany(
            "INSERT INTO bench_board VALUES (%s, %s, %s)",
            [
                (at, *found)
                for at, found in enumerate(
                    Board.objects.order_by("pk").values_list("pk", "region_code")
                )
            ],
        )
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_loan (n int PRIMARY KEY, at int, life int)"
        )
        cursor.execute(
            "INSERT INTO bench_loan WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT"
            f" n + 1 FROM s WHERE n < {loans}) SELECT n, ((n - 1) / 2) % {BOARDS},"
            f" (n - 1) % {STARTS * 14} FROM s"
        )
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_paid AS SELECT ROW_NUMBER() OVER (ORDER BY"
            " r.paid_on, l.n) AS id, l.n, l.at, l.life, r.seq, r.paid_on,"
            " r.reversed_on, r.principal, r.charge FROM bench_loan l"
            " JOIN bench_receipt r ON r.life = l.life"
        )
        cursor.execute("ANALYZE bench_loan")
        cursor.execute("ANALYZE bench_paid")


def _multiply(by: User, decision: Decision, today: datetime.date) -> None:
    boards = "bench_board b"
    mine = {"board_id": "b.id", "region_code": "b.code"}
    who = str(by.pk)
    first = "10"  # more than the rows that were made before
    _insert(
        Book,
        f"{boards} WHERE b.id NOT IN (SELECT board_id FROM ledger_book)",
        **{"id": f"b.at + {first}", "kind": "'fund'", "opened_on": "'2020-01-01'"},
        **{"opened_by_id": who, **mine},
    )
    _insert(Product, boards, id=f"b.at + {first}", name="'Pinjaman bergulir'", **mine)
    _insert(
        ProductTerms,
        boards,
        **{"id": f"b.at + {first}", "product_id": f"b.at + {first}"},
        **{"starts_on": "'2020-01-01'", "rate": "1.5", "rate_basis": "'percent'"},
        **{"method": "'flat'", "frequency": "'monthly'", "every": "1", "fewest": "1"},
        **{"most": "24", "rounding_step": "1", "created_by_id": who, **mine},
    )
    loans = (
        "bench_loan l JOIN bench_board b ON b.at = l.at"
        " JOIN bench_life f ON f.life = l.life ORDER BY l.n"
    )
    _insert(
        CommunityGroup,
        loans,
        **{"id": "l.n + 10", "name": "'KSM ' || l.n", "formed_on": "'2020-01-01'"},
        **mine,
    )
    _insert(
        Loan,
        loans,
        **{"id": "l.n + 10", "group_id": "l.n + 10", "terms_id": f"l.at + {first}"},
        **{"round_no": "1", "state": "f.state", "applied_on": "f.disbursed_on"},
        **{"instalments": str(INSTALMENTS), "created_by_id": who, "is_opening": "TRUE"},
        **{"account_number": "'99.' || l.n", "principal": "f.principal"},
        **{"service_charge": "f.charge", "disbursed_on": "f.disbursed_on"},
        **{"closed_on": "f.closed_on", **mine},
    )
    _insert(
        Installment,
        "bench_loan l JOIN bench_row r ON r.life = l.life ORDER BY l.n, r.no",
        **{"id": f"l.n * {INSTALMENTS} + r.no + 200", "loan_id": "l.n + 10"},
        **{"no": "r.no", "due_on": "r.due_on", "principal": "r.principal"},
        service_charge="r.charge",
    )
    _insert(
        LoanStanding,
        loans,
        **{"id": "l.n + 10", "loan_id": "l.n + 10", "counted_on": f"'{today}'"},
        **{"balance": "f.balance", "charge_left": "f.charge_left"},
        **{"principal_arrears": "f.principal_arrears"},
        **{"charge_arrears": "f.charge_arrears", "arrears_since": "f.since"},
        **{"late_count": "f.k", "collectibility": "f.kol"},
        **{"collectibility_floor": "f.floor", **mine},
    )
    paid = "bench_paid p JOIN bench_board b ON b.at = p.at ORDER BY p.id"
    book = "(SELECT k.id FROM ledger_book k WHERE k.board_id = b.id)"
    _insert(
        Voucher,
        paid,
        **{"id": "p.id + 1000", "book_id": book, "kind": "'BKM'"},
        **{"form": "'instalment'", "dated": "p.paid_on", "seq": "p.id + 100000"},
        **{"year": "CAST(SUBSTR(CAST(p.paid_on AS VARCHAR(10)), 1, 4) AS INTEGER)"},
        **{"amount": "p.principal + p.charge", "made_by_id": who},
        **{"posted_at": f"'{NOON}'", **mine},
    )
    _insert(
        Receipt,
        paid,
        **{"id": "p.id + 1000", "loan_id": "p.n + 10", "voucher_id": "p.id + 1000"},
        **{"on": "p.paid_on", "source": "'cash'", "payer": "'Bendahara'"},
        **{"amount": "p.principal + p.charge", "principal": "p.principal"},
        **{"service_charge": "p.charge", "made_by_id": who},
        **{"reversed_on": "p.reversed_on", **mine},
    )
    _insert(
        ReceiptPart,
        "bench_paid p JOIN bench_part r ON r.life = p.life AND r.seq = p.seq"
        " JOIN bench_row w ON w.life = p.life AND w.no = r.no ORDER BY p.id, r.no",
        **{"id": "ROW_NUMBER() OVER (ORDER BY p.id, r.no) + 1000"},
        **{"receipt_id": "p.id + 1000", "principal": "r.principal"},
        **{"loan_id": "p.n + 10", "paid_on": "p.paid_on"},
        **{"due_on": "w.due_on", "planned": "w.principal"},
        **{"installment_id": f"p.n * {INSTALMENTS} + r.no + 200"},
        service_charge="r.charge",
    )
    _insert(
        Reschedule,
        "bench_loan l JOIN bench_board b ON b.at = l.at JOIN bench_life f"
        " ON f.life = l.life WHERE f.floor > 1 ORDER BY l.n",
        **{"id": "l.n + 10", "loan_id": "l.n + 10", "old_id": "l.n + 9"},
        **{"on": "f.disbursed_on", "principal": "f.principal", "floor": "f.floor"},
        **{"decision_id": str(decision.pk), "made_by_id": who, **mine},
    )


def _insert(model: type[models.Model], rows: str, **columns: str) -> None:
    """INSERT … SELECT; what is not named is empty."""
    named = {
        field.column: columns.get(field.column, _empty(field))
        for field in model._meta.local_concrete_fields
    }
    assert not set(columns) - set(named), set(columns) - set(named)
    into = ", ".join(f'"{column}"' for column in named)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({into})'
            f" SELECT {', '.join(named.values())} FROM {rows}"
        )


def _empty(field: models.Field) -> str:
    if field.null:
        return "NULL"
    if isinstance(field, models.BooleanField):
        return "FALSE"
    if isinstance(field, models.CharField | models.TextField):
        return "''"
    if isinstance(field, models.DateTimeField):
        return f"'{NOON}'"
    return "0"
