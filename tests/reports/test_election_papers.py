"""Papers of a vote: facts by hand, one PDF read, numbers and doors."""

import pytest
from django.urls import reverse

from boards.chain import breaks
from boards.models import ChainLink
from boards.roles import Role
from common.errors import RuleViolation
from members.models import CommitteeMember, ElectionArea
from members.services import go_door_to_door, remove_area
from reports.builders import election_report, election_tally, election_voters
from reports.catalogue import KINDS
from reports.models import IssuedReport
from reports.paper_rows import paper_rows
from reports.services.printing import check_issuable
from reports.services.scans import most_signatures
from tests.make import boards as make
from tests.make import elections as vote
from tests.make import members

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def board(module_rows):
    return make.board(code="LKM-SR", head_name="Sri Lestari, S.E.")


@pytest.fixture(scope="module")
def staff(board):
    return tuple(make.user(role, board=board) for role in (Role.SECRETARY, Role.MEMBER))


@pytest.fixture(scope="module")
def election(board, staff):
    election = vote.election(board, by=staff[0])
    posts = CommitteeMember.Post
    for name, post in (("Wagiyem", posts.CHAIR), ("Sukirman", posts.WITNESS)):
        person = members.person(board, name)
        vote.on_committee(election, person, post=post, by=staff[0])
    return election


@pytest.fixture
def area(election, staff):
    return vote.basis(election, by=staff[0])


@pytest.fixture
def closed(area, staff):
    votes = {"Siti": 9, "Budi": 8, "Rina": 4}
    return vote.closed(area, votes, valid=10, by=staff, women=("Siti", "Rina"))


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_the_report_says_who_came_what_counted_and_who_won(closed):
    paper = election_report.build(closed, number="001/BA", on=vote.ON)

    assert (paper.weekday, paper.day_words) == ("Minggu", "satu")
    assert plain(paper.turnout) == (
        "Pemilih seluruhnya 40 (empat puluh) orang, laki-laki 20 dan perempuan 20."
        " Yang memilih 20 (dua puluh) orang, laki-laki 9 dan perempuan 11. Pemilihan"
        " sah bila paling sedikit 12 (dua belas) orang memilih; batas itu terpenuhi."
    )
    assert [(row.name, row.votes, row.outcome) for row in paper.rows] == [
        ("Siti", 9, "Terpilih"),
        ("Budi", 8, "Terpilih"),
        ("Rina", 4, "–"),
    ]
    assert "perempuan 1 (50 persen" in plain(paper.women)
    assert paper.tie == ""
    assert [signer.name for signer in paper.signers] == ["." * 32, "Wagiyem"]
    assert [row.post for row in paper.committee] == ["Ketua", "Saksi atau pemantau"]


def test_votes_from_door_to_door_are_told(election, staff):
    area = vote.basis(election, by=staff[0], rt="007", voters_men=1, voters_women=1)
    area = go_door_to_door(area, on=vote.ON, by=staff[0])

    paper = election_report.build(area, number="", on=vote.ON)

    assert "dari rumah ke rumah sejak 1 November 2026" in plain(paper.turnout)
    assert "belum terpenuhi" in paper.turnout


def test_the_tally_sheet_adds_up_spelling_by_spelling(closed):
    paper = election_tally.build(closed, number="001/BA", on=vote.ON)

    assert [(row.name, row.spellings, row.votes) for row in paper.names] == [
        ("Siti", "Siti 9", 9),
        ("Budi", "Budi 8", 8),
        ("Rina", "Rina 4", 4),
    ]
    assert paper.total == 21
    (bundle,) = paper.bundles
    assert (bundle.valid, bundle.invalid, bundle.note) == (10, 0, "Cocok")


def test_the_voters_list_has_a_line_for_everybody(area):
    paper = election_voters.build(area, number="001/DH", on=vote.ON)

    assert paper.blank
    assert len(paper.rows) == 40  # two pages of twenty


def test_delegates_stand_by_name_on_the_second_list(closed, election, staff):
    second = vote.second_stage(election, by=staff[0], voters_men=0, voters_women=0)

    paper = election_voters.build(second, number="", on=vote.ON)

    assert [row.name for row in paper.rows[:3]] == ["Siti", "Budi", ""]


def test_what_tells_the_result_waits_for_it(area):
    rows = {row.kind.code: row for row in paper_rows(area, on=vote.ON)}

    assert rows["pemilihan"].note == "Terbit sesudah hasil ditetapkan."
    assert not rows["pemilihan"].can_issue
    assert rows["pemilihan-hadir"].can_issue
    with pytest.raises(RuleViolation, match="sesudah hasil ditetapkan"):
        check_issuable(KINDS["pemilihan"], area, on=vote.ON)


def test_report_and_tally_bear_one_number_and_stand_in_the_chain(
    closed, board, staff, on_disk
):
    client = make.signed_in(staff[0])
    for code in ("pemilihan", "pemilihan-suara"):
        page = reverse("reports:paper_issue", args=[board.slug, code, closed.pk])
        assert client.post(page, make.once()).status_code == 302

    papers = IssuedReport.objects.filter(board=board)
    assert {paper.number_text for paper in papers} == {"001/BA/LKM-SR/XI/2026"}
    # Secretary, chair and Lurah, then the committee of two; the tally bears two.
    fits = {paper.kind: most_signatures(paper) for paper in papers}
    assert fits == {"pemilihan": 5, "pemilihan-suara": 2}
    link = ChainLink.objects.get(kind="members.election_area")
    assert {paper.source_hash for paper in papers} == {link.hash}
    home = reverse("reports:board_home", args=[board.slug])
    asked = "Unggah pindaian berita acara pemilihan 001/BA/LKM-SR/XI/2026"
    assert asked in plain(client.get(home).text)
    assert list(breaks(ChainLink.objects.filter(board=board))) == []
    page = reverse("reports:paper_page", args=[board.slug, papers[0].pk])
    assert f"/pemilihan/wilayah/{closed.pk}/" in client.get(page).text


def test_an_area_with_a_paper_in_force_is_not_taken_away(area, board, staff, on_disk):
    ElectionArea.objects.filter(pk=area.pk).update(held_on=board.today())
    page = reverse("reports:paper_issue", args=[board.slug, "pemilihan-hadir", area.pk])
    assert make.signed_in(staff[0]).post(page, make.once()).status_code == 302

    with pytest.raises(RuleViolation, match="Batalkan surat itu dulu") as refused:
        remove_area(area, by=staff[0])

    assert refused.value.code == "election.in_use"
    assert ElectionArea.objects.filter(pk=area.pk).exists()


def test_papers_are_listed_for_officers_once_the_result_stands(area, board, staff):
    officer = make.signed_in(make.user(Role.DINAS, region_code=board.region_code[:5]))
    page = reverse("reports:area_papers", args=[board.slug, area.pk])
    assert officer.get(page).status_code == 404

    vote.closed(area, {"A": 9, "B": 9}, valid=9, by=staff)

    assert ElectionArea.objects.get(pk=area.pk).closed_at
    assert "Berita acara pemilihan" in officer.get(page).text
    stranger = make.signed_in(make.user(Role.SECRETARY, board=make.board()))
    assert stranger.get(page).status_code == 404
    assert make.signed_in(staff[0]).post(page).status_code == 405
