"""Homes: where each role begins, what waits there, numbers that count their lists."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from activities.models import Activity
from boards.audit import record
from boards.models import Assignment, Region
from boards.roles import Post, Role
from deliberations.models import Decision, Meeting
from members.models import Term
from tests.make import activities as works
from tests.make import boards as make
from tests.make import deliberations as talks

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY = date(2026, 11, 22), date(2026, 11, 21)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=timezone.get_fixed_timezone(0))


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """It is Sunday 22 November 2026, 10.00 WIB."""
    monkeypatch.setattr("boards.models.board.timezone.now", lambda: NOW)


def page(person, path: str) -> str:
    answer = make.signed_in(person).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def tasks_in(html: str) -> list[str]:
    """Titles of "Perlu Anda kerjakan"."""
    block = html[html.index("Perlu Anda kerjakan") :]
    listed = re.search(r'<ul class="tasks">(.*?)</ul>', block, re.DOTALL)
    if not listed:
        return []
    titles = re.findall(r"<b>(.*?)</b>", listed[1])
    return [title.replace("\N{NO-BREAK SPACE}", " ") for title in titles]


def figures_in(html: str) -> dict[str, tuple[str, str]]:
    """Label -> number and address."""
    found = re.findall(
        r'<a href="([^"]*)" class="fig"><b[^>]*>(.*?)</b><u>(.*?)</u>', html
    )
    return {label: (number, url) for url, number, label in found}


# ---- the way in -------------------------------------------------------------------


def test_the_front_page_has_two_doors(client):
    html = client.get("/").content.decode()

    assert 'href="/akun/masuk/"' in html or "Masuk" in html
    assert "Cek keaslian dokumen" in html


@pytest.mark.parametrize(
    ("role", "code", "path"),
    [
        (Role.KELURAHAN, "35.20.06.1010", "/wilayah/35.20.06.1010/"),
        (Role.KECAMATAN, "35.20.06", "/wilayah/35.20.06/"),
        (Role.DINAS, "35.20", "/wilayah/35.20/"),
        (Role.PROVINCE, "35", "/wilayah/35/"),
        (Role.PROVINCE, "", "/wilayah/indonesia/"),
        (Role.SYSTEM, "", "/sistem/akun/"),
    ],
)
def test_each_office_begins_at_its_own_desk(role, code, path):
    make.board()
    client = make.signed_in(make.user(role, region_code=code))

    assert client.get("/")["Location"] == "/beranda/"
    assert client.get("/beranda/")["Location"] == path
    assert client.get(path).status_code == 200


def test_a_board_role_begins_at_its_board_and_several_at_the_first():
    first, second = make.board(), make.board()
    person = make.user(Role.SECRETARY, board=first)
    Assignment.objects.create(user=person, role=Role.MEMBER, board=second)

    answer = make.signed_in(person).get("/beranda/")

    assert answer["Location"] == f"/lkm/{first.slug}/"


def test_an_account_without_a_role_is_told_whom_to_ask():
    assert "Admin Dinas" in page(make.user(), "/beranda/")


def test_switching_lists_all_offices_and_searches_them():
    one, other = make.board(name="Berkah"), make.board(name="Menara")
    person = make.user(Role.SECRETARY, board=one)
    Assignment.objects.create(user=person, role=Role.MEMBER, board=other)

    whole, found = page(person, "/ganti/"), page(person, "/ganti/?q=menara")

    assert f'href="/lkm/{other.slug}/"' in whole
    assert "<b>LKM Menara</b>" in found
    assert "<b>LKM Berkah</b>" not in found
    assert "&lt;b&gt;" in page(person, "/ganti/?q=<b>x")


def test_the_menu_begins_with_help_and_ends_with_leaving():
    board = make.board()
    html = page(make.user(Role.SECRETARY, board=board), "/menu/")

    main = html[html.index('id="isi"') :]
    assert main.index("Bantuan") < main.index("Musyawarah") < main.index("Keluar")
    assert 'method="post" action="/akun/' in main


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_help(role):
    board = make.board()
    code = {Role.KECAMATAN: "35.20.06", Role.DINAS: "35.20", Role.DINAS_ADMIN: "35.20"}
    person = make.user(
        role, board=board, region_code=code.get(role, "35" if "P" in role[:1] else "")
    )

    assert "<ol>" in page(person, "/bantuan/")


@pytest.mark.parametrize("path", ["/", "/beranda/", "/ganti/", "/menu/", "/bantuan/"])
def test_pages_of_the_way_in_only_answer_get(path):
    board = make.board()
    client = make.signed_in(make.user(Role.SECRETARY, board=board))

    assert client.post(path).status_code == 405


# ---- home of a board --------------------------------------------------------------


def test_a_secretary_sees_what_is_unfinished():
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    talks.meeting(board, by=secretary, title="Rapat rutin", held_on=YESTERDAY)
    talks.meeting(board, by=secretary, title="Rapat malam ini", held_on=TODAY)
    talks.meeting(board, by=secretary, title="Rapat nanti", held_on=date(2026, 12, 5))
    work = works.running(board, by=secretary, title="Paving")
    works.returned(work, "progress", "volume")
    talks.term(board)

    html = page(secretary, f"/lkm/{board.slug}/")

    assert tasks_in(html) == [
        "Perbaiki laporan September 2026, Paving",
        f"Buat laporan Oktober 2026 untuk {work.code}",
        "Lengkapi notulen Rapat rutin 21 November",
        "Mulai penilaian tahun 2026",
    ]
    assert "2\N{NO-BREAK SPACE}isian" in html
    assert "Rapat malam ini" in html[html.index("Rapat berikutnya") :]


def test_a_returned_meeting_comes_before_a_draft():
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    talks.term(board)
    for title, note in (("Pertama", ""), ("Kedua", "Lengkapi daftar hadir.")):
        talks.meeting(
            board, by=secretary, title=title, held_on=YESTERDAY, returned_note=note
        )

    html = page(secretary, f"/lkm/{board.slug}/")

    assert tasks_in(html) == [
        "Perbaiki notulen Kedua 21 November",
        "Lengkapi notulen Pertama 21 November",
        "Mulai penilaian tahun 2026",
    ]
    assert "Lengkapi daftar hadir." in html


def sent_meeting(board, by, **fields) -> Meeting:
    """Minutes that wait for ratification."""
    return talks.meeting(
        board, by=by, state="sent", sent_at=NOW, sent_by=by, held_on=TODAY, **fields
    )


def test_the_koordinator_ratifies_what_somebody_else_wrote():
    board = make.board()
    koordinator = make.user(Role.MEMBER, board=board, post=Post.COORDINATOR)
    secretary = make.user(Role.SECRETARY, board=board)
    sent_meeting(board, secretary, title="Rapat rutin")
    sent_meeting(board, koordinator, title="Rapat sendiri")

    assert tasks_in(page(koordinator, f"/lkm/{board.slug}/")) == [
        "Sahkan notulen Rapat rutin 22 November"
    ]


def test_a_member_ratifies_only_a_meeting_that_he_chaired():
    board = make.board()
    member = make.user(Role.MEMBER, board=board)
    secretary = make.user(Role.SECRETARY, board=board)
    chair = talks.person(board, user=member)
    sent_meeting(board, secretary, title="Rapat lain")
    sent_meeting(board, secretary, title="Rapat pimpinan", chair=chair)

    assert tasks_in(page(member, f"/lkm/{board.slug}/")) == [
        "Sahkan notulen Rapat pimpinan 22 November"
    ]


@pytest.mark.parametrize(
    ("days", "word"), [(91, ""), (90, "Sisa 90"), (7, "Sisa 7"), (-1, "Sudah berakhir")]
)
def test_a_term_that_ends_soon_is_told(days, word):
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    Term.objects.create(
        board=board, starts_on=date(2024, 1, 1), ends_on=TODAY + timedelta(days=days)
    )

    html = page(secretary, f"/lkm/{board.slug}/")

    assert ("Siapkan pemilihan anggota" in html) == bool(word)
    assert word in html.replace("\N{NO-BREAK SPACE}", " ")


def test_promises_past_their_day_are_one_row():
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    talks.term(board)
    meeting = talks.meeting(board)
    item = talks.item(meeting)
    for day in (1, 2, 30):
        talks.action(item, f"Tugas {day}", "UPL", due_on=date(2026, 11, day))
    talks.ratify(meeting)

    html = page(secretary, f"/lkm/{board.slug}/")

    assert tasks_in(html)[0] == "Tanyakan 2 tindak lanjut yang lewat tenggat"
    assert figures_in(html)["Tindak lanjut terbuka"][0] == "3"


def test_each_figure_counts_the_rows_of_its_list():
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    talks.meeting(board, by=secretary)
    talks.meeting(board, by=secretary, held_on=date(2026, 12, 5))
    sent_meeting(board, secretary)
    works.running(board)
    works.activity(board)
    figures = figures_in(page(secretary, f"/lkm/{board.slug}/"))

    assert {label: number for label, (number, _) in figures.items()} == {
        "Rapat belum diajukan": "2",
        "Menunggu pengesahan": "1",
        "Keputusan tahun 2026": "2",
        "Tindak lanjut terbuka": "0",
        "Kegiatan berjalan": "1",
    }
    assert Decision.objects.ratified().count() == 2
    assert Activity.objects.count() == 2
    for number, url in figures.values():
        listed = make.signed_in(secretary).get(url.replace("&amp;", "&"))
        rows = re.findall(r"<tr>\s*<th scope=\"row\"", listed.content.decode())
        assert len(rows) == int(number), url


def test_the_last_changes_name_each_record_once_with_its_state():
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board, name="Dewi Anggraini")
    work = works.running(board, by=secretary)

    html = page(secretary, f"/lkm/{board.slug}/")

    recent = html[html.index("Terakhir berubah") :]
    assert recent.count(f"/kegiatan/{work.pk}/") == 1
    assert "Berjalan" in recent
    assert "Dewi Anggraini" in recent


def test_the_last_changes_link_only_to_pages_that_the_reader_may_open():
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    term = talks.term(board)
    said = {"by": secretary, "says": "mengubah masa bakti", "board": board}
    record("members.term_changed", term, **said)
    address = f"/lkm/{board.slug}/anggota/"

    for person, links in (
        (secretary, True),
        (make.user(Role.DINAS, region_code="35.20"), False),
    ):
        html = page(person, f"/lkm/{board.slug}/")
        recent = html[html.index("Terakhir berubah") :]
        assert str(term) in recent
        assert (f'href="{address}"' in recent) is links


def test_an_officer_visits_a_board_without_tasks_and_without_its_log():
    board = make.board()
    talks.meeting(board, title="Rapat rutin", held_on=TODAY)
    officer = make.user(Role.KECAMATAN, region_code="35.20.06")

    html = page(officer, f"/lkm/{board.slug}/")

    assert tasks_in(html) == []
    assert "Tidak ada yang menunggu Anda." in html
    assert "Terakhir berubah" not in html


def test_home_of_another_board_does_not_exist():
    board, other = make.board(), make.board("33.12.01.2001")
    person = make.user(Role.SECRETARY, board=board)

    assert make.signed_in(person).get(f"/lkm/{other.slug}/").status_code == 404


def test_home_costs_at_most_eighteen_queries(django_assert_max_num_queries):
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    client = make.signed_in(secretary)
    talks.term(board)

    def fill() -> None:
        for _ in range(3):
            talks.meeting(board, by=secretary)
            works.returned(works.running(board, by=secretary), "progress")

    client.get(f"/lkm/{board.slug}/")
    for _ in range(2):
        fill()
        with django_assert_max_num_queries(18):
            client.get(f"/lkm/{board.slug}/")


# ---- the desk of a region ---------------------------------------------------------


def test_the_kelurahan_sees_its_reports_with_their_working_day():
    board, other = make.board(), make.board("35.20.06.1099")
    works.sent(works.running(board, title="Paving"))
    works.sent(works.running(other, title="Talud"))
    officer = make.user(Role.KELURAHAN, region_code=board.region_code)

    html = page(officer, f"/wilayah/{board.region_code}/")

    assert tasks_in(html) == ["Periksa laporan September 2026, Paving"]
    assert figures_in(html)["Laporan perlu diperiksa"][0] == "1"
    assert "Talud" not in html


def test_an_admin_is_told_of_boards_without_a_secretary():
    board = make.board(name="Berkah")
    led = make.board(name="Menara")
    make.user(Role.SECRETARY, board=led)
    admin = make.user(Role.DINAS_ADMIN, region_code="35.20")

    html = page(admin, "/wilayah/35.20/")

    assert tasks_in(html) == ["Beri akun kepada sekretaris LKM Berkah"]
    assert "Siapa sudah lapor" not in html
    assert board.slug in html


def test_a_province_reads_sums_and_no_name_of_a_board():
    make.board(name="Berkah")
    Region.objects.filter(code="35.20").update(name="Magetan")
    works.approved(works.running(make.board(name="Menara")))
    province = make.user(Role.PROVINCE, region_code="35")

    html = page(province, "/wilayah/35/")

    assert "Kabupaten Magetan" in html
    assert "Rp36.000.000" in html
    assert "Berkah" not in html
    assert "Menara" not in html


def test_another_region_does_not_exist_and_a_role_without_the_right_is_refused():
    board = make.board()
    make.region("33.12", "Wonogiri")
    stranger = make.user(Role.DINAS, region_code="33.12")
    secretary = make.user(Role.SECRETARY, board=board)

    assert make.signed_in(stranger).get("/wilayah/35.20/").status_code == 404
    assert make.signed_in(secretary).get("/wilayah/35.20/").status_code == 404
    dinas = make.user(Role.DINAS, region_code="35.20")
    assert make.signed_in(dinas).post("/wilayah/35.20/").status_code == 405
