"""Pages that write: opening a book, the plain forms, the journal, a second person."""

from datetime import date

import pytest
from django.urls import reverse

from boards.roles import Post, Role
from ledger.balances import balances
from ledger.models import Account, Book, Voucher
from tests.make import boards as make
from tests.make import ledger

pytestmark = pytest.mark.django_db
DAY = "15/01/2026"
FUND_WRITES = (
    "opening",
    "entry_new",
    "journal_new",
    "account_new",
    "voucher_approve",
    "voucher_drop",
    "voucher_reverse",
    "account_edit",
)


@pytest.fixture(scope="module")
def house(module_rows):
    """A fund book with Rp100.000 in cash and Rp500.000 in the bank."""
    board = make.board()
    cashier, manager = (make.user(Role.LOAN_UNIT, board=board) for _ in "ab")
    book = ledger.book(board, cashier)
    cash = ledger.voucher(book, cashier, ("11010", 100_000), ("31010", -100_000))
    ledger.voucher(book, cashier, ("11021", 500_000), ("31020", -500_000))
    people = {
        "secretary": make.user(Role.SECRETARY, board=board),
        "pengawas": make.user(Role.SUPERVISOR, board=board),
        "kelurahan": make.user(Role.KELURAHAN, region_code=board.region_code),
    }
    return {
        "board": board,
        "book": book,
        "voucher": cash,
        "user": cashier,
        "cashier": make.signed_in(cashier),
        "manager": make.signed_in(manager),
        **{name: make.signed_in(user) for name, user in people.items()},
    }


def url(name: str, board, kind="fund", **kwargs) -> str:
    return reverse(
        f"ledger:{name}", kwargs={"board_slug": board.slug, "kind": kind, **kwargs}
    )


def keys(house, name: str) -> dict:
    """What the address of a page asks for."""
    if name == "entry_new":
        return {"code": "cost"}
    if name == "account_edit":
        return {"pk": ledger.account(house["book"], "51030").pk}
    return {"pk": house["voucher"].pk} if name.startswith("voucher_") else {}


def account(house, code: str) -> str:
    return str(ledger.account(house["book"], code).pk)


def cost(house, step="catat", **changes) -> dict[str, str]:
    body = {
        "amount": "26.000",
        "dated": DAY,
        "cost": account(house, "51030"),
        "money": account(house, "11010"),
        "party": "Toko Jaya",
        "description": "Kertas",
        "step": step,
    }
    return make.once(**{**body, **changes})


def held(house, code: str) -> int:
    rows = balances(house["book"], until=date(2026, 12, 31)).rows
    return next(row.amount for row in rows if row.account.code == code)


def test_a_cost_is_looked_at_before_it_is_written(house):
    address = url("entry_new", house["board"], code="cost")

    answer = house["cashier"].post(address, cost(house, step="periksa"))

    assert answer.status_code == 200
    assert "dua puluh enam ribu rupiah" in answer.text
    assert "<b>ATK</b> bertambah" in answer.text
    assert "<b>Kas</b> berkurang" in answer.text
    assert Voucher.objects.filter(book=house["book"]).count() == 2


def test_a_cost_waits_for_another_person_and_then_counts(house):
    address, body = url("entry_new", house["board"], code="cost"), cost(house)

    first, again = (house["cashier"].post(address, body) for _ in "ab")

    assert (first.status_code, again.status_code) == (302, 303)
    made = Voucher.objects.get(book=house["book"], form="cost")
    assert (made.amount, made.party, made.posted_at) == (26_000, "Toko Jaya", None)
    done = house["cashier"].get(first["Location"])
    assert "menunggu persetujuan" in done.text
    approve = url("voucher_approve", house["board"], pk=made.pk)
    assert "Mintalah petugas lain" in house["cashier"].get(approve).text
    refused = house["cashier"].post(approve, make.once())
    assert "Anda yang menulis bukti ini." in refused.text

    answer = house["manager"].post(approve, make.once())

    assert answer.status_code == 302
    assert (held(house, "51030"), held(house, "11010")) == (26_000, 74_000)
    assert "BKK-UPK-2026-0001" in house["manager"].get(answer["Location"]).text


