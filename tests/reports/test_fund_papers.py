"""Papers of vouchers, loans and books: issued, read, rebuilt and read as printed."""

from datetime import date

import pytest
from django.core.files.storage import default_storage

from boards.models import Board, LetterNumber
from common.errors import RuleViolation
from common.periods import Period
from ledger.models import Voucher
from reports.catalogue import KINDS
from reports.file_uses import permission_of
from reports.fund_papers import loan_rows, statement_rows
from reports.models import IssuedReport
from reports.pdf_findings import structure_findings
from reports.services import issue_report, prepare_report
from reports.services.scans import most_signatures
from reports.services.statements import open_statement
from tests.make import boards as make
from tests.make import ledger
from tests.reports.fund_office import APRIL, ON
from tests.reports.pdf_text import page_texts, words_outside_margins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printing")]


def bytes_of(report: IssuedReport) -> bytes:
    with default_storage.open(report.file.path) as file:
        return file.read()


def test_an_issued_statement_is_rebuilt_as_it_was_printed(office, monkeypatch):
    by, kind = office.fund.cashier, KINDS["laporan-keuangan"]
    statement = open_statement(office.statement(), today=ON)
    first = issue_report(kind, statement, on=ON, by=by)
    monkeypatch.setattr(Board, "today", lambda self: date(2026, 5, 2))
    late = {"kind": "BKK", "form": "cost", "dated": date(2026, 5, 2)}
    ledger.voucher(office.book, by, ("51030", 700), ("11010", -700), **late)

    again = prepare_report(kind, statement, on=date(2026, 5, 2))

    assert again.existing == first
    text = " ".join(page_texts(bytes_of(first)))
    assert first.number_text in text
    assert "Jumlah hutang dan modal 49.909.000" in text
    back = {**late, "dated": date(2026, 4, 29)}
    ledger.voucher(office.book, by, ("51030", 700), ("11010", -700), **back)
    anew = prepare_report(kind, statement, on=date(2026, 5, 2))
    assert (anew.existing, anew.edition, anew.number) == (None, 2, first.number_text)


def test_statements_of_one_month_share_a_number(office):
    by = office.fund.cashier
    statement = open_statement(office.statement(), today=ON)
    other = open_statement(office.statement("11021"), today=ON)

    cash = issue_report("kas-harian", statement, on=ON, by=by)
    classes = issue_report("kolektibilitas", statement, on=ON, by=by)
    bank = issue_report("buku-bank", other, on=ON, by=by)

    assert open_statement(office.statement(), today=ON) == statement
    assert cash.number == classes.number != bank.number
    issued = {row.code: row.reports for row in statement_rows(office.book, APRIL)}
    assert (issued["kas-harian"], issued["buku-bank"]) == ([cash], [bank])
    with pytest.raises(RuleViolation, match="belum selesai"):
        open_statement(office.statement(month=Period.parse("2026-05")), today=ON)


def test_the_upk_issues_papers_of_the_fund_and_the_secretary_does_not(office):
    loan_url = office.url("fund_issue", "rencana-angsuran", office.loan.pk)
    book_url = office.url("statement_issue", "fund", "kas-harian")
    asked = {"bulan": "2026-04"}
    clients = office.clients

    for name, status in (
        *(("secretary", 403), ("supervisor", 403)),
        *(("officer", 403), ("stranger", 404)),
    ):
        assert clients[name].post(loan_url, make.once()).status_code == status
        assert clients[name].post(book_url, make.once() | asked).status_code == status
    assert not IssuedReport.objects.filter(board=office.board).exists()
    assert clients["cashier"].get(loan_url).status_code == 405
    done = clients["cashier"].post(loan_url, make.once())
    assert done.status_code == 302
    assert clients["cashier"].post(book_url, make.once() | asked).status_code == 302
    assert IssuedReport.objects.filter(board=office.board).count() == 2
    # And the other way round.
    plain_url = office.url("paper_issue", "rencana-angsuran", office.loan.pk)
    assert clients["cashier"].post(plain_url, make.once()).status_code == 403
    assert clients["secretary"].post(plain_url, make.once()).status_code == 404


def test_whoever_reads_no_loans_never_meets_their_papers(office):
    report = issue_report("peringatan-1", office.loan, on=ON, by=office.fund.cashier)
    urls = [office.url(name, report.pk) for name in ("paper_page", "paper_file")]
    clients = office.clients

    for url in urls:
        opened = clients["secretary"].get(url)
        assert opened.status_code == 200
        # Read to the end: only then the client closes the file behind it.
        assert b"".join(opened) if opened.streaming else opened.content
        assert clients["officer"].get(url).status_code == 404
    listed = {
        name: clients[name].get(office.url("paper_list")).content.decode()
        for name in ("secretary", "officer")
    }
    assert report.number_text in listed["secretary"]
    assert report.number_text not in listed["officer"]
    assert permission_of(report.file) == "view_loans"
    # Outside, the number, the kind, the board and the day; no group, no sum.
    public = report.publication
    assert (public.title, public.kind_title) == ("Surat peringatan pertama",) * 2
    number = LetterNumber.objects.get(pk=report.number_id)
    assert str(office.loan.group) not in number.subject_name
    cancel = office.url("paper_cancel", report.pk)
    assert clients["secretary"].get(cancel).status_code == 403
    assert clients["cashier"].get(cancel).status_code == 200


def test_a_letter_of_warning_is_a_step_of_its_loan(office):
    loan = office.loan

    report = issue_report("peringatan-2", loan, on=ON, by=office.fund.cashier)
    issue_report("peringatan-2", loan, on=ON, by=office.fund.cashier)

    step = loan.steps.get(kind="letter2")
    told = (step.on, step.note, step.made_by)
    assert told == (ON, f"Nomor {report.number_text}", office.fund.cashier)


def test_the_list_says_what_waits_and_what_can_be_made(office):
    rows = {row.kind.code: row for row in loan_rows(office.loan, on=ON)}

    assert rows["perjanjian-pinjaman"].can_issue
    assert rows["surat-lunas"].note == "Terbit sesudah pinjaman lunas."
    assert not rows["surat-lunas"].has_draft
    page = office.clients["cashier"].get(office.url("loan_papers", office.loan.pk))
    seen = office.clients["supervisor"].get(office.url("loan_papers", office.loan.pk))
    assert "Terbitkan" in page.content.decode()
    assert "Terbitkan" not in seen.content.decode()
    assert "Lihat draf" in seen.content.decode()


@pytest.mark.parametrize(
    "code",
    ["bukti", "kartu-angsuran", "perjanjian-pinjaman", "peringatan-2", "tunggakan"],
)
def test_one_paper_of_each_family_is_read_as_printed(office, code):
    kind = KINDS[code]
    subject = {
        "ledger.Voucher": Voucher.objects.get(pk=office.receipt.voucher_id),
        "loans.Loan": office.loan,
    }.get(kind.subject) or open_statement(office.statement(), today=ON)

    report = issue_report(kind, subject, on=ON, by=office.fund.cashier)
    content = bytes_of(report)
    text = " ".join(page_texts(content))

    assert report.number_text in text
    assert f"Halaman 1 dari {report.pages}" in text
    assert words_outside_margins(content) == []
    assert structure_findings(content) == []
    assert most_signatures(report) >= kind.signers
