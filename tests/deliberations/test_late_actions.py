"""Follow-ups: the reminder, the next agenda, and who is late in a region."""

import datetime

import pytest
from django.urls import reverse

from boards.roles import Role
from deliberations.models import ActionItem, Meeting
from deliberations.services.actions import Evidence, move_action
from deliberations.services.opening import open_meeting
from tests.make import boards as make
from tests.make import deliberations as rows

pytestmark = pytest.mark.django_db
DAY, DUE = datetime.date(2026, 11, 27), rows.PROMISE_DUE


@pytest.fixture(scope="module")
def kept(module_rows):
    """A board with promises: board, secretary, the decision beside them."""
    return rows.promising_board()


@pytest.fixture
def board(kept):
    return kept[0]


@pytest.fixture
def secretary(kept):
    return kept[1]


@pytest.fixture
def action(board):
    return ActionItem.objects.get(board=board, text="Menagih iuran")


def url(name, board, *args) -> str:
    return reverse(f"deliberations:{name}", args=[board.slug, *args])


# ---- reminders --------------------------------------------------------------------


def test_the_number_is_written_only_for_who_may_see_phones(board, secretary, action):
    rows.person(board, "Wagiyem", phone="0812-3456-7890")
    officer = make.user(Role.KELURAHAN, region_code=board.region_code)
    path = url("action_page", board, action.pk)

    inside = make.signed_in(secretary).get(path).text
    outside = make.signed_in(officer).get(path).text

    assert "https://wa.me/6281234567890?text=Pengingat%20dari" in inside
    assert "https://wa.me/?text=Pengingat%20dari" in outside
    assert "812" not in outside.split("wa.me/")[1].split('"')[0]


def test_two_people_of_one_name_get_no_number(board, secretary, action):
    for _twin in range(2):
        rows.person(board, "Wagiyem", phone="0812-3456-7890")
    page = make.signed_in(secretary).get(url("action_page", board, action.pk)).text
    assert "https://wa.me/?text=" in page


def test_one_reminder_holds_all_that_a_person_promised(board, secretary):
    path = url("action_list", board)
    page = make.signed_in(secretary).get(path, {"siapa": "Wagiyem"})

    text = page.context["remind"]["text"]
    assert "1. Menagih iuran" in text
    assert "2. Membeli sapu" in text
    assert "Mengukur" not in text
    assert text.endswith(f"Rincian: http://localhost:8000{path}")


# ---- the next meeting -------------------------------------------------------------


def new_meeting(board, by, **how) -> Meeting:
    facts = {
        "kind": "RUTIN",
        "title": "",
        "held_on": datetime.date(2026, 12, 12),
        "starts_at": datetime.time(19, 30),
        "place": "Balai",
    }
    return open_meeting(board, by=by, source=None, **facts, **how)


def test_open_promises_head_the_next_agenda(board, secretary):
    titles = new_meeting(board, secretary, takes_open=True).items.values_list("title")

    assert [title for (title,) in titles] == [
        "Menagih iuran",
        "Mengukur saluran",
        "Membeli sapu",
        "Tindak lanjut rapat lalu",
        "Lain-lain",
    ]


def test_the_page_of_a_new_meeting_proposes_them(board, secretary):
    client, path = make.signed_in(secretary), url("meeting_new", board)
    page = client.get(path).text.replace("\u00a0", " ")
    assert "Mulai agenda dengan tindak lanjut yang terbuka (3)" in page
    typed = {"kind": "RUTIN", "held_on": "12/12/2026", "starts_at": "19.30"}
    typed |= {"place": "Balai", "takes_open": "on"}

    client.post(path, make.once(**typed))

    first = Meeting.objects.get(held_on="2026-12-12").items.first()
    assert first.action.text == "Menagih iuran"


# ---- who is late in a region ------------------------------------------------------


def late(code, role=Role.KELURAHAN):
    path = reverse("deliberations:late_list", args=[code])
    return make.signed_in(make.user(role, region_code=code)).get(path)


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a, **k: DAY)