def test_the_way_back_from_the_check_keeps_what_was_typed(house):
    address = url("entry_new", house["board"], code="cost")

    answer = house["cashier"].post(address, cost(house, step="ubah"))

    assert 'value="26.000"' in answer.text
    assert 'value="Toko Jaya"' in answer.text


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"amount": "100.001"}, "amount", "Saldo Kas Rp100.000, tidak cukup"),
        ({"amount": "0"}, "amount", "Isi paling sedikit Rp1."),
        ({"amount": "-5"}, "amount", "tanpa tanda minus"),
        ({"dated": "31/12/2025"}, "dated", "dibuka per 1 Januari 2026"),
        ({"dated": "01/01/2199"}, "dated", "Isi hari ini atau sebelumnya."),
        ({"dated": "31/02/2026"}, "dated", ""),
        ({"cost": ""}, "cost", "Pilih salah satu."),
        ({"description": ""}, "description", "Tulis uraiannya"),
    ],
)
def test_bad_input_is_told_beside_its_field(house, changes, field, words):
    address = url("entry_new", house["board"], code="cost")
    for step in ("periksa", "catat"):
        answer = house["cashier"].post(address, cost(house, step, **changes))

        assert answer.status_code == 200
        assert words in str(answer.context["form"].errors[field])
        assert 'value="Toko Jaya"' in answer.text
    assert Voucher.objects.filter(book=house["book"]).count() == 2


def test_an_account_of_another_kind_or_book_is_refused(house):
    address = url("entry_new", house["board"], code="cost")
    other = ledger.book(make.board(), house["user"])
    for code in (account(house, "41010"), str(ledger.account(other, "51030").pk)):
        answer = house["cashier"].post(address, cost(house, cost=code))

        assert "Pilih dari daftar." in answer.text
    assert (
        house["cashier"]
        .get(url("entry_new", house["board"], code="rahasia"))
        .status_code
        == 404
    )


def journal(house, *lines, step="catat", **changes) -> dict[str, str]:
    body = {
        "kind": "BPB",
        "dated": DAY,
        "description": "Koreksi",
        "baris-TOTAL_FORMS": str(len(lines)),
        "baris-INITIAL_FORMS": "0",
        "step": step,
    }
    for place, (code, debit, credit) in enumerate(lines):
        body |= {
            f"baris-{place}-account": account(house, code) if code else "",
            f"baris-{place}-debit": debit,
            f"baris-{place}-credit": credit,
        }
    return make.once(**{**body, **changes})


GOOD = (("51030", "9.000", ""), ("51040", "1.000", ""), ("11010", "", "10.000"))


def test_a_journal_is_checked_then_waits(house):
    address = url("journal_new", house["board"])
    assert 'name="baris-11-debit"' in house["cashier"].get(address).text

    seen = house["cashier"].post(address, journal(house, *GOOD, step="periksa"))
    made = house["cashier"].post(address, journal(house, *GOOD, ("", "", "")))

    assert "sepuluh ribu rupiah" in seen.text
    assert made.status_code == 302
    voucher = Voucher.objects.get(book=house["book"], form="manual", posted_at=None)
    assert [(e.debit, e.credit) for e in voucher.entries.all()] == [
        (9_000, 0),
        (1_000, 0),
        (0, 10_000),
    ]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            (("51030", "9.000", ""), ("11010", "", "8.500")),
            "Debet Rp9.000 dan kredit Rp8.500 tidak sama. Selisihnya Rp500.",
        ),
        (
            (("51030", "9.000", "9.000"), ("11010", "", "9.000")),
            "Isi debet saja atau kredit saja.",
        ),
        ((("51030", "9.000", ""), ("", "", "9.000")), "Pilih akunnya."),
        ((), "Isi jumlah lebih dari nol."),
        (
            (("51030", "200.000", ""), ("11010", "", "200.000")),
            "Saldo Kas Rp100.000, tidak cukup untuk Rp200.000.",
        ),
        ((("32020", "5", ""), ("11010", "", "5")), "Pilih dari daftar."),
    ],
)
def test_a_bad_journal_loses_nothing(house, lines, words):
    address = url("journal_new", house["board"])

    answer = house["cashier"].post(address, journal(house, *lines))

    assert answer.status_code == 200
    assert words in answer.text
    assert 'value="Koreksi"' in answer.text
    assert Voucher.objects.filter(book=house["book"]).count() == 2


