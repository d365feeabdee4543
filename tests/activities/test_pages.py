"""Pages of the works behind their doors: who gets in, what a post does once."""

import datetime

import pytest
from django.urls import reverse

from activities.models import Activity, ActivityReport, FieldComment
from boards.drafts import keep_draft
from boards.models import Board, Draft, Submission
from boards.roles import Role
from tests.make import activities as works
from tests.make import boards as make
from tests.make import planning as plans

pytestmark = pytest.mark.django_db

REGION = "35.20.06.1010"
READ, WRITE, SEND = "read", "write", "send"
BOARD_PAGES = {
    "activity_list": (READ, "get"),
    "activity_new": (WRITE, "both"),
    "activity_page": (READ, "get"),
    "activity_edit": (WRITE, "both"),
    "activity_start": (WRITE, "both"),
    "activity_cancel": (WRITE, "both"),
    "activity_align": (WRITE, "both"),
    "report_new": (WRITE, "both"),
    "report_page": (READ, "get"),
    "report_edit": (WRITE, "both"),
    "report_check": (WRITE, "get"),
    "report_send": (SEND, "post"),
    "report_sent": (READ, "get"),
    "photo_add": (WRITE, "post"),
    "photo_remove": (WRITE, "post"),
    "receipt_add": (WRITE, "post"),
    "receipt_remove": (WRITE, "post"),
}
OFFICE_PAGES = {
    "review_list": "get",
    "review_page": "both",
    "review_return": "both",
    "review_approve": "both",
    "review_done": "get",
}
# A role that may see the board but lacks the right of the page.
SHUT_OUT = {READ: Role.DINAS_ADMIN, WRITE: Role.MEMBER, SEND: Role.WORKS_UNIT}


@pytest.fixture
def board():
    return make.board(region_code=REGION)


@pytest.fixture
def secretary(board):
    return make.user(Role.SECRETARY, board=board, name="Dewi Anggraini")


@pytest.fixture
def client(secretary):
    return make.signed_in(secretary)


@pytest.fixture
def work(board, secretary):
    return works.running(board, by=secretary)


def client_of(role: Role, board: Board):
    code = "35.20" if role in (Role.DINAS, Role.DINAS_ADMIN) else board.region_code
    return make.signed_in(make.user(role, board=board, region_code=code))


def url(name: str, board: Board, **keys) -> str:
    return reverse(f"activities:{name}", kwargs={"board_slug": board.slug, **keys})


def office(name: str, report=None, code: str = REGION) -> str:
    keys = {"pk": report.pk} if report else {}
    return reverse(f"activities:{name}", kwargs={"region_code": code, **keys})


@pytest.fixture
def keys(work):
    """Keys of one work, one report, its photo and its receipt."""
    report = works.report(work)
    receipt = works.receipt(report)
    return {
        "work": work.pk,
        "report": report.pk,
        "photo_pk": report.photos.get().pk,
        "receipt_pk": receipt.pk,
    }


def keys_of(name: str, keys: dict) -> dict:
    """The keyword arguments that the address `name` needs."""
    if name in ("activity_list", "activity_new"):
        return {}
    about_work = name.startswith("activity") or name == "report_new"
    found = {"pk": keys["work"] if about_work else keys["report"]}
    if name.endswith("_remove"):
        place = f"{name.partition('_')[0]}_pk"
        found[place] = keys[place]
    return found


def call(client, address: str, method: str):
    return (
        client.post(address, make.once()) if method == "post" else client.get(address)
    )


@pytest.mark.parametrize("name", BOARD_PAGES)
def test_another_board_sees_404(board, keys, name):
    stranger = client_of(Role.SECRETARY, make.board(region_code="35.19.01.1001"))
    method = "post" if BOARD_PAGES[name][1] == "post" else "get"
    address = url(name, board, **keys_of(name, keys))
    assert call(stranger, address, method).status_code == 404


@pytest.mark.parametrize(
    "name", sorted(set(BOARD_PAGES) - {"activity_list", "activity_new"})
)
def test_another_boards_row_under_ones_own_board_is_404(keys, name):
    other = make.board()
    method = "post" if BOARD_PAGES[name][1] == "post" else "get"
    address = url(name, other, **keys_of(name, keys))
    assert call(client_of(Role.SECRETARY, other), address, method).status_code == 404


