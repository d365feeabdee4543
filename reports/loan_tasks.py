"""Applications that wait for this person: to be checked, decided, signed, paid out."""

from collections.abc import Iterator

from boards.roles import Permission
from common.words import format_date, with_stop
from loans.models import Loan
from loans.stages import Step, decided_by_meeting, may_act, next_step
from reports.desk import Desk, Task

ACTS = {Permission.EDIT_LOANS, Permission.DECIDE_LOANS, Permission.KEEP_FUND}
LOANS_READ = 40
TITLES = {
    "periksa": "Periksa permohonan {group}",
    "putus": "Putus pinjaman {group}",
    "tandatangan": "Tanda tangani putusan pinjaman {group}",
    "rapat": "Catat keputusan rapat atas pinjaman {group}",
    "jawab": "Jawab permohonan {group}",
    "cairkan": "Cairkan pinjaman {group}",
}


def loan_tasks(desk: Desk) -> Iterator[Task]:
    """One row an application, the oldest first; one query, two where one waits."""
    if not desk.rights & ACTS:
        return
    waiting = Loan.objects.filter(board=desk.board).open_applications()
    rows = waiting.select_related("group", "board").order_by("applied_on", "pk")
    loans = list(rows[:LOANS_READ])
    by_meeting = bool(loans) and decided_by_meeting(desk.board)
    for loan in loans:
        step = next_step(loan, by_meeting=by_meeting)
        if step and may_act(step, loan, desk.user, desk.rights):
            yield Task(
                TITLES[step.code].format(group=loan.group),
                desk.url("loans:loan_page", loan.pk),
                _note(loan, step),
                "bad" if loan.state == Loan.State.RECHECK else "wait",
                loan.get_state_display(),
            )


def _note(loan: Loan, step: Step) -> str:
    """What has been done, or what was asked."""
    if loan.state == Loan.State.RECHECK:
        return with_stop(f"Diminta diperiksa ulang: {loan.decision_reason}")
    if step.code == "periksa":
        return f"Diajukan {format_date(loan.applied_on)}, {loan.application_number}."
    if step.code == "jawab":
        return "Petugas menilai tidak layak: tolak, atau minta diperiksa ulang."
    if step.code == "tandatangan":
        return f"Diputus {loan.decided_name}, {format_date(loan.decided_on)}."
    if step.code == "cairkan":
        return f"Disetujui {format_date(loan.decided_on)}."
    return f"Diperiksa {loan.checked_name}, {format_date(loan.checked_on)}."
