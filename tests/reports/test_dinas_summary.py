"""The summary of the Dinas as facts: its totals against plain SQL, row by row."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection

from activities.models import ActivityReport, CostKind, Source
from boards.triggers import without_triggers
from common.periods import Period
from common.words import format_date_short
from reports.builders import dinas_summary, renja
from reports.builders.board_facts import PlanFact, Told
from reports.builders.summary_front import short_rupiah
from reports.builders.summary_gaps import (
    lacking,
    owing_rows,
    waiting_proposal,
    waiting_rows,
)
from reports.builders.summary_rows import CSV_HEADER, csv_of, workbook_of
from reports.duties import DutyState
from tests.make import activities as works
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import summaries

pytestmark = pytest.mark.django_db
SMALL = {(Source.DANA_KELURAHAN, CostKind.WAGES): 1_000_000}


def facts_of(place, period=summaries.QUARTER, **changes):
    moment = {"at": summaries.AT, "on": summaries.ON, **changes}
    return dinas_summary.build(place.region, period, **moment)


def scalar(sql: str, *values):
    """One value by plain SQL, past all our code."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


APPROVED = (
    " FROM activities_activityreport r WHERE r.state = 'approved'"
    " AND r.region_code LIKE '35.20%%'"
    " AND r.period_end BETWEEN '2026-07-01' AND '2026-09-30'"
)


def test_totals_equal_the_sums_of_the_database(place):
    facts = facts_of(place)

    spent = scalar(
        "SELECT sum(s.amount) FROM activities_spending s WHERE s.report_id IN"
        f" (SELECT r.id {APPROVED})"
    )
    wages = scalar(
        "SELECT sum(s.amount) FROM activities_spending s WHERE s.kind = 'wages'"
        f" AND s.report_id IN (SELECT r.id {APPROVED})"
    )
    days = scalar(f"SELECT sum(r.person_days_women + r.person_days_men) {APPROVED}")
    assert facts.spent == spent == 55_000_009
    assert facts.wages == wages == 50_000_009
    assert facts.days == days == 505
    assert facts.days_women == scalar(f"SELECT sum(r.person_days_women) {APPROVED}")
    assert facts.reports == scalar(f"SELECT count(*) {APPROVED}") == 5
    assert facts.activities == 2
    assert facts.ceiling == scalar("SELECT sum(ceiling) FROM planning_planitem")


def test_meetings_and_decisions_of_the_period_are_counted_when_ratified(place):
    talks.ratify(talks.meeting(place.complete, held_on=date(2026, 8, 1)))
    held = talks.meeting(place.silent, held_on=date(2026, 9, 30))
    talks.decision(talks.item(held))
    talks.ratify(held)
    talks.meeting(place.complete, held_on=date(2026, 8, 2))

    facts = facts_of(place)

    assert (facts.meetings, facts.decisions) == (2, 1)
    assert ("Notulen rapat belum disahkan", "1\N{NO-BREAK SPACE}rapat") in [
        row[:2] for row in lacking(facts)
    ]


def test_every_total_equals_its_annex_and_its_sources(place):
    facts = facts_of(place)

    assert facts.spent == sum(r.spent for b in facts.boards for r in b.reports)
    assert facts.spent == sum(source.spent for source in facts.sources)
    assert [(s.source, s.spent) for s in facts.sources] == [
        ("DANA_KELURAHAN", 50_000_009),
        ("SWADAYA", 5_000_000),
    ]
    assert facts.renja.ceiling == facts.ceiling == 100_000_000
    assert facts.spent == sum(total for _, total in facts.spent_by_month())
    assert [total for _, total in facts.spent_by_month()] == [
        22_000_002,
        22_000_004,
        11_000_003,
    ]


def test_boards_are_told_apart_by_how_they_reported(place):
    facts = facts_of(place)

    words = {board.name: str(board.told) for board in facts.boards}
    assert words == {
        "LKM Berkah": "lengkap",
        "LKM Menara": "sebagian",
        "LKM Lestari": "belum",
        "LKM Sejahtera": "tidak wajib",
    }
    assert facts.told.total() == len(facts.boards) == 4
    assert [board.name for board in facts.owing] == ["LKM Lestari", "LKM Menara"]
    assert facts.open_reports == 4


