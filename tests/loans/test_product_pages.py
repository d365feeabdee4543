"""Products and their terms in the pages: an example first, older terms stay."""

from datetime import date

import pytest
from django.urls import reverse

from loans.models import Product, ProductTerms
from tests.make import boards as make
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
BODY = {
    "starts_on": "01/03/2026",
    "article": "AD pasal 12",
    "rate": "1,5",
    "rate_basis": "percent_per_period",
    "method": "flat",
    "penalty": "0",
    "savings_percent": "5",
    "frequency": "monthly",
    "every": "1",
    "fewest": "3",
    "most": "12",
    "grace_principal": "0",
    "grace_charge": "0",
    "payment_order": "row_charge_first",
    "settlement": "current_row",
    "off_days": "none",
    "rounding_component": "principal",
    "rounding_step": "100",
    "rounding_mode": "nearest",
    "ceiling_1": "1.000.000",
    "ceiling_2": "2.000.000",
}


@pytest.fixture(scope="module")
def fund(module_rows):
    return lend.fund()


@pytest.fixture(scope="module")
def officer(fund):
    return make.signed_in(fund.officer)


def url(name: str, board, **kwargs) -> str:
    return reverse(f"loans:{name}", kwargs={"board_slug": board.slug, **kwargs})


def test_a_product_shows_an_example_before_it_is_offered(fund, officer):
    """E1: pokok 100.000, jasa 15.000, ten rows."""
    address = url("product_new", fund.board)
    body = {"name": "Modal warung", **BODY}

    looked = officer.post(address, make.once(**body, step="periksa"))
    assert not Product.objects.filter(name="Modal warung").exists()
    assert [
        (line.principal, line.service_charge) for line in looked.context["lines"]
    ] == [(100_000, 15_000)] * 10
    back = officer.post(address, make.once(**body, step="ubah"))
    assert 'value="Modal warung"' in back.text
    saved = officer.post(address, make.once(**body, step="catat"))

    made = Product.objects.get(name="Modal warung")
    assert saved["Location"] == url("product_page", fund.board, pk=made.pk)
    assert made.terms.get().ceiling_rows == [(1, 1_000_000), (2, 2_000_000)]


def test_terms_of_a_later_day_leave_the_older_readable(fund, officer):
    address = url("terms_new", fund.board, pk=fund.product.pk)

    assert "ke-1" in officer.get(address).text
    officer.post(address, make.once(**{**BODY, "rate": "2"}, step="catat"))
    page = officer.get(url("product_page", fund.board, pk=fund.product.pk))

    assert [row.starts_on for row in page.context["rows"]] == [
        date(2026, 3, 1),
        date(2025, 1, 1),
    ]
    again = officer.post(address, make.once(**BODY, step="catat"))
    assert list(again.context["form"].errors) == ["starts_on"]
    assert ProductTerms.objects.filter(product=fund.product).count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ceiling_1": ""}, "ceiling_1"),
        ({"ceiling_2": "", "ceiling_3": "3.000.000"}, "ceiling_2"),
        ({"rate": "seribu"}, "rate"),
        ({"grace_principal": "12"}, "__all__"),
        ({"fewest": "12", "most": "3"}, "__all__"),
    ],
)
def test_terms_that_cannot_be_are_told(fund, officer, change, field):
    body = {"name": "Salah", **BODY, **change}
    answer = officer.post(
        url("product_new", fund.board), make.once(**body, step="catat")
    )

    assert list(answer.context["form"].errors) == [field]
    assert not Product.objects.filter(name="Salah").exists()


def test_a_name_that_is_taken_is_told(fund, officer):
    body = {"name": fund.product.name, **BODY}
    answer = officer.post(
        url("product_new", fund.board), make.once(**body, step="catat")
    )

    assert "sudah ada" in answer.text


def test_terms_are_written_by_the_upk_alone(fund):
    reader = make.signed_in(fund.coordinator)

    assert reader.get(url("product_new", fund.board)).status_code == 403
    assert reader.get(url("product_list", fund.board)).status_code == 200
    stranger = make.signed_in(lend.fund().officer)
    page = url("product_page", fund.board, pk=fund.product.pk)
    assert stranger.get(page).status_code == 404
