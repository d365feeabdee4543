"""Print every paper in A4 and F4, those of a meeting as draft too, for looking at.

Into build/pdf-samples, from a database of its own that goes away. Each page also comes
as a PNG where `pdftoppm` (poppler-utils) is installed. Look at the pictures. With
`dana` as its argument only the papers of the fund are printed.
"""

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "pdf-samples"
sys.path.insert(0, str(ROOT))
# The test settings make a data folder of their own and remove it at the end.
for name in ("DATA_DIR", "DATABASE_URL"):
    os.environ.pop(name, None)
os.environ["DJANGO_SETTINGS_MODULE"] = "lkm_portal.settings.test"

import django  # noqa: E402

django.setup()

from django.core.files.storage import default_storage  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from boards.models import Board, User  # noqa: E402
from boards.roles import Role  # noqa: E402
from common.periods import Period  # noqa: E402
from deliberations.models import Meeting  # noqa: E402
from members.models import Term  # noqa: E402
from members.services import finish_evaluation  # noqa: E402
from reports.books import BOOKS  # noqa: E402
from reports.builders import dinas_summary  # noqa: E402
from reports.builders.register import printed  # noqa: E402
from reports.builders.summary_parts import Issue  # noqa: E402
from reports.catalogue import KINDS, MEETING_KINDS  # noqa: E402
from reports.demo.rule_texts import STATUTES  # noqa: E402
from reports.models import IssuedReport  # noqa: E402
from reports.render import close_presses, render_pdf  # noqa: E402
from reports.services import issue_report, preview_report  # noqa: E402
from reports.services.books import print_register  # noqa: E402
from reports.services.summaries import documents_of  # noqa: E402
from reports.services.year_books import (  # noqa: E402
    open_decision_book,
    open_minutes_book,
)
from scripts.fund_samples import print_fund  # noqa: E402
from tests.make import boards as make  # noqa: E402
from tests.make import deliberations as rows  # noqa: E402
from tests.make import elections as vote  # noqa: E402
from tests.make import members, summaries  # noqa: E402
from tests.make import rules as law  # noqa: E402
from tests.make import sample_meetings as samples  # noqa: E402
from tests.reports.papers import VERIFY  # noqa: E402

MAKERS = {
    "biasa": samples.rich_meeting,
    "kecil": samples.tiny_meeting,
    "panjang": samples.long_meeting,
}
BEFORE = datetime.date(2026, 11, 12)
DECREES = 2
DINAS = Issue(
    regency="Kabupaten Magetan",
    on=summaries.ON,
    clock="10.00 WIB",
    by_name="Ratna Puspitasari, S.T.",
    province="Jawa Timur",
    portal="lkm.example",
    by_title="Kepala Bidang Kawasan Permukiman",
    by_civil_id="19800101 200501 2 003",
)


AD = {
    "kind": "AD",
    "name": "Anggaran Dasar",
    "source": STATUTES.format(board="LKM Guyub Rukun", village="Kelurahan Selosari"),
}


LAST_DAY = datetime.date(2033, 12, 31)


def print_all() -> None:
    """Every paper of every sample meeting in both sizes."""
    for at, size in enumerate(("a4", "f4")):
        print_fund(size, save=save)
        for row, (name, maker) in enumerate(MAKERS.items()):
            board = samples.board(size, region_code=f"35.20.06.10{at}{row}")
            by = make.user(Role.SECRETARY, board=board)
            meeting = maker(board)
            print_papers(meeting, name, by)
            if name == "biasa":
                print_officers(meeting, by)
                print_books(meeting, by)
                print_election(board, by)
                print_rule(board, by)


def print_papers(meeting: Meeting, name: str, by: User) -> None:
    """All papers of one meeting: what comes before it, drafts, what comes after."""
    size = meeting.board.paper_size
    ahead = [kind for kind in MEETING_KINDS if not kind.needs_ratified]
    after = [kind for kind in MEETING_KINDS if kind.needs_ratified]
    papers = [issue_report(kind, meeting, on=BEFORE, by=by) for kind in ahead]
    for kind in after:
        draft = preview_report(kind, meeting, now=timezone.now())
        save(f"{name}-{kind.code}-draf-{size}", draft.bytes)
    rows.ratify(meeting)
    today = meeting.board.today()
    papers += [issue_report(kind, meeting, on=today, by=by) for kind in after]
    decree = KINDS["keputusan"]
    papers += [
        issue_report(decree, decision, on=today, by=by)
        for decision in meeting.decisions.all()[:DECREES]
    ]
    book = open_decision_book(meeting.board, meeting.held_on.year)
    papers.append(issue_report("buku-keputusan", book, on=today, by=by))
    for paper in papers:
        keep(paper, f"{name}-{paper.kind}-{paper.subject_pk}-{size}")


