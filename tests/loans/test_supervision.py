"""The Pengawas draw, count and find; the UPK answers: acts, pages, refusals."""

from datetime import date, timedelta

import pytest
from django.db import Error, transaction
from django.urls import reverse

from boards.roles import Role
from common.errors import RuleViolation
from loans import services
from loans.models import CashCount, Finding, LoanSample, SampledLoan
from loans.sampling import draw
from tests.make import boards as make
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
JAN_10 = date(2025, 1, 10)


@pytest.fixture(scope="module")
def house(module_rows):
    """Three running loans; cash of 50.000.000 less 3.000.000."""
    fund = lend.fund()
    loans = [lend.lent(fund, on=JAN_10) for _ in range(3)]
    board = fund.board
    pengawas = make.user(Role.SUPERVISOR, board=board)
    return {
        "fund": fund,
        "board": board,
        "loans": loans,
        "user": pengawas,
        "pengawas": make.signed_in(pengawas),
        "upk": make.signed_in(fund.manager),
        "secretary": make.signed_in(make.user(Role.SECRETARY, board=board)),
        "stranger": make.signed_in(
            make.user(Role.SUPERVISOR, board=make.board("33.13.01.2001"))
        ),
    }


def url(house, name, **more):
    kwargs = {"board_slug": house["board"].slug, **more}
    return reverse(f"loans:{name}", kwargs=kwargs)


def post(house, name, who="pengawas", typed=None, **more):
    return house[who].post(url(house, name, **more), make.once(**(typed or {})))


def refused(code, act, *args, **facts):
    with pytest.raises(RuleViolation) as told:
        act(*args, **facts)
    assert told.value.code == code
    return str(told.value)


def found(house, **facts) -> Finding:
    values = {
        "board": house["board"],
        "text": "Kartu KSM tidak terisi.",
        "asks": "Isi kartu sampai hari ini.",
        "due_on": house["board"].today() + timedelta(days=7),
    }
    return services.note_finding(Finding(**{**values, **facts}), by=house["user"])


def test_a_draw_is_the_same_for_the_same_seed():
    """SHA-256 of "7:1" … "7:5" in the order of their digests."""
    first = draw(range(1, 6), size=5, seed=7)

    assert sorted(first) == [1, 2, 3, 4, 5]
    assert draw([5, 3, 1, 2, 4, 4], size=3, seed=7) == first[:3]
    assert draw(range(1, 6), size=99, seed=7) == first
    drawn = [draw(range(20), size=3, seed=seed) for seed in range(9)]
    assert len({tuple(row) for row in drawn}) > 5


def test_running_loans_are_drawn_with_their_balance(house):
    lend.paid(house["fund"], house["loans"][0], 115_000, on=date(2025, 2, 10))

    sample = services.draw_sample(house["board"], size=2, seed=7, by=house["user"])

    assert (sample.size, sample.population, sample.seed) == (2, 3, 7)
    keys = [row.loan_id for row in sample.rows.all()]
    assert keys == draw([loan.pk for loan in house["loans"]], size=2, seed=7)
    for row in sample.rows.all():
        paid = row.loan_id == house["loans"][0].pk
        assert row.booked == 1_000_000 - 100_000 * paid
    with pytest.raises(Error), transaction.atomic():
        SampledLoan.objects.filter(sample=sample).update(booked=1)
    with pytest.raises(Error), transaction.atomic():
        LoanSample.objects.filter(pk=sample.pk).update(seed=8)


def test_nothing_is_drawn_where_nobody_borrows(house):
    other = make.board("33.13.01.2002")
    refused(
        "supervision.no_loans", services.draw_sample, other, size=1, by=house["user"]
    )


def test_a_visit_is_noted_in_the_browser(house):
    sample = services.draw_sample(house["board"], size=1, seed=7, by=house["user"])
    row = sample.rows.get()
    typed = {"visited_on": "01/01/2025", "seen": "900.000", "note": "Kartu lengkap."}
    back = post(house, "sample_visit", typed=typed, pk=row.pk)
    assert "Isi tanggal antara" in back.text

    today = house["board"].today()
    typed["visited_on"] = f"{today:%d/%m/%Y}"
    done = post(house, "sample_visit", typed=typed, pk=row.pk)

    assert done.status_code == 302
    row.refresh_from_db()
    assert (row.visited_on, row.seen, row.gap) == (today, 900_000, -100_000)
    page = house["pengawas"].get(done["Location"])
    assert "Selisih" in page.text
    assert "angka undian 7" in page.text