def test_sent_and_returned_reports_are_in_no_sum(place):
    before = facts_of(place)
    works.sent(works.running(place.partial), period=summaries.AUGUST)

    after = facts_of(place)

    assert after.spent == before.spent
    assert after.days == before.days
    assert after.open_reports == before.open_reports + 3


def test_who_did_not_report_how_late_and_where_it_rests(place):
    rows = owing_rows(facts_of(place), on=summaries.ON)

    # July was due on 5 August, September on 5 October; today is 22 November.
    assert rows == [
        (
            "1",
            "LKM Lestari, Desa Ngariboyo",
            "belum pernah",
            "3 laporan bulanan, paling lama 109\N{NO-BREAK SPACE}hari",
            "Sekretaris, dikembalikan 17/11/2026",
        ),
        (
            "2",
            "LKM Menara, Kelurahan Magetan",
            "Agustus 2026",
            "1 laporan bulanan, paling lama 48\N{NO-BREAK SPACE}hari",
            "Sekretaris, belum dibuat",
        ),
    ]


def test_what_waits_for_the_kelurahan_is_not_the_debt_of_the_lkm(place):
    work = works.running(place.idle)
    for month in (summaries.JULY, summaries.AUGUST):
        works.approved(work, period=month, spendings=SMALL)
    before = facts_of(place)
    report = works.sent(work, period=summaries.SEPTEMBER, spendings=SMALL)

    facts = facts_of(place)

    own = next(board for board in facts.boards if board.pk == place.idle.pk)
    since = format_date_short(report.state_since.date())
    assert own.told == Told.WHOLE
    assert own not in facts.owing
    assert waiting_rows(facts) == [
        ("1", "LKM Sejahtera", "1\N{NO-BREAK SPACE}laporan", "Desa Banjarejo", since)
    ]
    assert waiting_proposal(facts) == (
        "1 laporan dari 1 LKM/BKM menunggu pemeriksaan kelurahan/desa."
        " Diusulkan mengingatkan Desa Banjarejo."
    )
    assert facts.spent == before.spent
    assert facts.told.total() == 4


def test_what_was_approved_after_the_moment_is_left_out(place):
    approved = ActivityReport.objects.filter(board=place.complete).order_by("pk")
    first = approved.first()
    with without_triggers():
        approved.exclude(pk=first.pk).update(approved_at=summaries.AT)
    early = summaries.AT.replace(year=2027, month=1)

    facts = facts_of(place, at=early)

    own = next(board for board in facts.boards if board.pk == place.complete.pk)
    assert [row.pk for row in own.reports] == [first.pk]


def test_members_are_those_of_the_last_day(place):
    summaries.fade(place.silent)

    facts = facts_of(place)

    members = {board.name: (board.men, board.women) for board in facts.boards}
    assert members["LKM Berkah"] == (3, 2)
    assert members["LKM Lestari"] == (0, 0)
    assert ("Tidak ada pengurus aktif", "2\N{NO-BREAK SPACE}LKM/BKM") in [
        row[:2] for row in lacking(facts)
    ]


def test_a_kecamatan_has_only_its_own_boards(place):
    district = type(place.region).objects.get(code=summaries.DISTRICT)

    facts = dinas_summary.build(
        district, summaries.QUARTER, at=summaries.AT, on=summaries.ON
    )

    assert [board.name for board in facts.boards] == ["LKM Berkah", "LKM Menara"]


def test_another_regency_and_a_board_that_came_later_are_not_in_it(place):
    make.board("33.12.01.2001", name="Seberang")
    make.board("35.20.06.1012", name="Baru", founded_on=date(2026, 10, 1))
    make.board("35.20.06.1013", name="Bubar", closed_on=date(2026, 6, 30))

    names = {board.name for board in facts_of(place).boards}

    assert names == {"LKM Berkah", "LKM Menara", "LKM Lestari", "LKM Sejahtera"}


def test_months_that_are_not_over_are_not_due(place):
    facts = facts_of(place, on=date(2026, 8, 15))

    standings = {board.name: board.standing for board in facts.boards}
    assert standings["LKM Menara"] == DutyState.APPROVED
    assert [gap.month for gap in facts.owing[0].gaps] == [summaries.JULY]


