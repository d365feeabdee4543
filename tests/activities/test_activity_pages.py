"""Pages about works: the register, a plan typed well and badly, its start."""

import datetime

import pytest

from activities.models import Activity
from boards.models import Submission
from tests.activities.addresses import url
from tests.make import activities as works
from tests.make import boards as make
from tests.make import planning as plans

pytestmark = pytest.mark.django_db


def plan_of(board, **changes) -> dict[str, str]:
    basis = changes.pop("decision", None) or works.decision(board).pk
    body = {
        "decision": str(basis),
        "title": "Drainase RT 006/RW 003",
        "kind": "CASH_FOR_WORK",
        "works_type": "DRAIN",
        "volume": "148",
        "unit": "m",
        "locations": "6/3, RT 007/RW 03",
        "latitude": "-7,651400",
        "longitude": "111,334",
        "plan_item": "",
        "starts_on": "1/7/2026",
        "ends_on": "15 Desember 2026",
        "workers_women": "9",
        "workers_men": "19",
        "person_days_women": "204,5",
        "person_days_men": "420",
        "daily_wage": "100.000",
        "line_wages": "Rp 62.400.000",
        "line_materials": "9600000",
        "fund_DANA_KELURAHAN": "72.000.000,00",
        "revision": "0",
    }
    return make.once(**{**body, **changes})


def test_a_work_is_made_from_a_decision(client, board):
    answer = client.post(url("activity_new", board), plan_of(board))
    work = Activity.objects.get(board=board)
    assert answer.url == url("activity_page", board, pk=work.pk)
    assert work.budget_total == 72_000_000
    assert str(work.latitude) == "-7.651400"
    assert [str(place) for place in work.locations.all()] == [
        "RT 006/RW 003",
        "RT 007/RW 003",
    ]


def test_a_double_click_makes_one_work(client, board):
    body = plan_of(board)
    first = client.post(url("activity_new", board), body)
    again = client.post(url("activity_new", board), body)
    assert (again.status_code, again.url) == (303, first.url)
    assert Activity.objects.filter(board=board).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("line_wages", "75.000.000", "belum sama dengan sumber dana"),
        ("starts_on", "1/6/2026", "Tanggal mulai harus 20/06/2026 atau sesudahnya"),
        ("ends_on", "30/6/2026", "Tanggal selesai lebih awal dari tanggal mulai."),
        ("volume", "0", "Volume harus lebih dari 0."),
        ("volume", "seratus", "Tulis angka saja"),
        ("locations", "RT tiga", "tidak terbaca. Tulis RT/RW seperti 002/004."),
        # Arabic-Indic digits: a number to Python, not to the KTP.
        ("locations", "\u0660\u0660\u0663/005", "tidak terbaca. Tulis RT/RW"),
        ("locations", "003/\u0665", "tidak terbaca. Tulis RT/RW"),
        ("unit", "ha", "Volume drainase dihitung dalam m."),
        ("decision", "999999", "Pilih keputusan dari daftar ini."),
        ("latitude", "", "Isi lintang dan bujur bersama-sama."),
        ("starts_on", "31/02/2026", "tidak ada di kalender"),
        ("daily_wage", "1,5", "Tulis rupiah bulat"),
    ],
)
def test_a_bad_plan_comes_back_with_a_sentence_and_what_was_typed(
    client, board, field, value, words
):
    answer = client.post(url("activity_new", board), plan_of(board, **{field: value}))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "Drainase RT 006/RW 003" in page
    assert not Activity.objects.exists()
    assert not Submission.objects.exists()


def test_a_budget_over_the_decision_says_both_sums(client, board):
    basis = works.decision(board, amount=70_000_000).pk
    answer = client.post(url("activity_new", board), plan_of(board, decision=basis))
    words = "Pagu Rp72.000.000 melebihi keputusan 001, yaitu Rp70.000.000"
    assert words in answer.content.decode()


def test_another_boards_ids_in_a_plan_do_not_exist(client, board):
    other = make.board()
    address = url("activity_new", board)
    foreign = works.decision(other).pk
    client.post(address, plan_of(board, decision=foreign))
    client.post(address, plan_of(board, plan_item=str(plans.item(other).pk)))
    assert not Activity.objects.filter(board=board).exists()


def test_two_editors_of_a_plan_get_409_with_both_texts(client, board, secretary):
    work = works.activity(board, by=secretary, title="Judul tersimpan")
    Activity.objects.filter(pk=work.pk).update(revision=1)
    body = plan_of(board, decision=work.decision_id, title="Judul saya")
    answer = client.post(url("activity_edit", board, pk=work.pk), body)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Judul tersimpan" in page
    assert "Judul saya" in page
    again = {**body, "revision": "1", **make.once()}
    assert (
        client.post(url("activity_edit", board, pk=work.pk), again).status_code == 302
    )
    work.refresh_from_db()
    assert work.title == "Judul saya"


def test_a_start_in_the_future_is_refused(client, board, secretary):
    work = works.activity(board, by=secretary)
    tomorrow = board.today() + datetime.timedelta(days=1)
    body = make.once(on=f"{tomorrow:%d/%m/%Y}")
    answer = client.post(url("activity_start", board, pk=work.pk), body)
    assert "Tanggal mulai paling akhir hari ini" in answer.content.decode()
    work.refresh_from_db()
    assert work.state == Activity.State.PLANNED


def test_filters_choose_and_ignore_nonsense(client, board, secretary):
    basis = works.decision(board, amount=200_000_000)
    road = works.activity(board, basis, by=secretary, title="Paving Melati")
    drain = {"works_type": "DRAIN", "kind": "MAINTENANCE", "title": "Saluran Mawar"}
    places = (("009", "001"),)
    works.activity(board, by=secretary, locations=places, **drain)

    def shown(query):
        page = client.get(url("activity_list", board) + query).content.decode()
        return "Paving Melati" in page, "Saluran Mawar" in page

    assert shown("") == (True, True)
    assert shown(f"?keputusan={basis.pk}") == (True, False)
    assert shown("?jenis=MAINTENANCE") == (False, True)
    assert shown("?rt=9") == (False, True)
    assert shown("?keadaan=finished") == (False, False)
    assert shown("?tahun=2025") == (False, False)
    assert shown("?tahun=abcd&keputusan=x&jenis=y&keadaan=z&rt=--") == (True, True)
    road.plan_item = plans.item(board)
    road.save(update_fields=["plan_item"])
    assert shown("?selaras=belum") == (False, True)


@pytest.mark.parametrize("count", [5, 50])
def test_the_register_costs_the_same_at_any_length(
    client, board, secretary, django_assert_max_num_queries, count
):
    basis = works.decision(board, amount=100_000_000_000)
    for _ in range(count):
        works.activity(board, basis, by=secretary)
    client.get(url("activity_list", board))
    with django_assert_max_num_queries(6):
        assert client.get(url("activity_list", board)).status_code == 200