@pytest.mark.parametrize("name", BOARD_PAGES)
def test_a_role_without_the_right_sees_403(board, keys, name):
    right, kind = BOARD_PAGES[name]
    shut_out = client_of(SHUT_OUT[right], board)
    address = url(name, board, **keys_of(name, keys))
    answer = call(shut_out, address, "post" if kind == "post" else "get")
    assert answer.status_code == 403


@pytest.mark.parametrize("name", BOARD_PAGES)
def test_the_wrong_method_is_405(client, board, keys, name):
    kind = BOARD_PAGES[name][1]
    address = url(name, board, **keys_of(name, keys))
    wrong = client.get if kind == "post" else client.put
    assert wrong(address).status_code == 405
    if kind == "get":
        assert client.post(address, make.once()).status_code == 405


@pytest.mark.parametrize("name", [n for n in BOARD_PAGES if BOARD_PAGES[n][1] != "get"])
def test_a_post_without_a_key_is_400(client, board, keys, name):
    address = url(name, board, **keys_of(name, keys))
    assert client.post(address, {}).status_code == 400


@pytest.mark.parametrize("role", [Role.DINAS, Role.KECAMATAN, Role.KELURAHAN])
@pytest.mark.parametrize("name", ["activity_list", "activity_page", "report_page"])
def test_officers_of_the_region_read(board, keys, name, role):
    code = {"KECAMATAN": REGION[:8], "DINAS": "35.20"}.get(role, REGION)
    reader = make.signed_in(make.user(role, region_code=code))
    address = url(name, board, **keys_of(name, keys))
    assert reader.get(address).status_code == 200


@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_review_is_for_the_kelurahan_at_home(board, work, name):
    report = None if name == "review_list" else works.sent(work)
    address = office(name, report)
    at_home = make.signed_in(works.officer(board))
    assert at_home.get(address).status_code in (200, 302)
    assert client_of(Role.DINAS, board).get(address).status_code == 403
    elsewhere = make.user(Role.KELURAHAN, region_code="35.20.06.1011")
    assert make.signed_in(elsewhere).get(address).status_code == 404
    assert at_home.put(address).status_code == 405


def test_an_officer_of_a_served_region_reads_and_does_not_review(board, work):
    board.served_regions.create(region_code="35.20.06.1011")
    make.region("35.20.06.1011", "Magetan")
    report = works.sent(work)
    visitor = make.signed_in(make.user(Role.KELURAHAN, region_code="35.20.06.1011"))
    assert visitor.get(url("report_page", board, pk=report.pk)).status_code == 200
    there = office("review_page", report, code="35.20.06.1011")
    assert visitor.get(there).status_code == 404
    key = make.once(field="volume", text="Kurang.")
    assert visitor.post(there, key).status_code == 404
    assert not FieldComment.objects.exists()


