"""Reserve, write-off, new plan, claims and profit in the browser: five questions."""

import re
from datetime import date

import pytest
from django.urls import reverse

from boards.roles import Role
from common.periods import Period
from loans.models import Recovery, Reschedule, ReserveEntry, WriteOff
from loans.services import book_reserve, write_off_loan
from tests.make import boards as make
from tests.make import loans as lend
from tests.make import problems

pytestmark = pytest.mark.django_db
JAN_10, APR_1 = date(2025, 1, 10), date(2026, 4, 1)
READ = ("reserve_page", "claim_list", "profit_list", "supervision_home")


@pytest.fixture(scope="module")
def house(module_rows):
    """One bad loan of 1.000.000 with savings of 250.000, and a decision."""
    fund = lend.fund(savings_percent=25)
    decision, second = problems.decisions(
        fund.board,
        {"title": "Menghapus pinjaman macet", "kind": "general"},
        {"title": "Menghapus tagihan", "kind": "general"},
    )
    board = fund.board
    return {
        "fund": fund,
        "loan": lend.lent(fund, on=JAN_10),
        "decision": decision,
        "second": second,
        "upk": make.signed_in(fund.manager),
        "reader": make.signed_in(make.user(Role.SUPERVISOR, board=board)),
        "stranger": make.signed_in(
            make.user(Role.LOAN_UNIT, board=make.board("33.13.01.2001"))
        ),
        "kelurahan": make.signed_in(
            make.user(Role.KELURAHAN, region_code=board.region_code)
        ),
    }


def url(house, name, **more):
    kwargs = {"board_slug": house["fund"].board.slug, **more}
    return reverse(f"loans:{name}", kwargs=kwargs)


def text_of(response) -> str:
    bare = re.sub(r"<[^>]+>", " ", response.text.replace("\xa0", " "))
    return " ".join(bare.split())


def act(house, name, who="upk", **typed):
    path = url(house, name, pk=house["loan"].pk)
    return house[who].post(path, make.once(**typed))


def write_off(house, who="upk", **typed):
    values = {
        "decision": str(house["decision"].pk),
        "on": "01/04/2026",
        "reason": "Usaha tutup",
        "step": "catat",
    }
    return act(house, "loan_write_off", who, **{**values, **typed})


def reschedule(house, who="upk", **typed):
    values = {
        "decision": str(house["decision"].pk),
        "on": "01/04/2026",
        "terms": str(house["loan"].terms_id),
        "instalments": "10",
        "reason": "Banjir",
        "step": "catat",
    }
    return act(house, "loan_reschedule", who, **{**values, **typed})


def recover(house, who="upk", **typed):
    values = {
        "on": "01/04/2026",
        "amount": "100.000",
        "source": "cash",
        "payer": "Bu Siti",
    }
    return act(house, "loan_recovery", who, **{**values, **typed})


@pytest.mark.parametrize("name", READ)
def test_pages_are_read_inside_the_board_alone(house, name):
    assert house["reader"].get(url(house, name)).status_code == 200
    assert house["kelurahan"].get(url(house, name)).status_code == 403
    assert house["stranger"].get(url(house, name)).status_code == 404


@pytest.mark.parametrize(
    "name", ["loan_write_off", "loan_reschedule", "loan_recovery", "loan_waive"]
)
def test_acts_are_the_upks_own(house, name):
    path = url(house, name, pk=house["loan"].pk)
    assert house["upk"].get(path).status_code == 200
    assert house["reader"].get(path).status_code == 403
    assert house["stranger"].get(path).status_code == 404
    assert house["upk"].put(path).status_code == 405


def test_the_reserve_page_shows_classes_and_books_the_month(house):
    # None is booked: it begins with the first month that is open, not with the last.
    text = text_of(house["upk"].get(url(house, "reserve_page")))
    assert "Januari 2025, per 31 Januari 2025" in text
    book_reserve(
        house["fund"].book, month=Period.month(2026, 3), by=house["fund"].manager
    )
    text = text_of(house["upk"].get(url(house, "reserve_page")))
    assert "April 2026, per 30 April 2026" in text
    assert "Kol 5 Rp1.000.000 100 % Rp1.000.000" in text
    lend.paid(house["fund"], house["loan"], 115_000, on=date(2026, 4, 10))

    path = url(house, "reserve_book")
    # Two windows: each shows April, and April is booked once, May not at all.
    done, late = (
        house["upk"].post(path, make.once(month="2026-04"), follow=True) for _ in "ab"
    )

    assert "Cadangan dibukukan dengan BPB-UPK-2026-" in text_of(done)
    assert "Lihat dulu Mei 2026 di bawah ini." in text_of(late)
    assert ReserveEntry.objects.count() == 2
    assert ReserveEntry.objects.latest("pk").amount == -100_000
    refused = house["reader"].post(url(house, "reserve_book"), make.once())
    assert refused.status_code == 403
    assert house["upk"].get(url(house, "reserve_book")).status_code == 405


