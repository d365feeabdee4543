"""What the addresses of problem loans, profit and the Pengawas ask for."""

import datetime

from boards.roles import Role
from ledger.models import YearClose
from loans import services
from loans.models import CashCount, Finding, LoanSample
from tests.world import World


def _loan(world: World) -> dict:
    return {"pk": world.running.pk}


def _sample(world: World) -> LoanSample:
    board, by = world.running.board, world.users[Role.SUPERVISOR]
    found = LoanSample.objects.filter(board=board).first()
    return found or services.draw_sample(board, size=1, seed=7, by=by)


def _count(world: World) -> CashCount:
    book, by = world.book, world.users[Role.SUPERVISOR]
    found = CashCount.objects.filter(book=book).first()
    return found or services.count_cash(
        book, pieces={500: 1}, cashier_name="Kasir", explanation="Uji", by=by
    )


def _finding(world: World) -> Finding:
    by = world.users[Role.SUPERVISOR]
    found = Finding.objects.filter(board=world.board).first()
    if found:
        return found
    due = world.board.today() + datetime.timedelta(days=7)
    row = Finding(board=world.board, text="Kartu kosong.", asks="Isi.", due_on=due)
    made = services.note_finding(row, by=by)
    upk = world.users[Role.LOAN_UNIT]
    return services.answer_finding(made, answer="Sudah diisi.", by=upk)


def _year(world: World) -> dict:
    YearClose.objects.get_or_create(
        book=world.book,
        year=2025,
        defaults={
            "board": world.board,
            "last_day": datetime.date(2025, 12, 31),
            "profit": 450_000,
            "closed_by": world.users[Role.LOAN_UNIT],
            "closed_name": "Pembuku",
        },
    )
    return {"year": 2025}


PROBLEM_OBJECTS = {
    "loans:loan_write_off": _loan,
    "loans:loan_reschedule": _loan,
    "loans:loan_recovery": _loan,
    "loans:loan_waive": _loan,
    "loans:profit_page": _year,
    "loans:sample_page": lambda world: {"pk": _sample(world).pk},
    "loans:sample_visit": lambda world: {"pk": _sample(world).rows.get().pk},
    "reports:count_papers": lambda world: {"pk": _count(world).pk},
    "loans:cash_count_page": lambda world: {"pk": _count(world).pk},
    "loans:finding_page": lambda world: {"pk": _finding(world).pk},
    "loans:finding_answer": lambda world: {"pk": _finding(world).pk},
    "loans:finding_close": lambda world: {"pk": _finding(world).pk},
}
