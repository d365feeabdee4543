"""The books of the secretary: agenda of letters, recap of attendance, printed."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from boards.models import BoardSetting
from boards.numbers import cancel_number, give_number
from boards.roles import Role
from common.periods import Period
from deliberations.models import Attendance
from deliberations.recap import recap_of
from deliberations.services.letters import cancel_letter
from reports.builders import attendance_book, letter_books
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.reports.pdf_text import page_texts, words_outside_margins

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)
MEETINGS = (
    datetime.date(2025, 11, 8),
    datetime.date(2025, 12, 12),
    datetime.date(2026, 1, 10),
    datetime.date(2026, 2, 14),
)
DAY = datetime.date(2026, 11, 27)


@pytest.fixture(scope="module")
def kept(module_rows):
    """Four members' meetings: Budi stays away from the last three, Sari is late once.

    Budi's absences: 12 December 2025, 10 January and 14 February 2026; before them he
    came in November 2025.
    """
    board = make.board(code="LKM-SR")
    secretary = make.user(Role.SECRETARY, board=board)
    people = [rows.person(board, name) for name in ("Budi", "Sari")]
    for place, day in enumerate(MEETINGS):
        held = rows.meeting(board, by=secretary, held_on=day)
        rows.attendee(held, people[0], present=place == 0, is_entitled=True)
        late = datetime.time(20, 0) if place == 3 else rows.START
        rows.attendee(held, people[1], arrives_at=late, is_entitled=True)
        for number in range(3):
            rows.attendee(held, is_entitled=True, name=f"Tamu {number}")
        rows.ratify(held)
    return board, secretary


@pytest.fixture
def board(kept, monkeypatch):
    monkeypatch.setattr("boards.models.Board.today", lambda board: DAY)
    return kept[0]


@pytest.fixture
def secretary(kept):
    return kept[1]


def by_name(board, period) -> dict:
    return {row.name: row for row in recap_of(board, period).rows}


def test_the_recap_counts_the_period_and_the_run_behind_it(board):
    found = by_name(board, YEAR)

    budi, sari = found["Budi"], found["Sari"]
    assert (budi.turnout.invited, budi.turnout.absent, budi.turnout.in_a_row) == (
        2,
        2,
        3,
    )
    assert (budi.is_over, sari.is_over) == (True, False)
    assert (sari.turnout.present, sari.turnout.late, sari.turnout.percent) == (
        2,
        1,
        100,
    )
    assert recap_of(board, YEAR).meetings == 2


def test_the_rule_of_the_board_says_how_many_are_too_many(board, secretary):
    BoardSetting.objects.create(
        board=board,
        name="absences_in_a_row",
        value=4,
        starts_on=datetime.date(2026, 1, 1),
        article="ART pasal 9",
        created_by=secretary,
    )
    recap = recap_of(board, YEAR)

    assert (recap.limit, recap.article, recap.over) == (4, "ART pasal 9", [])
    assert "4 kali berturut-turut tidak hadir (ART pasal 9)" in (
        attendance_book.note_of(recap)
    )


def test_drafts_and_other_kinds_do_not_count(board, secretary):
    day = datetime.date(2026, 3, 1)
    draft = rows.meeting(board, by=secretary, held_on=day)
    person = Attendance.objects.filter(name="Sari").first().person
    rows.attendee(draft, person, present=False, is_entitled=True)
    residents = rows.meeting(board, by=secretary, held_on=day, kind="KEL")
    rows.attendee(residents, person, is_entitled=True)
    rows.ratify(residents)

    assert by_name(board, YEAR)["Sari"].turnout.invited == 2


def test_outgoing_numbers_stay_with_their_fate_and_incoming_ones_are_apart(
    board, secretary
):
    gone = give_number(board, "UND", on=DAY, subject_name="Undangan rapat")
    cancel_number(gone, on=DAY)
    letter = rows.letter(board, by=secretary)

    table = letter_books.build_outgoing(board, YEAR)

    texts = [row[2] for row in table.rows]
    assert letter.number_text not in texts
    assert table.rows[-1] == (
        len(texts),
        DAY,
        gone.text,
        "Undangan",
        "Undangan rapat",
        "batal 27/11/2026",
    )
    assert table.note == f"Jumlah {len(texts)} nomor, 1 di antaranya batal."


def test_the_incoming_book_goes_by_agenda_number(board, secretary):
    late, early = datetime.date(2026, 11, 20), datetime.date(2026, 11, 2)
    rows.letter(board, by=secretary, received_on=late, disposition="UPL\nUPS")
    second = rows.letter(board, by=secretary, received_on=early)
    cancel_letter(second, reason="Salah", on=DAY, by=secretary)

    table = letter_books.build_incoming(board, YEAR)

    assert [row[0][:6] for row in table.rows] == ["001/SM", "002/SM"]
    assert (table.rows[0][6], table.rows[1][7]) == ("UPL; UPS", "batal 27/11/2026")
    assert not letter_books.build_incoming(board, Period.year(2025)).rows


def url(name, board, *args) -> str:
    return reverse(f"reports:{name}", args=[board.slug, *args])


@pytest.mark.parametrize("code", ["surat-masuk", "surat-keluar", "kehadiran"])
def test_each_book_comes_as_a_sheet(board, secretary, code):
    rows.letter(board, by=secretary, sender="=1+1")
    client = make.signed_in(secretary)

    answer = client.get(url("book_sheet", board, code), {"masa": "2026"})

    assert f'{code}-2026.xlsx"' in answer.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row > 1
    if code == "surat-masuk":
        assert sheet["E2"].value == "'=1+1"


@pytest.mark.either
@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize(
    ("code", "size"),
    [("surat-masuk", "a4"), ("surat-keluar", "f4"), ("kehadiran", "a4")],
)
def test_each_book_prints_inside_its_margins(board, secretary, code, size):
    type(board).objects.filter(pk=board.pk).update(paper_size=size)
    for number in range(15):
        rows.letter(board, by=secretary, subject=f"Permohonan lampu RT {number:03}")

    client = make.signed_in(secretary)
    answer = client.get(url("book_print", board, code), {"masa": "2026"})

    texts = page_texts(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Tahun 2026" in texts[0]
    assert f"Halaman 1 dari {len(texts)}" in texts[0].replace("\u00a0", " ")
    assert not words_outside_margins(answer.content)


def test_too_long_a_book_is_asked_for_in_parts(board, secretary, monkeypatch):
    monkeypatch.setattr("reports.services.books.MOST_LINES", 1)
    client = make.signed_in(secretary)
    answer = client.get(url("book_print", board, "surat-keluar"))
    assert answer.status_code == 409
    assert "Pilih masa yang lebih pendek" in answer.text


def test_the_list_offers_paper_and_sheet_of_each_register(board, secretary):
    listed = make.signed_in(secretary).get(url("book_list", board), {"masa": "2026"})
    for code in ("surat-masuk", "surat-keluar", "kehadiran"):
        for name in ("book_print", "book_sheet"):
            assert f'href="{url(name, board, code)}?masa=2026"' in listed.text
    # The other two are issued by the year, from their own page.
    assert listed.text.count("Terbitkan menurut tahun") == 2


def test_the_doors_of_the_books(board, secretary):
    officer = make.signed_in(make.user(Role.DINAS, region_code="35.20"))
    stranger = make.signed_in(make.user(Role.SECRETARY, board=make.board()))
    inside = make.signed_in(secretary)

    assert "Rekap kehadiran" in inside.get(url("book_list", board)).text
    listed = officer.get(url("book_list", board)).text
    assert "Buku agenda surat keluar" in listed
    assert "Rekap kehadiran" not in listed
    for code, status in (("kehadiran", 403), ("surat-masuk", 403), ("x", 404)):
        assert officer.get(url("book_sheet", board, code)).status_code == status
    for name in ("book_list", "outgoing_list", "attendance_recap"):
        assert stranger.get(url(name, board)).status_code == 404
        assert inside.post(url(name, board)).status_code == 405
    assert officer.get(url("attendance_recap", board)).status_code == 403
    assert inside.get(url("book_list", board), {"masa": "x"}).status_code == 404


def test_the_recap_marks_who_stayed_away_too_often(board, secretary):
    page = make.signed_in(secretary).get(url("attendance_recap", board)).text
    assert page.count("3 kali berturut-turut<") == 1
    assert "memutus hitungan" in page


def test_the_register_of_numbers_is_filtered(board, secretary):
    client, gone = make.signed_in(secretary), give_number(board, "UND", on=DAY)
    cancel_number(gone, on=DAY)

    def shown(**asked) -> int:
        return len(client.get(url("outgoing_list", board), asked).context["rows"])

    assert (shown(jenis="UND"), shown(jenis="BA", tahun="2026")) == (1, 2)
    page = client.get(url("outgoing_list", board), {"jenis": "UND", "tahun": "2026"})
    assert "Batal" in page.text
    # What is asked stands above the list, each with a way to leave it out.
    assert [(chip.label, chip.url) for chip in page.context["chips"]] == [
        ("Undangan", "?tahun=2026"),
        ("2026", "?jenis=UND"),
    ]
    for nonsense in ({"jenis": "XYZ"}, {"tahun": "1066"}, {"tahun": "dua"}):
        assert shown(**nonsense) == shown()
    nothing = client.get(url("outgoing_list", board), {"jenis": "UND", "tahun": "2025"})
    assert nothing.status_code == 200


@pytest.mark.parametrize("count", [5, 50])
def test_the_pages_cost_the_same_with_more_rows(
    board, secretary, count, django_assert_max_num_queries
):
    for _at in range(count):
        give_number(board, "SP", on=DAY, subject_name="Surat")
    client = make.signed_in(secretary)
    for name, most in (("outgoing_list", 9), ("attendance_recap", 9)):
        client.get(url(name, board))
        with django_assert_max_num_queries(most):
            client.get(url(name, board))
