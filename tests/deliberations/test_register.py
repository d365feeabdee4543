"""The register as a page and as a workbook."""

import io

import openpyxl
import pytest
from django.urls import reverse

from boards.roles import Role
from deliberations.services.actions import Evidence, move_action
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


def url(name: str, board) -> str:
    return reverse(f"deliberations:{name}", args=[board.slug])


def sheet_of(client, board, query="") -> list[tuple]:
    answer = client.get(url("decision_sheet", board) + query)
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return list(book.active.iter_rows(values_only=True))


@pytest.fixture
def ratified(board, secretary, coordinator):
    verdicts = (
        meet.verdict("=Iuran", amount=95_000, in_charge_name="Warga 03", rt="003"),
        meet.verdict("Talud"),
    )
    return meet.ratified(board, by=secretary, ratifier=coordinator, verdicts=verdicts)


def test_the_workbook_says_what_became_of_each_decision(board, secretary, ratified):
    action = ratified.actions.get()
    facts = {"evidence": Evidence("BAST 3"), "seen_revision": 0, "on": meet.HELD_ON}
    move_action(action, status="done", by=secretary, **facts)
    client = make.signed_in(secretary)

    head, first, second = sheet_of(client, board)

    row = dict(zip(head, second, strict=True))
    assert row["Nomor"].startswith("001/KEP/LKM-GR/")
    # Text that a sheet program would run stays text.
    assert row["Tentang"] == "'=Iuran"
    assert row["Jumlah uang (Rp)"] == 95_000
    assert (row["RT"], row["Jenis"]) == ("003", "Umum")
    assert row["Keadaan"] == "Berlaku"
    assert (row["Tindak lanjut selesai"], row["Tindak lanjut semua"]) == (1, 1)
    row = dict(zip(head, first, strict=True))
    assert (row["Tentang"], row["Jumlah uang (Rp)"]) == ("Talud", None)
    assert (row["Tindak lanjut selesai"], row["Tindak lanjut semua"]) == (0, 0)


def test_the_workbook_holds_what_the_page_was_asked_for(board, secretary, ratified):
    client = make.signed_in(secretary)

    assert [row[3] for row in sheet_of(client, board, "?q=talud")[1:]] == ["Talud"]
    page = client.get(url("decision_list", board), {"q": "talud"}).content.decode()
    assert f"{url('decision_sheet', board)}?q=talud" in page


def test_a_sheet_that_would_be_too_long_asks_for_a_filter(
    board, secretary, ratified, monkeypatch
):
    monkeypatch.setattr("deliberations.views.decisions.MOST_IN_A_SHEET", 1)
    client = make.signed_in(secretary)

    answer = client.get(url("decision_sheet", board), {"cara": "mufakat"}, follow=True)

    assert "lebih dari 1 keputusan. Saring dulu" in answer.content.decode()
    assert answer.request["QUERY_STRING"] == "cara=mufakat"


def test_the_workbook_is_for_those_who_read_the_register(board, secretary, ratified):
    path = url("decision_sheet", board)
    stranger = make.user(Role.SECRETARY, board=make.board("33.13.01.2001"))
    admin = make.user(Role.DINAS_ADMIN, region_code=board.region_code[:5])

    assert make.signed_in(stranger).get(path).status_code == 404
    assert make.signed_in(admin).get(path).status_code == 403
    assert make.signed_in(secretary).post(path).status_code == 405


def test_more_workbooks_an_hour_than_the_brake_allows_are_refused(
    board, secretary, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"export": "1/h/user"}
    client = make.signed_in(secretary)

    assert client.get(url("decision_sheet", board)).status_code == 200
    assert client.get(url("decision_sheet", board)).status_code == 429


def test_an_office_is_not_offered_what_waits(board, secretary, coordinator):
    verdicts = (meet.verdict("Rencana rahasia"),)
    meet.sent(board, by=secretary, verdicts=verdicts)
    officer = make.user(Role.KELURAHAN, region_code=board.region_code)
    asked = {"keadaan": "menunggu"}

    inside = make.signed_in(secretary).get(url("decision_list", board), asked)
    outside = make.signed_in(officer).get(url("decision_list", board), asked)

    assert "Rencana rahasia" in inside.content.decode()
    assert "Rencana rahasia" not in outside.content.decode()
    assert "Menunggu pengesahan" not in outside.content.decode()


def test_every_filter_together_costs_as_much_as_one(
    board, secretary, ratified, django_assert_max_num_queries
):
    client = make.signed_in(secretary)
    path = url("decision_list", board)
    client.get(path)
    asked = {"q": "iuran", "tahun": 2026, "jenis": "general", "keadaan": "berlaku"}
    asked |= {"cara": "mufakat", "dari": 1, "sampai": 100_000, "rt": 3}

    with django_assert_max_num_queries(6):
        html = client.get(path, asked).content.decode()

    assert "=Iuran" in html
