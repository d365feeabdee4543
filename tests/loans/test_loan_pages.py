"""From the application to the payout in the pages, each act by who may do it."""

from datetime import date

import pytest
from django.urls import reverse

from boards.models import BoardSetting
from boards.roles import Post, Role
from ledger.models import Voucher
from loans import services
from loans.models import Loan
from tests.make import boards as make
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
DAY = "05/01/2026"


@pytest.fixture(scope="module")
def fund(module_rows):
    return lend.fund(savings_percent=5)


@pytest.fixture(scope="module")
def clients(fund):
    people = ("officer", "manager", "cashier", "coordinator")
    found = {name: make.signed_in(getattr(fund, name)) for name in people}
    member = make.user(Role.MEMBER, board=fund.board)
    return found | {"member": make.signed_in(member)}


def url(name: str, board, **kwargs) -> str:
    return reverse(f"loans:{name}", kwargs={"board_slug": board.slug, **kwargs})


def sheet_a(fund, group, *amounts: int) -> dict[str, str]:
    members = group.members.order_by("pk")
    body = {
        "product": str(fund.product.pk),
        "applied_on": DAY,
        "instalments": "10",
        "purpose": "Tambahan modal usaha",
    }
    for member, amount in zip(members, amounts, strict=False):
        body |= {f"amount_{member.pk}": str(amount), f"use_{member.pk}": "Warung"}
    return body


def sheet_b(loan: Loan, **facts: str) -> dict[str, str]:
    body = {"on": DAY, "fit": "ya", "note": "Usaha ramai."}
    for share in loan.shares.all():
        row = {
            "visited_on": DAY,
            "income": "3.000.000",
            "cost": "1.000.000",
            "proposed": str(share.requested),
            "has_id_copy": "on",
            "signed_joint": "on",
        } | facts
        body |= {f"{name}_{share.pk}": value for name, value in row.items()}
    return body


def sheet_c(loan: Loan) -> dict[str, str]:
    rows = {f"amount_{row.pk}": str(row.proposed) for row in loan.shares.all()}
    return {"on": DAY, **rows}


def test_a_loan_goes_its_way_through_the_pages(fund, clients):
    """E9 and E12: Rp1.600.000, five percent saved, Rp1.520.000 handed over."""
    group, board = lend.group(fund.board), fund.board
    asked = clients["officer"].post(
        f"{url('loan_new', board)}?ksm={group.pk}",
        make.once(**sheet_a(fund, group, 1_000_000, 600_000)),
    )
    loan = Loan.objects.get(group=group)
    place = {"board": board, "pk": loan.pk}
    assert asked["Location"] == url("loan_page", **place)
    assert [row.requested for row in loan.shares.all()] == [1_000_000, 600_000]

    clients["officer"].post(url("loan_check", **place), make.once(**sheet_b(loan)))
    noted = sheet_c(loan) | {f"note_{loan.shares.last().pk}": "Sesuai usulan"}
    clients["manager"].post(url("loan_decide", **place), make.once(**noted))
    assert [row.note for row in loan.shares.all()] == ["", "Sesuai usulan"]
    clients["coordinator"].post(url("loan_cosign", **place), make.once())
    body = {"on": DAY, "source": "cash", "received_by": "Ketua KSM"}
    looked = clients["cashier"].post(
        url("loan_payout", **place), make.once(**body, step="periksa")
    )
    assert "Rp1.520.000" in looked.text
    assert "05/11/2026" in looked.text
    assert not Voucher.objects.filter(form="disbursement").exists()
    paid = clients["cashier"].post(
        url("loan_payout", **place), make.once(**body, step="catat")
    )

    assert paid["Location"] == url("loan_paid_out", **place)
    loan.refresh_from_db()
    assert (loan.state, loan.principal) == ("active", 1_600_000)
    done = clients["cashier"].get(paid["Location"]).text
    # Thirty days after the payout.
    assert "4 Februari 2026" in done.replace("\N{NO-BREAK SPACE}", " ")
    assert loan.voucher.number_text in done


def test_who_must_act_sees_the_act_and_the_others_whom_it_waits_for(fund, clients):
    loan = lend.checked(fund, lend.application(fund))
    page = url("loan_page", fund.board, pk=loan.pk)

    manager, officer = (clients[name].get(page).text for name in ("manager", "officer"))

    assert url("loan_decide", fund.board, pk=loan.pk) in manager
    assert url("loan_decide", fund.board, pk=loan.pk) not in officer
    assert "manajer UPK." in officer


