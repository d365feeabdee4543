"""The book of letters that came in: numbers, corrections, scans, doors."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from boards.files import needed_permission
from boards.forms import EditConflict
from boards.models import AuditEvent, LetterNumber
from boards.roles import Permission, Role
from deliberations.models import IncomingLetter
from deliberations.services.letters import (
    cancel_letter,
    change_letter,
    record_letter,
)
from deliberations.services.meetings import delete_meeting
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import photos

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 27)
FACTS = {
    "received_on": datetime.date(2026, 11, 20),
    "sender": "Kelurahan Selosari",
    "subject": "Undangan musrenbang",
}


@pytest.fixture(scope="module")
def kept(module_rows):
    """A board with its secretary and a ratified decision."""
    return rows.promising_board()


@pytest.fixture
def board(kept, monkeypatch):
    monkeypatch.setattr("boards.models.Board.today", lambda board: TODAY)
    return kept[0]


@pytest.fixture
def secretary(kept):
    return kept[1]


@pytest.fixture
def letter(board, secretary):
    return rows.letter(board, by=secretary)


def test_each_letter_gets_the_next_agenda_number_of_its_year(board, secretary):
    texts = [
        rows.letter(board, by=secretary, received_on=day).number_text
        for day in (
            datetime.date(2026, 11, 20),
            datetime.date(2026, 11, 2),
            datetime.date(2025, 12, 30),
        )
    ]

    assert texts == [
        "001/SM/LKM-SR/XI/2026",
        "002/SM/LKM-SR/XI/2026",
        "001/SM/LKM-SR/XII/2025",
    ]
    says = AuditEvent.objects.filter(action="deliberations.letter_recorded")
    assert says.last().says == ("mencatat surat masuk 001/SM/LKM-SR/XI/2026")


def test_a_letter_of_tomorrow_takes_no_number(board, secretary):
    facts = FACTS | {"received_on": TODAY + datetime.timedelta(days=1)}
    how = {"scan": None, "on": TODAY, "by": secretary}
    refused("letter.future", record_letter, board, facts=facts, **how)
    late = FACTS | {"letter_on": datetime.date(2026, 11, 21)}
    with pytest.raises(ValidationError), transaction.atomic():
        record_letter(board, facts=late, **how)
    assert not LetterNumber.objects.filter(board=board, kind="SM").exists()


def change(letter, by, seen=0, **facts):
    how = {"scan": None, "seen_revision": seen, "on": TODAY, "by": by}
    return change_letter(letter, facts=FACTS | facts, **how)


def test_a_correction_keeps_the_number_and_says_what_changed(letter, secretary, kept):
    changed = change(letter, secretary, disposition="UPL", decision=kept[2])

    assert changed.number_text == letter.number_text
    assert changed.state_tag == ("ok", "Diputuskan")
    event = AuditEvent.objects.get(action="deliberations.letter_changed")
    assert event.says == (
        f"mengubah surat masuk {letter.number_text}: disposisi, dijawab dengan"
        " keputusan"
    )
    with pytest.raises(EditConflict):
        change(letter, secretary, disposition="UPS")


def test_the_number_stays_in_its_year(letter, secretary):
    day = datetime.date(2025, 12, 31)
    refused("letter.other_year", change, letter, secretary, received_on=day)


def test_a_cancelled_entry_keeps_its_number_and_changes_no_more(letter, secretary):
    how = {"reason": "Tercatat dua kali", "on": TODAY, "by": secretary}
    gone = cancel_letter(letter, **how)

    number = LetterNumber.objects.get(pk=letter.number_id)
    assert (gone.cancelled_on, number.cancelled_on) == (TODAY, TODAY)
    assert rows.letter(letter.board, by=secretary).number_text.startswith("002/SM")
    refused("letter.cancelled", change, gone, secretary, seen=1)
    refused("letter.cancelled", cancel_letter, gone, **how)


def test_the_database_keeps_entries_and_boards_apart(letter, secretary):
    other = make.board()
    theirs = rows.meeting(other)
    rows_of = IncomingLetter.objects.filter(pk=letter.pk)
    for act in (
        rows_of.delete,
        lambda: rows_of.update(number_text="lain"),
        lambda: rows_of.update(meeting=theirs),
        lambda: rows_of.update(cancelled_on=TODAY),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_a_meeting_that_a_letter_names_is_not_thrown_away(letter, secretary, board):
    draft = rows.meeting(board, by=secretary)
    change(letter, secretary, meeting=draft)
    refused("meeting.in_use", delete_meeting, draft, by=secretary)


# ---- pages ------------------------------------------------------------------------


def url(name, board, *args) -> str:
    return reverse(f"deliberations:letter_{name}", args=[board.slug, *args])


def typed(**fields) -> dict:
    facts = {"received_on": "20/11/2026", "sender": "Warga RT 003", "subject": "Lampu"}
    return make.once(**{**facts, **fields})


def test_a_letter_with_its_scan_is_entered_once(board, secretary, on_disk):
    client, sent = make.signed_in(secretary), typed(letter_on="18/11/2026")
    for _click in range(2):
        answer = client.post(url("new", board), sent | {"file": photos.upload()})
        assert answer.status_code in (302, 303)

    letter = IncomingLetter.objects.get(board=board)
    page = client.get(url("page", board, letter.pk)).text
    link = reverse("boards:file", args=[board.slug, letter.file_id])
    assert link in page
    assert needed_permission(letter.file) == Permission.VIEW_LETTERS
    assert on_disk() == {letter.file.sha256}


def test_bad_input_is_said_beside_its_field_and_nothing_is_lost(board, secretary):
    client = make.signed_in(secretary)
    for field, value, words in (
        ("letter_on", "21/11/2026", "Tanggal surat tidak boleh sesudah"),
        ("received_on", "28/11/2026", "Tanggal terima paling akhir hari ini"),
        ("decision_number", "999/KEP", "Tidak ada keputusan bernomor"),
        ("sender", "", "Tulis siapa pengirimnya."),
    ):
        page = client.post(url("new", board), typed(**{field: value})).text
        assert words in page
        assert 'value="Lampu"' in page
    assert not IncomingLetter.objects.exists()


def test_the_second_of_two_editors_sees_both_texts(letter, board, secretary):
    client = make.signed_in(secretary)
    change(letter, secretary, subject="Undangan lain")
    sent = typed(subject="Perihal saya", revision="0")

    answer = client.post(url("edit", board, letter.pk), sent)

    assert answer.status_code == 409
    assert "Perihal saya" in answer.text
    assert "Undangan lain" in answer.text


def test_the_page_corrects_and_cancels(letter, board, secretary, kept):
    client = make.signed_in(secretary)
    number = kept[2].number_text
    edited = typed(revision="0", decision_number=number, disposition="UPL")
    assert client.post(url("edit", board, letter.pk), edited).status_code == 302
    assert number in client.get(url("page", board, letter.pk)).text
    path = url("cancel", board, letter.pk)
    assert "Tulis alasan pembatalan." in client.post(path, make.once()).text

    client.post(path, make.once(reason="Salah alamat"))

    page = client.get(url("page", board, letter.pk)).text
    assert "Salah alamat" in page
    assert url("edit", board, letter.pk) not in page
    again = client.post(url("edit", board, letter.pk), typed(revision="2"))
    assert "sudah dibatalkan" in again.text


def test_the_doors_of_the_book(letter, board, secretary):
    member = make.signed_in(make.user(Role.MEMBER, board=board))
    stranger = make.signed_in(make.user(Role.SECRETARY, board=make.board()))
    officer = make.signed_in(make.user(Role.DINAS, region_code="35.20"))
    for name, args in (("new", ()), ("edit", (letter.pk,)), ("cancel", (letter.pk,))):
        path = url(name, board, *args)
        assert member.post(path, typed()).status_code == 403
        assert stranger.post(path, typed()).status_code == 404
        assert make.signed_in(secretary).put(path).status_code == 405
    assert member.get(url("list", board)).status_code == 200
    assert officer.get(url("list", board)).status_code == 403
    assert officer.get(url("page", board, letter.pk)).status_code == 403


def test_a_meeting_of_another_board_cannot_be_chosen(board, secretary):
    theirs = rows.meeting(make.board())
    answer = make.signed_in(secretary).post(url("new", board), typed(meeting=theirs.pk))
    assert answer.status_code == 200
    assert not IncomingLetter.objects.exists()


def test_the_list_is_searched_by_words_year_and_state(letter, board, secretary):
    client = make.signed_in(secretary)
    old = datetime.date(2025, 3, 1)
    other = rows.letter(board, by=secretary, subject="Iuran", received_on=old)
    IncomingLetter.objects.filter(pk=other.pk).update(disposition="UPK")

    def shown(**asked) -> list[str]:
        page = client.get(url("list", board), asked).context["page"]
        return [row.subject for row in page.rows]

    assert shown() == ["Undangan musrenbang", "Iuran"]
    assert shown(q="iur") == ["Iuran"]
    assert shown(tahun="2025") == ["Iuran"]
    assert shown(keadaan="baru") == ["Undangan musrenbang"]
    assert shown(keadaan="batal") == []


@pytest.mark.parametrize("count", [5, 50])
def test_the_list_costs_the_same_with_more_rows(
    board, secretary, count, django_assert_max_num_queries
):
    for _at in range(count):
        rows.letter(board, by=secretary)
    client = make.signed_in(secretary)
    client.get(url("list", board))
    with django_assert_max_num_queries(6):
        client.get(url("list", board))