def test_the_kelurahan_sees_each_board_that_is_late_with_its_oldest(
    board, secretary, action, today
):
    draft = rows.meeting(board, by=secretary)
    rows.action(rows.item(draft), "Dari draf", "Sukiman", due_on=DUE)
    quiet = make.board(board.region_code)

    page = late(board.region_code)

    (row,) = page.context["rows"]
    assert (row["board"], row["board"].late, row["action"]) == (board, 1, action)
    assert row["late"] == "lewat 3\u00a0hari"
    assert str(quiet) not in page.text
    assert "Dari draf" not in page.text
    move_action(
        action,
        status="done",
        evidence=Evidence("Tunai"),
        seen_revision=0,
        on=DAY,
        by=secretary,
    )
    assert "Tidak ada yang lewat tenggat" in late(board.region_code).text


def test_the_home_of_the_kelurahan_names_them(board, today):
    officer = make.user(Role.KELURAHAN, region_code=board.region_code)
    home = make.signed_in(officer).get(f"/wilayah/{board.region_code}/").text
    assert "tentang tindak lanjutnya" in home
    assert reverse("deliberations:late_list", args=[board.region_code]) in home


def test_who_reads_no_minutes_is_refused(board):
    assert late("35.20", Role.DINAS_ADMIN).status_code == 403
    assert late("35.20", Role.DINAS).status_code == 200
    officer = make.signed_in(make.user(Role.DINAS, region_code="33.13"))
    path = reverse("deliberations:late_list", args=["35.20"])
    assert officer.get(path).status_code == 404
    assert officer.post(path).status_code == 405


def promised(board, by, count: int) -> None:
    """Ratified minutes with this many promises past their day."""
    meeting = rows.meeting(board, by=by)
    item = rows.item(meeting)
    for turn in range(count):
        rows.action(item, f"Tugas {turn}", "Wagiyem", due_on=DUE)
    rows.ratify(meeting)


@pytest.mark.parametrize("count", [5, 50])
def test_the_list_costs_the_same_with_more_rows(
    board, secretary, count, django_assert_max_num_queries
):
    promised(board, secretary, count)
    client, path = make.signed_in(secretary), url("action_list", board)
    client.get(path)
    with django_assert_max_num_queries(8):
        page = client.get(path, {"siapa": "Wagiyem"})
    assert len(page.context["rows"]) == min(count + 2, 25)


def test_every_open_promise_is_reached_page_by_page(board, secretary):
    promised(board, secretary, 28)
    client, path = make.signed_in(secretary), url("action_list", board)

    first = client.get(path).context["page"]
    done = first.rows[-1]
    # The last one of the page is done meanwhile; the cursor still leads on.
    ActionItem.objects.filter(pk=done.pk).update(status="done")
    second = client.get(path, {"sesudah": first.older}).context["page"]
    back = client.get(path, {"sebelum": second.newer}).context["page"]

    assert (len(first.rows), len(second.rows)) == (25, 6)
    assert (first.newer, second.older) == ("", "")
    everything = [row.pk for row in first.rows + second.rows]
    assert everything == [
        row.pk for row in ActionItem.objects.filter(board=board).by_urgency()
    ]
    assert second.rows[-1].text == "Membeli sapu"
    assert [row.pk for row in back.rows] == everything[:24]
    page = client.get(path).text
    assert "?sesudah=" in page
    assert "Berikutnya" in page


def test_the_reminder_of_a_page_names_everything_promised(board, secretary):
    promised(board, secretary, 28)
    client, path = make.signed_in(secretary), url("action_list", board)

    page = client.get(path, {"siapa": "Wagiyem"})

    assert len(page.context["rows"]) == 25
    # Thirty in all; the text names five.
    assert "dan 25 tindak lanjut lain." in page.context["remind"]["text"]


@pytest.mark.parametrize("count", [1, 5])
def test_the_late_ones_cost_the_same_with_more_boards(
    board, count, today, django_assert_max_num_queries
):
    for _at in range(count):
        other = make.board(board.region_code)
        promised(other, make.user(Role.SECRETARY, board=other), 2)
    dinas = make.signed_in(make.user(Role.DINAS, region_code="35.20"))
    path = reverse("deliberations:late_list", args=["35.20"])
    dinas.get(path)
    with django_assert_max_num_queries(6):
        page = dinas.get(path)
    assert len(page.context["rows"]) == count + 1
