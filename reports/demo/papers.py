"""A few papers of the first board, issued as its secretary and its UPK would."""

from boards.models import Board, User
from common.periods import Period, add_months
from deliberations.models import Meeting, RuleVersion
from ledger.models import Book
from loans.models import Loan
from reports.fund_papers import statement_of
from reports.services.issuing import issue_report
from reports.services.statements import open_statement


def print_papers(board: Board) -> int:
    """Issue the papers of the last two ratified meetings, of decisions, of a rule."""
    secretary = User.objects.get(username="sekretaris")
    today = board.today()
    meetings = Meeting.objects.filter(board=board).ratified()[:2]
    count = 0
    for meeting in meetings:
        for kind in ("daftar-hadir", "notulen", "berita-acara"):
            issue_report(kind, meeting, on=today, by=secretary)
            count += 1
        for decision in meeting.decisions.all()[:1]:
            issue_report("keputusan", decision, on=today, by=secretary)
            count += 1
    count += _papers_of_fund(board)
    for statutes in RuleVersion.objects.filter(board=board).in_force(today)[:1]:
        issue_report("aturan", statutes, on=today, by=secretary)
        count += 1
    return count


def _papers_of_fund(board: Board) -> int:
    """A contract and its voucher, a warning, and the books of the month before."""
    manager, today = User.objects.get(username="upk"), board.today()
    book = Book.objects.get(board=board, kind=Book.Kind.FUND)
    before = add_months(today.replace(day=1), -1)
    month = Period.month(before.year, before.month)
    statement = open_statement(statement_of(book, month, None), today=today)
    papers = [("laporan-keuangan", statement), ("kolektibilitas", statement)]
    running = Loan.objects.filter(board=board).running().select_related("voucher")
    for loan in running.order_by("disbursed_on")[:1]:
        papers += [("perjanjian-pinjaman", loan), ("bukti", loan.voucher)]
    behind = running.filter(standing__principal_arrears__gt=0)
    for loan in behind.order_by("disbursed_on")[:1]:
        papers.append(("peringatan-1", loan))
    for kind, subject in papers:
        issue_report(kind, subject, on=today, by=manager)
    return len(papers)
