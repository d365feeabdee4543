"""Writing, letting through, dropping and taking back; what the database refuses."""

from datetime import date

import pytest
from django.db import Error, connection, transaction

from boards.models import AuditEvent, BoardSetting
from boards.roles import Role
from common.errors import RuleViolation
from ledger import services
from ledger.balances import balances
from ledger.models import Book, Entry, Voucher
from ledger.plain import Pick
from tests.make import boards as make
from tests.make import ledger

pytestmark = pytest.mark.django_db
JAN_31 = date(2026, 1, 31)
GRANT = (("11021", 100_000_000), ("31020", -100_000_000))


@pytest.fixture(scope="module")
def house(module_rows):
    """A board with two UPK officers and an open fund book."""
    board = make.board()
    cashier, manager = (make.user(Role.LOAN_UNIT, board=board) for _ in range(2))
    return {
        "board": board,
        "cashier": cashier,
        "manager": manager,
        "book": ledger.book(board, cashier),
    }


def refused(code: str, act, *args, **facts) -> str:
    """The act raises this code and changes no row."""
    before = (Voucher.objects.count(), Entry.objects.count(), _numbers())
    with pytest.raises(RuleViolation) as told:
        act(*args, **facts)
    assert told.value.code == code
    assert (Voucher.objects.count(), Entry.objects.count(), _numbers()) == before
    return str(told.value)


def _numbers():
    return list(Voucher.objects.order_by("pk").values_list("number_text", "revision"))


def amounts(book: Book, *codes: str, until=date(2026, 12, 31)) -> list[int]:
    rows = {row.account.code: row.amount for row in balances(book, until=until).rows}
    return [rows[code] for code in codes]


def test_the_journals_of_the_sheet_leave_what_they_should(house):
    book, by = house["book"], house["cashier"]
    for lines in (
        GRANT,
        (("11010", 5_000_000), ("11021", -5_000_000)),
        (("11030", 5_000_000), ("11010", -5_000_000)),
        (("11010", 250_000), ("21020", -250_000)),
        (("11022", 250_000), ("11010", -250_000)),
        # Sheet §6.3: two real instalments of 15 December 2018, and that month's cost.
        (("11010", 575_000), ("11030", -500_000), ("41010", -75_000)),
        (("11010", 3_450_000), ("11030", -3_000_000), ("41010", -450_000)),
        (("51010", 150_000), ("51030", 26_000), ("11010", -176_000)),
        (("51080", 125_000), ("12010", -125_000)),
        (("21020", 115_000), ("11030", -100_000), ("41010", -15_000)),
    ):
        ledger.voucher(book, by, *lines)

    state = balances(book, until=JAN_31)

    assert amounts(book, "11010", "11021", "11022", "11030", "12010") == [
        3_849_000,
        95_000_000,
        250_000,
        1_400_000,
        125_000,
    ]
    assert amounts(book, "21020", "31020", "41010") == [135_000, 100_000_000, 540_000]
    assert state.profit == 540_000 - 301_000
    assert state.gap == 0
    # Assets less the reserve are debts, capital and this year's result.
    assert state.of_group("asset") == 100_374_000
    assert state.of_group("liability") + state.of_group("equity") == 100_135_000


def test_numbers_run_by_kind_and_year_without_gaps(house):
    book, by = house["book"], house["cashier"]

    made = [
        ledger.voucher(book, by, *GRANT, kind=kind) for kind in ("BKM", "BPB", "BKM")
    ]
    refused("ledger.unbalanced", ledger.voucher, book, by, ("11010", 5), ("41020", -4))
    made.append(ledger.voucher(book, by, *GRANT, kind="BKM"))

    assert [voucher.number_text for voucher in made] == [
        "BKM-UPK-2026-0001",
        "BPB-UPK-2026-0001",
        "BKM-UPK-2026-0002",
        "BKM-UPK-2026-0003",
    ]


def test_bad_vouchers_are_refused_with_a_sentence(house):
    book, by = house["book"], house["cashier"]
    other = ledger.book(make.board(), by)

    says = refused(
        "ledger.unbalanced", ledger.voucher, book, by, ("11010", 500), ("41020", -400)
    )
    assert says == ("Debet Rp500 dan kredit Rp400 tidak sama. Selisihnya Rp100.")
    refused("ledger.lines", ledger.voucher, book, by, ("11010", 0), ("41020", 0))
    refused("ledger.lines", ledger.voucher, book, by)
    refused("ledger.future", ledger.voucher, book, by, *GRANT, dated=date(2199, 1, 1))
    refused(
        "ledger.before_opening",
        ledger.voucher,
        book,
        by,
        *GRANT,
        dated=date(2025, 12, 31),
    )
    strange = services.Line(ledger.account(other, "11010"), debit=5)
    own = services.Line(ledger.account(book, "41020"), credit=5)
    draft = services.Draft("BPB", "manual", JAN_31, "Uji", [strange, own])
    refused("ledger.account", services.write_voucher, book, draft, by=by)


def pay(house, amount=26_000, **facts):
    book = house["book"]
    picked = {
        Pick.COST: ledger.account(book, "51030"),
        Pick.MONEY: ledger.account(book, "11010"),
    }
    values = {
        "dated": JAN_31,
        "amount": amount,
        "description": "Kertas",
        "picked": picked,
        "party": "Toko Jaya",
        "by": house["cashier"],
    }
    return services.write_plain(book, "cost", **{**values, **facts})


