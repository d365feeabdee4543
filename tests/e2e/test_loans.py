"""A KSM is formed, asks, is visited, and gets its money: four people, one loan."""

from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page

from boards.models import User
from boards.roles import Post, Role
from common.periods import add_months
from loans.models import Loan
from members.models import CommunityGroup, GroupMember, GroupSaving, GroupTraining
from tests.e2e.office import Office, account, open_office
from tests.e2e.pages import follow, heading, press, see
from tests.e2e.walk import Findings, look
from tests.make import ledger
from tests.make import loans as lend
from tests.make import members as people

NAMES = ("Ngatini", "Parti", "Suparmi", "Tukiran")


@dataclass(frozen=True)
class Upk:
    """The four who lend, and the day."""

    office: Office
    officer: User
    manager: User
    cashier: User
    day: date

    @property
    def address(self) -> str:
        """The list of loans."""
        return f"/lkm/{self.office.board.slug}/pinjaman/"


def open_upk() -> Upk:
    """A fund with money and a product; nobody has borrowed."""
    office = open_office()
    board = office.board
    officer, manager, cashier = (
        account(Role.LOAN_UNIT, name, board=board, post=post)
        for name, post in (
            ("Yuni Astuti", Post.OFFICER),
            ("Sri Rahayu", Post.MANAGER),
            ("Lilik Purwanti", Post.CASHIER),
        )
    )
    day = office.today
    opened = add_months(day.replace(day=1), -1)
    book = ledger.book(board, cashier, opened_on=opened)
    money = (("11010", 9_000_000), ("31010", -9_000_000))
    ledger.voucher(book, cashier, *money, dated=opened)
    lend.product(board, manager, savings_percent=5, rounding_step=100)
    return Upk(office, officer, manager, cashier, day)


def typed(day: date) -> str:
    """A day as people write it."""
    return f"{day:%d/%m/%Y}"


def form_group(page: Page, upk: Upk, findings: Findings) -> CommunityGroup:
    """A new group, its chair a resident who was not on the list."""
    page.goto(upk.address)
    see(page, "Belum ada pinjaman")
    look(page, "no loans", findings)
    follow(page, "KSM")
    page.get_by_role("main").get_by_role("link", name="KSM baru").first.click()
    formed = add_months(upk.day, -6)
    page.get_by_label("Nama KSM").fill("Melati")
    page.get_by_label("Tanggal dibentuk").fill(typed(formed))
    page.get_by_label("Aturan main KSM").fill(
        "Bertemu tiap Senin.\nDitanggung bersama."
    )
    page.get_by_label("Aturan main disepakati").fill(typed(formed))
    page.get_by_label("Buku KSM sudah diperiksa").check()
    press(page, "Simpan KSM")
    heading(page, "KSM Melati")
    follow(page, "Tambah anggota")
    page.get_by_role("main").get_by_role("link", name="Warga baru").first.click()
    page.get_by_label("Nama", exact=True).fill("Sumiyati")
    page.get_by_label("Perempuan").check()
    press(page, "Simpan warga, lalu isi usahanya")
    page.get_by_label("Tugas").select_option(label="Ketua")
    page.get_by_label("Masuk").fill(typed(formed))
    page.get_by_label("Usaha", exact=False).first.fill("Warung sayur")
    page.get_by_label("Tercatat di daftar PS2").check()
    page.get_by_label("Keluarga sudah menyatakan setuju").check()
    press(page, "Simpan anggota")
    see(page, "Baru 1 anggota.")
    return CommunityGroup.objects.get(name="Melati")


def fill_group(group: CommunityGroup) -> None:
    """Four more people, four months of savings, two of the three trainings."""
    board = group.board
    roles = ("SECRETARY", "TREASURER", "MEMBER", "MEMBER")
    for name, role in zip(NAMES, roles, strict=True):
        sex = "L" if name == "Tukiran" else "P"
        GroupMember.objects.create(
            board=board,
            group=group,
            person=people.person(board, name, sex=sex),
            role=role,
            joined_on=group.formed_on,
            listed_poor=True,
            business="Jahit",
            family_consents=True,
        )
    this = board.today().replace(day=1)
    for back in range(4):
        month = add_months(this, -back)
        GroupSaving.objects.create(board=board, group=group, month=month, amount=50_000)
    for topic in ("LOANS", "BUSINESS"):
        made = GroupTraining.objects.create(
            board=board, group=group, topic=topic, held_on=group.formed_on
        )
        made.members.set(group.members.all())


