"""Pages that read a book, and those that close its months and years."""

from datetime import date

import pytest
from django.urls import reverse

from boards.drafts import keep_draft
from boards.models import BoardSetting, Draft
from boards.roles import Role
from ledger.balances import closed_through
from ledger.models import MoneyCheck, PeriodClose, YearClose
from ledger.services import approve_voucher, write_opening
from tests.make import boards as make
from tests.make import ledger

pytestmark = pytest.mark.django_db
READ = (
    "book_home",
    "voucher_list",
    "account_list",
    "statement_list",
    "cash_book",
    "balance",
    "income",
    "equity",
    "close_list",
)


@pytest.fixture(scope="module")
def kept_house(module_rows):
    """A fund book since November 2025 with cash, a bank account and savings."""
    board = make.board()
    cashier, manager = (make.user(Role.LOAN_UNIT, board=board) for _ in "ab")
    book = ledger.book(board, cashier, opened_on=date(2025, 11, 1))
    for lines in (
        (("11010", 1_140_500), ("31010", -1_140_500)),
        (("11021", 500_000), ("31020", -500_000)),
        (("11010", 60_000), ("41010", -60_000)),
        (("11022", 200_000), ("21020", -250_000), ("31010", 50_000)),
    ):
        ledger.voucher(book, cashier, *lines, dated=date(2025, 11, 20), kind="BKM")
    return {
        "board": board,
        "book": book,
        "user": cashier,
        "other": manager,
        "cashier": make.signed_in(cashier),
        "manager": make.signed_in(manager),
        "pengawas": make.signed_in(make.user(Role.SUPERVISOR, board=board)),
        "kelurahan": make.signed_in(
            make.user(Role.KELURAHAN, region_code=board.region_code)
        ),
    }


@pytest.fixture
def house(kept_house, settings):
    """The rows, in a portal that keeps no cards of loans and savings."""
    settings.LEDGER_CHECKS = []
    return kept_house


def url(name: str, board, kind="fund", **kwargs) -> str:
    return reverse(
        f"ledger:{name}", kwargs={"board_slug": board.slug, "kind": kind, **kwargs}
    )


def page(house, name: str, query="", who="cashier", **kwargs):
    return house[who].get(url(name, house["board"], **kwargs) + query)


def test_the_first_page_says_what_there_is_and_what_is_open(house):
    ledger.voucher(
        house["book"], house["user"], ("51030", 5), ("11010", -5), second=True
    )

    text = page(house, "book_home").text.replace("\xa0", " ")

    for words in (
        "Rp1.200.500",
        "Rp500.000",
        "Catat saldo awal",
        "Mintakan persetujuan untuk 1 bukti Anda",
        "Tutup November 2025",
        # The limit of the rulebook is Rp1.000.000.
        "Setor Rp200.500 ke bank",
        "Rp50.000. Tabungan anggota tidak dipakai",
        "Bayar biaya",
    ):
        assert words in text
    others = page(house, "book_home", who="manager").text
    assert "Setujui 1 bukti yang ditulis petugas lain" in others
    assert (
        "1 bukti menunggu persetujuan" in page(house, "book_home", who="pengawas").text
    )


def test_forms_of_a_room_above_stand_once_it_is_there(house, monkeypatch):
    above = (
        ("boards:board_page", "?a=b", "Terima angsuran", "Ada."),
        ("boards:nowhere", "", "Cairkan pinjaman", "Belum ada."),
    )
    monkeypatch.setattr("ledger.views.home.ABOVE", above)

    text = page(house, "book_home").text

    assert "Terima angsuran" in text
    assert "Cairkan pinjaman" not in text


def test_a_reader_sees_no_form_and_no_task_of_others(house):
    text = page(house, "book_home", who="pengawas").text

    assert "Rp1.200.500" in text
    assert "Bayar biaya" not in text
    assert "Catat saldo awal" not in text


def test_the_boards_own_cash_limit_holds(house):
    BoardSetting.objects.create(
        board=house["board"],
        name="cash_limit",
        value=1_200_500,
        starts_on=date(2026, 1, 1),
        article="AD pasal 9",
        created_by=house["user"],
    )

    assert "kas di atas batas" not in page(house, "book_home").text


def test_noted_opening_balances_are_no_task(house):
    amounts = {ledger.account(house["book"], c): 5 for c in ("11010", "31010")}
    made = write_opening(house["book"], amounts=amounts, by=house["user"])
    approve_voucher(made, by=house["other"])

    assert "Catat saldo awal" not in page(house, "book_home").text


@pytest.mark.parametrize("name", READ)
def test_books_are_read_inside_the_board_alone(house, name):
    address = url(name, house["board"])

    assert house["pengawas"].get(address).status_code == 200
    assert house["kelurahan"].get(address).status_code == 403
    assert house["cashier"].get(url(name, make.board())).status_code == 404
    assert house["cashier"].post(address).status_code == 405