def test_the_journal_belongs_to_the_pembuku_where_there_is_one(house):
    keeper = make.user(Role.LOAN_UNIT, board=house["board"], post=Post.BOOKKEEPER)
    address = url("journal_new", house["board"])

    assert house["cashier"].get(address).status_code == 403
    assert house["cashier"].post(address, journal(house, *GOOD)).status_code == 403
    assert make.signed_in(keeper).get(address).status_code == 200
    assert address not in house["cashier"].get(url("book_home", house["board"])).text


def test_a_waiting_voucher_is_dropped_with_its_reason(house):
    waiting = ledger.voucher(
        house["book"], house["user"], ("51030", 5), ("11010", -5), second=True
    )
    address = url("voucher_drop", house["board"], pk=waiting.pk)

    missing = house["manager"].post(address, make.once(reason=" "))
    answer = house["manager"].post(address, make.once(reason="salah orang"))

    assert "Tulis alasannya" in missing.text
    waiting.refresh_from_db()
    assert (answer.status_code, waiting.drop_reason) == (302, "salah orang")
    page = house["manager"].get(url("voucher_page", house["board"], pk=waiting.pk))
    assert "salah orang" in page.text


def test_a_posted_voucher_is_taken_back_by_a_new_one(house):
    address = url("voucher_reverse", house["board"], pk=house["voucher"].pk)
    facts = {"dated": DAY, "reason": "salah akun"}

    early = house["cashier"].post(address, make.once(**facts | {"dated": "14/01/2026"}))
    made = house["cashier"].post(address, make.once(**facts))
    again = house["cashier"].post(address, make.once(**facts))

    assert "15 Januari 2026" in str(early.context["form"].errors["dated"])
    assert made.status_code == 302
    assert "Bukti ini sudah dibatalkan." in again.text
    back = Voucher.objects.get(reverses=house["voucher"])
    house["manager"].post(
        url("voucher_approve", house["board"], pk=back.pk), make.once()
    )
    assert held(house, "11010") == 0
    page = house["cashier"].get(
        url("voucher_page", house["board"], pk=house["voucher"].pk)
    )
    assert "dibatalkan dengan" in page.text


@pytest.mark.parametrize("name", FUND_WRITES)
def test_who_does_not_keep_the_book_does_not_write_in_it(house, name):
    address = url(name, house["board"], **keys(house, name))

    for who in ("secretary", "pengawas"):
        assert house[who].get(address).status_code == 403
        assert house[who].post(address, make.once()).status_code == 403
    assert house["kelurahan"].post(address, make.once()).status_code == 403
    assert house["cashier"].put(address).status_code == 405
    foreign = url(name, make.board(), **keys(house, name))
    assert house["cashier"].get(foreign).status_code == 404


def test_a_voucher_of_another_book_is_not_there(house):
    other = ledger.book(make.board(), house["user"])
    strange = ledger.voucher(other, house["user"], ("11010", 5), ("31010", -5))
    for name in ("voucher_page", "voucher_done", "voucher_approve", "voucher_drop"):
        address = url(name, house["board"], pk=strange.pk)
        assert house["cashier"].get(address).status_code == 404


