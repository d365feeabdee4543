"""The red thread, by foreign keys alone."""

from datetime import date

import pytest

from activities.models import Activity
from boards.models import Region
from boards.roles import Role
from common.periods import Period
from deliberations.models import Decision
from reports.builders import dinas_summary
from reports.builders.summary_parts import Issue
from reports.render import Rendered
from reports.services.summaries import Asked, issue_summary
from reports.trace import thread_of_activity, thread_of_decision
from tests.make import activities as works
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import planning as plans
from tests.make import summaries

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make.board(name="Berkah")


def kinds(knots) -> list[tuple[str, str]]:
    return [(knot.kind, knot.state) for knot in knots]


def issued(board) -> None:
    """A summary of the third quarter over the regency of the board."""
    region = Region.objects.get(code="35.20")
    facts = dinas_summary.build(
        region, Period.quarter(2026, 3), at=summaries.AT, on=summaries.ON
    )
    issue = Issue("Kabupaten Magetan", summaries.ON, "10.00 WIB", "Ratna")
    by = make.user(Role.DINAS, region_code="35.20")
    asked = Asked(region, summaries.AT, issue, "a4", "Asia/Jakarta", by)
    issue_summary(facts, asked, press=lambda documents: Rendered(b"%PDF-1.7", 8))


def test_the_thread_of_an_activity_goes_from_the_meeting_to_the_summary(board):
    basis = works.decision(board)
    work = works.running(board, basis=basis, plan_item=plans.item(board))
    works.approved(work)
    works.sent(work, period=works.OCTOBER)
    issued(board)

    knots = thread_of_activity(Activity.objects.get(pk=work.pk))

    assert kinds(knots) == [
        ("Musyawarah", ""),
        ("Dasar keputusan", ""),
        ("Kegiatan ini", "on"),
        ("Laporan", ""),
        ("Laporan", "todo"),
        ("Rencana", ""),
        ("Ringkasan Dinas", ""),
    ]
    assert knots[1].title == basis.number_text
    assert knots[3].value == "Rp36.000.000 · 240\N{NO-BREAK SPACE}HOK"
    assert knots[6].title.endswith(", Triwulan III 2026")


def test_what_is_not_there_yet_is_dashed(board):
    work = works.running(board)

    knots = thread_of_activity(Activity.objects.get(pk=work.pk))

    assert [knot.title for knot in knots if knot.state == "todo"] == [
        "Belum ada laporan",
        "Belum selaras dengan butir rencana",
        "Belum terbit",
    ]


def amending(earlier: Decision, board) -> Decision:
    """A ratified decision that changes an earlier one."""
    meeting = talks.meeting(board, held_on=date(2026, 6, 25))
    made = talks.decision(
        talks.item(meeting),
        kind="activity",
        amount=120_000_000,
        amends=earlier,
        amend_reason="Harga naik",
    )
    talks.ratify(meeting)
    made.refresh_from_db()
    return made


def test_amendments_stand_in_the_thread_both_ways(board):
    first = works.decision(board)
    second = amending(first, board)
    works.running(board, basis=second)

    assert kinds(thread_of_decision(first))[:4] == [
        ("Musyawarah", ""),
        ("Keputusan ini", "on"),
        ("Keputusan perubahan", ""),
        ("Kegiatan", ""),
    ]
    assert kinds(thread_of_decision(second))[:4] == [
        ("Musyawarah", ""),
        ("Keputusan semula", ""),
        ("Keputusan ini", "on"),
        ("Kegiatan", ""),
    ]


def test_a_decision_about_works_waits_for_its_activity(board):
    assert kinds(thread_of_decision(works.decision(board))) == [
        ("Musyawarah", ""),
        ("Keputusan ini", "on"),
        ("Kegiatan", "todo"),
    ]


def test_a_draft_decision_says_that_it_is_not_ratified(board):
    draft = talks.decision(talks.item(talks.meeting(board)))

    knots = thread_of_decision(Decision.objects.get(pk=draft.pk))

    assert [knot.note for knot in knots] == ["belum disahkan", "belum disahkan"]


def test_the_panel_is_a_part_for_htmx_and_a_page_for_others(board):
    work = works.running(board)
    client = make.signed_in(make.user(Role.SECRETARY, board=board))
    paths = (
        f"/lkm/{board.slug}/benang-merah/kegiatan/{work.pk}/",
        f"/lkm/{board.slug}/benang-merah/keputusan/{work.decision_id}/",
    )

    for path in paths:
        part = client.get(path, headers={"HX-Request": "true"}).content.decode()
        page = client.get(path).content.decode()

        assert part.lstrip().startswith('<ol class="thread">')
        assert '<ol class="thread">' in page
        assert "</html>" in page


def test_another_board_and_a_role_without_the_right(board):
    work = works.running(board)
    other = make.board("33.12.01.2001")
    stranger = make.signed_in(make.user(Role.SECRETARY, board=other))
    admin = make.signed_in(make.user(Role.DINAS_ADMIN, region_code="35.20"))
    path = f"/lkm/{board.slug}/benang-merah/kegiatan/{work.pk}/"

    assert stranger.get(path).status_code == 404
    assert (
        stranger.get(f"/lkm/{other.slug}/benang-merah/kegiatan/{work.pk}/").status_code
        == 404
    )
    assert admin.get(path).status_code == 403
    assert stranger.post(path).status_code == 405


def test_the_thread_costs_the_same_with_more_reports(
    board, django_assert_max_num_queries
):
    work = works.running(board)
    works.approved(work)
    works.approved(work, period=works.OCTOBER)
    client = make.signed_in(make.user(Role.SECRETARY, board=board))
    path = f"/lkm/{board.slug}/benang-merah/kegiatan/{work.pk}/"
    client.get(path)

    with django_assert_max_num_queries(9):
        client.get(path)
