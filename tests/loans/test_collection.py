"""One round along the groups: the sheet, and the batch typed back from it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from boards.roles import Role
from ledger.models import Voucher
from loans.collection import expected_until
from loans.models import Receipt
from tests.make import boards as make
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
JAN_10 = date(2025, 1, 10)


@pytest.fixture(scope="module")
def house(module_rows):
    """Two groups behind with E1 (1.150.000), one that owes nothing any more."""
    fund = lend.fund()
    loans = [lend.lent(fund, on=JAN_10) for _ in range(3)]
    lend.paid(fund, loans[2], 1_150_000, on=JAN_10)
    return {
        "fund": fund,
        "loans": loans[:2],
        "paid": loans[2],
        "today": fund.board.today(),
        "cashier": make.signed_in(fund.cashier),
        "reader": make.signed_in(make.user(Role.SUPERVISOR, board=fund.board)),
        "stranger": make.signed_in(
            make.user(Role.LOAN_UNIT, board=make.board("33.13.01.2001"))
        ),
    }


def url(house, name="collection_sheet", query=""):
    slug = house["fund"].board.slug
    return reverse(f"loans:{name}", kwargs={"board_slug": slug}) + query


def text_of(response) -> str:
    return " ".join(response.text.replace("\xa0", " ").split())


def sheet(house, *amounts, counted, **more) -> dict:
    """The form typed back; an amount for each group in order."""
    typed = {"on": "10/04/2025", "source": "cash", "counted": counted, **more}
    for loan, amount in zip(house["loans"], amounts, strict=True):
        typed[f"amount{loan.pk}"] = amount
        typed[f"payer{loan.pk}"] = f"Bendahara {loan.pk}"
    return make.once(**typed)


def test_the_sheet_names_who_is_asked_and_for_how_much(house):
    text = text_of(house["reader"].get(url(house)))

    one, two = (str(loan.group) for loan in house["loans"])
    assert one in text
    assert two in text
    assert str(house["paid"].group) not in text
    assert "<b>1.150.000</b>" in text
    # Both together.
    assert '<td class="num" data-l="Jumlah">2.300.000</td>' in text
    assert "Catat hasil penagihan" not in text


def test_what_falls_due_within_the_days_is_asked_too(house):
    fund, today = house["fund"], house["today"]
    # Due on the 20th of each month from June to September 2026, one row a month.
    fresh = lend.lent(fund, on=date(2026, 5, 20), instalments=10)
    lend.paid(fund, fresh, 6 * 115_000, on=date(2026, 5, 21))
    due = date(2026, 12, 20)

    soon = text_of(house["reader"].get(url(house, query=f"?sampai={today}")))
    later = text_of(house["reader"].get(url(house, query=f"?sampai={due}")))

    if today < due:
        assert str(fresh.group) not in soon
        assert str(fresh.group) in later
        assert '<td class="num" data-l="Jatuh tempo">115.000</td>' in later


@pytest.mark.parametrize("day", ["01/01/2025", "31/12/2199", "kapan-kapan"])
def test_a_day_too_far_gets_a_sentence(house, day):
    response = house["reader"].get(url(house, query=f"?sampai={day}"))

    assert response.status_code == 200
    assert "field-error" in response.text


def test_a_batch_makes_a_receipt_for_each_line_once(house):
    body = sheet(house, "115.000", "50.000", counted="165.000")
    path = url(house, "collection_new")
    before = Receipt.objects.count()

    first = house["cashier"].post(path, body)
    again = house["cashier"].post(path, body)

    assert first.status_code == 302
    assert again["Location"] == first["Location"]
    made = Receipt.objects.order_by("pk")[before:]
    assert [(one.loan_id, one.amount, one.payer) for one in made] == [
        (house["loans"][0].pk, 115_000, f"Bendahara {house['loans'][0].pk}"),
        (house["loans"][1].pk, 50_000, f"Bendahara {house['loans'][1].pk}"),
    ]
    numbers = [str(one.voucher) for one in made]
    assert numbers == ["BKM-UPK-2025-0002", "BKM-UPK-2025-0003"]
    assert "2 setoran tercatat, Rp165.000." in text_of(
        house["cashier"].get(first["Location"])
    )


def test_one_bad_line_keeps_all_of_them_out(house):
    before = (Receipt.objects.count(), Voucher.objects.count())
    body = sheet(house, "115.000", "1.150.001", counted="1.265.001")

    response = house["cashier"].post(url(house, "collection_new"), body)

    text = text_of(response)
    assert response.status_code == 200
    assert "Sisa hutang tinggal Rp1.150.000." in text
    at = text.index(f'id="id_amount{house["loans"][1].pk}"')
    assert text.rindex("Sisa hutang tinggal", 0, at) > text.index(
        f'id="id_amount{house["loans"][0].pk}"'
    )
    assert 'value="115.000"' in text
    assert (Receipt.objects.count(), Voucher.objects.count()) == before


@pytest.mark.parametrize(
    ("amounts", "counted", "more", "says"),
    [
        (("115.000", ""), "100.000", {}, "Jumlah semua baris Rp115.000, tidak sama"),
        (("", ""), "0", {}, "Isi paling sedikit satu jumlah."),
        (("115.000", ""), "", {}, "Isi jumlah rupiah"),
        (("115.000", ""), "115.000", {"on": "09/01/2025"}, "Pinjaman cair 10 Januari"),
        (("115.000", ""), "115.000", {"on": "1/1/2199"}, "Isi hari ini atau sebelum"),
        (("115.000", ""), "115.000", {"source": "savings"}, "Pilih dari daftar."),
        (("sejuta", ""), "115.000", {}, 'value="sejuta"'),
    ],
)
def test_a_bad_sheet_gets_a_sentence(house, amounts, counted, more, says):
    before = Receipt.objects.count()

    body = sheet(house, *amounts, counted=counted, **more)
    response = house["cashier"].post(url(house, "collection_new"), body)

    assert response.status_code == 200
    assert says in text_of(response)
    assert Receipt.objects.count() == before


@pytest.mark.parametrize(
    ("name", "rule", "word"),
    [
        ("penalty", {"penalty": 10_000}, "denda"),
        ("savings", {"saving_amount": 10_000}, "tabungan"),
    ],
)
def test_what_a_line_asked_no_longer_comes_back_with_a_sentence(
    house, name, rule, word
):
    """The form was open while another window noted the fine, or the savings."""
    fund = house["fund"]
    terms = lend.product(fund.board, fund.manager, **rule).terms.get()
    loan = lend.lent(fund, on=JAN_10, terms=terms)
    path, today = url(house, "collection_new"), house["today"]
    assert f'name="{name}{loan.pk}"' in house["cashier"].get(path).text
    # All but the last rupiah, with everything that the rule asks for.
    asked = {name: getattr(expected(house, loan), name)}
    reason = {"penalty_reason": "lama"} if name == "penalty" else {}
    lend.paid(fund, loan, 1_149_999 + asked[name], on=today, **asked, **reason)
    before = Receipt.objects.count()
    typed = {f"amount{loan.pk}": "10.001", f"{name}{loan.pk}": "10.000"}

    response = house["cashier"].post(
        path, sheet(house, "", "", counted="10.001", **typed)
    )

    text = text_of(response)
    assert Receipt.objects.count() == before
    assert f"Baris ini tidak lagi meminta {word}, mungkin" in text
    assert f'name="{name}{loan.pk}" value="10.000"' in text


def expected(house, loan):
    """What the sheet asks of a loan today."""
    board, today = house["fund"].board, house["today"]
    rows = expected_until(board, today, today=today)
    return next(row for row in rows if row.loan.pk == loan.pk)


def test_a_line_that_is_gone_comes_back_with_a_sentence(house):
    """Its group paid all in another window; the money on the table is not lost."""
    fund, first = house["fund"], house["loans"][0]
    loan = lend.lent(fund, on=JAN_10)
    lend.paid(fund, loan, 1_150_000, on=house["today"])
    before = Receipt.objects.count()
    typed = {f"amount{loan.pk}": "115.000", f"payer{loan.pk}": "Bu Sri"}

    response = house["cashier"].post(
        url(house, "collection_new"),
        sheet(house, "50.000", "", counted="50.000", **typed),
    )

    text = text_of(response)
    assert Receipt.objects.count() == before
    assert "Baris ini tidak lagi meminta setoran, mungkin" in text
    assert f'name="amount{loan.pk}" value="115.000"' in text
    assert f'name="amount{first.pk}" value="50.000"' in text
    assert 'value="Bu Sri"' in text


def test_a_line_of_another_board_is_no_line(house):
    other = lend.lent(lend.fund(board=make.board("33.13.01.2002")), on=JAN_10)
    typed = {f"amount{other.pk}": "115.000"}

    response = house["cashier"].post(
        url(house, "collection_new"), sheet(house, "", "", counted="0", **typed)
    )

    assert str(other.group) not in response.text
    assert "Isi paling sedikit satu jumlah." in text_of(response)


def test_who_may_type_it_back(house):
    path = url(house, "collection_new")
    body = sheet(house, "115.000", "", counted="115.000")

    assert house["reader"].post(path, body).status_code == 403
    assert house["stranger"].post(path, body).status_code == 404
    assert house["reader"].post(url(house), body).status_code == 405
    assert house["cashier"].get(path).status_code == 200


def test_the_sheet_costs_the_same_for_many(house, django_assert_max_num_queries):
    week = house["today"] + timedelta(days=6)

    with django_assert_max_num_queries(16):
        house["reader"].get(url(house, query=f"?sampai={week}"))