def test_a_manager_who_checked_is_told_why_another_decides(fund, clients):
    loan = lend.checked(fund, lend.application(fund))
    Loan.objects.filter(pk=loan.pk).update(checked_by=fund.manager)

    text = clients["manager"].get(url("loan_page", fund.board, pk=loan.pk)).text

    assert "manajer UPK selain Anda: yang memeriksa tidak memutus" in text
    assert "minta diperiksa ulang oleh petugas lain." in text


def test_a_manager_is_warned_before_checking_what_he_would_decide(fund, clients):
    loan = lend.application(fund)
    page = url("loan_check", fund.board, pk=loan.pk)

    assert "Yang memeriksa tidak memutus." in clients["manager"].get(page).text
    assert "Yang memeriksa tidak memutus." not in clients["officer"].get(page).text


def test_the_coordinator_reads_the_decision_before_signing_it(fund, clients):
    loan = lend.checked(fund, lend.application(fund, amounts=(1_000_000, 600_000)))
    page = url("loan_cosign", fund.board, pk=loan.pk)
    assert clients["coordinator"].get(page).status_code == 302
    amounts = {share.pk: share.proposed for share in loan.shares.all()}
    services.decide_loan(loan, on=lend.APPLIED, amounts=amounts, by=fund.manager)

    shown = clients["coordinator"].get(page).text

    assert f"{fund.manager} memutus Rp1.600.000" in shown
    for share in loan.shares.all():
        assert share.name in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert Loan.objects.get(pk=loan.pk).cosigned_by is None
    # The manager decided: the second signature is another's.
    assert clients["manager"].get(page).status_code == 302


def test_a_member_above_the_ceiling_is_told_beside_the_field(fund, clients):
    group = lend.group(fund.board)
    first = group.members.order_by("pk").first()
    answer = clients["officer"].post(
        f"{url('loan_new', fund.board)}?ksm={group.pk}",
        make.once(**sheet_a(fund, group, 1_500_000)),
    )

    errors = answer.context["form"].errors
    assert list(errors) == [f"amount_{first.pk}"]
    assert "melebihi batas pinjaman ke-1, Rp1.000.000" in str(errors)
    assert not group.loans.exists()


def test_an_application_without_amounts_is_refused(fund, clients):
    group = lend.group(fund.board)
    answer = clients["officer"].post(
        f"{url('loan_new', fund.board)}?ksm={group.pk}",
        make.once(**sheet_a(fund, group)),
    )

    assert "paling sedikit satu anggota" in answer.text
    assert not group.loans.exists()


def test_a_proposal_above_the_capacity_is_told_beside_the_field(fund, clients):
    """Rp1.000.000 in 10 by 1.5 percent is Rp115.000 a month; Rp100.000 is left."""
    loan = lend.application(fund)
    share = loan.shares.get()
    answer = clients["officer"].post(
        url("loan_check", fund.board, pk=loan.pk),
        make.once(**sheet_b(loan, income="1.100.000")),
    )

    errors = answer.context["form"].errors
    assert list(errors) == [f"proposed_{share.pk}"]
    assert "angsuran Rp115.000 sebulan melebihi kemampuan bayar Rp100.000" in str(
        errors
    )
    loan.refresh_from_db()
    assert loan.state == "applied"


def test_a_visit_after_the_check_is_refused_beside_its_field(fund, clients):
    loan = lend.application(fund)
    answer = clients["officer"].post(
        url("loan_check", fund.board, pk=loan.pk),
        make.once(**sheet_b(loan, visited_on="06/01/2026")),
    )

    assert list(answer.context["form"].errors) == [f"visited_on_{loan.shares.get().pk}"]


