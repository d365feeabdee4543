"""What the register and the public page say of a paper is what the paper says."""

import copy
import datetime
import json

import pytest

from boards.chain import breaks, canonical_json, content_hash, link_hash
from boards.models import ChainLink, LetterNumber
from boards.roles import Role
from boards.triggers import without_triggers
from reports.models import PublishedPaper
from reports.services import issue_report
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples
from tests.replacing import refuses, replace_row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printing")]


@pytest.fixture(scope="module", autouse=True)
def kept(module_rows, printing):
    """A paper in force, made once; what a test changes is taken back after it."""
    meeting = samples.tiny_meeting(samples.board())
    by = make.user(Role.SECRETARY, board=meeting.board)
    day = datetime.date(2026, 11, 23)
    return issue_report("berita-acara", rows.ratify(meeting), on=day, by=by)


@pytest.fixture
def paper(db, kept):
    return copy.deepcopy(kept)


def found(paper):
    return list(breaks(ChainLink.objects.filter(board=paper.board)))


def test_untouched_copies_are_whole(paper):
    assert found(paper) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "999/BA/LKM-SR/XI/2026"},
        {"pages": 99},
        {"file_sha256": "0" * 64},
        {"fingerprint": "0" * 16},
        {"title": "Berita acara lain"},
        {"kind_title": "Surat keputusan"},
        {"board_name": "LKM Lain"},
        {"place": "Kota lain"},
        {"ratified": False},
    ],
)
def test_a_public_page_that_says_something_else_is_named(paper, changed):
    with without_triggers():
        PublishedPaper.objects.filter(report=paper).update(**changed)

    (broken,) = found(paper)
    assert broken.subject == str(paper)


@pytest.mark.parametrize("kind", ["BA", "NOT", "KEP"])
def test_a_number_rewritten_in_the_register_alone_is_named(paper, kind):
    with without_triggers():
        LetterNumber.objects.filter(kind=kind).update(text="999/X/2026")

    (broken,) = found(paper)
    assert broken.reason == "catatan aslinya berubah sesudah dikunci"


@pytest.fixture
def older(paper):
    """A paper that was frozen before records held the words of the public page."""
    link = ChainLink.objects.get(kind="reports.paper")
    held = json.loads(link.content)
    del held["public"]
    link.content = canonical_json(held)
    link.content_hash = content_hash(link.content)
    link.hash = link_hash(link.previous_hash, link.content_hash, link.position)
    with without_triggers():
        link.save()
    return paper


def test_papers_frozen_without_the_words_of_the_page_are_whole(older):
    assert found(older) == []


def test_a_paper_without_its_public_page_is_named(paper):
    with without_triggers():
        PublishedPaper.objects.filter(report=paper).delete()

    (broken,) = found(paper)
    assert broken.reason == "catatan aslinya hilang"


@pytest.mark.sqlite_only
def test_a_paper_and_its_page_are_not_written_over(paper):
    page = paper.publication
    second = {"id": None, "token": "B" * 26, "supersedes_id": None}

    refuses(replace_row, paper, "replace", title="Lain")
    refuses(replace_row, paper, "replace", **second)
    refuses(replace_row, page, "replace", title="Lain")
    refuses(replace_row, page, "replace", id=None, title="Lain")
