"""Permohonan dan Keputusan (sheets A, B, C), tanggung renteng, verification sheet.

Source: revolving-loans sheet, section 2.2 (R15, R20).
"""

import datetime
from collections.abc import Iterable

from boards.parameters import setting_of
from common.money import format_rupiah
from common.words import format_date, no_break, terbilang
from loans.models import Loan, LoanShare
from loans.schedule import BadFigure, group_schedule
from reports.builders.fund_people import (
    DOTS,
    coordinator_knows,
    head_of,
    manager_signs,
    officer_signs,
)
from reports.builders.loan_people import address_of, chair_of, chair_signs, term_words
from reports.builders.loan_ready import check_ready
from reports.builders.register import Column
from reports.builders.sheets import NO, NONE, Grid, Row, Sheet, money
from reports.frame import Signer

_NAME, _NOTE = Column("Nama"), Column("Keterangan", "w40")


def _sum(label: str, *cells: str, span: int = 2) -> Row:
    return Row((label, *cells), "sum", span)


def build(loan: Loan, *, number: str, on: datetime.date) -> Sheet:
    """What the group asks, what the petugas found, what was decided; whole rupiah."""
    shares = list(loan.shares.all())
    asked = sum(share.requested for share in shares)
    return Sheet(
        **head_of(
            loan.board,
            title=f"Permohonan dan keputusan pinjaman {loan.group}",
            public="Permohonan dan keputusan pinjaman",
            number=number,
            on=on,
        ),
        name="Permohonan dan Keputusan Pemberian Pinjaman",
        under=f"UPK {loan.board}",
        facts=_asked(loan, shares, asked),
        grids=(_part_a(shares), _part_b(loan, shares), _part_c(loan, shares)),
        closing=(_verdict(loan),),
        people=_deciders(loan, on),
    )


def _asked(
    loan: Loan, shares: list[LoanShare], asked: int
) -> tuple[tuple[str, str], ...]:
    return (
        ("KSM", str(loan.group)),
        ("Ketua", chair_of(loan, loan.applied_on)),
        ("Alamat", address_of(loan)),
        ("Diajukan", format_date(loan.applied_on, unbroken=True)),
        ("Pinjaman ke", str(loan.round_no)),
        ("Jumlah dimohon", f"{format_rupiah(asked)}\n({terbilang(asked)})"),
        ("Untuk", no_break(loan.purpose)),
        ("Anggota peminjam", f"{len(shares)} orang"),
        ("Jangka waktu", term_words(loan)),
        ("Sistem angsuran", f"pokok beserta jasa, {loan.instalments} kali"),
    )


def _part_a(shares: list[LoanShare]) -> Grid:
    columns = (NO, _NAME, Column("Permohonan (Rp)", "w30", "n"), Column("Usaha"))
    rows = [
        Row((str(at), share.name, money(share.requested), no_break(share.use) or NONE))
        for at, share in enumerate(shares, start=1)
    ]
    total = _sum("Jumlah", money(sum(share.requested for share in shares)), "")
    return Grid(
        columns, (*rows, total), caption="A. Permohonan anggota, diisi ketua KSM"
    )


def _part_b(loan: Loan, shares: list[LoanShare]) -> Grid:
    columns = (
        NO,
        _NAME,
        Column("Penghasilan", "w24", "n"),
        Column("Biaya", "w24", "n"),
        Column("Kemampuan bayar", "w24", "n"),
        Column("Usulan pinjaman", "w24", "n"),
        Column("Jangka (kali)", "w15", "c"),
    )
    caption = "B. Pemeriksaan dan usulan petugas, rupiah sebulan"
    if loan.checked_on is None:
        return Grid(columns, (), caption=caption, empty="Belum diperiksa.")
    rows = [
        Row(
            (
                str(at),
                share.name,
                *map(
                    _known, (share.income, share.cost, share.capacity, share.proposed)
                ),
                str(loan.instalments),
            )
        )
        for at, share in enumerate(shares, start=1)
    ]
    proposed = sum(share.proposed or 0 for share in shares)
    rows.append(_sum("Jumlah", "", "", "", money(proposed), ""))
    return Grid(columns, tuple(rows), caption=caption)


def _known(amount: int | None) -> str:
    return NONE if amount is None else money(amount)


