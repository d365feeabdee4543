"""Who reported: the matrix, its filters and the figures above it, in November 2026."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from activities.models import ActivityReport
from boards.roles import Role
from boards.triggers import without_triggers
from reports.charts import stack
from reports.duties import Duties, DutyState, last_months
from tests.make import activities as works
from tests.make import boards as make

pytestmark = pytest.mark.django_db
DESK = "/wilayah/35.20/"


@pytest.fixture
def desk(place, monkeypatch):
    """The desk of the Dinas in November 2026; October is the last month."""
    clock = SimpleNamespace(localdate=lambda: date(2026, 11, 22))
    monkeypatch.setattr("reports.region_desk.timezone", clock)
    client = make.signed_in(make.user(Role.DINAS, region_code="35.20"))

    def read(query: str = "") -> str:
        answer = client.get(f"{DESK}{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def rows_of(html: str) -> dict[str, list[str]]:
    """LKM -> the words of its months."""
    table = html[html.index('<table class="tbl tbl-dense mx">') :]
    table = table[: table.index("</table>")]
    found = {}
    for row in table.split("<tr>")[2:]:
        name = re.search(r'class="rowlink"[^>]*>(.*?)</a>', row)[1]
        found[name] = re.findall(r'class="st [^"]*">(.*?)</span>', row)
    return found


def test_each_board_has_a_word_for_each_of_six_months(desk):
    assert rows_of(desk()) == {
        "Berkah": ["tidak wajib"] * 2 + ["disetujui"] * 3 + ["belum"],
        "Menara": ["tidak wajib"] * 2 + ["disetujui"] * 2 + ["belum"] * 2,
        "Lestari": ["tidak wajib"] * 2 + ["belum", "belum", "dikembalikan", "belum"],
        "Sejahtera": ["tidak wajib"] * 6,
    }


def test_every_figure_links_to_exactly_its_rows(desk, place):
    works.sent(works.running(place.idle), period=works.OCTOBER)

    html = desk()
    figures = re.findall(r'<a href="([^"#]*)[^"]*" class="fig"><b>(\d+)</b>', html)

    assert [number for _, number in figures] == ["1", "3", "1", "4"]
    for url, number in figures[:3]:
        assert len(rows_of(desk(url[url.index("?") :]))) == int(number)


def test_the_task_and_the_tile_open_the_reports_that_they_count(desk, place):
    work = works.running(place.complete, code="B-99")
    report = works.sent(work, period=works.OCTOBER)
    works.sent(works.running(place.silent), period=works.OCTOBER)
    with without_triggers():
        ActivityReport.objects.filter(pk=report.pk).update(
            state_since=report.state_since - timedelta(days=30)
        )

    html = desk()

    assert "Tanyakan 1\N{NO-BREAK SPACE}laporan yang lewat batas pemeriksaan" in html
    assert f"Yang tertua: {place.complete}" in html
    assert 'href="/wilayah/35.20/?lapor=lewat#mx"' in html
    late = desk("?lapor=lewat")
    assert set(rows_of(late)) == {"Berkah"}
    assert re.findall(r"/laporan/(\d+)/", late) == [str(report.pk)]
    # Both LKM owe another report too; what waits is found all the same.
    resting = desk("?lapor=diperiksa")
    assert set(rows_of(resting)) == {"Berkah", "Lestari"}
    assert "2 laporan menunggu kelurahan" in resting


def test_the_matrix_is_filtered_by_kecamatan(desk):
    assert set(rows_of(desk("?kecamatan=35.20.07"))) == {"Lestari", "Sejahtera"}
    assert len(rows_of(desk("?kecamatan=99.99.99"))) == 4
    assert len(rows_of(desk("?lapor=%3Cb%3E"))) == 4


def test_the_task_names_who_is_silent_and_for_how_long(desk):
    html = desk()

    assert "Ingatkan 3\N{NO-BREAK SPACE}LKM yang belum lapor Oktober" in html
    assert "LKM Berkah, LKM Menara, LKM Lestari" in html
    assert "2 LKM dua bulan" in html


def test_the_table_beside_the_chart_holds_the_same_numbers(desk):
    html = desk()

    table = html[html.index("Tabel ketepatan laporan") :]
    row = re.search(r"Juli 2026</th>(.*?)</tr>", table)[1]
    # Both were sent in November, after 5 August; the third never.
    assert re.findall(r">(\d+)<", row) == ["3", "0", "2", "1"]
    assert "0 tepat waktu, 0 terlambat, 3 belum" in html


def test_the_desk_costs_the_same_for_more_boards(
    desk, place, django_assert_max_num_queries
):
    with django_assert_max_num_queries(17):
        desk()
    for number in range(12):
        make.board(f"35.20.08.{2000 + number}")
    with django_assert_max_num_queries(17):
        desk()


def test_a_big_region_shows_one_kecamatan_first(desk, monkeypatch):
    monkeypatch.setattr("reports.region_desk.MATRIX_ROWS", 3)

    assert set(rows_of(desk())) == {"Berkah", "Menara"}
    assert len(rows_of(desk("?kecamatan="))) == 4


def cell(board, month):
    return Duties([board], [month]).cell(board, month)


def test_a_month_before_the_work_began_is_not_due(place):
    june = works.Period.month(2026, 6)

    assert cell(place.complete, june).standing == DutyState.NOT_DUE


def test_nothing_is_due_after_the_final_report(db):
    board = make.board()
    works.approved(
        works.running(board),
        period=works.SEPTEMBER,
        is_final=True,
        physical_progress=100,
    )

    assert cell(board, works.SEPTEMBER).standing == DutyState.APPROVED
    assert cell(board, works.OCTOBER).standing == DutyState.NOT_DUE


def test_the_least_advanced_of_several_reports_counts(db):
    board = make.board()
    works.approved(works.running(board))
    works.sent(works.running(board))

    assert cell(board, works.SEPTEMBER).standing == DutyState.SENT


def test_late_is_after_the_day_that_the_board_or_the_default_says(place):
    found = cell(place.complete, works.SEPTEMBER)

    assert found.due_on == date(2026, 10, 5)
    assert found.sent_on == date(2026, 11, 17)
    assert found.is_late


def test_the_last_months_end_with_the_one_that_is_over():
    months = last_months(2, today=date(2026, 1, 15))

    assert [month.code for month in months] == ["2025-11", "2025-12"]


def test_bars_stand_on_nought_and_reach_their_value():
    drawn = stack([("Okt", (46, 6, 7))], says="Oktober")

    solid, hatch, empty = drawn.bars[0].parts
    assert (solid.css, hatch.css, empty.css) == ("c1", "c2", "c3")
    assert solid.y + solid.height == pytest.approx(190)
    assert hatch.y + hatch.height == pytest.approx(solid.y)
    assert solid.height / hatch.height == pytest.approx(46 / 6)
    assert drawn.grid[0] == (0, 190)
    assert empty.y >= 10
