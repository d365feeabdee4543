"""Notes to the accounts: what they say of a day, and the keeper's text of a year."""

from datetime import date

import pytest
from django.db import Error, transaction
from django.urls import reverse

from boards.models import AuditEvent
from common.errors import RuleViolation
from ledger.models import YearNote
from ledger.services import close_year, reopen_month, write_note
from reports.builders import ledger_notes
from tests.make import boards as make
from tests.make import ledger
from tests.make import loans as lend
from tests.reports.fund_office import ON

pytestmark = pytest.mark.django_db


def told(grids) -> dict[str, list[tuple[str, ...]]]:
    return {
        grid.caption: [
            tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells)
            for row in grid.rows
        ]
        for grid in grids
    }


def test_the_notes_explain_the_balance_sheet_of_the_day(office):
    found = told(ledger_notes.notes_of(office.book, ON))

    # 50,000,000 − 950,000 paid out + 235,000 received − 176,000 of costs.
    assert found["Kas dan bank"] == [
        ("11010 Kas", "49.109.000"),
        ("Jumlah", "49.109.000"),
    ]
    assert found["Modal menurut sumbernya"][-1] == ("Jumlah", "50.000.000")
    # One instalment behind: class 2, of which 5 per cent are set aside; none booked.
    loans = found["Pinjaman KSM dan cadangan risiko"]
    assert loans[1] == ("2. Dalam perhatian khusus", "800.000", "5", "40.000")
    assert loans[-2:] == [
        ("Jumlah", "800.000", "", "40.000"),
        ("Menurut buku", "800.000", "", "–"),
    ]
    assert found["Hutang, tabungan, dan dana titipan"][-1] == ("Jumlah", "50.000")
    assert "Kurang Rp50.000." in found["Pembatasan"][0][1]
    assert "diakui saat diterima" in found["Dasar pembukuan"][2][1]
    assert found["Kejadian tahun ini"] == []
    before = told(ledger_notes.notes_of(office.book, date(2026, 1, 9)))
    assert before["Kas dan bank"][-1] == ("Jumlah", "50.000.000")
    assert before["Pinjaman KSM dan cadangan risiko"][-2][1] == "–"


def test_the_keeper_adds_a_text_and_the_paper_prints_it(office):
    url = office.url("note_write", office.book.kind, 2026)
    clients, text = office.clients, "Brankas diganti.\r\n\r\nMotor dijual."

    for name, status in (("secretary", 403), ("officer", 403), ("stranger", 404)):
        assert clients[name].get(url).status_code == status
    saved = clients["cashier"].post(url, make.once(text=text, revision="0"))
    stale = clients["cashier"].post(url, make.once(text="Lain", revision="0"))
    page = clients["supervisor"].get(office.url("note_page", office.book.kind))

    assert saved.status_code == 302
    assert "baru saja diubah" in stale.content.decode()
    assert "Motor dijual." in page.content.decode()
    assert "Tulis catatan" not in page.content.decode()
    paper = ledger_notes.build(office.statement(), number="1", on=ON)
    assert told(paper.grids)["Catatan pengelola tahun 2026"] == [
        ("1", "Brankas diganti."),
        ("2", "Motor dijual."),
    ]
    assert AuditEvent.objects.filter(action="ledger.note_written").count() == 1


def test_the_note_of_a_closed_year_stays_and_events_are_told():
    fund = lend.fund(cash=7, opened_on=date(2025, 12, 1))
    asked = {"year": 2025, "by": fund.cashier}
    write_note(fund.book, text="Awal", revision=0, **asked)
    close = ledger.close_month(fund.book, "2025-12", fund.cashier, cash=7)
    reopen_month(close, reason="bukti tertinggal", by=fund.manager)
    ledger.close_month(fund.book, "2025-12", fund.cashier, cash=7)
    today = fund.board.local(close.reopened_at or close.closed_at).date()
    events = told(ledger_notes.notes_of(fund.book, today))["Kejadian tahun ini"]
    assert len(events) == 1
    assert events[0][1].endswith("Desember 2025 dibuka lagi: bukti tertinggal.")
    close_year(fund.book, year=2025, by=fund.cashier)

    with pytest.raises(RuleViolation, match="2025 sudah ditutup"):
        write_note(fund.book, text="Lain", revision=1, **asked)
    with pytest.raises(Error), transaction.atomic():
        YearNote.objects.filter(book=fund.book).update(text="Lain")
    with pytest.raises(RuleViolation, match="sejak buku dibuka"):
        write_note(fund.book, year=2024, text="", revision=0, by=fund.cashier)
    page = reverse("reports:note_write", args=[fund.board.slug, "fund", 2024])
    assert make.signed_in(fund.cashier).get(page).status_code == 404
    own = told(ledger_notes.notes_of(fund.book, date(2025, 12, 31)))
    assert own["Catatan pengelola tahun 2025"] == [("1", "Awal")]