def test_an_application_goes_back_is_refused_or_withdrawn(fund, clients):
    loan = lend.checked(fund, lend.application(fund))
    place = {"board": fund.board, "pk": loan.pk}
    again = {"reason": "Usaha belum dilihat"}
    denied = clients["member"].post(url("loan_recheck", **place), make.once(**again))
    assert "manajer UPK atau koordinator" in denied.text
    clients["manager"].post(url("loan_recheck", **place), make.once(**again))
    loan.refresh_from_db()
    assert (loan.state, loan.decision_reason) == ("recheck", "Usaha belum dilihat")
    body = {"on": DAY, "reason": "Dana belum cukup"}
    denied = clients["member"].post(url("loan_refuse", **place), make.once(**body))
    assert "manajer UPK atau koordinator" in denied.text
    clients["coordinator"].post(url("loan_refuse", **place), make.once(**body))
    loan.refresh_from_db()
    assert loan.state == "refused"
    again = lend.application(fund, group_=loan.group)
    clients["officer"].post(
        url("loan_withdraw", fund.board, pk=again.pk), make.once(reason="Batal")
    )
    again.refresh_from_db()
    assert again.state == "withdrawn"


def test_where_a_meeting_decides_the_officers_page_says_so(fund, clients):
    BoardSetting.objects.create(
        board=fund.board,
        name="loan_deciders",
        value="meeting",
        starts_on=date(2025, 1, 1),
        article="AD pasal 9",
        created_by=fund.manager,
    )
    loan = lend.checked(fund, lend.application(fund))
    place = {"board": fund.board, "pk": loan.pk}

    page = clients["officer"].get(url("loan_page", **place)).text
    answer = clients["manager"].post(
        url("loan_decide", **place), make.once(**sheet_c(loan))
    )

    assert url("loan_by_decision", **place) in page
    assert "diputus dalam rapat" in answer.text
    assert (
        "Belum ada keputusan"
        in clients["officer"].get(url("loan_by_decision", **place)).text
    )


def test_the_list_filters_by_whom_it_waits_for(fund, clients):
    new = lend.application(fund)
    seen = lend.checked(fund, lend.application(fund))

    def shown(query: str) -> set[int]:
        page = clients["officer"].get(f"{url('loan_list', fund.board)}?{query}")
        return {row.pk for row in page.context["page"].rows}

    assert new.pk in shown("menunggu=periksa")
    assert seen.pk not in shown("menunggu=periksa")
    assert seen.pk in shown("menunggu=putus")
    assert {new.pk, seen.pk} <= shown("keadaan=permohonan")
    assert shown(f"ksm={seen.group_id}") == {seen.pk}
    assert shown("keadaan=selesai&ke=1") == set()


def test_the_list_costs_as_many_queries_for_many(
    fund, clients, django_assert_max_num_queries
):
    for _ in range(3):
        lend.application(fund)
    with django_assert_max_num_queries(16):
        clients["officer"].get(url("loan_list", fund.board))
    with django_assert_max_num_queries(18):
        clients["officer"].get(url("group_list", fund.board))


@pytest.mark.parametrize("name", ["loan_check", "loan_decide", "loan_payout"])
def test_strangers_and_readers_stay_outside(fund, clients, name):
    loan = lend.application(fund)
    pengawas = make.user(Role.SUPERVISOR, board=fund.board)
    stranger = make.user(Role.LOAN_UNIT, board=make.board(), post=Post.MANAGER)
    address = url(name, fund.board, pk=loan.pk)

    assert make.signed_in(pengawas).get(address).status_code == 403
    assert make.signed_in(stranger).get(address).status_code == 404
    assert clients["manager"].put(address).status_code == 405


def test_what_a_stage_does_not_wait_for_leads_back(fund, clients):
    loan = lend.application(fund)
    page = url("loan_page", fund.board, pk=loan.pk)
    for name, who in (
        ("loan_decide", "manager"),
        ("loan_by_decision", "officer"),
        ("loan_payout", "cashier"),
        ("loan_paid_out", "member"),
    ):
        answer = clients[who].get(url(name, fund.board, pk=loan.pk))
        assert answer["Location"] == page


def test_a_second_officer_is_told_what_the_first_found(fund, clients):
    loan = lend.application(fund)
    address = url("loan_check", fund.board, pk=loan.pk)
    mine = sheet_b(loan, income="2.500.000")
    clients["officer"].post(address, make.once(**sheet_b(loan), revision="0"))

    late = clients["cashier"].post(address, make.once(**mine, revision="0"))

    assert late.status_code == 409
    assert "penghasilan Rp3.000.000, biaya Rp1.000.000" in late.text
    assert 'value="2.500.000"' in late.text
    assert loan.shares.get().income == 3_000_000
    clients["cashier"].post(address, make.once(**mine, revision="1"))
    assert loan.shares.get().income == 2_500_000