def test_the_works_book_belongs_to_secretary_and_upl(house):
    board, opened = house["board"], make.once(opened_on="01/01/2026")
    home = url("book_home", board, "works")
    assert "Buku ini belum dibuka" in house["pengawas"].get(home).text
    assert (
        house["pengawas"].post(url("book_open", board, "works"), opened).status_code
        == 403
    )

    made = house["secretary"].post(url("book_open", board, "works"), opened)
    again = house["secretary"].post(
        url("book_open", board, "works"), make.once(opened_on="01/01/2026")
    )

    assert made.status_code == 302
    assert "Buku ini sudah dibuka." in again.text
    assert Book.objects.get(board=board, kind="works").opened_on == date(2026, 1, 1)
    upl = make.signed_in(make.user(Role.WORKS_UNIT, board=board))
    for who in (upl, house["secretary"]):
        assert who.get(url("opening", board, "works")).status_code == 200
    assert house["cashier"].get(url("opening", board, "works")).status_code == 403
    # That book has no account for wear, so no form for it either.
    wear = url("entry_new", board, "works", code="depreciation")
    assert upl.get(wear).status_code == 404
    assert wear not in upl.get(home).text


def opening(book, step="catat", loss="", **amounts) -> dict[str, str]:
    body = {
        f"account{ledger.account(book, code.removeprefix('a')).pk}": rupiah
        for code, rupiah in amounts.items()
    }
    return make.once(step=step, loss=loss, **body)


def test_opening_balances_must_balance_and_wait(house):
    book = ledger.book(house["board"], house["user"], kind="works")
    address = url("opening", house["board"], "works")
    facts = {"a11010": "300.000", "a11021": "1.000.000", "a31010": "1.400.000"}

    off = house["secretary"].post(address, opening(book, **facts))
    seen = house["secretary"].post(
        address, opening(book, "periksa", loss="100.000", **facts)
    )
    made = house["secretary"].post(address, opening(book, loss="100.000", **facts))

    assert (
        "Kekayaan Rp1.300.000, tetapi hutang dan modal Rp1.400.000. Selisihnya"
        " Rp100.000." in off.text
    )
    assert 'value="1.400.000"' in off.text
    assert "Rp1.300.000" in seen.text
    assert made.status_code == 302
    voucher = Voucher.objects.get(book=book)
    lines = {e.account.code: e.debit - e.credit for e in voucher.entries.all()}
    assert lines == {
        "11010": 300_000,
        "11021": 1_000_000,
        "31010": -1_400_000,
        "32010": 100_000,
    }
    # Once noted, the page leads to it; nobody notes them twice.
    assert house["secretary"].get(address)["Location"].endswith(f"/{voucher.pk}/")
    twice = house["secretary"].post(address, opening(book, loss="100.000", **facts))
    assert "Saldo awal sudah dicatat." in twice.text
    assert house["secretary"].post(address, opening(book)).text.count("paling sedikit")


def test_an_account_is_added_renamed_and_put_out_of_use(house):
    new = url("account_new", house["board"])
    body = {"code": "51110", "name": "Biaya Pajak", "group": "cost"}

    made = house["cashier"].post(new, make.once(**body))
    taken = house["cashier"].post(new, make.once(**body | {"code": "51030"}))
    odd = house["cashier"].post(new, make.once(**body | {"code": "5-1"}))

    assert made.status_code == 302
    assert "Kode akun ini sudah dipakai." in taken.text
    assert "Tulis kode dengan angka" in odd.text
    account = Account.objects.get(book=house["book"], name="Biaya Pajak")
    edit = url("account_edit", house["board"], pk=account.pk)
    saved = house["cashier"].post(edit, make.once(name="Biaya Lain-lain", revision="0"))
    late = house["cashier"].post(edit, make.once(name="Pajak", revision="0"))
    assert (saved.status_code, late.status_code) == (302, 409)
    account.refresh_from_db()
    assert (account.name, account.is_active) == ("Biaya Lain-lain", False)
    # What the portal books on keeps its place; only its name changes.
    cash = url(
        "account_edit", house["board"], pk=ledger.account(house["book"], "11010").pk
    )
    house["cashier"].post(cash, make.once(name="Kas Kecil", revision="0"))
    assert ledger.account(house["book"], "11010").is_active
