"""The papers of the books and of the loans, one line each. Pure data.

They hold what only the board itself reads (income, cost and arrears of members), and
the UPK issues them, never the secretary: `view` and `permission` differ from the rest.
Papers of a book are issued by whoever keeps that book (reports.paper_access), the
count of the cash box by the Pengawas who counted.
"""

from typing import Any

from boards.roles import Permission
from reports.paper_kind import Kind

VOUCHER, LOAN, STATEMENT = "ledger.Voucher", "loans.Loan", "reports.FundStatement"
COUNT, PROFIT = "loans.CashCount", "loans.ProfitAllocation"
# Papers of a loan that bear the number of its application, not of its contract.
OF_APPLICATION = ("permohonan-pinjaman", "tanggung-renteng", "verifikasi-pinjaman")
_SHEET = "reports/pdf/lembar.html"


def _kind(code: str, title: str, builder: str, template: str, **facts: Any) -> Kind:
    path = f"reports.builders.{builder}"
    return Kind(code, title, path, template, needs_ratified=False, **facts)


def _voucher(code: str, title: str, builder: str, template: str, **facts: Any) -> Kind:
    rights = {"view": Permission.VIEW_BOOKS, "permission": Permission.KEEP_FUND}
    return _kind(code, title, builder, template, subject=VOUCHER, **rights, **facts)


def _loan(
    code: str, title: str, builder: str, template: str = _SHEET, **facts: Any
) -> Kind:
    rights = {"view": Permission.VIEW_LOANS, "permission": Permission.EDIT_LOANS}
    return _kind(code, title, builder, template, subject=LOAN, **rights, **facts)


def _statement(
    code: str,
    title: str,
    builder: str,
    *,
    of_loans: bool = False,
    upward: bool = False,
    **facts: Any,
) -> Kind:
    """One number for all statements of a month; they go into one folder.

    One that goes `upward` holds totals alone: kelurahan and Dinas read it, too.
    """
    right = Permission.VIEW_LOANS if of_loans else Permission.VIEW_BOOKS
    if upward:
        right = Permission.VIEW_FUND_TOTALS
    return _kind(
        code,
        title,
        builder,
        _SHEET,
        subject=STATEMENT,
        number_type="LK",
        view=right,
        permission=Permission.KEEP_FUND,
        signers=3,
        **facts,
    )


FUND_KINDS = (
    _voucher(
        "bukti", "Bukti kas", "vouchers.build", "reports/pdf/bukti.html", signers=3
    ),
    _voucher(
        "kuitansi",
        "Kuitansi",
        "vouchers.build_receipt",
        "reports/pdf/kuitansi.html",
        signers=3,
    ),
    _loan(
        "permohonan-pinjaman",
        "Permohonan dan keputusan pinjaman",
        "loan_application.build",
        signers=4,
    ),
    _loan(
        "tanggung-renteng",
        "Pernyataan kesanggupan tanggung renteng",
        "loan_application.build_joint",
        signers=2,
    ),
    _loan(
        "verifikasi-pinjaman",
        "Lembar verifikasi pinjaman",
        "loan_application.build_check",
        signers=2,
    ),
    _loan(
        "perjanjian-pinjaman",
        "Surat perjanjian pinjaman",
        "loan_contract.build",
        "reports/pdf/perjanjian_pinjaman.html",
        signers=3,
        own_type="SPP",
        number_word="Perjanjian pinjaman",
    ),
    _loan("rencana-angsuran", "Rencana angsuran", "loan_cards.build_plan", signers=2),
    _loan("kartu-angsuran", "Kartu angsuran KSM", "loan_cards.build", signers=2),
    _loan(
        "kartu-kosong",
        "Kartu angsuran untuk diisi",
        "loan_cards.build_blank",
        signers=2,
    ),
    _loan(
        "rekening-koran",
        "Rekening koran pinjaman",
        "loan_cards.build_moves",
        signers=2,
    ),
    _loan(
        "kartu-tabungan",
        "Kartu tabungan tanggung renteng",
        "loan_savings.build",
        signers=2,
    ),
    _loan("laporan-kunjungan", "Laporan kunjungan", "loan_visits.build", signers=3),
    _loan(
        "surat-lunas",
        "Surat keterangan lunas",
        "loan_letters.build_paid",
        "reports/pdf/surat_pinjaman.html",
        number_type="SKL",
        number_word="Surat keterangan lunas",
    ),
    *(
        _loan(
            f"peringatan-{number}",
            f"Surat peringatan {word}",
            f"loan_letters.build_warning_{number}",
            "reports/pdf/surat_pinjaman.html",
            number_type=f"SP{number}",
            number_word=f"Surat peringatan {word}",
        )
        for number, word in ((1, "pertama"), (2, "kedua"), (3, "ketiga"))
    ),
    _statement(
        "laporan-keuangan",
        "Laporan keuangan",
        "ledger_results.build",
        number_word="Laporan keuangan",
    ),
    _statement(
        "catatan-keuangan", "Catatan atas laporan keuangan", "ledger_notes.build"
    ),
    _statement("kas-harian", "Buku harian kas", "ledger_books.build_cash"),
    _statement("uang-masuk", "Catatan uang masuk (CUM)", "ledger_books.build_money_in"),
    _statement(
        "uang-keluar", "Catatan uang keluar (CUK)", "ledger_books.build_money_out"
    ),
    _statement("buku-bank", "Buku bank", "ledger_books.build_bank"),
    _statement("buku-besar", "Buku besar", "ledger_books.build_account"),
    _statement(
        "perkembangan-pinjaman",
        "Laporan perkembangan pinjaman (LPP)",
        "loan_reports.build_progress",
        of_loans=True,
    ),
    _statement(
        "daftar-tunggu",
        "Daftar tunggu pinjaman",
        "loan_registers.build_waiting",
        of_loans=True,
    ),
    _statement(
        "register-pinjaman",
        "Register pinjaman",
        "loan_registers.build_register",
        of_loans=True,
    ),
    _statement(
        "tunggakan",
        "Daftar tunggakan",
        "loan_reports.build_arrears",
        of_loans=True,
    ),
    _statement(
        "kolektibilitas",
        "Daftar kolektibilitas",
        "loan_reports.build_classes",
        of_loans=True,
    ),
    _statement(
        "cadangan-risiko",
        "Perhitungan cadangan risiko",
        "loan_sums.build_reserve",
        of_loans=True,
    ),
    _statement(
        "penghapusan",
        "Daftar penghapusan pinjaman",
        "loan_write_offs.build",
        of_loans=True,
    ),
    _statement(
        "rencana-realisasi",
        "Rencana dan realisasi angsuran",
        "loan_sums.build_planned",
        of_loans=True,
    ),
    _statement(
        "perkembangan-upk",
        "Laporan perkembangan UPK",
        "fund_upward.build",
        upward=True,
    ),
    _kind(
        "pemeriksaan-kas",
        "Berita acara pemeriksaan kas",
        "cash_count.build",
        _SHEET,
        subject=COUNT,
        number_type="BAK",
        view=Permission.VIEW_LOANS,
        permission=Permission.SUPERVISE_FUND,
        signers=3,
        number_word="Pemeriksaan kas",
    ),
    _kind(
        "pembagian-laba",
        "Berita acara pembagian laba",
        "profit_shares.build",
        _SHEET,
        subject=PROFIT,
        number_type="BAL",
        view=Permission.VIEW_BOOKS,
        permission=Permission.KEEP_FUND,
        signers=3,
        number_word="Pembagian laba",
    ),
)