def test_cash_is_counted_by_pieces(house):
    typed = {"piece100000": "469", "cashier_name": "Rini", "explanation": ""}
    back = post(house, "cash_count", typed=typed)
    told = back.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Uang di kas Rp46.900.000, di buku Rp47.000.000: kurang Rp100.000." in told
    blind = house["pengawas"].get(url(house, "cash_count")).text
    assert "47.000.000" not in blind
    assert not CashCount.objects.exists()

    done = post(house, "cash_count", typed={**typed, "piece50000": "2"})

    # 469 x 100.000 and 2 x 50.000: 47.000.000.
    made = CashCount.objects.get()
    assert done.status_code == 302
    assert (made.counted, made.booked, made.gap) == (47_000_000, 47_000_000, 0)
    assert list(made.pieces.values_list("value", "pieces")) == [
        (100_000, 469),
        (50_000, 2),
    ]
    assert "Cocok" in house["pengawas"].get(done["Location"]).text
    with pytest.raises(Error), transaction.atomic():
        CashCount.objects.filter(pk=made.pk).update(counted=1)


def test_a_difference_in_the_box_is_explained(house):
    typed = {"piece500": "1", "cashier_name": "Rini", "explanation": "Kunci hilang"}

    post(house, "cash_count", typed=typed)

    assert CashCount.objects.get().gap == 500 - 47_000_000


def test_a_finding_is_answered_and_closed_by_the_pengawas(house):
    finding = found(house, loan=house["loans"][0])
    refused(
        "supervision.no_answer",
        services.close_finding,
        finding,
        note="x",
        by=house["user"],
    )
    done = post(
        house, "finding_answer", "upk", {"answer": "Sudah diisi."}, pk=finding.pk
    )
    assert done.status_code == 302
    assert "Dijawab" in house["upk"].get(done["Location"]).text
    refused(
        "supervision.second_person",
        services.close_finding,
        finding,
        note="x",
        by=house["fund"].manager,
    )

    post(house, "finding_close", typed={"note": "Cukup."}, pk=finding.pk)

    finding.refresh_from_db()
    assert (finding.closed_by, finding.close_note) == (house["user"], "Cukup.")
    back = post(house, "finding_answer", "upk", {"answer": "Lain."}, pk=finding.pk)
    assert "Temuan ini sudah selesai." in back.text
    with pytest.raises(Error), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(answer="Lain.")


def test_a_finding_is_written_in_the_browser(house):
    day = house["board"].today() + timedelta(days=14)
    typed = {"text": "Dua kuitansi hilang.", "asks": "Cari.", "loan": ""}
    back = post(house, "finding_new", typed={**typed, "due_on": "01/01/2020"})
    assert "Isi hari ini atau sesudahnya." in back.text
    assert "Dua kuitansi hilang." in back.text

    done = post(house, "finding_new", typed={**typed, "due_on": f"{day:%d/%m/%Y}"})

    assert done.status_code == 302
    assert Finding.objects.get().text == "Dua kuitansi hilang."
    home = house["upk"].get(url(house, "supervision_home")).text
    assert "1 belum dijawab" in home


@pytest.mark.parametrize("name", ["sample_draw", "cash_count", "finding_new"])
def test_only_the_pengawas_act_here(house, name):
    path = url(house, name)
    assert house["pengawas"].get(path).status_code == 200
    assert house["upk"].get(path).status_code == 403
    assert house["stranger"].get(path).status_code == 404
    assert house["pengawas"].put(path).status_code == 405


def test_only_the_upk_answers(house):
    finding = found(house)
    for who, status in (("pengawas", 403), ("secretary", 403), ("stranger", 404)):
        back = post(house, "finding_answer", who, {"answer": "x"}, pk=finding.pk)
        assert back.status_code == status
    assert post(house, "finding_close", "upk", pk=finding.pk).status_code == 403


def test_the_room_costs_the_same_whatever_its_length(
    house, django_assert_max_num_queries
):
    for _ in range(12):
        found(house, loan=house["loans"][0])
        services.draw_sample(house["board"], size=1, by=house["user"])
    with django_assert_max_num_queries(24):
        house["pengawas"].get(url(house, "supervision_home"))


def test_an_empty_room_says_how_to_begin(house):
    text = house["pengawas"].get(url(house, "supervision_home")).text

    assert "Mulai dengan mengundi beberapa pinjaman" in text
