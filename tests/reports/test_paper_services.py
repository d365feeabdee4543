"""Issuing, renewing, cancelling and scanning papers: rows, numbers, chain."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from boards.chain import breaks, link_of
from boards.models import (
    AuditEvent,
    ChainLink,
    LetterNumber,
    NumberSequence,
    StoredFile,
)
from boards.numbers import give_number
from boards.roles import Role
from boards.triggers import without_triggers
from boards.uploads import ReadFile
from common.errors import RuleViolation
from reports.catalogue import KINDS
from reports.models import IssuedReport, PublishedPaper, SignedScan
from reports.services import (
    NumberMoved,
    attach_scan,
    cancel_report,
    issue_report,
    keep_report,
    prepare_report,
)
from reports.services.printing import draft_token, new_token
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printing")]

BEFORE, AFTER = datetime.date(2026, 11, 12), datetime.date(2026, 11, 23)
SCAN = ReadFile(b"%PDF-1.7 scan", StoredFile.Kind.PDF, "pindaian.pdf", own=False)


@pytest.fixture
def board():
    return samples.board()


@pytest.fixture
def secretary(board):
    return make.user(Role.SECRETARY, board=board, name="Dewi Anggraini")


@pytest.fixture
def meeting(board):
    return samples.tiny_meeting(board)


@pytest.fixture
def proceedings(meeting, secretary):
    return issue_report("berita-acara", rows.ratify(meeting), on=AFTER, by=secretary)


def rows_now():
    return (
        IssuedReport.objects.count(),
        PublishedPaper.objects.count(),
        LetterNumber.objects.count(),
        ChainLink.objects.count(),
        AuditEvent.objects.count(),
        StoredFile.objects.count(),
    )


def test_a_paper_is_one_row_one_file_one_link_and_one_sentence(
    proceedings, meeting, secretary
):
    assert proceedings.number_text == "001/BA/LKM-SR/XI/2026"
    assert proceedings.number is None
    assert len(proceedings.token) == 26
    assert proceedings.issued_name == "Dewi Anggraini"
    link = link_of("reports.paper", proceedings)
    assert proceedings.sha256 in link.content
    assert proceedings.source_hash == link_of("deliberations.meeting", meeting).hash
    event = AuditEvent.objects.get(action="reports.paper_issued")
    assert event.says == (
        "menerbitkan Berita acara rapat anggota, 21 November 2026 001/BA/LKM-SR/XI/2026"
    )
    assert list(breaks(ChainLink.objects.filter(board=meeting.board))) == []


def test_asking_again_returns_the_same_file(proceedings, meeting, secretary):
    before = rows_now()

    again = issue_report("berita-acara", meeting, on=AFTER, by=secretary)

    assert again == proceedings
    assert rows_now() == before


def test_a_ratified_paper_is_not_printed_again_when_the_letterhead_changes(
    proceedings, meeting, secretary
):
    board = meeting.board
    board.address = "Jalan Baru Nomor 1"
    board.save()

    again = issue_report("berita-acara", meeting, on=AFTER, by=secretary)

    assert again.sha256 == proceedings.sha256


def test_the_public_copy_names_no_person(proceedings):
    public = PublishedPaper.objects.get()

    assert public.title == "Berita acara rapat rutin anggota, 21 November 2026"
    assert public.code == proceedings.token[:12]
    assert public.fingerprint == proceedings.record_hash[:16]
    assert public.seal == "unsigned"
    text = " ".join(str(value) for value in vars(public).values())
    for name in ("Slamet", "Sukarti", "Mulyono", "Dewi", "Suprapto"):
        assert name not in text


def test_minutes_are_not_issued_before_ratification(meeting, secretary):
    before = rows_now()

    with pytest.raises(RuleViolation) as refused:
        issue_report("notulen", meeting, on=AFTER, by=secretary)

    assert refused.value.code == "paper.not_ratified"
    assert rows_now() == before


def test_an_invitation_comes_before_the_meeting(meeting, secretary):
    with pytest.raises(RuleViolation) as late:
        issue_report("undangan", meeting, on=datetime.date(2026, 11, 22), by=secretary)
    rows.ratify(meeting)
    with pytest.raises(RuleViolation) as closed:
        issue_report("undangan", meeting, on=BEFORE, by=secretary)

    assert late.value.code == "paper.too_late"
    assert closed.value.code == "paper.ratified"
    assert not LetterNumber.objects.filter(kind="UND").exists()


def test_a_board_without_coordinator_cannot_invite(board, secretary):
    meeting = rows.meeting(board)

    with pytest.raises(RuleViolation) as refused:
        issue_report("undangan", meeting, on=BEFORE, by=secretary)

    assert refused.value.code == "paper.no_coordinator"


def test_a_decision_that_was_voted_down_gets_no_decree(meeting, secretary):
    lost = rows.decision(
        rows.item(meeting),
        method="voting",
        votes_for=1,
        votes_against=2,
        votes_abstain=0,
    )
    rows.ratify(meeting)
    lost.refresh_from_db()

    with pytest.raises(RuleViolation) as refused:
        issue_report("keputusan", lost, on=AFTER, by=secretary)

    assert refused.value.code == "paper.not_carried"


def test_the_same_invitation_on_another_day_is_the_same_paper(meeting, secretary):
    first = issue_report("undangan", meeting, on=BEFORE, by=secretary)

    again = issue_report(
        "undangan", meeting, on=datetime.date(2026, 11, 20), by=secretary
    )

    assert again == first
    assert LetterNumber.objects.filter(kind="UND").count() == 1


def test_a_changed_meeting_gives_a_new_edition_under_the_same_number(
    meeting, secretary
):
    first = issue_report("undangan", meeting, on=BEFORE, by=secretary)
    meeting.place = "Rumah Pak Slamet"
    meeting.save()

    second = issue_report("undangan", meeting, on=BEFORE, by=secretary)

    first.refresh_from_db()
    assert (second.edition, second.number_text) == (2, first.number_text)
    assert second.supersedes == first
    assert first.state == IssuedReport.State.SUPERSEDED
    assert first.publication.successor_token == second.token
    assert first.publication.state == "superseded"
    assert LetterNumber.objects.filter(kind="UND").count() == 1
    assert list(breaks(ChainLink.objects.filter(board=meeting.board))) == []


def test_both_attendance_lists_of_a_meeting_share_a_number(meeting, secretary):
    blank = issue_report("daftar-hadir-kosong", meeting, on=BEFORE, by=secretary)
    rows.ratify(meeting)

    filled = issue_report("daftar-hadir", meeting, on=AFTER, by=secretary)

    assert filled.number == blank.number
    assert filled.number_text == "001/DH/LKM-SR/XI/2026"


def test_a_late_attendance_list_bears_the_month_of_its_meeting(meeting, secretary):
    rows.ratify(meeting)

    late = datetime.date(2027, 1, 5)
    filled = issue_report("daftar-hadir", meeting, on=late, by=secretary)

    assert filled.number_text == "001/DH/LKM-SR/XI/2026"
    assert filled.dated_on == datetime.date(2026, 11, 21)


def test_a_number_taken_meanwhile_is_printed_again_and_leaves_no_gap(
    meeting, secretary, board
):
    prepared = prepare_report(KINDS["undangan"], meeting, on=BEFORE)
    give_number(board, "UND", on=BEFORE)
    before = rows_now()

    with pytest.raises(NumberMoved):
        keep_report(prepared, by=secretary)

    assert rows_now() == before
    assert NumberSequence.objects.get(kind="UND").last == 1
    report = issue_report("undangan", meeting, on=BEFORE, by=secretary)
    assert report.number_text == "002/UND/LKM-SR/XI/2026"


def test_a_paper_prepared_twice_is_kept_once(meeting, secretary):
    prepared = [prepare_report(KINDS["undangan"], meeting, on=BEFORE) for _ in "ab"]

    first, second = (keep_report(each, by=secretary) for each in prepared)

    assert first == second
    assert IssuedReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_who_issue_at_once_get_one_paper_and_one_number(meeting, secretary):
    def issue(_):
        try:
            return issue_report("undangan", meeting, on=BEFORE, by=secretary).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crew:
        papers = set(crew.map(issue, range(4)))

    assert len(papers) == 1
    assert IssuedReport.objects.count() == 1
    assert LetterNumber.objects.filter(kind="UND").count() == 1
    assert list(breaks(ChainLink.objects.filter(board=meeting.board))) == []


def test_a_cancelled_paper_keeps_its_number_and_says_so(meeting, secretary):
    report = issue_report("undangan", meeting, on=BEFORE, by=secretary)

    cancel_report(
        report, reason="Salah tempat.", on=datetime.date(2026, 11, 13), by=secretary
    )

    report.refresh_from_db()
    assert report.state == "cancelled"
    assert report.number.cancelled_on == datetime.date(2026, 11, 13)
    assert report.publication.state == "cancelled"
    assert AuditEvent.objects.filter(action="reports.paper_cancelled").exists()
    following = issue_report("undangan", meeting, on=BEFORE, by=secretary)
    assert following.number_text == "002/UND/LKM-SR/XI/2026"
    assert following.supersedes == report
    report.publication.refresh_from_db()
    assert report.publication.state == "cancelled"
    assert report.publication.successor_token == following.token


def test_cancelling_twice_or_without_reason_is_refused(proceedings, secretary):
    today = timezone.localdate()
    with pytest.raises(RuleViolation) as silent:
        cancel_report(proceedings, reason="  ", on=today, by=secretary)
    cancel_report(proceedings, reason="Salah.", on=today, by=secretary)
    with pytest.raises(RuleViolation) as twice:
        cancel_report(proceedings, reason="Salah.", on=today, by=secretary)

    assert silent.value.code == "paper.reason_missing"
    assert twice.value.code == "paper.not_in_force"
    # The number belongs to the minutes, so it lives on.
    assert not LetterNumber.objects.exclude(cancelled_on=None).exists()


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (IssuedReport, "sha256", "f" * 64),
        (IssuedReport, "number_text", "999"),
        (IssuedReport, "title", "lain"),
        (PublishedPaper, "file_sha256", "f" * 64),
        (PublishedPaper, "title", "lain"),
    ],
)
def test_a_paper_that_went_out_cannot_be_changed(proceedings, model, column, value):
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        model.objects.update(**{column: value})


@pytest.mark.parametrize("model", [IssuedReport, PublishedPaper, SignedScan])
def test_a_paper_that_went_out_cannot_be_deleted(proceedings, secretary, model):
    file = ReadFile(b"%PDF-1.7 scan", StoredFile.Kind.PDF, "pindaian.pdf", own=False)
    today = proceedings.board.today()
    facts = {"scanned_on": today, "today": today, "signatures": 5, "note": ""}
    attach_scan(proceedings, file, "0" * 64, by=secretary, role="", **facts)

    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_a_file_exchanged_behind_the_triggers_is_found_in_the_chain(proceedings):
    with without_triggers():
        IssuedReport.objects.update(sha256="f" * 64)

    (broken,) = breaks(ChainLink.objects.filter(board=proceedings.board))

    assert broken.reason == "catatan aslinya berubah sesudah dikunci"
    assert "Berita acara" in broken.subject


def test_the_stored_file_is_the_one_that_was_hashed(proceedings):
    with default_storage.open(proceedings.file.path) as file:
        content = file.read()

    assert content.startswith(b"%PDF-")
    assert proceedings.file.sha256 == proceedings.sha256
    assert proceedings.file.size == len(content)


def test_tokens_of_papers_and_of_drafts_never_meet(meeting):
    tokens = {new_token() for _ in range(200)}

    assert len(tokens) == 200
    assert all(len(token) == 26 for token in tokens)
    assert not any(token.startswith("DRAF") for token in tokens)
    draft = draft_token(KINDS["notulen"], meeting)
    assert draft.startswith("DRAF")
    assert len(draft) == 26