def _part_c(loan: Loan, shares: list[LoanShare]) -> Grid:
    columns = (
        NO,
        _NAME,
        Column("Besar pinjaman", "w24", "n"),
        Column("Jangka (kali)", "w15", "c"),
        Column("Jumlah angsuran", "w24", "n"),
        _NOTE,
    )
    caption = "C. Keputusan Manajer UPK, rupiah"
    if loan.decided_on is None:
        return Grid(columns, (), caption=caption, empty="Belum diputus.")
    first = _first_rows(loan, shares)
    rows = [
        Row(
            (
                str(at),
                share.name,
                _known(share.approved),
                str(loan.instalments) if share.approved else NONE,
                first.get(share.pk, NONE),
                no_break(share.note) or NONE,
            )
        )
        for at, share in enumerate(shares, start=1)
    ]
    total = sum(share.approved or 0 for share in shares)
    rows.append(_sum("Jumlah", money(total), "", "", ""))
    # The decision stands on the page of the signatures, as a whole.
    keep = len(rows) <= 25
    return Grid(columns, tuple(rows), caption=caption, keep=keep)


def _first_rows(loan: Loan, shares: list[LoanShare]) -> dict[int, str]:
    """The first instalment of each member who gets a share, as it will be planned."""
    lent = [share for share in shares if share.approved]
    try:
        plan = group_schedule(
            [share.approved for share in lent],
            loan.terms.for_loan(loan.instalments),
            anchor_on=loan.disbursed_on or loan.decided_on,
        )
    except BadFigure:
        return {}
    return {
        share.pk: money(each[0].principal + each[0].service_charge)
        for share, each in zip(lent, plan.members, strict=True)
    }


def _verdict(loan: Loan) -> str:
    """How it was decided, by whom and by which rule."""
    if loan.decided_on is None:
        return "Permohonan ini belum diputus."
    word = "ditolak" if loan.state == Loan.State.REFUSED else "disetujui"
    day = format_date(loan.decided_on, unbroken=True)
    basis = f" berdasarkan keputusan Nomor {loan.decision}" if loan.decision_id else ""
    why = f" Alasan: {loan.decision_reason}" if loan.decision_reason else ""
    return no_break(f"Permohonan ini {word} pada {day}{basis}.{why}")


def _deciders(loan: Loan, on: datetime.date) -> tuple[Signer, ...]:
    board = loan.board
    petugas = officer_signs(board, on)
    if loan.checked_name:
        petugas = Signer(petugas.role, loan.checked_name)
    manager = manager_signs(board, on)
    koordinator = coordinator_knows(board, on)
    if loan.decided_name:
        manager = Signer(manager.role, loan.decided_name)
    if loan.cosigned_name:
        koordinator = Signer(koordinator.role, loan.cosigned_name, above="Mengetahui")
    return chair_signs(loan, loan.applied_on), petugas, koordinator, manager


def _promise(loan: Loan, asked: int) -> str:
    return (
        f"Kami, anggota {loan.group} yang meminjam pada UPK {loan.board} sebesar"
        f" {format_rupiah(asked)} ({terbilang(asked)}), menyatakan sanggup menanggung"
        " bersama pinjaman ini sampai lunas."
    )


def _signing_rows(shares: Iterable[LoanShare]) -> tuple[Row, ...]:
    """A row for the pen of each member; the numbers stand left and right in turn."""
    return tuple(
        Row(
            (
                str(at),
                share.name,
                share.member.person.sex or NONE,
                share.member.person.neighbourhood or NONE,
                f"{at}.",
            )
        )
        for at, share in enumerate(shares, start=1)
    )


def build_joint(loan: Loan, *, number: str, on: datetime.date) -> Sheet:
    """The statement that every borrowing member signs; no NIK on it."""
    shares = loan.shares.select_related("member__person")
    columns = (
        NO,
        _NAME,
        Column("L/P", "w8", "c"),
        Column("Alamat", "w40"),
        Column("Tanda tangan"),
    )
    rows = _signing_rows(shares)
    joint = setting_of(loan.board, "joint_promise", on=on).value
    asked = sum(share.approved or share.requested for share in shares)
    return Sheet(
        **head_of(
            loan.board,
            title=f"Pernyataan tanggung renteng {loan.group}",
            public="Pernyataan kesanggupan tanggung renteng",
            number=number,
            on=on,
        ),
        name="Pernyataan Kesanggupan Tanggung Renteng",
        under=f"{loan.group}",
        lead=(_promise(loan, asked), *map(no_break, joint)),
        grids=(Grid(columns, rows, sheet=True),),
        closing=(
            "Pernyataan ini kami buat tanpa paksaan dan berlaku sampai pinjaman lunas.",
        ),
        people=(
            Signer("Petugas pinjaman,", loan.checked_name or DOTS, above="Saksi"),
            chair_signs(loan, on),
        ),
    )


