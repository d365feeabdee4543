"""What waits between the Pengawas and the UPK: findings to answer and to close."""

from collections.abc import Iterator

from boards.roles import Permission
from common.words import format_date
from loans.models import Finding
from reports.desk import Desk, Task

ACTS = {Permission.EDIT_LOANS, Permission.SUPERVISE_FUND}
FINDINGS_READ = 20


def supervision_tasks(desk: Desk) -> Iterator[Task]:
    """One row a finding for who acts next, the most pressing first; one query."""
    if not desk.rights & ACTS:
        return
    rows = Finding.objects.filter(board=desk.board).open()
    rows = rows.order_by("due_on", "pk")
    wanted = {
        False: Permission.EDIT_LOANS,
        True: Permission.SUPERVISE_FUND,
    }
    for finding in rows[:FINDINGS_READ]:
        answered = finding.answered_on is not None
        if wanted[answered] not in desk.rights:
            continue
        late = not answered and finding.due_on < desk.board.today()
        yield Task(
            "Nilai jawaban temuan" if answered else "Jawab temuan Pengawas",
            desk.url("loans:finding_page", finding.pk),
            f"Batas {format_date(finding.due_on)}: {finding}",
            "bad" if late else "wait",
            "Dijawab" if answered else "Menunggu jawaban",
        )
