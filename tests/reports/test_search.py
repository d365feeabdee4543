"""Search inside one's reach: what acts let be found, for whom, in which order."""

import datetime
import re

import pytest
from django.urls import reverse

from boards.indexing import rebuild_search
from boards.models import SearchEntry
from boards.roles import Role
from deliberations.models import ActionItem
from deliberations.services.actions import Evidence, move_action
from deliberations.services.meetings import delete_meeting
from tests.make import activities as works
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import meetings as meet
from tests.make import rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make.board(name="Berkah")


def found(person, path: str) -> str:
    answer = make.signed_in(person).get(path)
    assert answer.status_code == 200
    html = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"</?mark>", "", html)


def titles(html: str) -> list[str]:
    return re.findall(r'<b>(.*?)</b><span class="d">', html)


def reader(board):
    return make.user(Role.SECRETARY, board=board)


def test_ratified_minutes_are_found_with_decision_follow_up_and_what_was_said(board):
    verdict = meet.verdict(
        "Iuran drainase RT 003", amount=95_000, in_charge_name="Warga 03"
    )
    meet.ratified(board, verdicts=(verdict,))

    html = found(reader(board), f"/lkm/{board.slug}/cari/?q=iuran+drainase+rt+3")
    assert titles(html) == ["Iuran drainase RT 003"] * 2
    assert "Keputusan 1" in html
    assert "Tindak lanjut 1" in html
    for words in ("Rp95.000", "95000", "001/KEP", "95+ribu+iuran"):
        html = found(reader(board), f"/lkm/{board.slug}/cari/?q={words}")
        assert "Iuran drainase RT 003" in titles(html)
    html = found(reader(board), f"/lkm/{board.slug}/cari/?q=tersumbat")
    assert titles(html) == ["Rapat rutin anggota"]


def test_of_a_draft_the_title_alone_is_found_and_only_inside(board):
    meeting = meet.finished(board, by=meet.secretary(board), title="Rapat pagi")
    path = f"/lkm/{board.slug}/cari/?q="

    html = found(reader(board), f"{path}pagi")
    assert titles(html) == ["Rapat pagi"]
    assert "Draf" in html
    assert titles(found(reader(board), f"{path}tersumbat")) == []
    assert titles(found(reader(board), f"{path}drainase")) == []
    officer = make.user(Role.KELURAHAN, region_code=board.region_code)
    assert titles(found(officer, f"{path}pagi")) == []

    delete_meeting(meeting, by=meeting.created_by)
    assert titles(found(reader(board), f"{path}pagi")) == []


def test_evidence_of_a_follow_up_is_found_once_it_is_given(board):
    meet.ratified(board, verdicts=(meet.verdict(in_charge_name="Warga 03"),))
    person, path = reader(board), f"/lkm/{board.slug}/cari/?q=kuitansi"
    assert titles(found(person, path)) == []

    move_action(
        ActionItem.objects.get(),
        status="done",
        evidence=Evidence("Kuitansi lunas"),
        seen_revision=0,
        on=meet.HELD_ON,
        by=person,
    )

    assert titles(found(person, path)) == ["Perbaikan drainase RT 006"]


def test_an_article_is_found_once_its_rule_is_adopted(board):
    draft = rules.draft(board)
    person, path = reader(board), f"/lkm/{board.slug}/cari/?q="
    assert titles(found(person, f"{path}separuh+anggota")) == []

    version = rules.adopted(board, version=draft)

    html = found(person, f"{path}separuh+anggota")
    assert titles(html) == ["ART Pasal 14: Kuorum"]
    assert "Pasal aturan 1" in html
    assert reverse("deliberations:rule_version", args=[board.slug, version.pk]) in html
    html = found(person, f"{path}ART+pasal+14")
    # Pasal 1 lacks the number and stands below.
    assert titles(html) == ["ART Pasal 14: Kuorum", "ART Pasal 1"]


def test_every_word_first_and_what_lacks_one_apart(board):
    basis = works.decision(board, title="Dasar")
    works.activity(board, basis, title="Talud gang Melati")
    basis = works.decision(board, title="Dasar lain")
    works.activity(board, basis, title="Talud gang Mawar")

    html = found(reader(board), f"/lkm/{board.slug}/cari/?q=talud+melati")
    assert titles(html) == ["Talud gang Melati", "Talud gang Mawar"]
    assert html.index("Melati</b>") < html.index("Memuat sebagian kata")
    html = found(reader(board), f"/lkm/{board.slug}/cari/?q=jembatan")
    assert "Memuat sebagian kata" not in html