@pytest.mark.parametrize("vouchers", [0, 46])
def test_pages_cost_the_same_with_5_and_50_vouchers(
    house, vouchers, django_assert_max_num_queries
):
    for number in range(vouchers):
        lines = (("11010", number + 1), ("41020", -number - 1))
        ledger.voucher(house["book"], house["user"], *lines, kind="BKM")
    page(house, "book_home")
    for name, most in (
        ("book_home", 15),
        ("voucher_list", 9),
        ("account_list", 9),
        ("cash_book", 11),
        ("balance", 11),
        ("income", 11),
        ("equity", 9),
        ("close_list", 20),
    ):
        with django_assert_max_num_queries(most):
            assert page(house, name).status_code == 200


def test_the_list_is_filtered_by_its_address(house):
    def found(query: str) -> int:
        return len(page(house, "voucher_list", query).context["page"].rows)

    ledger.voucher(
        house["book"],
        house["user"],
        ("51030", 5),
        ("11010", -5),
        second=True,
        kind="BKK",
        description="Map arsip",
        party="Toko Jaya",
    )

    assert [
        found(query)
        for query in (
            "",
            "?q=map",
            "?q=toko+jaya",
            "?q=BKM-UPK-2025-0002",
            "?tahun=2025",
            "?tahun=2026&bulan=1",
            "?bulan=11",
            "?jenis=BKK",
            "?keadaan=tunggu",
            "?keadaan=buku",
            "?keadaan=batal",
            "?tahun=1&bulan=99&jenis=x",
        )
    ] == [5, 1, 1, 1, 4, 1, 4, 1, 1, 4, 0, 5]
    assert "Tidak ada bukti yang cocok" in page(house, "voucher_list", "?q=zzz").text


def test_statements_of_a_month_and_a_day(house):
    cash = page(house, "cash_book", "?bulan=2025-11")
    sheet = page(house, "balance", "?tanggal=30/11/2025")
    odd = page(house, "balance", "?tanggal=31/02/2025")
    early = page(house, "balance", "?tanggal=1/1/2020")
    money_in = page(house, "day_journal", "?bulan=2025-11", journal="uang-masuk")

    assert cash.context["facts"].closing == 1_200_500
    assert "Seimbang" in sheet.text
    # 1.200.500 in cash, 500.000 and 200.000 in the banks.
    assert sheet.context["facts"].assets.total == 1_900_500
    assert odd.context["problem"]
    assert "31/02/2025" in odd.text
    assert early.context["facts"].on == date(2025, 11, 1)
    assert money_in.context["facts"].total == 1_950_500
    assert page(house, "income", "?bulan=2025-11").context["facts"].profit == (
        60_000,
        60_000,
    )
    assert page(house, "equity", "?bulan=nanti").status_code == 200
    assert page(house, "day_journal", journal="uang-hilang").status_code == 404


def test_an_empty_month_says_so(house):
    text = page(house, "day_journal", "?bulan=2025-12", journal="uang-keluar").text

    assert "Tidak ada bukti pada Desember 2025." in text


def counted(house, step="tutup", **changes) -> dict[str, str]:
    """Rp1.200.500 in notes and coins, and what the banks say."""
    bank, savings = (ledger.account(house["book"], c).pk for c in ("11021", "11022"))
    body = {
        "piece100000": "11",
        "piece50000": "2",
        "piece500": "1",
        f"money{bank}": "500.000",
        f"money{savings}": "200.000",
        "step": step,
        "month": "2025-11",
    }
    return make.once(**{**body, **changes})


def test_a_month_is_closed_by_counting_pieces(house):
    address = url("month_close", house["board"])

    seen = house["cashier"].post(address, counted(house, step="periksa"))
    assert "1.200.500" in seen.text
    assert not PeriodClose.objects.filter(book=house["book"]).exists()
    body = counted(house)
    first, again = (house["cashier"].post(address, body) for _ in "ab")

    assert (first.status_code, again.status_code) == (302, 303)
    assert closed_through(house["book"]) == date(2025, 11, 30)
    made = house["cashier"].get(first["Location"])
    assert "November 2025" in made.text
    assert "mintalah petugas lain membuka lagi" in made.text


@pytest.mark.parametrize("sent", ["2025-11", ""])
def test_a_count_closes_no_other_month_than_the_one_it_was_made_for(house, sent):
    """Nothing moves in December, so November's count would fit it too."""
    address = url("month_close", house["board"])
    assert 'name="month" value="2025-11"' in house["cashier"].get(address).text
    seen = house["cashier"].post(address, counted(house, step="periksa")).text
    assert 'name="month" value="2025-11"' in seen
    house["manager"].post(address, counted(house))
    assert closed_through(house["book"]) == date(2025, 11, 30)

    late = house["cashier"].post(address, counted(house, month=sent))

    assert closed_through(house["book"]) == date(2025, 11, 30)
    assert "Ini Desember 2025: hitung uangnya lagi." in late.text
    assert 'name="month" value="2025-12"' in late.text
    assert 'name="piece100000" value="11"' in late.text


