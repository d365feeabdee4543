"""A draft goes only while nobody outside it knows of the meeting."""

import datetime

import pytest
from django.urls import reverse

from boards.files import store_bytes
from deliberations.models import Meeting
from deliberations.services.meetings import delete_meeting
from deliberations.services.ratification import return_meeting
from reports.models import IssuedReport
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(board, secretary):
    return meet.finished(board, by=secretary)


@pytest.fixture
def invitation(meeting, secretary):
    """The undangan of the meeting, in force."""
    board = meeting.board
    pdf = {"kind": "application/pdf", "label": "undangan.pdf"}
    file = store_bytes(b"%PDF-1.7 ", board=board, by=secretary, **pdf)
    return IssuedReport.objects.create(
        board=board,
        region_code=board.region_code,
        kind="undangan",
        subject_label="deliberations.meeting",
        subject_pk=str(meeting.pk),
        title="Undangan rapat",
        number_text="001/UND/LKM-GR/III/2026",
        dated_on=datetime.date(2026, 3, 7),
        token="A" * 26,
        input_sha256="0" * 64,
        record_hash="0" * 64,
        sha256=file.sha256,
        file=file,
        pages=1,
        paper_size="f4",
        issued_at=meet.NOON,
        issued_by=secretary,
        issued_name="Dewi",
    )


def cancel(paper, by):
    paper.state, paper.cancel_reason = IssuedReport.State.CANCELLED, "batal"
    paper.cancelled_at, paper.cancelled_by = meet.NOON, by
    paper.save()


def test_a_draft_that_nobody_knows_of_is_deleted(meeting, secretary):
    delete_meeting(meeting, by=secretary)

    assert not Meeting.objects.exists()


def test_minutes_that_were_sent_once_stay(board, secretary, coordinator):
    meeting = meet.sent(board, by=secretary)
    return_meeting(meeting, note="Lengkapi butir 2.", by=coordinator)

    refused("meeting.was_sent", delete_meeting, meeting, by=secretary)

    assert Meeting.objects.get().attendances.count() == 11


def test_minutes_are_not_returned_without_a_word(board, secretary, coordinator):
    meeting = meet.sent(board, by=secretary)

    refused("meeting.no_note", return_meeting, meeting, note=" ", by=coordinator)

    assert Meeting.objects.get().state == Meeting.State.SENT


def test_a_meeting_with_an_invitation_in_force_stays(meeting, secretary, invitation):
    refused("meeting.in_use", delete_meeting, meeting, by=secretary)

    assert Meeting.objects.exists()


def test_the_page_names_the_paper_that_is_in_the_way(meeting, secretary, invitation):
    kwargs = {"board_slug": meeting.board.slug, "pk": meeting.pk}
    path = reverse("deliberations:meeting_delete", kwargs=kwargs)

    answer = make.signed_in(secretary).post(path, make.once())

    said = "001/UND/LKM-GR/III/2026 masih berlaku. Batalkan surat itu dulu"
    assert said in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert Meeting.objects.exists()


def test_after_the_invitation_is_cancelled_the_draft_goes_and_leaves_no_dead_link(
    meeting, secretary, invitation
):
    cancel(invitation, secretary)

    delete_meeting(meeting, by=secretary)

    assert not Meeting.objects.exists()
    path = reverse("reports:paper_page", args=[meeting.board.slug, invitation.pk])
    page = make.signed_in(secretary).get(path).content.decode()
    assert "Dicetak dari" not in page