def test_newest_first_in_pages_and_one_kind_alone(board):
    for number in range(1, 28):
        day = datetime.date(2026, 1, 1) + datetime.timedelta(number)
        talks.meeting(board, title=f"Pleno {number:02d}", held_on=day)
    basis = works.decision(board, title="Pleno kerja")
    rebuild_search()
    client = make.signed_in(reader(board))
    path = f"/lkm/{board.slug}/cari/"

    first = client.get(path, {"q": "pleno", "jenis": "meeting"})
    shown = [row.title for row in first.context["page"].rows]
    plenary = [f"Pleno {number:02d}" for number in range(27, 0, -1)]
    # The newest meeting is the one whose item and decision are called so.
    assert shown == ["Rapat anggota", *plenary[:24]]
    older = first.context["page"].older
    asked = {"q": "pleno", "jenis": "meeting", "sesudah": older}
    rest = client.get(path, asked).context["page"].rows
    assert [row.title for row in rest] == plenary[24:]
    only = client.get(path, {"q": "pleno", "jenis": "decision"}).context
    assert [row.object_pk for row in only["page"].rows] == [basis.pk]
    assert (only["everything"], only["total"]) == (28 + 1, 1)


def test_another_board_is_neither_found_nor_open(board):
    other = make.board("35.20.07.2001", name="Menara")
    talks.meeting(other, title="Rapat rahasia")
    rebuild_search()
    person = reader(board)

    assert "rahasia" not in found(person, f"/lkm/{board.slug}/cari/?q=rapat")
    client = make.signed_in(person)
    assert client.get(f"/lkm/{other.slug}/cari/?q=rapat").status_code == 404


def test_a_region_finds_its_own_boards_by_name(board):
    meet.ratified(board, title="Rapat Selosari")
    meet.ratified(make.board("33.12.01.2001"), title="Rapat Wonogiri")
    officer = make.user(Role.KELURAHAN, region_code=board.region_code)

    html = found(officer, f"/wilayah/{board.region_code}/cari/?q=rapat")

    assert "Rapat Selosari" in html
    assert "LKM Berkah" in html
    assert "Wonogiri" not in html


@pytest.mark.parametrize(
    ("role", "code"), [(Role.PROVINCE, "35"), (Role.DINAS_ADMIN, "35.20")]
)
def test_roles_that_read_no_records_find_none(board, role, code):
    meet.ratified(board, title="Rapat Selosari")
    person = make.user(role, region_code=code)

    html = found(person, f"/wilayah/{code}/cari/?q=rapat")
    assert "Rapat Selosari" not in html
    assert "Peran Anda tidak membacanya" in html


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "keputusan, tindak lanjut"),
        ("?q=", "Ketik paling sedikit dua huruf."),
        ("?q=x", "Ketik paling sedikit dua huruf."),
        ("?q=%25_%27", "Ketik paling sedikit dua huruf."),
        ("?q=%3Cscript%3Ealert(1)", "&lt;script&gt;alert(1)"),
        ("?q=jembatan+RT+09", "Tidak ada catatan yang cocok dengan “jembatan RT 09”"),
        ("?q=100%25", "100%"),
        ("?q=%22+OR+*+NEAR(%27:)", "Tidak ada catatan yang cocok"),
        ("?q=jembatan&jenis=lain", "Tidak ada catatan yang cocok"),
    ],
)
def test_whatever_is_typed_gets_an_answer(board, query, says):
    html = found(reader(board), f"/lkm/{board.slug}/cari/{query}")

    assert says in html
    assert "<script>alert" not in html


def test_what_was_found_is_shown_without_its_markup(board):
    talks.meeting(board, title="Rapat <b>tebal</b>")
    rebuild_search()

    html = found(reader(board), f"/lkm/{board.slug}/cari/?q=tebal")
    assert "Rapat &lt;b&gt;tebal&lt;/b&gt;" in html


def test_search_costs_the_same_with_more_rows(board, django_assert_max_num_queries):
    client = make.signed_in(reader(board))
    client.get(f"/lkm/{board.slug}/cari/")
    for rows in (5, 45):
        for _ in range(rows):
            talks.meeting(board, title="Rapat")
        rebuild_search()
        with django_assert_max_num_queries(6):
            client.get(f"/lkm/{board.slug}/cari/?q=rapat")

    assert SearchEntry.objects.count() == 50


def test_search_only_answers_get(board):
    client = make.signed_in(reader(board))

    assert client.post(f"/lkm/{board.slug}/cari/").status_code == 405
