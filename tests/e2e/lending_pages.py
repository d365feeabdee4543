"""The way of a loan to its money, page by page: who lends, to whom, when, how much."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Page

from boards.models import User
from boards.parameters import set_parameter
from boards.roles import Post, Role
from deliberations.models import Decision, Meeting
from loans.models import Loan
from members.models import CommunityGroup, GroupSaving
from tests.e2e import meeting_pages as meetings
from tests.e2e.book_pages import rupiah as bare
from tests.e2e.office import Office, account, open_office
from tests.e2e.pages import follow, heading, lines, press, see
from tests.make import ledger
from tests.make import loans as lend

# Two of five borrow; the officer proposes less than the second one asks for.
LENT = {"Ngatini": 1_000_000, "Parti": 500_000}
ASKED = {"Ngatini": 1_000_000, "Parti": 700_000}
OPENING = 9_000_000
PRINCIPAL, ROWS = 1_500_000, 10
ROW, CHARGE = 150_000, 22_500  # a tenth; 1.5 percent of the whole
SAVINGS = 75_000  # 5 percent, kept back
PAID = 100_000  # the first payment: 22.500 jasa, then 77.500 pokok


def rupiah(amount: int) -> str:
    """An amount with its sign, as pages and papers print it."""
    return f"Rp{bare(amount)}"


def typed(day: date) -> str:
    """A day as people write it."""
    return f"{day:%d/%m/%Y}"


def tenth(today: date, months: int) -> date:
    """The tenth day of a month, counted from the one of `today`."""
    at = today.year * 12 + today.month - 1 + months
    return date(at // 12, at % 12 + 1, 10)


@dataclass(frozen=True)
class Days:
    """Paid out on the tenth, five months back; each row is due on a tenth."""

    today: date

    @property
    def lent(self) -> date:
        """When the money was handed over."""
        return tenth(self.today, -5)

    @property
    def due(self) -> list[date]:
        """When each row is to be paid."""
        return [tenth(self.today, at - 5) for at in range(1, ROWS + 1)]

    @property
    def fallen(self) -> int:
        """Rows due on this day or before it."""
        return sum(day <= self.today for day in self.due)

    @property
    def charged(self) -> int:
        """Rows whose jasa is asked when it is paid off today: the running one too."""
        return sum(day < self.today for day in self.due) + 1


@dataclass(frozen=True)
class Upk:
    """Who lends, to whom, and when."""

    office: Office
    officer: User
    cashier: User
    group: CommunityGroup
    days: Days

    @property
    def home(self) -> str:
        """The first page of the board."""
        return f"/lkm/{self.office.board.slug}/"

    def card(self, loan: Loan) -> str:
        """The card of a loan."""
        return f"{self.home}pinjaman/{loan.pk}/kartu/"


def open_upk() -> Upk:
    """A fund with money; loans are decided in a meeting; the KSM lacks nothing."""
    office = open_office()
    board, today = office.board, office.today
    officer, manager, cashier = (
        account(Role.LOAN_UNIT, name, board=board, post=post)
        for name, post in (
            ("Yuni Astuti", Post.OFFICER),
            ("Sri Rahayu", Post.MANAGER),
            ("Lilik Purwanti", Post.CASHIER),
        )
    )
    facts = {"starts_on": today, "article": "ART pasal 12", "on": today}
    by = {"by": office.coordinator}
    set_parameter(board, "loan_deciders", value="meeting", **facts, **by)
    opened = tenth(today, -6).replace(day=1)
    book = ledger.book(board, cashier, opened_on=opened)
    money = (("11010", OPENING), ("31010", -OPENING))
    ledger.voucher(book, cashier, *money, dated=opened)
    lend.product(board, manager, savings_percent=5)
    return Upk(office, officer, cashier, ready_group(office), Days(today))


def ready_group(office: Office) -> CommunityGroup:
    """Five members, trained, who saved together in each of the last twelve months."""
    group = lend.group(office.board)
    group.name = "Mawar"
    group.save()
    for member, name in zip(group.members.order_by("pk"), LENT, strict=False):
        member.person.name = name
        member.person.save()
    GroupSaving.objects.filter(group=group).delete()
    for back in range(1, 13):
        month = tenth(office.today, -back).replace(day=1)
        facts = {"group": group, "month": month, "amount": 50_000}
        GroupSaving.objects.create(board=office.board, **facts)
    return group


def apply(page: Page, upk: Upk) -> Loan:
    """Sheet A, nine days before the money."""
    page.goto(f"{upk.home}pinjaman/ksm/{upk.group.pk}/")
    follow(page, "Catat permohonan")
    page.get_by_label("Tanggal permohonan").fill(typed(upk.days.lent - timedelta(9)))
    page.get_by_label("Banyaknya angsuran").fill(str(ROWS))
    page.get_by_label("Keperluan", exact=True).fill("Tambahan modal usaha")
    for name, amount in ASKED.items():
        page.get_by_label(f"Permohonan {name}").fill(bare(amount))
    press(page, "Simpan permohonan")
    see(page, rupiah(1_700_000), "Diajukan")
    return Loan.objects.get()


def check(page: Page, upk: Upk) -> None:
    """Sheet B: two visits; the second can pay Rp 60.000 a month, not Rp 80.500."""
    follow(page, "Isi pemeriksaan")
    day = typed(upk.days.lent - timedelta(6))
    rows = page.locator("form#pemeriksaan section")
    found = (("900.000", "600.000", "1.000.000"), ("500.000", "440.000", "500.000"))
    for at, (income, cost, proposed) in enumerate(found):
        rows.nth(at).get_by_label("Dikunjungi").fill(day)
        rows.nth(at).get_by_label("Penghasilan sebulan").fill(income)
        rows.nth(at).get_by_label("Biaya sebulan").fill(cost)
        rows.nth(at).get_by_label("Usulan petugas").fill(proposed)
        rows.nth(at).get_by_label("Pernyataan tanggung renteng").check()
    page.get_by_label("Tanggal pemeriksaan").fill(day)
    page.get_by_text("Layak", exact=True).click()
    press(page, "Simpan pemeriksaan")
    see(page, "Diperiksa: layak", "Pilih keputusan rapat")


def decide_in_meeting(secretary: Page, coordinator: Page, upk: Upk) -> Decision:
    """The members lend Rp 1.500.000; the minutes are ratified."""
    held_on = upk.days.lent - timedelta(3)
    address = meetings.prepare_meeting(secretary, upk.office, held_on=held_on)
    subject = "Pinjaman KSM Mawar"
    meetings.set_agenda(secretary, subject, first=subject)
    secretary.goto(f"{address}hadir/")
    press(secretary, re.compile("Semua yang belum"))
    see(secretary, "kuorum tercapai")
    secretary.goto(address)
    secretary.get_by_role("link", name=subject).first.click()
    row = secretary.locator("fieldset.dec").first
    row.get_by_label("Apa yang diputuskan?").fill("Meminjamkan kepada KSM Mawar.")
    row.get_by_label("Tentang").fill(subject)
    row.get_by_label("Jenis").select_option("loan")
    row.locator("[name$=subject_name]").fill("KSM Mawar")
    row.locator("[name$=amount]").fill(bare(PRINCIPAL))
    for name in ("butir berikutnya", "butir berikutnya", "periksa notulen"):
        meetings.close_item(secretary, f"Simpan, {name}")
    meetings.end_meeting(secretary, address, "21.30")
    press(secretary, "Ajukan untuk disahkan")
    heading(secretary, "Notulen diajukan")
    coordinator.goto(f"{address}periksa/")
    press(coordinator, re.compile("^Sahkan"))
    heading(coordinator, "disahkan")
    assert Meeting.objects.get().state == "ratified"
    return Decision.objects.get()


def bind(page: Page, upk: Upk, decision: Decision) -> None:
    """Sheet C: the loan is tied to the decision; more than it lends is refused."""
    page.goto(upk.home)
    follow(page, "Catat keputusan rapat atas pinjaman KSM Mawar")
    follow(page, "Pilih keputusan rapat")
    page.get_by_label("Keputusan rapat").select_option(str(decision.pk))
    page.get_by_label("Disetujui untuk Parti").fill("500.001")
    press(page, "Catat keputusan rapat")
    see(page, "Paling banyak sebesar usulan petugas, Rp500.000.")
    page.get_by_label("Disetujui untuk Parti").fill("500.000")
    press(page, "Catat keputusan rapat")
    see(page, "Cairkan pinjaman", f"Keputusan {decision.number_text}")


def pay_out(page: Page, upk: Upk) -> None:
    """The cashier hands over what is left after the savings."""
    page.goto(upk.home)
    follow(page, "Cairkan pinjaman KSM Mawar")
    follow(page, "Cairkan pinjaman")
    page.get_by_label("Tanggal pencairan").fill(typed(upk.days.lent))
    press(page, "Periksa rencana angsuran")
    see(page, rupiah(SAVINGS), rupiah(PRINCIPAL - SAVINGS))
    rows = lines(page.locator("table.tbl tbody tr"))
    parts = f"{bare(ROW)} {bare(CHARGE)} {bare(ROW + CHARGE)}"
    assert rows == [
        f"{no} {typed(day)} {parts} {bare(PRINCIPAL - ROW * no)}"
        for no, day in enumerate(upk.days.due, start=1)
    ]
    press(page, f"Cairkan {rupiah(PRINCIPAL - SAVINGS)}")
    see(page, "BKK-UPK-")