def test_a_month_that_runs_is_not_reserved(house):
    board = house["fund"].board
    today = board.today()
    last = Period.month(today.year - (today.month == 1), today.month - 1 or 12)
    book_reserve(house["fund"].book, month=last, by=house["fund"].manager)

    text = text_of(house["upk"].get(url(house, "reserve_page")))
    assert "bulan berjalan" in text
    body = make.once(month=Period.month(today.year, today.month).code)
    done = house["upk"].post(url(house, "reserve_book"), body, follow=True)

    assert "belum selesai" in text_of(done)
    assert ReserveEntry.objects.count() == 1


def test_a_write_off_is_looked_at_then_booked_once(house):
    shown = text_of(write_off(house, step="periksa"))
    assert "Tabungan tanggung renteng KSM Rp250.000" in shown
    assert "Menjadi biaya Rp750.000" in shown
    assert WriteOff.objects.count() == 0

    done = write_off(house)

    assert done.status_code == 302
    text = text_of(house["upk"].get(done.url))
    # 1.000.000 less savings, and charge of 150.000.
    assert "Tagihan Rp900.000 Sudah diterima Rp0 Sisa Rp900.000" in text
    again = text_of(write_off(house))
    assert "Pinjaman ini dihapus." in again
    assert write_off(house, "reader").status_code == 403


def test_a_refused_write_off_keeps_what_was_typed(house):
    back = write_off(house, on="13/03/2026", reason="Kios terbakar")

    assert "Isi tanggal keputusan (14 Maret 2026) atau sesudahnya." in text_of(back)
    assert 'value="Kios terbakar"' in back.text
    assert WriteOff.objects.count() == 0
    assert "Pilih keputusan dari daftar." in text_of(
        write_off(house, decision="999999")
    )


def test_a_new_plan_is_laid_in_the_browser(house):
    assert "Isi tanggal keputusan" in text_of(reschedule(house, on="01/01/2026"))
    shown = text_of(reschedule(house, step="periksa"))
    # 1.000.000 in ten: 100.000 and 15.000, first on 1 May.
    assert "Rencana baru" in shown
    assert "1 01/05/2026 100.000 15.000 115.000 900.000" in shown
    assert "Isi tanggal keputusan" in text_of(
        reschedule(house, on="01/01/2026", step="periksa")
    )
    assert Reschedule.objects.count() == 0

    done = reschedule(house)

    assert done.status_code == 302
    row = Reschedule.objects.get()
    assert (row.principal, row.charge_claim) == (1_000_000, 150_000)
    assert "Kartu lama" in house["upk"].get(done.url).text
    text = text_of(house["upk"].get(url(house, "claim_list")))
    assert "Dijadwal ulang" in text
    assert "Tagihan Rp150.000" in text
    assert reschedule(house, "reader").status_code == 403


def test_a_claim_is_paid_in_the_browser(house):
    fund, loan = house["fund"], house["loan"]
    assert "Tidak ada tagihan" in text_of(recover(house))
    facts = {"on": APR_1, "decision": house["decision"], "reason": "x"}
    write_off_loan(loan, **facts, by=fund.manager)
    assert "Sisa tagihan tinggal Rp900.000." in text_of(
        recover(house, amount="900.001")
    )

    done = recover(house)

    assert done.status_code == 302
    assert Recovery.objects.get().amount == 100_000
    text = text_of(house["upk"].get(url(house, "loan_recovery", pk=loan.pk)))
    assert "Sisa Rp800.000" in text
    assert recover(house, "reader").status_code == 403
    typed = {"on": "02/04/2026", "reason": "Tidak ditemukan lagi"}
    told = act(house, "loan_waive", decision=house["decision"].pk, **typed)
    assert "Hapus tagih minta keputusan tersendiri" in text_of(told)
    gone = act(house, "loan_waive", decision=house["second"].pk, **typed)
    assert gone.status_code == 302
    text = text_of(house["upk"].get(gone.url))
    assert "Dihapus tagih Rp800.000" in text
    assert "Hapus tagih</a>" not in text


def test_the_list_of_claims_costs_the_same_whatever_its_length(
    house, django_assert_max_num_queries
):
    fund = house["fund"]
    for _ in range(5):
        loan = lend.lent(fund, on=JAN_10)
        facts = {"on": APR_1, "decision": house["decision"], "reason": "x"}
        write_off_loan(loan, **facts, by=fund.manager)
    with django_assert_max_num_queries(24):
        house["upk"].get(url(house, "claim_list"))


def test_empty_pages_say_what_comes(house):
    assert (
        "Tidak ada tagihan di luar buku"
        in house["upk"].get(url(house, "claim_list")).text
    )
    assert (
        "Belum ada tahun yang ditutup"
        in house["upk"].get(url(house, "profit_list")).text
    )
    assert house["upk"].get(url(house, "profit_page", year=2025)).status_code == 404


def test_before_the_book_is_open_the_way_there_is_shown(module_rows):
    board = make.board()
    client = make.signed_in(make.user(Role.LOAN_UNIT, board=board))
    house = {"fund": type("Fund", (), {"board": board}), "upk": client}

    text = text_of(client.get(url(house, "reserve_page")))

    assert "Buku UPK belum dibuka" in text
