"""Print every paper of a meeting in A4 and F4, draft and ratified, for looking at.

Into build/pdf-samples. A database of its own in a temporary folder; each page also
comes as a PNG where `pdftoppm` (poppler-utils) is installed. Look at the pictures.
"""

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "pdf-samples"
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Lay a database, make three meetings a size, print all papers, draw the pages."""
    with tempfile.TemporaryDirectory(prefix="pdf-samples-") as folder:
        os.environ["DATA_DIR"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "lkm_portal.settings.test"
        shutil.rmtree(OUT, ignore_errors=True)
        OUT.mkdir(parents=True)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        print_all()
    draw_pages()


def print_all() -> None:
    """Every paper of every sample meeting in both sizes."""
    from django.core.files.storage import default_storage
    from django.utils import timezone

    from boards.roles import Role
    from reports import render
    from reports.catalogue import KINDS, MEETING_KINDS
    from reports.services import issue_report, preview_report
    from tests.make import boards as make
    from tests.make import deliberations as rows
    from tests.make import sample_meetings as meetings

    makers = {
        "biasa": meetings.rich_meeting,
        "kecil": meetings.tiny_meeting,
        "panjang": meetings.long_meeting,
    }
    before = datetime.date(2026, 11, 12)
    for at, size in enumerate(("a4", "f4")):
        for row, (name, maker) in enumerate(makers.items()):
            board = meetings.board(size, region_code=f"35.20.06.10{at}{row}")
            meeting = maker(board)
            by = make.user(Role.SECRETARY, board=board)
            kinds = [*MEETING_KINDS]
            papers = [
                issue_report(kind, meeting, on=before, by=by)
                for kind in kinds
                if not kind.needs_ratified
            ]
            for kind in kinds:
                if kind.needs_ratified:
                    rendered = preview_report(kind, meeting, now=timezone.now())
                    save(f"{name}-{kind.code}-draf-{size}", rendered.bytes)
            rows.ratify(meeting)
            papers += [
                issue_report(kind, meeting, by=by)
                for kind in kinds
                if kind.needs_ratified
            ]
            papers += [
                issue_report(KINDS["keputusan"], decision, by=by)
                for decision in meeting.decisions.all()[:2]
            ]
            for paper in papers:
                with default_storage.open(paper.file.path) as file:
                    save(f"{name}-{paper.kind}-{paper.subject_pk}-{size}", file.read())
    render.close_presses()


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
        subprocess.run(
            ["pdftoppm", "-png", "-r", "96", path, path.with_suffix("")], check=True
        )


if __name__ == "__main__":
    main()
