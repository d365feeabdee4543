"""Filters of the list of loans."""

from django.db.models import QuerySet
from django_filters import ChoiceFilter

from common.filters import ListFilter, WholeNumberFilter
from loans.models import Loan
from loans.stages import STEPS, decided_by_meeting, waits_for

OPEN, RUNNING, ENDED = "permohonan", "berjalan", "selesai"
GROUPS = {
    OPEN: Loan.BEFORE_PAYOUT,
    RUNNING: (Loan.State.ACTIVE,),
    ENDED: tuple(state for state in Loan.State if state not in Loan.UNFINISHED),
}
GROUP_LABELS = {
    OPEN: "Permohonan terbuka",
    RUNNING: "Pinjaman berjalan",
    ENDED: "Selesai",
}


class StateFilter(ChoiceFilter):
    """One of three groups of states, or a state itself."""

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(state__in=GROUPS.get(value, (value,)))


class WaitFilter(ChoiceFilter):
    """Applications that wait for one act."""

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        meeting = decided_by_meeting(self.parent.board)
        return rows.filter(waits_for(value, by_meeting=meeting))


class LoanFilter(ListFilter):
    """Loans by state, by whom they wait for, by round and group."""

    keadaan = StateFilter(choices=lambda: [*GROUP_LABELS.items(), *Loan.State.choices])
    menunggu = WaitFilter(choices=[(step.code, step.who) for step in STEPS])
    ke = WholeNumberFilter("round_no", min_value=1, max_value=99)
    ksm = WholeNumberFilter("group", min_value=1, max_value=999_999_999)

    def __init__(self, *args, board, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.board = board

    def say(self, name, value):
        if name == "ke":
            return f"Pinjaman ke-{value}"
        if name == "menunggu":
            return f"Menunggu {super().say(name, value)}"
        return "Satu KSM" if name == "ksm" else super().say(name, value)
