"""The card of a loan and its money, in the browser: five questions for each act."""

from datetime import date

import pytest
from django.urls import reverse

from boards.models import Board
from boards.roles import Role
from common.periods import Period
from ledger.balances import balances
from ledger.models import Voucher
from ledger.services import (
    approve_voucher,
    close_month,
    money_accounts,
    reverse_voucher,
)
from loans.models import Receipt
from loans.services import savings_of
from tests.make import boards as make
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
JAN_10, FEB_10, APR_10 = date(2025, 1, 10), date(2025, 2, 10), date(2025, 4, 10)


@pytest.fixture(scope="module")
def house(module_rows):
    """E6: one loan of two members, the first instalment paid."""
    fund = lend.fund(savings_percent=5)
    loan = lend.lent(fund, on=JAN_10, amounts=(600_000, 400_000))
    first = lend.paid(fund, loan, 115_000, on=FEB_10)
    reader = make.user(Role.SUPERVISOR, board=fund.board)
    return {
        "fund": fund,
        "loan": loan,
        "first": first,
        "cashier": make.signed_in(fund.cashier),
        "reader": make.signed_in(reader),
        "stranger": make.signed_in(
            make.user(Role.LOAN_UNIT, board=make.board("33.13.01.2001"))
        ),
        "kelurahan": make.signed_in(
            make.user(Role.KELURAHAN, region_code=fund.board.region_code)
        ),
    }


def url(house, name, pk=None):
    kwargs = {"board_slug": house["fund"].board.slug}
    if pk is not None:
        kwargs["pk"] = pk
    return reverse(f"loans:{name}", kwargs=kwargs)


def card_url(house):
    return url(house, "loan_card", house["loan"].pk)


def post(house, who="cashier", step="catat", **typed):
    values = {
        "amount": "120.000",
        "on": "10/04/2025",
        "payer": "Sumiyati",
        "source": "cash",
        "step": step,
        **typed,
    }
    path = url(house, "receipt_new", house["loan"].pk)
    return house[who].post(path, make.once(**values))


def text_of(response) -> str:
    return " ".join(response.text.replace("\xa0", " ").split())


def test_the_card_shows_the_plan_with_what_was_paid(house):
    text = text_of(house["cashier"].get(card_url(house)))

    # Row 1 is paid; 21 further months made the other nine due: 9 × 115.000.
    for words in (
        "Rp1.000.000",
        "Rp900.000",
        "Rp1.035.000",
        "<td>10/02/2025</td>",
        "Lunas",
        "Belum dibayar",
        "Kol 5 · Macet",
        "Rp50.000",
        "Terima angsuran",
    ):
        assert words in text
    # Each member: 9 × 69.000 and 9 × 46.000 behind.
    assert "<b>621.000</b>" in text
    assert "<b>414.000</b>" in text


def test_a_reader_sees_the_card_without_the_form(house):
    text = text_of(house["reader"].get(card_url(house)))

    assert "Kartu angsuran" in text
    assert "Periksa uang ini" not in text


def test_money_is_looked_at_before_it_is_written(house):
    before = Receipt.objects.count()

    text = text_of(post(house, step="periksa"))

    # E6: row 2 in full, 5.000 of the charge of row 3.
    for words in (
        "Angsuran 2, jasa</th><td>Rp15.000",
        "Angsuran 2, pokok</th><td>Rp100.000",
        "Angsuran 3, jasa</th><td>Rp5.000",
        "Saldo pokok sesudahnya</th><td>Rp800.000",
        "Tunggakan sesudahnya</th><td>Rp110.000",
        'value="72.000"',
        'value="48.000"',
    ):
        assert words in text
    assert Receipt.objects.count() == before


def test_savings_that_are_too_small_are_told_before_anything_is_written(house):
    text = text_of(post(house, step="periksa", source="savings"))

    assert "tidak cukup untuk Rp120.000." in text
    assert "Periksa sebelum dicatat" not in text


