"""What one person types is seen by a second; no bundle is so thin that it tells."""

import pytest
from django.db import IntegrityError, transaction

from boards.models import AuditEvent
from boards.roles import Role
from members.models import BatchEntry, CountingAct, ElectionArea
from members.services import (
    add_batch,
    check_area,
    close_area,
    count_batch,
    merge_batch,
    unmatch_name,
)
from members.tally import Count, Fault
from reports.builders.election_facts import checked_words
from tests.make import boards as make
from tests.make import elections as vote
from tests.members.election_addresses import NBSP, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched(area, staff):
    """Two delegates are clear; the secretary matched every name."""
    vote.counted(area, {"A": 9, "B": 8, "C": 4}, valid=10, by=staff[:2])
    vote.matched(area, by=staff[0])
    return area


def last(area) -> int:
    return area.acts.last().pk


def printed(area) -> str:
    return checked_words(area).replace(NBSP, " ")


def test_names_of_one_person_wait_for_a_second(matched, staff):
    with vote.refuses("election.unchecked"):
        close_area(matched, by=staff[0], at=vote.AT)
    with vote.refuses("election.check_own"):
        check_area(matched, last_seen=last(matched), by=staff[0], at=vote.AT)
    assert matched.acts.get().checked_by is None
    assert "Pemeriksaan orang kedua belum selesai." in printed(matched)

    check_area(matched, last_seen=last(matched), by=staff[1], at=vote.AT)

    act = matched.acts.get()
    assert (act.checked_by, act.checked_at) == (staff[1], vote.AT)
    says = AuditEvent.objects.order_by("-pk").first().says
    assert says == f"memeriksa dan menyetujui isian {staff[0]} di RT 001/RW 001"
    assert close_area(matched, by=staff[0], at=vote.AT).closed_at
    assert printed(matched) == (
        f"Kecocokan nama dan putusan suara sama ditulis {staff[0]}, diperiksa dan"
        f" disetujui {staff[1]}."
    )
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        CountingAct.objects.filter(area=matched).update(checked_name="x")


def test_a_name_matched_anew_is_looked_over_anew(matched, staff):
    seen = last(matched)
    unmatch_name(matched.names.get(written="C"), by=staff[0])
    vote.matched(matched, by=staff[0])

    with vote.refuses("election.check_changed"):
        check_area(matched, last_seen=seen, by=staff[1], at=vote.AT)
    check_area(matched, last_seen=last(matched), by=staff[1], at=vote.AT)
    with vote.refuses("election.nothing_to_check"):
        check_area(matched, last_seen=last(matched), by=staff[1], at=vote.AT)

    assert not matched.acts.filter(checked_by=None).exists()


def test_nobody_checks_the_own_act_in_the_database_either(matched, staff):
    with pytest.raises(IntegrityError), transaction.atomic():
        matched.acts.update(checked_by=staff[0], checked_name="x", checked_at=vote.AT)


def test_a_board_with_one_account_goes_on_and_the_paper_says_so():
    board = make.board()
    alone = make.user(Role.SECRETARY, board=board)
    gone = make.user()
    area = vote.basis(vote.election(board, by=alone), by=alone)
    vote.counted(area, {"A": 9, "B": 8, "C": 4}, valid=10, by=(alone, gone))
    vote.matched(area, by=alone)

    close_area(area, by=alone, at=vote.AT)

    assert area.acts.get().alone
    assert (
        "Catatan: isian itu tidak diperiksa orang kedua karena hanya satu akun LKM"
        in printed(area)
    )


def test_the_page_shows_names_and_takes_the_agreement_of_another(
    matched, clients, staff
):
    own = words(clients[0].get(url("area_check", matched)))
    assert "Mintalah orang lain" in own
    assert "Periksa dan setujui</button>" not in own
    steps = words(clients[1].get(url("area_page", matched)))
    assert f"Isian {staff[0]} belum diperiksa orang kedua." in steps
    page = clients[1].get(url("area_check", matched))
    assert "Periksa dan setujui</button>" in page.text

    stale = clients[1].post(url("area_check", matched), make.once(seen="0"))
    assert "baru saja berubah" in stale.text
    body = make.once(seen=str(last(matched)))
    answer = clients[1].post(url("area_check", matched), body)

    assert answer["Location"] == url("area_page", matched)
    assert matched.acts.get().checked_by == staff[1]


def test_a_bundle_that_tells_its_ballots_is_refused(area, staff):
    batch = add_batch(area, by=staff[0])

    with vote.refuses("election.thin_bundle") as caught:
        count_batch(
            batch, count=Count({"A": 2, "B": 2}, 2, {}), by=staff[0], at=vote.AT
        )

    assert "2 surat suara, paling sedikit 3" in str(caught.value)
    assert not BatchEntry.objects.filter(batch=batch).exists()


def test_where_two_people_voted_their_ballots_are_one_bundle(election, staff):
    area = vote.basis(election, by=staff[0], voters_men=1, voters_women=1)

    assert vote.counted(area, {"A": 2, "B": 2}, valid=2, by=staff[:2]).entries.count()
    second = add_batch(area, by=staff[0])
    with vote.refuses("election.thin_bundle"):
        count_batch(
            second, count=Count({}, 0, {Fault.BLANK: 1}), by=staff[0], at=vote.AT
        )


def test_a_thin_rest_goes_into_another_bundle_that_is_counted_anew(
    area, clients, staff
):
    whole = vote.counted(area, {"A": 9, "B": 9}, valid=9, by=staff[:2])
    rest = add_batch(area, by=staff[0])
    assert "Gabungkan bundel 2</button>" in words(
        clients[1].get(url("batch_page", rest))
    )
    assert "Gabungkan bundel" not in clients[1].get(url("batch_page", whole)).text

    with vote.refuses("election.merge_thick"):
        merge_batch(whole, into=rest, by=staff[0])
    nowhere = clients[1].post(url("batch_merge", rest), make.once(), follow=True)
    assert "Pilih bundel tujuannya." in nowhere.text
    clients[1].post(url("batch_merge", rest), make.once(into=str(whole.pk)))

    assert [row.pk for row in area.batches.all()] == [whole.pk]
    assert not BatchEntry.objects.filter(batch=whole).exists()
    says = AuditEvent.objects.order_by("-pk").first().says
    assert "menggabungkan Bundel 2 ke Bundel 1 RT 001/RW 001, semula 9" in says
    assert ElectionArea.objects.get(pk=area.pk).closed_at is None


def test_a_merge_is_for_those_who_count_in_this_board(area, clients, staff, stranger):
    rest = add_batch(area, by=staff[0])
    page = url("batch_merge", rest)
    reader = make.user(Role.KELURAHAN, region_code=area.board.region_code)

    assert stranger.post(page, make.once()).status_code == 404
    assert make.signed_in(reader).post(page, make.once()).status_code == 403
    assert clients[0].get(page).status_code == 405
