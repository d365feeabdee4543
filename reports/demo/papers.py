"""A few papers of the first board, issued as its secretary would."""

from boards.models import Board, User
from deliberations.models import Meeting, RuleVersion
from reports.services.issuing import issue_report


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
    for statutes in RuleVersion.objects.filter(board=board).in_force(today)[:1]:
        issue_report("aturan", statutes, on=today, by=secretary)
        count += 1
    return count
