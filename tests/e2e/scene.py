"""A portal with something of everything, for walks through all its pages."""

from datetime import date
from decimal import Decimal

from boards.models import Board, Region, User
from boards.roles import Post, Role
from common.periods import Period
from ledger.services import drop_voucher, reverse_voucher
from reports.jobs import enqueue_summary
from reports.services import issue_report
from tests.e2e.office import KABUPATEN, KECAMATAN, Office, account, open_office
from tests.make import activities as works
from tests.make import ledger, members, planning
from tests.make import meetings as meet
from tests.make.summaries import regency

LAT, LON = Decimal("-7.651400"), Decimal("111.334000")


def set_scene() -> tuple[Office, dict[str, User]]:
    """The office with its rows in every state, and one account a role."""
    regency()
    office = open_office()
    board, secretary, people = office.board, office.secretary, office.people
    members.person(board, "Suminah", nik="3520064107880001", rt="004", rw="002")
    planning.item(board, "Perbaikan saluran RT 006")
    draft = meet.draft(board, by=secretary, people=people)
    meet.come(draft, 6, by=secretary)
    meet.sent(board, by=secretary, people=people)
    ratified = meet.ratified(
        board, by=secretary, ratifier=office.coordinator, people=people
    )
    for kind in ("berita-acara", "daftar-hadir"):
        issue_report(kind, ratified, on=board.today(), by=secretary)
    set_works(office)
    enqueue_summary(
        Region.objects.get(code=KABUPATEN),
        Region.objects.get(code=KABUPATEN),
        Period.year(2026),
        by=office.dinas,
    )
    users = accounts(office)
    set_book(board, writes=users["ups"], approves=users["upk"])
    return office, users


def set_book(board: Board, *, writes: User, approves: User) -> None:
    """The fund's book: a closed month, vouchers in every state, one to take back."""
    last_year = board.today().year - 1
    book = ledger.book(board, approves, opened_on=date(last_year, 11, 1))
    day = {"dated": date(last_year, 11, 20)}
    ledger.voucher(book, writes, ("11010", 900_000), ("31010", -900_000), **day)
    ledger.close_month(book, f"{last_year}-11", approves, cash=900_000)
    cost = (("51030", 26_000), ("11010", -26_000))
    facts = {"dated": date(last_year, 12, 1), "kind": "BKK", "party": "Toko Jaya"}
    wrong = ledger.voucher(book, writes, *cost, **facts)
    reverse_voucher(wrong, dated=date(last_year, 12, 2), reason="salah", by=writes)
    waiting = ledger.voucher(book, writes, *cost, second=True, **facts)
    drop_voucher(waiting, reason="tercatat dua kali", by=approves)


def set_works(office: Office) -> None:
    """Works planned and running; reports in all four states."""
    board, secretary = office.board, office.secretary
    works.activity(board, by=secretary)
    for make in (works.report, works.sent, works.approved):
        make(works.running(board, by=secretary, latitude=LAT, longitude=LON))
    works.receipt(works.report(works.running(board, by=secretary)))
    works.returned(works.running(board, by=secretary), "volume", "wages")


def accounts(office: Office) -> dict[str, User]:
    """Role by role, as the demo names them."""
    board, village = office.board, office.board.region_code
    return {
        "sekretaris": office.secretary,
        "anggota": office.coordinator,
        "upl": account(Role.WORKS_UNIT, "Bambang Sutrisno", board=board),
        "upk": account(Role.LOAN_UNIT, "Nur Hidayah", board=board, post=Post.MANAGER),
        "ups": account(Role.SOCIAL_UNIT, "Yuli Astuti", board=board),
        "pengawas": account(Role.SUPERVISOR, "Hadi Winoto", board=board),
        "kelurahan": office.kelurahan,
        "kecamatan": account(Role.KECAMATAN, "Tri Handoko", region_code=KECAMATAN),
        "dinas": office.dinas,
        "admin": account(Role.DINAS_ADMIN, "Maya Sari", region_code=village[:5]),
        "provinsi": account(Role.PROVINCE, "Arif Rahman", region_code=village[:2]),
        "sistem": account(Role.SYSTEM, "Pengelola Satu"),
    }
