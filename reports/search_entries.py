"""What search knows of signed scans: the titles of the papers they show."""

from boards.indexing import Entry, Source, put_entries
from reports.catalogue import KINDS
from reports.models import SignedScan

SCAN = "scan"
# Their readers are fewer than those of a search.
_UNSEARCHED = [kind.code for kind in KINDS.values() if kind.of_fund]


def scan_entry(scan: SignedScan) -> Entry:
    """A scan that stands, read on the page of its paper."""
    paper = scan.report
    return Entry(
        kind=SCAN,
        pk=scan.pk,
        board=paper.board,
        day=scan.scanned_on,
        title=f"Pindaian {paper.title}",
        note=paper.number_text,
        text=scan.note,
        page=("paper", paper.pk),
    )


def index_scan(scan: SignedScan) -> None:
    """Let a scan be found; papers of an office and of the fund are not searched."""
    if scan.report.board_id and scan.report.kind not in _UNSEARCHED:
        put_entries([scan_entry(scan)])


def _scans():
    rows = SignedScan.objects.standing().exclude(report__board=None)
    rows = rows.exclude(report__kind__in=_UNSEARCHED)
    return rows.select_related("report__board")


SCANS = Source(SCAN, _scans, scan_entry)