def fill_cash(house, amount=100_000):
    lines = (("11010", amount), ("31010", -amount))
    return ledger.voucher(house["book"], house["cashier"], *lines)


def test_a_cost_counts_when_another_person_lets_it_through(house):
    fill_cash(house)

    waiting = pay(house)

    assert (waiting.number_text, waiting.posted_at) == ("", None)
    assert amounts(house["book"], "51030") == [0]
    says = refused(
        "ledger.second_person", services.approve_voucher, waiting, by=house["cashier"]
    )
    assert says.startswith("Anda yang menulis bukti ini.")

    posted = services.approve_voucher(waiting, by=house["manager"])

    assert posted.number_text == "BKK-UPK-2026-0001"
    assert amounts(house["book"], "51030", "11010") == [26_000, 74_000]
    event = AuditEvent.objects.get(action="ledger.voucher_posted", subject_name=posted)
    assert event.says == (
        "membukukan BKK-UPK-2026-0001, Bukti Kas Keluar Rp26.000: Kertas"
    )
    refused(
        "ledger.not_waiting", services.approve_voucher, waiting, by=house["manager"]
    )


def test_one_person_alone_is_named_where_the_rule_allows_it(house):
    fill_cash(house)
    BoardSetting.objects.create(
        board=house["board"],
        name="one_person_office",
        value=True,
        starts_on=JAN_31,
        article="AD pasal 9",
        created_by=house["manager"],
    )

    posted = services.approve_voucher(pay(house), by=house["cashier"])

    assert posted.alone


def test_a_dropped_voucher_gets_no_number(house):
    fill_cash(house)
    waiting = pay(house)

    services.drop_voucher(waiting, reason="salah orang", by=house["manager"])

    waiting.refresh_from_db()
    assert (waiting.number_text, waiting.drop_reason) == ("", "salah orang")
    refused(
        "ledger.not_waiting",
        services.drop_voucher,
        waiting,
        reason="lagi",
        by=house["manager"],
    )
    assert services.approve_voucher(pay(house), by=house["manager"]).seq == 1


def test_cash_never_pays_more_than_it_holds(house):
    fill_cash(house, 25_999)

    says = refused("ledger.too_little_money", pay, house)

    assert says == "Saldo Kas Rp25.999, tidak cukup untuk Rp26.000."


def test_a_voucher_is_taken_back_once_and_for_good(house):
    wrong = fill_cash(house)
    facts = {"dated": JAN_31, "reason": "salah akun", "by": house["cashier"]}

    waiting = services.reverse_voucher(wrong, **facts)
    refused("ledger.reversed", services.reverse_voucher, wrong, **facts)
    back = services.approve_voucher(waiting, by=house["manager"])

    assert amounts(house["book"], "11010", "31010") == [0, 0]
    assert back.reverses == wrong
    assert back.description == "Pembatalan BPB-UPK-2026-0001: salah akun"
    refused("ledger.is_reversal", services.reverse_voucher, back, **facts)
    refused("ledger.reversed", services.reverse_voucher, wrong, **facts)
    refused(
        "ledger.reversed_early",
        services.reverse_voucher,
        fill_cash(house),
        **{**facts, "dated": date(2026, 1, 14)},
    )


def test_a_dropped_reversal_makes_way_for_another(house):
    wrong = fill_cash(house)
    facts = {"dated": JAN_31, "reason": "salah akun", "by": house["cashier"]}
    waiting = services.reverse_voucher(wrong, **facts)
    services.drop_voucher(waiting, reason="keliru", by=house["manager"])

    again = services.reverse_voucher(wrong, **facts)

    assert services.approve_voucher(again, by=house["manager"]).reverses == wrong


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_voucher SET amount = amount + 1",
        "UPDATE ledger_voucher SET dated = '2026-01-02'",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_voucher",
        "UPDATE ledger_entry SET debit = debit + 1 WHERE debit > 0",
        "INSERT INTO ledger_entry (voucher_id, account_id, position, debit, credit)"
        " SELECT voucher_id, account_id, 9, 5, 0 FROM ledger_entry",
        "UPDATE ledger_account SET code = '99'",
        "UPDATE ledger_account SET \"group\" = 'cost' WHERE code = '11010'",
        "UPDATE ledger_book SET opened_on = '2020-01-01'",
    ],
)
def test_raw_sql_cannot_touch_what_is_posted(house, sql):
    fill_cash(house)

    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert amounts(house["book"], "11010", "31010") == [100_000, 100_000]


def test_raw_sql_cannot_post_what_does_not_balance(house):
    fill_cash(house)
    waiting = pay(house)

    facts = {"posted_at": "2026-01-31T00:00Z", "seq": 1}
    Entry.objects.filter(voucher=waiting, credit__gt=0).update(credit=25_999)
    refused_by_the_database(waiting, **facts)
    Entry.objects.filter(voucher=waiting, credit__gt=0).update(credit=26_000)
    refused_by_the_database(waiting, **facts, amount=5)
    refused_by_the_database(waiting, approved_by=house["cashier"])
    refused_by_the_database(waiting, posted_at=facts["posted_at"])


def refused_by_the_database(voucher, **columns):
    with pytest.raises(Error), transaction.atomic():
        Voucher.objects.filter(pk=voucher.pk).update(**columns)