def print_officers(meeting: Meeting, by: User) -> None:
    """The susunan pengurus of the term of a meeting with two units; an assessment."""
    board = meeting.board
    for kind in ("UPK", "SUPERVISORS"):
        members.appointment(members.unit(board, kind))
    term = Term.objects.get(
        board=board, starts_on__lte=meeting.held_on, ends_on__gte=meeting.held_on
    )
    paper = issue_report("susunan-pengurus", term, on=meeting.held_on, by=by)
    keep(paper, f"susunan-pengurus-{board.paper_size}")
    for year, level in ((2025, 2), (2026, 3)):
        assessed = members.evaluation(board, year, every=level)
        finish_evaluation(assessed, at=timezone.now(), by=by)
    assessed.refresh_from_db()
    paper = issue_report("penilaian-tahunan", assessed, on=meeting.held_on, by=by)
    keep(paper, f"penilaian-tahunan-{board.paper_size}")


def print_books(meeting: Meeting, by: User) -> None:
    """The books of the secretary for the year of a ratified meeting."""
    board, period = meeting.board, Period.year(meeting.held_on.year)
    rows.letter(board, by=by, disposition="UPL memeriksa.")
    for book in [each for each in BOOKS.values() if each.build]:
        table, how = book.build(board, period), {"period": period, "on": BEFORE}
        register = printed(table, title=book.title, board=board, **how)
        save(
            f"buku-{book.code}-{board.paper_size}",
            print_register(register, board).bytes,
        )
    volume = open_minutes_book(board, period.start.year)
    keep(
        issue_report("buku-notulen", volume, on=BEFORE, by=by),
        f"buku-notulen-{board.paper_size}",
    )


def print_election(board: Board, by: User) -> None:
    """The papers of one basis, and the vote of the delegates with its reserves."""
    other = make.user(Role.MEMBER, board=board)
    held = vote.election(board, by=by)
    for number, post in enumerate(("1_CHAIR", "2_SECRETARY"), start=1):
        person = members.person(board, f"Panitia {number}")
        vote.on_committee(held, person, by=by, post=post)
    basis = vote.basis(held, by=by)
    voters = issue_report("pemilihan-hadir", basis, on=vote.ON, by=by)
    keep(voters, f"pemilihan-hadir-basis-{board.paper_size}")
    vote.closed(basis, {"Siti": 12, "Budi": 9, "Rina": 7}, valid=14, by=(by, other))
    later = {"starts_on": datetime.date(2031, 1, 1), "ends_on": LAST_DAY}
    next_one = vote.election(board, by=by, title="Pemilihan anggota 2031", **later)
    second = vote.second_stage(next_one, by=by, voters_men=5, voters_women=4)
    votes = {"Siti": 9, "Budi": 8, "Rina": 7, "Joko": 5, "Wati": 4, "Darmo": 3}
    vote.closed(second, votes, valid=9, by=(by, other), women=("Siti", "Rina", "Wati"))
    for area, name in ((basis, "basis"), (second, "kelurahan")):
        for kind in ("pemilihan", "pemilihan-suara"):
            area.refresh_from_db()
            paper = issue_report(kind, area, on=vote.ON, by=by)
            keep(paper, f"{kind}-{name}-{board.paper_size}")


def print_rule(board: Board, by: User) -> None:
    """An AD as a draft and as adopted before the portal, with its notary deed."""
    version = law.draft(board, by=by, **AD)
    drawn = preview_report(KINDS["aturan"], version, now=timezone.now())
    save(f"aturan-draf-{board.paper_size}", drawn.bytes)
    deed = {"deed_number": "11/2016", "deed_on": datetime.date(2016, 6, 9)}
    deed["deed_notary"] = "Siti Aminah, S.H., M.Kn."
    version = law.adopted(board, version=version, deed=deed)
    paper = issue_report("aturan", version, on=BEFORE, by=by)
    keep(paper, f"aturan-{board.paper_size}")


def print_summaries() -> None:
    """The summary of a Dinas over four boards, in both sizes."""
    region = summaries.regency().region
    facts = dinas_summary.build(
        region, summaries.QUARTER, at=summaries.AT, on=summaries.ON
    )
    for size in ("a4", "f4"):
        number = "600/001/Perkim/2026"
        (paper,) = documents_of(facts, DINAS, number=number, size=size, verify=VERIFY)
        save(f"ringkasan-dinas-{size}", render_pdf(paper).bytes)


def keep(paper: IssuedReport, name: str) -> None:
    """The stored file of an issued paper into the folder of samples."""
    with default_storage.open(paper.file.path) as file:
        save(name, file.read())


def save(name: str, content: bytes) -> None:
    """One PDF into the folder of samples."""
    (OUT / f"{name}.pdf").write_bytes(content)
    print(name)


def draw_pages() -> None:
    """A PNG of each page, where poppler is installed."""
    if not shutil.which("pdftoppm"):
        print("pdftoppm is not installed: no pictures")
        return
    for path in sorted(OUT.glob("*.pdf")):
        target = str(path.with_suffix(""))
        subprocess.run(["pdftoppm", "-png", "-r", "96", path, target], check=True)


def main() -> None:
    """Lay a database, make three meetings a size, print all papers, draw the pages."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if sys.argv[1:] == ["dana"]:
        for size in ("a4", "f4"):
            print_fund(size, save=save)
    else:
        print_summaries()
        print_all()
    close_presses()
    draw_pages()


if __name__ == "__main__":
    main()