def test_stopping_midway_reads_no_further_board(place):
    seen = []

    def tell(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        facts_of(place, progress=tell)

    assert seen == [(0, 4), (1, 4), (2, 4)]


def test_the_csv_holds_the_rows_of_the_table(place):
    facts = facts_of(place)

    rows = list(
        csv.reader(io.StringIO(csv_of(facts).decode("utf-8-sig")), delimiter=";")
    )

    assert tuple(rows[0]) == CSV_HEADER
    assert rows[1] == [
        *("LKM Berkah", "Kelurahan Selosari", "Kecamatan Magetan", "3", "2"),
        *("31/12/2027", "0", "0", "1", "33000006", "303,0", "120,0"),
        *("3", "0", "1", "60000000", "lengkap"),
    ]
    # Not reported is empty, not nought.
    assert rows[3][8:12] == ["", "", "", ""]
    spent = sum(int(row[9]) for row in rows[1:] if row[9])
    assert spent == facts.spent


def test_the_workbook_holds_the_same_numbers(place):
    facts = facts_of(place)

    book = openpyxl.load_workbook(io.BytesIO(workbook_of(facts)), read_only=True)

    assert book.sheetnames == [
        *("LKM", "Laporan kegiatan", "Sumber dana", "T-C.33", "Yang belum ada")
    ]
    boards = list(book["LKM"].iter_rows(min_row=2, values_only=True))
    assert boards[-1][0] == "Jumlah"
    assert boards[-1][8:12] == (2, 55_000_009, 505, 200)
    assert boards[-1][9] == sum(row[9] or 0 for row in boards[:-1])
    assert boards[-1][12:16] == (5, 4, 2, 100_000_000)
    reports = list(book["Laporan kegiatan"].iter_rows(min_row=2, values_only=True))
    assert sum(row[6] for row in reports) == 55_000_009
    sources = list(book["Sumber dana"].iter_rows(min_row=2, values_only=True))
    assert sum(row[6] for row in sources) == 55_000_009
    assert len(list(book["Yang belum ada"].iter_rows(min_row=2))) == 4
    book.close()


PLAN = PlanFact(
    code="1.04.03.2.02.0003",
    title="Pembinaan KSM",
    indicator="Jumlah KSM",
    location="",
    target=Decimal(12),
    unit="KSM",
    ceiling=60_000_000,
    source="DAU",
    note="",
    next_target=None,
    next_ceiling=None,
)
NAMES = {"1.04": "Perumahan", "1.04.03": "Kawasan", "1.04.03.2.02": "Penataan"}


def test_renja_rolls_up_to_kegiatan_program_and_urusan():
    table = renja.build(
        [
            ("Selosari", PLAN),
            ("Magetan", replace(PLAN, ceiling=40_000_000, target=Decimal(8))),
            ("Magetan", replace(PLAN, code="1.04.03.2.03.0006", ceiling=7, unit="ha")),
        ],
        year=2027,
        names=NAMES,
    )

    assert [(row.code, row.shape, row.ceiling) for row in table.rows] == [
        ("1.04", "group", 100_000_007),
        ("1.04.03", "group", 100_000_007),
        ("1.04.03.2.02", "act", 100_000_000),
        ("1.04.03.2.02.0003", "", 100_000_000),
        ("1.04.03.2.03", "act", 7),
        ("1.04.03.2.03.0006", "", 7),
    ]
    assert (table.ceiling, table.next_year) == (100_000_007, 2028)
    leaf = table.rows[3]
    assert leaf.target == "20\N{NO-BREAK SPACE}KSM"
    assert leaf.location == "Selosari; Magetan"
    assert leaf.next_target == "–"


def test_a_code_of_a_higher_level_is_counted_once():
    table = renja.build(
        [("Selosari", replace(PLAN, code="1.04.03"))], year=2027, names=NAMES
    )

    assert [(row.code, row.ceiling) for row in table.rows] == [
        ("1.04", 60_000_000),
        ("1.04.03", 60_000_000),
    ]
    assert table.ceiling == 60_000_000


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (3_254_200_000, "Rp3,25\N{NO-BREAK SPACE}miliar"),
        (88_200_000, "Rp88,2\N{NO-BREAK SPACE}juta"),
        (999_999, "Rp999.999"),
        (0, "Rp0"),
    ],
)
def test_big_sums_are_short_to_read(amount, words):
    assert short_rupiah(amount) == words


def test_reading_costs_the_same_a_board_however_many_rows(
    place, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4 * 16 + 5):
        facts_of(place, Period.year(2026))
