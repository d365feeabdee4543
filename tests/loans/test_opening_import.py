"""Loans of an old book: checked beside the opening balances, loaded whole or not."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.urls import reverse

from boards.models import BoardSetting
from boards.roles import Post, Role
from ledger.services import approve_voucher, write_opening
from loans.arrears import arrears_of
from loans.cards import differences
from loans.models import Loan, LoanStanding, OpeningLoan
from loans.positions import read_plan
from loans.services import savings_of
from members.models import CommunityGroup
from tests.make import boards as make
from tests.make import ledger, members
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
OPENED = date(2025, 1, 1)
TITLES = [
    *("KSM", "Ketua", "L/P ketua", "Tanggal cair", "Pokok awal", "Jangka"),
    *("Jasa (%)", "Saldo pokok", "Tunggakan pokok", "Tunggakan jasa", "Tabungan"),
]
# E1, due on the 10th since September 2024: two and a half rows behind.
MELATI = (
    *("Melati", "Siti Aminah", "P", "10/08/2024", 1_000_000, 10),
    *("1,5", 850_000, 250_000, 30_000, 50_000),
)
MAWAR = (
    *("Mawar", "Suprapto", "L", "10/01/2024", 1_000_000, 10),
    *("1,5", 400_000, 400_000, 45_000, 0),
)


@pytest.fixture(scope="module")
def house(module_rows):
    """Opening balances: loans 1.250.000, savings 50.000."""
    board = make.board()
    cashier, manager = (
        make.user(Role.LOAN_UNIT, board=board, post=post)
        for post in (Post.CASHIER, Post.MANAGER)
    )
    book = ledger.book(board, cashier, opened_on=OPENED)
    amounts = {"11010": 1_000_000, "11030": 1_250_000, "21020": 50_000}
    amounts["31010"] = 2_200_000
    found = {ledger.account(book, code): amount for code, amount in amounts.items()}
    waiting = write_opening(book, amounts=found, by=cashier)
    reader = make.user(Role.SUPERVISOR, board=board)
    return {
        "board": board,
        "book": book,
        "cashier": cashier,
        "manager": manager,
        "waiting": waiting,
        "upk": make.signed_in(cashier),
        "reader": make.signed_in(reader),
    }


@pytest.fixture
def opened(house):
    approve_voucher(house["waiting"], by=house["manager"])
    return house


def url(house, name="opening_import"):
    return reverse(f"loans:{name}", kwargs={"board_slug": house["board"].slug})


def checked(house, *rows, titles=TITLES):
    file = SimpleUploadedFile("lama.xlsx", members.sheet(titles, *rows))
    answer = house["upk"].post(url(house), {"file": file})
    if answer.status_code != 302:
        return answer, ""
    return house["upk"].get(answer["Location"]), answer["Location"]


def problems(page) -> list[tuple[int, str]]:
    return [(row.row, row.column) for row in page.context["check"].problems]


def test_old_loans_stand_with_their_arrears_on_the_opening_day(opened):
    page, address = checked(opened, MELATI, MAWAR)
    assert page.context["check"].notes == [
        "Saldo pinjaman (11030): berkas Rp1.250.000, saldo awal Rp1.250.000, cocok.",
        "Tabungan (21020): berkas Rp50.000, saldo awal Rp50.000, cocok.",
    ]
    assert not Loan.objects.exists()

    opened["upk"].post(address)

    melati, mawar = Loan.objects.order_by("principal")[::-1]
    assert (melati.group.name, melati.principal, melati.state) == (
        "Melati",
        850_000,
        "active",
    )
    behind = arrears_of(read_plan(melati).lines, as_of=OPENED)
    assert (behind.principal, behind.service_charge, behind.k) == (250_000, 30_000, 3)
    behind = arrears_of(read_plan(mawar).lines, as_of=OPENED)
    assert (behind.principal, behind.service_charge, behind.k) == (400_000, 45_000, 5)
    assert savings_of(melati.group) == 50_000
    assert differences(opened["book"], opened["board"].today()) == []
    assert LoanStanding.objects.get(loan=mawar).balance == 400_000
    assert melati.shares.get().name == "Siti Aminah"


def test_savings_of_a_group_that_owes_nothing_come_alone(opened):
    """Opening savings 50.000: 20.000 of a group with a loan, 30.000 of one without."""
    saver = ("Anggrek", "Wahyuni", "P", "", "", "", "", "", "", "", 30_000)
    melati = (*MELATI[:-1], 20_000)
    page, address = checked(opened, melati, MAWAR, saver)
    assert page.context["check"].notes[1] == (
        "Tabungan (21020): berkas Rp50.000, saldo awal Rp50.000, cocok."
    )

    opened["upk"].post(address)

    group = CommunityGroup.objects.get(name="Anggrek")
    assert (savings_of(group), group.loans.count()) == (30_000, 0)
    assert group.members.get().person.name == "Wahyuni"
    assert differences(opened["book"], opened["board"].today()) == []
    row = OpeningLoan.objects.get(group=group)
    assert (row.loan, row.principal, row.disbursed_on) == (None, 0, None)
    # Again: passed over, and nothing is saved twice.
    page, address = checked(opened, melati, MAWAR, saver)
    assert (page.context["check"].same, page.context["check"].added) == (3, 0)
    opened["upk"].post(address)
    assert savings_of(group) == 30_000
    with pytest.raises(Error), transaction.atomic():
        OpeningLoan.objects.filter(pk=row.pk).update(savings=1)
    empty = ("Kenanga", "Wati", "P", "", "", "", "", "", "", "", 0)
    no_day = (*("Dahlia", "Tini", "P", "", 900_000, 10, "1,5", 900_000), 0, 0, 0)
    page, _ = checked(opened, empty, no_day)
    assert problems(page) == [(2, "Saldo pokok"), (3, "Tanggal cair")]


def test_capitals_in_the_sheet_make_no_second_group(opened):
    board = opened["board"]
    known = CommunityGroup.objects.create(
        board=board, name="Sri Melati", formed_on=date(2024, 1, 1)
    )
    _, address = checked(opened, ("SRI MELATI", *MELATI[1:]))

    assert opened["upk"].post(address).status_code == 303

    assert Loan.objects.get(board=board).group == known
    assert savings_of(known) == 50_000
    assert CommunityGroup.objects.filter(board=board).count() == 1


def test_an_old_loan_takes_instalments_like_any_other(opened):
    _, address = checked(opened, MELATI, MAWAR)
    opened["upk"].post(address)
    loan = Loan.objects.get(group__name="Melati")
    fund = lend.Fund(
        *(opened["board"], None, opened["manager"], opened["cashier"]),
        *(None, opened["book"], None, None),
    )

    receipt = lend.paid(fund, loan, 95_000, on=date(2025, 1, 5))

    # Row 2: 50.000; row 3: 15.000 of charge, then 30.000.
    parts = receipt.parts.values_list("installment__no", "principal", "service_charge")
    assert list(parts) == [(2, 50_000, 0), (3, 30_000, 15_000)]
    assert differences(opened["book"], opened["board"].today()) == []


def test_a_gap_to_the_opening_balances_is_said(opened):
    page, _ = checked(opened, MELATI)

    assert page.context["check"].notes[0] == (
        "Saldo pinjaman (11030): berkas Rp850.000, saldo awal Rp1.250.000, selisih"
        " Rp400.000. Bulan tidak dapat ditutup sebelum cocok."
    )


def test_bad_rows_are_named_and_nothing_is_saved(opened):
    late = (*MELATI[:8], 450_000, 30_000, 0)
    matured = ("Kenanga", *MAWAR[1:8], 300_000, 0, 0)
    after = ("Anggrek", *MELATI[1:3], "01/01/2025", *MELATI[4:])
    page, address = checked(opened, late, matured, after, MELATI)

    assert problems(page) == [
        (2, "Tunggakan pokok"),
        (3, "Saldo pokok"),
        (4, "Tanggal cair"),
        (5, ""),
    ]
    opened["upk"].post(address)
    assert not OpeningLoan.objects.exists()
    assert not CommunityGroup.objects.exists()


def test_a_sheet_is_loaded_once_and_repeats_are_passed_over(opened):
    _, address = checked(opened, MELATI)
    opened["upk"].post(address)
    opened["upk"].post(address)
    assert Loan.objects.count() == 1

    page, _ = checked(opened, MELATI, MAWAR)
    assert (page.context["check"].same, page.context["check"].added) == (1, 1)
    changed = (*MELATI[:7], 750_000, 150_000, 30_000, 50_000)
    page, _ = checked(opened, changed)
    assert problems(page) == [(2, "")]


def test_a_group_with_an_application_is_refused(opened):
    fund = lend.fund(board=opened["board"], book=opened["book"], opened_on=OPENED)
    borrower = lend.group(fund.board)
    lend.application(fund, group_=borrower)

    page, _ = checked(opened, (borrower.name.upper(), *MELATI[1:]))

    assert problems(page) == [(2, "KSM")]


def test_the_number_of_rows_is_a_rule_of_the_board(opened):
    BoardSetting.objects.create(
        board=opened["board"],
        name="opening_loan_rows",
        value=1,
        starts_on=OPENED,
        article="Pasal 9",
    )

    page, _ = checked(opened, MELATI, MAWAR)

    assert "Lembar ini lebih dari 1 baris." in page.text


def test_the_way_to_the_opening_balances_is_shown_before_they_stand(house):
    text = house["upk"].get(url(house)).text

    assert "Saldo awal belum dibukukan" in text
    assert house["reader"].get(url(house)).status_code == 403
    assert house["upk"].get(url(house, "opening_example")).status_code == 200
