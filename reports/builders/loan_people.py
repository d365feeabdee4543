"""The group on papers of its loan: its chair, where it lives, its terms in words."""

import datetime

from common.money import format_rupiah
from common.words import format_date, format_decimal, neighbourhood, no_break
from loans.models import Loan, LoanShare, ProductTerms
from loans.schedule import Frequency, Method
from members.models import GroupMember
from reports.builders.fund_people import DOTS
from reports.builders.letters import figure_words
from reports.builders.sheets import NONE
from reports.frame import Signer

UNITS = {Frequency.MONTHLY: "bulan", Frequency.WEEKLY: "minggu"}
METHODS = {
    Method.FLAT: "tetap",
    Method.DECLINING: "menurun",
    Method.ANNUITY: "anuitas",
}


def chair_of(loan: Loan, on: datetime.date) -> str:
    """Name of the chair of the group on a day; dots when it has none."""
    chairs = GroupMember.objects.filter(group=loan.group, role="CHAIR").active_on(on)
    chair = chairs.select_related("person").first()
    return chair.person.full_name if chair else DOTS


def chair_signs(loan: Loan, on: datetime.date, *, above: str = "") -> Signer:
    """The box of the chair."""
    return Signer(f"Ketua {loan.group},", chair_of(loan, on), above=above)


def address_of(loan: Loan) -> str:
    """Where the group meets, with RT, RW and the place of the board."""
    group = loan.group
    parts = (group.address, neighbourhood(group.rt, group.rw), loan.board.place)
    return no_break(", ".join(part for part in parts if part))


def term_words(loan: Loan) -> str:
    """ "10 (sepuluh) bulan"."""
    terms = loan.terms
    count = loan.instalments * terms.every
    return f"{figure_words(count)} {UNITS[Frequency(terms.frequency)]}"


def rate_words(terms: ProductTerms) -> str:
    """ "1,5 persen setiap angsuran, tetap"."""
    rate = format_decimal(terms.rate.normalize())
    basis = terms.get_rate_basis_display()
    return f"{rate} {basis}, {METHODS[Method(terms.method)]}"


def lent_shares(loan: Loan) -> list[LoanShare]:
    """Members who get a share, in their order."""
    rows = loan.shares.select_related("member__person").order_by("position")
    return [share for share in rows if share.approved]


def loan_facts(loan: Loan) -> tuple[tuple[str, str], ...]:
    """Head of cards and plans: revolving-loans sheet, section 2.2."""
    plan = list(loan.plan.order_by("no")[:1])
    first = plan[0].principal + plan[0].service_charge if plan else 0
    shares = lent_shares(loan)
    day = loan.disbursed_on
    return (
        ("Kelompok", str(loan.group)),
        ("Alamat", address_of(loan)),
        ("Ketua", chair_of(loan, day)),
        ("Anggota meminjam", f"{len(shares)} orang"),
        ("Rekening pinjaman", loan.account_number or NONE),
        ("Jenis pinjaman", f"{loan.terms.product}, putaran {loan.round_no}"),
        ("Tanggal cair", format_date(day, unbroken=True)),
        ("Pokok", format_rupiah(loan.principal)),
        ("Jangka waktu", f"{loan.instalments} angsuran"),
        ("Jasa", f"{rate_words(loan.terms)}, {format_rupiah(loan.service_charge)}"),
        ("Angsuran pertama", format_rupiah(first)),
        ("Jatuh tempo", due_words(loan)),
    )


def left_words(loan: Loan, on: datetime.date) -> tuple[str, ...]:
    """What became of a loan that left the book by a day; else nothing."""
    words = {
        Loan.State.RESCHEDULED: "diganti jadwal ulang dengan rekening baru",
        Loan.State.WRITTEN_OFF: "dihapus dari buku; tagihannya tetap ada",
        Loan.State.TAKEN_BACK: "batal cair; bukti pencairannya dibatalkan",
    }.get(Loan.State(loan.state))
    if words is None or loan.closed_on is None or loan.closed_on > on:
        return ()
    day = format_date(loan.closed_on, unbroken=True)
    return (f"Sejak {day} pinjaman ini {words}.",)


def due_words(loan: Loan) -> str:
    """When instalments fall due: the day of the month, or the last of all."""
    last = loan.plan.order_by("-no").first()
    return format_date(last.due_on, unbroken=True) if last else NONE