def test_a_difference_is_told_beside_its_box_and_explained(house):
    address = url("month_close", house["board"])
    cash = ledger.account(house["book"], "11010").pk

    off = house["cashier"].post(address, counted(house, piece500=""))
    why = {f"why{cash}": "uang kembalian"}
    house["cashier"].post(address, counted(house, piece500="", **why))

    told = str(off.context["form"].errors[f"why{cash}"])
    assert "Kas kurang Rp500 dari buku. Tulis sebabnya." in told
    check = MoneyCheck.objects.get(account=cash)
    assert (check.counted, check.booked) == (1_200_000, 1_200_500)


@pytest.mark.parametrize("pieces", ["-1", "satu", "1,5", "100000"])
def test_odd_pieces_close_nothing(house, pieces):
    address = url("month_close", house["board"])

    answer = house["cashier"].post(address, counted(house, piece500=pieces))

    assert answer.context["form"].errors["piece500"]
    assert not PeriodClose.objects.filter(book=house["book"]).exists()


def test_what_is_missing_stands_before_the_counting(house):
    ledger.voucher(
        house["book"],
        house["user"],
        ("51030", 5),
        ("11010", -5),
        dated=date(2025, 11, 21),
        second=True,
    )
    address = url("month_close", house["board"])

    assert "1 bukti menunggu persetujuan." in house["cashier"].get(address).text
    refused = house["cashier"].post(address, counted(house))
    assert refused.status_code == 200
    assert "1 bukti menunggu persetujuan." in page(house, "close_list").text
    assert not PeriodClose.objects.filter(book=house["book"]).exists()


def test_a_month_is_opened_again_by_another_person(house):
    facts = {"cash": 1_200_500, "bank": 500_000, "savings_bank": 200_000}
    close = ledger.close_month(house["book"], "2025-11", house["user"], **facts)
    address = url("month_reopen", house["board"], pk=close.pk)

    own = house["cashier"].post(address, make.once(reason="lupa"))
    bare = house["manager"].post(address, make.once(reason=""))
    done = house["manager"].post(address, make.once(reason="bukti tertinggal"))

    assert "Anda yang menutup bulan ini." in own.text
    assert "Tulis alasannya" in bare.text
    assert done.status_code == 302
    assert closed_through(house["book"]) is None
    told = page(house, "close_page", pk=close.pk).text
    assert "bukti tertinggal" in told
    assert house["pengawas"].post(address, make.once()).status_code == 403
    assert house["cashier"].put(address).status_code == 405


def test_a_year_is_carried_over_on_its_own_page(house):
    address = url("year_close", house["board"], year=2025)
    early = house["cashier"].post(address, make.once())
    assert "Tutup dulu November 2025." in early.text
    facts = {"cash": 1_200_500, "bank": 500_000, "savings_bank": 200_000}
    for month in ("2025-11", "2025-12"):
        ledger.close_month(house["book"], month, house["user"], **facts)

    assert "Tutup tahun 2025" in page(house, "close_list").text
    done = house["cashier"].post(address, make.once())

    assert done.status_code == 302
    assert YearClose.objects.get(book=house["book"]).profit == 60_000
    told = house["pengawas"].get(url("close_list", house["board"])).text
    assert "laba Rp60.000" in told
    twice = house["cashier"].post(address, make.once())
    assert "Tahun 2025 sudah ditutup." in twice.text
    assert page(house, "year_close", year=1999).status_code == 404
    assert house["pengawas"].post(address, make.once()).status_code == 403
    foreign = url("year_close", make.board(), year=2025)
    assert house["cashier"].post(foreign, make.once()).status_code == 404


def test_counting_that_was_left_is_there_again(house):
    address = url("month_close", house["board"])
    book, bank = house["book"], ledger.account(house["book"], "11021").pk
    facts = {"form": "ledger.month_close", "part": "tutup", "base_revision": 0}
    keep_draft(
        user=house["user"],
        board=house["board"],
        object_key=f"{house['board'].pk}:{book.pk}/2025-11",
        content={"piece100000": "11", f"money{bank}": "500.000"},
        **facts,
    )

    text = house["cashier"].get(address).text

    assert 'value="11"' in text
    assert 'value="500.000"' in text
    assert 'value="11"' not in house["manager"].get(address).text

    house["cashier"].post(address, counted(house))

    assert not Draft.objects.filter(user=house["user"]).exists()
