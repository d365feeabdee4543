"""Susunan pengurus: who, as of a day; the page, the paper, the reminders."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from boards.models import Board, BoardSetting
from boards.roles import Role
from common.errors import RuleViolation
from deliberations.models import Replacement
from deliberations.services.appointments import link_decision
from members.models import Unit
from reports.builders import officers as paper
from reports.officers import past_officers, read_officers
from reports.pdf_findings import structure_findings
from reports.reminders import left_words, steps_of
from reports.services import issue_report
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import members
from tests.reports.pdf_text import page_texts, words_above, words_outside_margins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printing")]
ON = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 3, 0, tzinfo=timezone.get_fixed_timezone(0))


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """It is Friday 27 November 2026 at every board."""
    monkeypatch.setattr(Board, "today", lambda self: ON)


@pytest.fixture
def _clock(monkeypatch):
    """It is 10.00 WIB of that day."""
    monkeypatch.setattr("boards.models.board.timezone.now", lambda: NOW)


@pytest.fixture(scope="module")
def house(module_rows):
    """Eleven members; a UPK appointed by decision, a UPL recorded, one who left."""
    board = make.board(head_name="Siti Rohani", paper_size="a4")
    by = make.user(Role.SECRETARY, board=board)
    verdict = meet.verdict("Pengangkatan pengelola UPK", kind="membership")
    meeting = meet.ratified(board, by=by, verdicts=(verdict,))
    upk, upl = members.unit(board), members.unit(board, "UPL")
    cashier = members.person(board, "Tumini", sex="P")
    members.appointment(upk, cashier, post="CASHIER", ends_on=date(2026, 12, 27))
    manager = members.appointment(
        upk, members.person(board, "Sri Rahayu", sex="P", rt="003", rw="005")
    )
    link_decision(manager, decision=meeting.decisions.get(), act="APPOINTS", by=by)
    members.appointment(upl, members.person(board, "Hadi Santoso"), decree="SK 4/2024")
    members.appointment(
        upl,
        members.person(board, "Mulyono"),
        ended_on=date(2026, 5, 31),
        end_reason="MOVED",
    )
    return {
        "board": board,
        "by": by,
        "term": meeting.chair.mandates.get().term,
        "decision": meeting.decisions.get(),
        "client": make.signed_in(by),
    }


def page(house, typed: str = "") -> str:
    address = reverse("reports:officer_page", args=[house["board"].slug])
    answer = house["client"].get(address, {"pada": typed} if typed else {})
    assert answer.status_code == 200
    return answer.text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_board_and_its_units_as_of_a_day(house):
    told = read_officers(house["board"], on=ON)

    assert told.term == house["term"]
    assert len(told.leaders.officers) == 11
    staff = [
        (body.name, [(row.person.name, row.post) for row in body.officers])
        for body in told.units
    ]
    assert staff == [
        (
            "Unit Pengelola Keuangan (UPK)",
            [("Sri Rahayu", "Manajer"), ("Tumini", "Kasir")],
        ),
        ("Unit Pengelola Lingkungan (UPL)", [("Hadi Santoso", "Ketua")]),
    ]
    manager, cashier = told.units[0].officers
    assert manager.decision == house["decision"]
    assert (cashier.decision, cashier.basis) == (None, "")
    assert told.undecided == 2


def test_a_seat_filled_anew_rests_on_its_decision(house):
    (left, *_) = house["term"].mandates.filter(position="MEMBER")
    left.ended_on, left.end_reason = date(2026, 3, 31), "MOVED"
    left.save()
    new = members.mandate(house["term"], started_on=date(2026, 4, 1))
    Replacement.objects.create(
        board=house["board"],
        decision=house["decision"],
        left=left,
        mandate=new,
        at=NOW,
        by=house["by"],
    )

    told = read_officers(house["board"], on=ON)

    found = {row.mandate.pk: row.decision for row in told.leaders.officers}
    assert found[new.pk] == house["decision"]
    assert sum(decision is not None for decision in found.values()) == 1


def test_an_earlier_day_shows_who_worked_then(house):
    told = read_officers(house["board"], on=date(2026, 5, 31))

    names = [row.person.name for row in told.units[1].officers]
    assert names == ["Hadi Santoso", "Mulyono"]
    assert past_officers(house["board"], on=date(2026, 5, 31)) == []
    (left,) = past_officers(house["board"], on=ON)
    assert (left.person.name, left.last_day, left.reason) == (
        "Mulyono",
        date(2026, 5, 31),
        "Pindah tempat tinggal",
    )


def test_the_page_links_the_decision_and_warns_of_who_has_none(house):
    text = page(house)

    address = reverse(
        "deliberations:decision_page", args=[house["board"].slug, house["decision"].pk]
    )
    assert f'href="{address}"' in text
    assert "tercatat, belum berdasar keputusan" in text
    assert "2 petugas tanpa keputusan." in text
    assert "SK 4/2024" in text
    assert "Mulyono" in text
    assert "Terbitkan susunan pengurus" in text


def test_the_page_of_an_earlier_day_offers_a_print_but_no_paper(house):
    text = page(house, "31/05/2026")

    assert "Pimpinan kolektif dan unit pada 31 Mei 2026." in text
    assert "?pada=31/05/2026" in text
    assert "Terbitkan" not in text


def test_a_day_that_cannot_be_read_says_so(house):
    assert "tidak ada di kalender" in page(house, "31/02/2026")


def test_the_first_use_offers_the_usual_units(house):
    board = make.board()
    client = make.signed_in(make.user(Role.SECRETARY, board=board))

    text = client.get(reverse("reports:officer_page", args=[board.slug])).text

    assert "Catat unit baku" in text


@pytest.mark.parametrize("count", [5, 50])
def test_the_page_costs_the_same_for_any_number(
    house, django_assert_max_num_queries, count
):
    unit = members.unit(house["board"], "UPS")
    for _ in range(count):
        members.appointment(unit)
    page(house)  # the idle clock starts

    with django_assert_max_num_queries(15):
        page(house)


def test_the_doors_of_the_page_and_its_print(house):
    officer = make.signed_in(
        make.user(Role.KELURAHAN, region_code=house["board"].region_code)
    )
    for name in ("officer_page", "officer_print"):
        address = reverse(f"reports:{name}", args=[house["board"].slug])
        elsewhere = reverse(f"reports:{name}", args=[make.board().slug])
        assert officer.get(address).status_code == 403
        assert house["client"].get(elsewhere).status_code == 404
        assert house["client"].post(address).status_code == 405


# ---- the paper --------------------------------------------------------------------


def test_the_paper_says_who_what_and_on_what_ground(house):
    told = paper.build(house["term"], number="1", on=ON)

    manager, cashier = told.parts[1].rows
    assert (manager.name, manager.area, manager.days) == (
        "Sri Rahayu",
        "003/005",
        "01/01/2025 – sekarang",
    )
    assert manager.basis == f"Keputusan {house['decision'].number_text}"
    assert cashier.basis == "tercatat, belum berdasar keputusan"
    assert told.parts[1].totals.replace("\N{NO-BREAK SPACE}", " ") == (
        "Jumlah: 2 orang, laki-laki 0, perempuan 2"
    )
    # Eleven members, five of them women (Warga 02, 04 …), and three in units.
    assert told.totals.startswith("Seluruhnya: 14")
    assert told.head.name == "Siti Rohani"


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2028, 1, 1)])
def test_a_day_outside_the_term_has_no_paper(house, day):
    with pytest.raises(RuleViolation) as told:
        paper.build(house["term"], number="1", on=day)

    assert told.value.code == "paper.outside_term"


@pytest.mark.parametrize("size", ["a4", "f4"])
def test_the_paper_is_issued_once_a_day_and_anew_when_things_changed(house, size):
    board, term = house["board"], house["term"]
    board.paper_size = term.board.paper_size = size
    board.save()

    first = issue_report("susunan-pengurus", term, on=ON, by=house["by"])
    same = issue_report("susunan-pengurus", term, on=ON, by=house["by"])

    assert same == first
    assert first.number_text.startswith("001/SUS/")
    with default_storage.open(first.file.path) as file:
        content = file.read()
    text = " ".join(page_texts(content)).replace("\N{NO-BREAK SPACE}", " ")
    assert "Halaman 1 dari" in text
    assert "Keadaan per: 27 November 2026" in text.replace(" :", ":")
    assert "Seluruhnya: 14 orang" in text
    assert words_outside_margins(content) == []
    assert structure_findings(content) == []
    assert words_above(content, "Koordinator LKM") > 8
    if size == "a4":
        later = ON + timedelta(1)
        second = issue_report("susunan-pengurus", term, on=later, by=house["by"])
        assert (second.edition, second.supersedes) == (2, first)
        assert second.number_text == first.number_text


def test_the_paper_goes_out_from_the_page_and_leads_back(house):
    code, pk = "susunan-pengurus", house["term"].pk
    address = reverse("reports:paper_issue", args=[house["board"].slug, code, pk])

    answer = house["client"].post(address, make.once())

    shown = house["client"].get(answer["Location"]).text
    back = reverse("reports:officer_page", args=[house["board"].slug])
    assert f'<a href="{back}">Susunan pengurus</a>' in shown


def test_a_print_of_a_day_without_a_term_says_why(house):
    address = reverse("reports:officer_print", args=[house["board"].slug])

    answer = house["client"].get(address, {"pada": "01/01/2020"})

    assert answer.status_code == 409
    assert "Tidak ada masa bakti pada tanggal itu." in answer.text


def test_a_print_of_a_day_is_a_draft(house):
    address = reverse("reports:officer_print", args=[house["board"].slug])

    answer = house["client"].get(address, {"pada": "31/05/2026"})

    text = " ".join(page_texts(answer.content)).replace("\N{NO-BREAK SPACE}", " ")
    assert "Mulyono" in text
    assert "DRAF" in text


# ---- reminders --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "kind", "words"),
    [
        (91, "", "Sisa 91 hari"),
        (90, "wait", "Sisa 90 hari"),
        (31, "wait", "Sisa 31 hari"),
        (30, "warn", "Sisa 30 hari"),
        (7, "bad", "Sisa 7 hari"),
        (0, "bad", "Berakhir hari ini"),
        (-1, "bad", "Sudah berakhir"),
    ],
)
def test_reminders_come_three_times(house, left, kind, words):
    steps = steps_of([house["board"]], on=ON)[house["board"].pk]

    assert steps.urgency(left) == kind
    assert left_words(left).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_board_sets_its_own_reminders_in_any_order(house):
    BoardSetting.objects.create(
        board=house["board"], name="term_reminder_last", value=120, starts_on=ON
    )
    other = make.board()

    steps = steps_of([house["board"], other], on=ON)

    own = steps[house["board"].pk]
    assert (own.first, own.second, own.last) == (120, 90, 30)
    assert steps[other.pk].last == 7
    assert steps_of([house["board"]], on=ON - timedelta(1))[house["board"].pk].last == 7


def home(house) -> str:
    address = reverse("reports:board_home", args=[house["board"].slug])
    return house["client"].get(address).text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.usefixtures("_clock")
def test_the_home_reminds_of_work_that_ends(house):
    text = home(house)

    assert "Perpanjang atau ganti 1 petugas unit" in text
    assert (
        "Tumini, kasir Unit Pengelola Keuangan (UPK), sampai 27 Desember 2026" in text
    )
    assert "Sisa 30 hari" in text


@pytest.mark.usefixtures("_clock")
def test_who_was_renewed_is_not_reminded_of(house):
    unit = Unit.objects.get(board=house["board"], kind="UPK")
    members.appointment(unit, post="CASHIER", started_on=date(2026, 12, 28))

    assert "Perpanjang atau ganti" not in home(house)
