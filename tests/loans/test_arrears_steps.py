"""Loans that are behind: the list, the thread of steps, visits after a payout."""

from datetime import date, timedelta

import pytest
from django.db import Error, transaction
from django.urls import reverse

from boards.models import AuditEvent
from boards.roles import Role
from boards.rulebook import PARAMETERS
from common.errors import RuleViolation
from loans.models import ArrearsStep
from loans.services import note_step
from tests.make import boards as make
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
JAN_10, APR_10, MAY_4 = date(2025, 1, 10), date(2025, 4, 10), date(2025, 5, 4)
Kind = ArrearsStep.Kind


@pytest.fixture(scope="module")
def house(module_rows):
    """One loan far behind, and one paid out in May 2026."""
    fund = lend.fund()
    today = fund.board.today()
    return {
        "fund": fund,
        "today": today,
        "behind": lend.lent(fund, on=JAN_10),
        "fresh": lend.lent(fund, on=date(2026, 5, 20)),
        "officer": make.signed_in(fund.officer),
        "reader": make.signed_in(make.user(Role.SUPERVISOR, board=fund.board)),
        "stranger": make.signed_in(
            make.user(Role.LOAN_UNIT, board=make.board("33.13.01.2001"))
        ),
        "kelurahan": make.signed_in(
            make.user(Role.KELURAHAN, region_code=fund.board.region_code)
        ),
    }


def url(house, name, loan=None):
    kwargs = {"board_slug": house["fund"].board.slug}
    if loan:
        kwargs["pk"] = loan.pk
    return reverse(f"loans:{name}", kwargs=kwargs)


def text_of(response) -> str:
    return " ".join(response.text.replace("\xa0", " ").split())


def post(house, who="officer", loan=None, **typed):
    values = {"kind": "reminder", "on": "10/04/2025", "note": "", "next_on": ""}
    path = url(house, "step_new", loan or house["behind"])
    return house[who].post(path, make.once(**{**values, **typed}))


def test_the_list_says_how_far_behind_and_what_is_next(house):
    text = text_of(house["reader"].get(url(house, "arrears_list")))

    days = (house["today"] - date(2025, 2, 10)).days
    for words in (
        str(house["behind"].group),
        '<td class="num" data-l="Pokok">1.000.000</td>',
        '<td class="num" data-l="Jasa">150.000</td>',
        "10/02/2025",
        f"{days} hari",
        "Kol 5 · Macet",
        "Kirim pengingat",
    ):
        assert words in text
    assert "Catat langkah" not in text
    assert "Catat langkah" in house["officer"].get(url(house, "arrears_list")).text


def test_a_loan_nobody_visited_waits_for_its_visit(house):
    path = url(house, "arrears_list")
    text = text_of(house["officer"].get(path))
    # Thirty days after 20 May 2026, and long over.
    assert "kunjungi sebelum 19/06/2026" in text
    assert text.count(">Lewat<") == 2
    # What holds later is not asked of what was paid out before.
    board = house["fund"].board
    make.rule(board, "loan_visit_days", 5, starts_on=date(2026, 5, 20))
    make.rule(board, "loan_visit_days", 90, starts_on=date(2026, 5, 21))
    text = text_of(house["officer"].get(path))
    assert "kunjungi sebelum 25/05/2026" in text
    assert "kunjungi sebelum 09/02/2025" in text

    done = post(
        house,
        loan=house["fresh"],
        kind="payout",
        on="27/05/2026",
        note="Warung buka, modal dipakai.",
    )

    assert done.status_code == 302
    assert "25/05/2026" not in text_of(house["officer"].get(path))


def test_the_thread_grows_step_by_step(house):
    assert post(house).status_code == 302
    assert (
        post(
            house,
            kind="visit",
            on="04/05/2025",
            note="Sanggup melunasi dua angsuran.",
            next_on="31/05/2025",
        ).status_code
        == 302
    )

    text = text_of(house["reader"].get(url(house, "loan_card", house["behind"])))

    first, second = text.index("Pengingat dikirim"), text.index("Kunjungan ke KSM")
    assert first < second < text.index("Panggil ke LKM")
    assert "Sanggup melunasi dua angsuran." in text
    assert "bila masih menunggak pada 31/05/2025" in text
    listed = text_of(house["reader"].get(url(house, "arrears_list")))
    assert "Lihat lagi 31 Mei 2025" in listed