def train(page: Page, group: CommunityGroup, upk: Upk, findings: Findings) -> None:
    """The last training, with a tick for each who took part."""
    page.goto(f"{upk.address}ksm/{group.pk}/")
    follow(page, "Catat pelatihan")
    page.get_by_text("Ekonomi rumah tangga (PERT)").click()
    page.get_by_label("Tanggal").fill(typed(add_months(upk.day, -1)))
    for name in ("Sumiyati", *NAMES):
        page.get_by_label(name).check()
    press(page, "Simpan pelatihan")
    see(page, "lengkap")
    look(page, "a group that may borrow", findings)


def apply(page: Page, upk: Upk, findings: Findings) -> Loan:
    """Two of the five ask for money."""
    page.get_by_role("main").get_by_role("link", name="Catat permohonan").click()
    page.get_by_label("Tanggal permohonan").fill(typed(upk.day))
    page.get_by_label("Banyaknya angsuran").fill("10")
    page.get_by_label("Keperluan", exact=True).fill("Tambahan modal usaha")
    page.get_by_label("Permohonan Sumiyati").fill("1.000.000")
    page.get_by_label("Permohonan Parti").fill("600.000")
    look(page, "sheet A", findings)
    press(page, "Simpan permohonan")
    see(page, "Rp1.600.000", "Diajukan")
    return Loan.objects.get()


def check(page: Page, findings: Findings) -> None:
    """A visit to both; one of them asks for more than she can pay."""
    follow(page, "Isi pemeriksaan")
    rows = page.locator("form#pemeriksaan section")
    for at, (income, cost) in enumerate(
        (("900.000", "600.000"), ("500.000", "450.000"))
    ):
        rows.nth(at).get_by_label("Penghasilan sebulan").fill(income)
        rows.nth(at).get_by_label("Biaya sebulan").fill(cost)
        rows.nth(at).get_by_label("Pernyataan tanggung renteng").check()
    page.get_by_text("Layak", exact=True).click()
    press(page, "Simpan pemeriksaan")
    see(page, "melebihi kemampuan bayar Rp50.000")
    rows.nth(1).get_by_label("Usulan petugas").fill("400.000")
    look(page, "sheet B", findings)
    press(page, "Simpan pemeriksaan")
    see(page, "Diperiksa: layak", "manajer UPK.")


def decide(manager: Page, coordinator: Page, upk: Upk, findings: Findings) -> None:
    """From the home page: the manager decides, the koordinator signs."""
    home = f"/lkm/{upk.office.board.slug}/"
    manager.goto(home)
    follow(manager, "Putus pinjaman KSM Melati")
    follow(manager, "Putus pinjaman")
    look(manager, "sheet C", findings)
    press(manager, "Putus pinjaman")
    see(manager, "koordinator LKM.")
    coordinator.goto(home)
    follow(coordinator, "Tanda tangani putusan pinjaman KSM Melati")
    follow(coordinator, "Tanda tangani putusan Rp1.400.000")
    press(coordinator, "Tanda tangani putusan Rp1.400.000")
    see(coordinator, "kasir UPK.")


def pay_out(page: Page, upk: Upk, findings: Findings) -> None:
    """Five percent of Rp1.400.000 stays as savings: Rp1.330.000 is handed over."""
    page.goto(f"/lkm/{upk.office.board.slug}/")
    follow(page, "Cairkan pinjaman KSM Melati")
    follow(page, "Cairkan pinjaman")
    press(page, "Periksa rencana angsuran")
    see(page, "Rp70.000", "Rp1.330.000", "Sumiyati")
    look(page, "a payout to look at", findings)
    press(page, "Cairkan Rp1.330.000")
    see(page, "BKK-UPK-", "Kunjungi usaha dan rumah anggota")
    look(page, "a loan paid out", findings)


def test_a_group_borrows_for_the_first_time(open_page):
    upk, findings = open_upk(), Findings()
    officer = open_page(upk.officer, width=360)
    group = form_group(officer, upk, findings)
    fill_group(group)
    train(officer, group, upk, findings)
    loan = apply(officer, upk, findings)
    check(officer, findings)
    manager, coordinator = open_page(upk.manager), open_page(upk.office.coordinator)
    decide(manager, coordinator, upk, findings)
    cashier = open_page(upk.cashier)
    pay_out(cashier, upk, findings)

    loan.refresh_from_db()
    assert (loan.state, loan.principal, loan.plan.count()) == ("active", 1_400_000, 10)
    assert "\n".join(findings.said) == ""
    assert [page.faults for page in (officer, manager, coordinator, cashier)] == [
        []
    ] * 4