def build_check(loan: Loan, *, number: str, on: datetime.date) -> Sheet:
    """Lembar verifikasi: who was visited, what is recommended, which papers are there.

    Raises RuleViolation `paper.loan_not_ready` before the check.
    """
    check_ready("verifikasi-pinjaman", loan, on)
    shares = list(loan.shares.select_related("member__person"))
    fit = "Layak" if loan.fit else "Tidak layak"
    note = f" Catatan: {loan.check_note}" if loan.check_note else ""
    return Sheet(
        **head_of(
            loan.board,
            title=f"Lembar verifikasi pinjaman {loan.group}",
            public="Lembar verifikasi pinjaman",
            number=number,
            on=on,
        ),
        name="Lembar Verifikasi Pinjaman",
        under=str(loan.group),
        facts=(
            ("KSM", str(loan.group)),
            ("Ketua", chair_of(loan, loan.applied_on)),
            ("Alamat", address_of(loan)),
            ("Pinjaman ke", str(loan.round_no)),
            ("Jangka waktu", term_words(loan)),
            ("Diperiksa", format_date(loan.checked_on, unbroken=True)),
        ),
        grids=(_findings(loan, shares), _documents(loan, shares)),
        closing=(no_break(f"Hasil pemeriksaan: {fit}.{note}"),),
        people=(
            chair_signs(loan, on),
            Signer("Petugas pinjaman,", loan.checked_name or DOTS),
        ),
    )


def _findings(loan: Loan, shares: list[LoanShare]) -> Grid:
    columns = (
        NO,
        _NAME,
        Column("Dikunjungi", "w18", "c"),
        Column("Pinjaman lalu", "w24", "n"),
        Column("Permohonan", "w24", "n"),
        Column("Rekomendasi", "w24", "n"),
        _NOTE,
    )
    before = _earlier(loan, shares)
    rows = [
        Row(
            (
                str(at),
                share.name,
                share.visited_on.strftime("%d/%m/%y") if share.visited_on else NONE,
                money(before.get(share.member_id, 0)),
                money(share.requested),
                _known(share.proposed),
                no_break(share.character) or NONE,
            )
        )
        for at, share in enumerate(shares, start=1)
    ]
    return Grid(columns, tuple(rows), caption="Anggota (rupiah)", dense=True)


def _earlier(loan: Loan, shares: list[LoanShare]) -> dict[int, int]:
    """What each member got in the loan before this one."""
    rows = LoanShare.objects.filter(
        member__in=[share.member_id for share in shares],
        loan__disbursed_on__lt=loan.applied_on,
    ).exclude(loan__state=Loan.State.TAKEN_BACK)
    ordered = rows.order_by("loan__disbursed_on", "loan")
    return dict(ordered.values_list("member", "approved"))


def _documents(loan: Loan, shares: list[LoanShare]) -> Grid:
    group, count = loan.group, len(shares)
    signed = sum(share.signed_joint for share in shares)
    copies = sum(share.has_id_copy for share in shares)
    agreed = sum(share.member.family_consents for share in shares)
    papers = (
        ("Fotokopi KTP anggota", _of(copies, count)),
        ("Tanda tangan tanggung renteng", _of(signed, count)),
        ("Persetujuan keluarga", _of(agreed, count)),
        ("Berita acara pembentukan KSM", group.formed_number or "tidak ada"),
        ("Aturan main KSM", "ada" if group.rules_agreed_on else "tidak ada"),
        ("Pembukuan KSM", "memadai" if group.has_books else "belum memadai"),
    )
    rows = tuple(Row((str(at), *pair)) for at, pair in enumerate(papers, start=1))
    columns = (NO, Column("Dokumen"), Column("Keadaan"))
    return Grid(columns, rows, caption="Kelengkapan")


def _of(some: int, all_: int) -> str:
    return "lengkap" if some == all_ else f"{some} dari {all_} orang"