def plan_of(board, **changes) -> dict[str, str]:
    basis = changes.pop("decision", None) or works.decision(board).pk
    body = {
        "decision": str(basis),
        "title": "Drainase RT 006/RW 03",
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
        "RT 006/RW 03",
        "RT 007/RW 03",
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
        ("locations", "RT tiga", "tidak terbaca. Tulis RT/RW seperti 002/04."),
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
    assert "Drainase RT 006/RW 03" in page
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


def test_a_report_is_opened_written_looked_over_and_sent(client, board, work):
    address = url("report_new", board, pk=work.pk)
    answer = client.post(address, make.once(month="2026-09"))
    report = ActivityReport.objects.get()
    assert answer.url == url("report_edit", board, pk=report.pk)
    body = make.once(
        revision="0",
        physical_progress="40 %",
        volume_done="74,5",
        person_days_women="80",
        person_days_men="160,5",
        workers_women="9",
        workers_men="18",
        problems="Hujan tiga hari.",
        spend_DANA_KELURAHAN_wages="24.000.000",
    )
    answer = client.post(url("report_edit", board, pk=report.pk), body)
    assert answer.url == url("report_check", board, pk=report.pk)
    report.refresh_from_db()
    assert (str(report.volume_done), report.spent) == ("74.50", 24_000_000)
    assert "Unggah foto 0 %." in client.get(answer.url).content.decode()
    works.photo(report)
    assert "Kirim ke kelurahan" in client.get(answer.url).content.decode()
    answer = client.post(url("report_send", board, pk=report.pk), make.once())
    assert answer.url == url("report_sent", board, pk=report.pk)
    page = client.get(answer.url).content.decode()
    assert "Laporan September 2026 terkirim" in page
    assert "oleh Dewi Anggraini" in page


def test_a_report_with_a_gap_is_not_sent_by_a_bare_post(client, board, work):
    report = works.report(work, photographed=False)
    answer = client.post(url("report_send", board, pk=report.pk), make.once())
    assert answer.url == url("report_check", board, pk=report.pk)
    report.refresh_from_db()
    assert report.state == ActivityReport.State.DRAFT


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("physical_progress", "101", "Isi paling banyak 100."),
        ("person_days_women", "-1", "Isi paling sedikit 0."),
        ("workers_women", "40000", "Isi paling banyak 2000 orang."),
        ("spend_DANA_KELURAHAN_wages", "1,234,567.00", "Pisahkan ribuan dengan titik"),
    ],
)
def test_a_bad_box_keeps_everything_typed(client, board, work, field, value, words):
    report = works.report(work)
    body = make.once(
        revision="1",
        physical_progress="55",
        volume_done="80",
        person_days_women="1",
        person_days_men="1",
        workers_women="1",
        workers_men="1",
        problems="Semen terlambat datang.",
    )
    answer = client.post(
        url("report_edit", board, pk=report.pk), {**body, field: value}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "Semen terlambat datang." in page
    report.refresh_from_db()
    assert (report.problems, report.spent) == ("", 36_000_000)


def test_two_editors_of_a_report_get_409_with_both_texts(client, board, work):
    report = works.report(work, problems="Yang tersimpan lebih dulu")
    body = make.once(
        revision="0",
        physical_progress="55",
        volume_done="80",
        person_days_women="1",
        person_days_men="1",
        workers_women="1",
        workers_men="1",
        problems="Tulisan saya",
    )
    answer = client.post(url("report_edit", board, pk=report.pk), body)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Yang tersimpan lebih dulu" in page
    assert "Tulisan saya" in page
    assert 'name="revision" value="1"' in page


def test_a_returned_report_takes_only_what_was_asked(client, board, work):
    report = works.returned(work, "volume")
    page = client.get(url("report_edit", board, pk=report.pk)).content.decode()
    assert 'name="volume_done"' in page
    assert 'name="problems"' not in page
    assert "Unggah foto" not in page
    body = make.once(
        revision=str(report.revision),
        volume_done="80",
        problems="Diselundupkan",
        physical_progress="99",
        spend_DANA_KELURAHAN_wages="1",
        answer_volume="Selesai.",
        state="approved",
        board="1",
    )
    client.post(url("report_edit", board, pk=report.pk), body)
    report.refresh_from_db()
    assert str(report.volume_done) == "80.00"
    assert (report.problems, report.physical_progress, report.spent) == (
        "",
        40,
        36_000_000,
    )
    assert report.state == ActivityReport.State.RETURNED
    assert report.comments.get().answer == "Selesai."


def test_a_sent_report_cannot_be_opened_for_writing(client, board, work):
    report = works.sent(work)
    answer = client.get(url("report_edit", board, pk=report.pk))
    assert answer.url == url("report_page", board, pk=report.pk)
    client.post(url("report_edit", board, pk=report.pk), make.once(problems="x"))
    report.refresh_from_db()
    assert report.problems == ""


def test_an_unsaved_draft_is_offered_and_dropped_when_saved(
    client, board, work, secretary
):
    report = works.report(work)
    keep_draft(
        user=secretary,
        board=board,
        form="activities.report",
        object_key=f"{board.pk}:laporan-{report.pk}",
        part="laporan",
        content={"problems": "Belum tersimpan", "volume_done": "99,5", "revision": "0"},
        base_revision=report.revision,
    )
    address = url("report_edit", board, pk=report.pk)
    page = client.get(address).content.decode()
    assert "Belum tersimpan" in page
    assert 'value="99,5"' in page
    assert "dipulihkan" in page
    body = make.once(
        revision="1",
        physical_progress="55",
        volume_done="99,5",
        person_days_women="1",
        person_days_men="1",
        workers_women="1",
        workers_men="1",
    )
    assert client.post(address, body).status_code == 302
    assert not Draft.objects.exists()


def test_the_page_asks_for_autosave_of_this_very_revision(client, board, work):
    report = works.report(work)
    page = client.get(url("report_edit", board, pk=report.pk)).content.decode()
    assert f'data-object="laporan-{report.pk}"' in page
    assert 'data-form="activities.report"' in page
    assert 'data-revision="1"' in page


def test_the_officer_comments_returns_and_later_approves(board, work):
    officer = make.signed_in(works.officer(board, name="Arif Budiman"))
    report = works.sent(work)
    page = officer.get(office("review_page", report) + "?tanggapi=volume")
    assert "Tanggapan untuk isian Volume" in page.content.decode()
    body = make.once(field="volume", text="Empat meter belum terpasang.")
    answer = officer.post(office("review_page", report), body)
    assert answer.url == office("review_page", report) + "#baris-volume"
    page = officer.get(office("review_page", report)).content.decode()
    assert "Kembalikan 1 isian" in page
    assert "Setujui laporan" not in page
    hidden = make.signed_in(work.created_by).get(
        url("report_page", board, pk=report.pk)
    )
    assert "Empat meter" not in hidden.content.decode()
    officer.post(office("review_return", report), make.once())
    page = officer.get(office("review_done", report)).content.decode()
    assert "1 isian dikembalikan" in page
    report.refresh_from_db()
    assert report.state == ActivityReport.State.RETURNED
    works.reports.send_report(report, at=works.SENT, by=work.created_by)
    officer.post(office("review_approve", report), make.once())
    page = officer.get(office("review_done", report)).content.decode()
    assert "Laporan disetujui" in page
    assert "Arif Budiman, Kasi PMD" in page


def test_a_double_click_approves_once(board, work):
    officer = make.signed_in(works.officer(board))
    report, body = works.sent(work), make.once()
    first = officer.post(office("review_approve", report), body)
    again = officer.post(office("review_approve", report), body)
    assert (first.status_code, again.status_code) == (302, 303)
    assert again.url == first.url
    third = officer.post(office("review_approve", report), make.once())
    assert "tidak menunggu pemeriksaan" in third.content.decode()


def test_a_maker_who_is_officer_too_is_told_and_refused(board):
    both = works.officer(board)
    both.assignments.create(role=Role.SECRETARY, board=board)
    report = works.sent(works.running(board, by=both), by=both)
    page = make.signed_in(both).get(office("review_page", report)).content.decode()
    assert "orang lain yang memeriksanya" in page
    assert "Setujui laporan" not in page
    answer = make.signed_in(both).post(office("review_approve", report), make.once())
    assert "orang lain yang memeriksanya" in answer.content.decode()
    report.refresh_from_db()
    assert report.state == ActivityReport.State.SENT


def test_a_draft_does_not_exist_for_the_kelurahan(board, work):
    report = works.report(work)
    officer = make.signed_in(works.officer(board))
    assert officer.get(office("review_page", report)).status_code == 404


def test_the_same_state_reads_differently_to_its_two_readers(client, board, work):
    report = works.sent(work)
    theirs = client.get(url("report_page", board, pk=report.pk)).content.decode()
    officer = make.signed_in(works.officer(board))
    mine = officer.get(office("review_page", report)).content.decode()
    assert "Menunggu pemeriksaan kelurahan" in theirs
    assert "Perlu Anda periksa" in mine
    assert "Perlu Anda periksa" not in theirs


def test_an_unknown_field_is_no_comment(board, work):
    report = works.sent(work)
    officer = make.signed_in(works.officer(board))
    body = make.once(field="approved_by", text="x")
    assert officer.post(office("review_page", report), body).status_code == 200
    assert not FieldComment.objects.exists()


def test_filters_choose_and_ignore_nonsense(client, board, secretary):
    basis = works.decision(board, amount=200_000_000)
    road = works.activity(board, basis, by=secretary, title="Paving Melati")
    drain = {"works_type": "DRAIN", "kind": "MAINTENANCE", "title": "Saluran Mawar"}
    places = (("009", "01"),)
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


@pytest.mark.parametrize("count", [5, 50])
def test_the_review_list_costs_the_same_at_any_length(
    board, secretary, django_assert_max_num_queries, count
):
    basis = works.decision(board, amount=100_000_000_000)
    officer = make.signed_in(works.officer(board))
    for _ in range(count):
        works.sent(works.running(board, basis=basis, by=secretary), by=secretary)
    officer.get(office("review_list"))
    with django_assert_max_num_queries(8):
        page = officer.get(office("review_list")).content.decode()
    assert page.count("Perlu Anda periksa") == count + 1