def test_a_closed_month_is_told_before_anything_is_written(house):
    fund, month = house["fund"], Period.month(2025, 1)
    held = {
        row.account.pk: row.amount for row in balances(fund.book, until=month.end).rows
    }
    counts = {row.pk: (held.get(row.pk, 0), "") for row in money_accounts(fund.book)}
    close_month(fund.book, month=month, counts=counts, by=fund.manager)

    text = text_of(post(house, step="periksa", on="20/01/2025"))

    assert "Januari 2025 sudah ditutup." in text


def test_who_pays_everything_early_is_told_of_the_cheaper_payoff(house):
    facts = {"step": "periksa", "amount": "1.035.000"}

    early = text_of(post(house, on="15/02/2025", **facts))
    late = text_of(post(house, on="20/11/2025", **facts))

    assert "Dengan pelunasan cukup Rp915.000; jasa Rp120.000 dibebaskan." in early
    assert "Dengan pelunasan" not in late


def test_money_is_written_once_with_its_number(house):
    key = make.once(
        amount="120.000",
        on="10/04/2025",
        payer="Sumiyati",
        source="cash",
        step="catat",
    )
    path = url(house, "receipt_new", house["loan"].pk)

    first = house["cashier"].post(path, key)
    again = house["cashier"].post(path, key)

    assert first.status_code == 302
    assert again["Location"] == first["Location"]
    made = Receipt.objects.get(on=APR_10)
    assert (made.principal, made.service_charge) == (100_000, 20_000)
    text = text_of(house["cashier"].get(first["Location"]))
    assert "BKM-UPK-2025-0002" in text
    assert "seratus dua puluh ribu rupiah" in text
    assert "Pinjaman ini lunas" not in text


def test_a_receipt_says_what_is_still_asked_of_the_next_row(house, monkeypatch):
    monkeypatch.setattr(Board, "today", lambda board: date(2025, 2, 15))

    done = post(house, amount="15.000", on="15/02/2025")
    text = text_of(house["cashier"].get(done["Location"]))

    assert "Angsuran berikutnya Rp100.000, jatuh tempo 10 Maret 2025." in text


def test_a_split_by_hand_is_kept_and_one_that_differs_is_told(house):
    one, two = house["loan"].shares.all()
    split = {f"member{one.pk}": "20.000", f"member{two.pk}": "100.000"}

    response = post(house, **split)

    assert response.status_code == 302
    made = Receipt.objects.get(on=APR_10)
    amounts = {share.row.share_id: 0 for share in made.shares.select_related("row")}
    for share in made.shares.select_related("row"):
        amounts[share.row.share_id] += share.principal + share.service_charge
    assert amounts == {one.pk: 20_000, two.pk: 100_000}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"amount": "0"}, "Isi paling sedikit Rp1."),
        ({"amount": ""}, "Isi jumlah rupiah"),
        ({"amount": "1.035.001"}, "Sisa hutang tinggal Rp1.035.000."),
        ({"on": "09/01/2025"}, "Pinjaman cair 10 Januari 2025."),
        ({"on": "01/01/2199"}, "Isi hari ini atau sebelumnya."),
        ({"payer": ""}, "Tulis siapa yang menyetor."),
        ({"source": "emas"}, "Pilih dari daftar."),
        ({"penalty": "120.001"}, "Denda tidak boleh melebihi jumlah diterima."),
        ({"source": "savings"}, "tidak cukup untuk Rp120.000."),
        ({"settles": "on"}, "Untuk melunasi perlu"),
    ],
)
def test_bad_money_gets_a_sentence_and_keeps_what_was_typed(house, typed, says):
    before = (Receipt.objects.count(), Voucher.objects.count())

    response = post(house, **typed)

    assert response.status_code == 200
    assert says in text_of(response)
    if "payer" not in typed:
        assert "Sumiyati" in response.text
    assert (Receipt.objects.count(), Voucher.objects.count()) == before


def test_a_split_with_another_sum_is_refused(house):
    one, two = house["loan"].shares.all()
    split = {f"member{one.pk}": "20.000", f"member{two.pk}": "99.999"}

    text = text_of(post(house, **split))

    assert "Jumlah bagian anggota Rp119.999, tidak sama dengan Rp120.000." in text
    assert Receipt.objects.count() == 1


