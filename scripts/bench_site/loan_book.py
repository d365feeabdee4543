"""Rows for `bench_loans.py`: a region of boards with 200,000 loans of ten rows.

What may befall a loan is worked out once for each kind of life, by the arithmetic of
the portal; the database multiplies the lives. Written in bulk without the triggers.
Receipts lie in the order of their days, as they do in a book that was kept.
"""

import datetime

from django.core.management.color import no_style
from django.db import connection, models

from bench_site.loan_lives import INSTALMENTS, STARTS, Life, lives
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
from members.models import CommunityGroup

CODE, BOARDS = "35.20", 47
NOON = "2026-01-01 05:00:00+00:00"


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


_MINE = {"board_id": "b.id", "region_code": "b.code"}
_FIRST = "10"  # more than the rows that were made before
_OF_LIVES = (
    "bench_loan l JOIN bench_board b ON b.at = l.at"
    " JOIN bench_life f ON f.life = l.life ORDER BY l.n"
)
_PAID = "bench_paid p JOIN bench_board b ON b.at = p.at ORDER BY p.id"


def _multiply(by: User, decision: Decision, today: datetime.date) -> None:
    who = str(by.pk)
    _multiply_books(who)
    _multiply_loans(who, today)
    _multiply_receipts(who)
    _insert(
        Reschedule,
        "bench_loan l JOIN bench_board b ON b.at = l.at JOIN bench_life f"
        " ON f.life = l.life WHERE f.floor > 1 ORDER BY l.n",
        **{"id": "l.n + 10", "loan_id": "l.n + 10", "old_id": "l.n + 9"},
        **{"on": "f.disbursed_on", "principal": "f.principal", "floor": "f.floor"},
        **{"decision_id": str(decision.pk), "made_by_id": who, **_MINE},
    )


def _multiply_books(who: str) -> None:
    boards = "bench_board b"
    _insert(
        Book,
        f"{boards} WHERE b.id NOT IN (SELECT board_id FROM ledger_book)",
        **{"id": f"b.at + {_FIRST}", "kind": "'fund'", "opened_on": "'2020-01-01'"},
        **{"opened_by_id": who, **_MINE},
    )
    _insert(Product, boards, id=f"b.at + {_FIRST}", name="'Pinjaman bergulir'", **_MINE)
    _insert(
        ProductTerms,
        boards,
        **{"id": f"b.at + {_FIRST}", "product_id": f"b.at + {_FIRST}"},
        **{"starts_on": "'2020-01-01'", "rate": "1.5", "rate_basis": "'percent'"},
        **{"method": "'flat'", "frequency": "'monthly'", "every": "1", "fewest": "1"},
        **{"most": "24", "rounding_step": "1", "created_by_id": who, **_MINE},
    )


def _multiply_loans(who: str, today: datetime.date) -> None:
    _insert(
        CommunityGroup,
        _OF_LIVES,
        **{"id": "l.n + 10", "name": "'KSM ' || l.n", "formed_on": "'2020-01-01'"},
        **_MINE,
    )
    _insert(
        Loan,
        _OF_LIVES,
        **{"id": "l.n + 10", "group_id": "l.n + 10", "terms_id": f"l.at + {_FIRST}"},
        **{"round_no": "1", "state": "f.state", "applied_on": "f.disbursed_on"},
        **{"instalments": str(INSTALMENTS), "created_by_id": who, "is_opening": "TRUE"},
        **{"account_number": "'99.' || l.n", "principal": "f.principal"},
        **{"service_charge": "f.charge", "disbursed_on": "f.disbursed_on"},
        **{"closed_on": "f.closed_on", **_MINE},
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
        _OF_LIVES,
        **{"id": "l.n + 10", "loan_id": "l.n + 10", "counted_on": f"'{today}'"},
        **{"balance": "f.balance", "charge_left": "f.charge_left"},
        **{"principal_arrears": "f.principal_arrears"},
        **{"charge_arrears": "f.charge_arrears", "arrears_since": "f.since"},
        **{"late_count": "f.k", "collectibility": "f.kol"},
        **{"collectibility_floor": "f.floor", **_MINE},
    )


def _multiply_receipts(who: str) -> None:
    book = "(SELECT k.id FROM ledger_book k WHERE k.board_id = b.id)"
    _insert(
        Voucher,
        _PAID,
        **{"id": "p.id + 1000", "book_id": book, "kind": "'BKM'"},
        **{"form": "'instalment'", "dated": "p.paid_on", "seq": "p.id + 100000"},
        **{"year": "CAST(SUBSTR(CAST(p.paid_on AS VARCHAR(10)), 1, 4) AS INTEGER)"},
        **{"amount": "p.principal + p.charge", "made_by_id": who},
        **{"posted_at": f"'{NOON}'", **_MINE},
    )
    _insert(
        Receipt,
        _PAID,
        **{"id": "p.id + 1000", "loan_id": "p.n + 10", "voucher_id": "p.id + 1000"},
        **{"on": "p.paid_on", "source": "'cash'", "payer": "'Bendahara'"},
        **{"amount": "p.principal + p.charge", "principal": "p.principal"},
        **{"service_charge": "p.charge", "made_by_id": who},
        **{"reversed_on": "p.reversed_on", **_MINE},
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
