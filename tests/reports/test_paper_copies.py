"""What the register and the public page say of a paper is what the paper says."""

import datetime

import pytest

from boards.chain import breaks
from boards.models import ChainLink, LetterNumber
from boards.roles import Role
from boards.triggers import without_triggers
from reports.models import PublishedPaper
from reports.services import issue_report
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printing")]


@pytest.fixture
def paper():
    meeting = samples.tiny_meeting(samples.board())
    by = make.user(Role.SECRETARY, board=meeting.board)
    day = datetime.date(2026, 11, 23)
    return issue_report("berita-acara", rows.ratify(meeting), on=day, by=by)


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