def test_the_next_step_follows_the_ladder():
    ladder = PARAMETERS["arrears_ladder"].default
    assert ArrearsStep.after([], ladder) == Kind.REMINDER
    assert ArrearsStep.after([Kind.AFTER_PAYOUT], ladder) == Kind.REMINDER
    assert ArrearsStep.after([Kind.LETTER_1, Kind.REMINDER], ladder) == Kind.LETTER_2
    assert ArrearsStep.after([Kind.MEETING], ladder) == Kind.MEETING
    # Names and words of the rule are those of the steps.
    assert list(PARAMETERS["arrears_ladder"].choices) == Kind.choices[1:]


def test_the_ladder_is_a_rule_of_the_board(house):
    """A call first and letters never; from tomorrow on something else."""
    board, today = house["fund"].board, house["today"]
    own = ["call", "visit", "meeting"]
    make.rule(board, "arrears_ladder", own, starts_on=today)
    later = today + timedelta(days=1)
    make.rule(board, "arrears_ladder", ["lurah"], starts_on=later)

    def seen(name: str, loan=None) -> str:
        return text_of(house["officer"].get(url(house, name, loan)))

    assert "Panggil ke LKM" in seen("arrears_list")
    assert "Panggil ke LKM" in seen("loan_card", house["behind"])
    form = house["officer"].get(url(house, "step_new", house["behind"])).context["form"]
    assert form.initial["kind"] == Kind.CALL
    assert post(house, kind="call").status_code == 302
    assert "Kunjungi KSM" in seen("loan_card", house["behind"])
    assert "Minta surat lurah" not in seen("arrears_list")


def test_the_words_of_a_reminder_hold_no_amounts(house):
    page = house["officer"].get(url(house, "loan_card", house["behind"])).text

    (link,) = [part for part in page.split('"') if part.startswith("https://wa.me/")]
    assert "angsuran%20ke-1" in link
    assert "10%20Februari%202025" in link
    assert "Rp" not in link


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"on": "09/01/2025"}, "Pinjaman cair 10 Januari 2025."),
        ({"on": "01/01/2199"}, "Isi hari ini atau sebelumnya."),
        ({"next_on": "09/04/2025"}, "Tanggal berikutnya tidak sebelum langkah ini."),
        ({"kind": "visit"}, "Tulis apa yang dilihat dan disepakati"),
        ({"kind": "gossip"}, "Pilih dari daftar."),
    ],
)
def test_a_bad_step_gets_a_sentence_and_writes_nothing(house, typed, says):
    response = post(house, **typed)

    assert response.status_code == 200
    assert says in text_of(response)
    assert not ArrearsStep.objects.exists()


def test_a_paid_loan_takes_no_step(house):
    lend.paid(house["fund"], house["behind"], 1_150_000, on=APR_10)

    with pytest.raises(RuleViolation) as told:
        note_step(house["behind"], kind="reminder", on=MAY_4, by=house["fund"].officer)
    assert told.value.code == "loan.not_running"
    assert not ArrearsStep.objects.exists()


def test_the_log_tells_no_figures(house):
    step = note_step(
        house["behind"], kind="letter1", on=MAY_4, by=house["fund"].officer
    )

    event = AuditEvent.objects.get(action="loans.step_noted")
    assert event.says == (
        f"mencatat surat peringatan 1 4 Mei 2025 untuk {house['behind'].group}"
    )
    assert event.details == {}
    with pytest.raises(Error), transaction.atomic():
        ArrearsStep.objects.filter(pk=step.pk).update(note="lain")
    with pytest.raises(Error), transaction.atomic():
        step.delete()


def test_who_may_note_a_step(house):
    assert post(house, who="reader").status_code == 403
    assert post(house, who="stranger").status_code == 404
    assert house["kelurahan"].get(url(house, "arrears_list")).status_code == 403
    assert house["reader"].post(url(house, "arrears_list")).status_code == 405
    assert not ArrearsStep.objects.exists()


def test_the_list_costs_the_same_for_many(house, django_assert_max_num_queries):
    path = url(house, "arrears_list")
    for _ in range(3):
        lend.lent(house["fund"], on=JAN_10)

    with django_assert_max_num_queries(16):
        house["reader"].get(path)