def test_the_loan_is_paid_off_at_its_price(house):
    path = url(house, "receipt_new", house["loan"].pk) + "?lunas=ya"

    text = text_of(house["cashier"].get(path))
    # The plan is over: everything is due, 9 × 115.000.
    assert 'value="1.035.000"' in text
    done = post(house, amount="1.035.000", on="20/11/2025", settles="on")
    page = text_of(house["cashier"].get(done["Location"]))

    assert "Pinjaman ini lunas." in page
    closed = text_of(house["cashier"].get(card_url(house)))
    assert "selesai 20 November 2025" in closed
    assert "Periksa uang ini" not in closed


def test_a_surplus_goes_to_the_savings_when_that_is_ticked(house):
    response = post(house, amount="1.035.500", surplus_to_savings="on")

    assert response.status_code == 302
    assert savings_of(house["loan"].group) == 50_500


def test_who_may_take_money(house):
    assert post(house, who="reader").status_code == 403
    assert post(house, who="stranger").status_code == 404
    assert house["stranger"].get(card_url(house)).status_code == 404
    assert house["kelurahan"].get(card_url(house)).status_code == 403
    assert house["cashier"].post(card_url(house)).status_code == 405
    assert Receipt.objects.count() == 1


def test_another_boards_receipt_is_not_there(house):
    path = url(house, "receipt_page", house["first"].pk)

    assert house["stranger"].get(path).status_code == 404
    assert house["cashier"].get(path).status_code == 200
    gone = url(house, "receipt_page", 999_999)
    assert house["cashier"].get(gone).status_code == 404


def test_a_receipt_taken_back_says_so(house):
    page = url(house, "receipt_page", house["first"].pk)
    assert "Batalkan penerimaan ini" in house["cashier"].get(page).text
    waiting = reverse_voucher(
        house["first"].voucher,
        dated=APR_10,
        reason="salah catat",
        by=house["fund"].cashier,
    )
    assert "Menunggu persetujuan." in house["cashier"].get(page).text
    approve_voucher(waiting, by=house["fund"].manager)

    text = text_of(house["cashier"].get(page))
    assert "Dibatalkan 10 April 2025." in text
    assert "Batalkan penerimaan ini" not in text
    listed = text_of(house["cashier"].get(url(house, "receipt_list")))
    assert "Dibatalkan 10/04/2025" in listed
    moves = text_of(house["cashier"].get(url(house, "loan_moves", house["loan"].pk)))
    # 1.000.000 lent, 900.000 after the payment, 1.000.000 again.
    assert "Pembatalan BKM-UPK-2025-0001" in moves
    assert '<td class="num" data-l="Pokok">−100.000</td>' in moves


def test_savings_are_shown_and_wait_for_the_end_of_the_loan(house):
    group = house["loan"].group
    card = url(house, "savings_card", group.pk)
    text = text_of(house["reader"].get(card))
    assert "Saldo Rp50.000" in text
    assert "Ditahan sampai" in text
    typed = {
        "amount": "50.000",
        "on": "21/11/2025",
        "source": "cash",
        "received_by": "Ketua",
    }
    back = url(house, "savings_return", group.pk)

    held = house["cashier"].post(back, make.once(**typed))
    assert "masih punya pinjaman berjalan" in held.text
    post(house, amount="1.035.000", on="20/11/2025", settles="on")
    done = house["cashier"].post(back, make.once(**typed))

    assert done["Location"] == card
    assert savings_of(group) == 0
    assert house["reader"].post(back, make.once(**typed)).status_code == 403


def test_the_list_costs_the_same_for_many(house, django_assert_max_num_queries):
    path = url(house, "receipt_list")
    house["cashier"].get(path)
    for _ in range(6):
        lend.paid(house["fund"], house["loan"], 1_000, on=APR_10)

    with django_assert_max_num_queries(14):
        house["cashier"].get(path)
    with django_assert_max_num_queries(26):
        house["cashier"].get(card_url(house))
