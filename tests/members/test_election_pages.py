"""Pages of an election: five questions for each act, and what each page tells."""

import datetime

import pytest
from django.urls import reverse

from members.models import (
    BatchEntry,
    Election,
    ElectionArea,
    Nominee,
    Objection,
    Person,
)
from members.services import add_batch
from tests.make import boards as make
from tests.make import elections as vote
from tests.make import members
from tests.members.election_addresses import url, words

pytestmark = pytest.mark.django_db


ELECTION = {
    "title": "Pemilihan 2028",
    "starts_on": "1/1/2028",
    "ends_on": "31/12/2030",
    "seats": "9",
    "reserves": "4",
}
AREA = {
    "rt": "3",
    "rw": "5",
    "held_on": "1/11/2026",
    "place": "Balai RW",
    "eligible_men": "60",
    "eligible_women": "40",
    "winners": "3",
}


def test_an_election_is_opened_with_the_boards_rules(board, secretary):
    new = reverse("members:election_new", args=[board.slug])
    assert secretary.get(new).context["form"]["seats"].value() == 13

    answer = secretary.post(new, make.once(**ELECTION))

    made = Election.objects.get(title="Pemilihan 2028")
    assert answer["Location"] == url("election_page", made)
    assert (made.seats, made.tie_rule) == (9, "second_ballot")
    page = words(secretary.get(answer["Location"]))
    assert "1 Januari 2028 sampai 31 Desember 2030, 9 kursi" in page
    assert "Belum ada basis" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"ends_on": "31/12/2027"}, "Tanggal berakhir harus sesudah tanggal mulai."),
        ({"seats": "0"}, "Isi paling sedikit 1."),
        ({"seats": "banyak"}, "Isi dengan angka bulat."),
        ({"title": "a" * 121}, "121"),
    ],
)
def test_an_election_that_cannot_be_keeps_what_was_typed(
    board, secretary, typed, sentence
):
    new = reverse("members:election_new", args=[board.slug])

    page = secretary.post(new, make.once(**ELECTION | typed))

    assert page.status_code == 200
    assert sentence in page.text
    assert page.context["form"]["reserves"].value() == "4"
    assert not Election.objects.filter(board=board).exists()


def test_a_second_election_of_the_same_name_says_so(board, election, secretary):
    new = reverse("members:election_new", args=[board.slug])

    page = secretary.post(new, make.once(**ELECTION | {"title": election.title}))

    assert "Pemilihan dengan nama ini sudah ada." in page.text


def test_a_stale_edit_shows_both_texts(election, secretary):
    body = ELECTION | {"title": election.title, "seats": "5", "revision": "0"}
    assert secretary.post(url("election_edit", election), make.once(**body)).url

    late = secretary.post(
        url("election_edit", election), make.once(**body | {"seats": "7"})
    )

    assert late.status_code == 409
    assert Election.objects.get(pk=election.pk).seats == 5


def test_a_basis_is_called_by_its_rt_and_rw(election, secretary):
    answer = secretary.post(url("basis_new", election), make.once(**AREA))

    made = ElectionArea.objects.get(election=election)
    assert made.name == "RT 003/RW 005"
    page = words(secretary.get(answer["Location"]))
    assert "0 dari 100 pemilih</b> (0,00 %), perlu 30. Belum cukup." in page
    nameless = dict.fromkeys(("rt", "rw"), "")
    again = secretary.post(url("basis_new", election), make.once(**AREA | nameless))
    assert "Isi RT dan RW, atau nama basisnya." in again.text


def test_voters_above_the_list_are_told_beside_the_form(area, secretary):
    body = AREA | {"voters_men": "61", "voters_women": "0", "revision": area.revision}

    page = secretary.post(url("area_edit", area), make.once(**body))

    assert "Yang memilih 61 orang, padahal pemilih 100" in page.text
    assert ElectionArea.objects.get(pk=area.pk).voters_men == 9


def test_ballots_are_looked_at_first_and_only_sums_are_kept(area, secretary, staff):
    batch = add_batch(area, by=staff[0])
    count = url("batch_count", batch)
    text = "Siti, Budi\nSiti, Siti\nSiti, Budi, Rina, Joko"

    look = secretary.post(count, make.once(text=text, langkah="periksa"))
    assert "3 surat suara: 1 sah, 2 tidak sah." in look.text
    assert "Surat suara 2 tidak sah: Siti ditulis dua kali." in look.text
    assert "Surat suara 3 tidak sah: 4 nama, paling banyak 3." in look.text
    assert not batch.entries.exists()

    secretary.post(count, make.once(text=text, langkah="simpan"))

    (entry,) = batch.entries.all()
    assert entry.count().votes == {"Siti": 1, "Budi": 1}
    assert (entry.valid, entry.repeated, entry.too_many) == (1, 1, 1)


def test_strokes_from_the_board_are_counted_too(area, secretary, staff):
    batch = add_batch(area, by=staff[0])
    body = {"text": "Siti 9\nBudi: 8\nRina 3", "valid": "10", "blank": "1"}

    secretary.post(
        url("batch_count", batch) + "?cara=turus", make.once(**body, langkah="simpan")
    )

    (entry,) = batch.entries.all()
    assert entry.count().votes == {"Siti": 9, "Budi": 8, "Rina": 3}
    assert (entry.valid, entry.blank) == (10, 1)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"text": "Siti"}, "Baris 1: tulis nama lalu jumlah suaranya."),
        ({"text": "Siti 11\nBudi 9"}, "Siti mendapat 11 suara, padahal surat suara"),
        ({"text": "Siti 9\nBudi 3"}, "Jumlah suara semua nama 12. Dari 10 surat"),
        ({"text": "Siti 9", "valid": "x"}, "Isi angka bulat 0 sampai 9999."),
        (
            {"text": "A 30\nB 30", "valid": "30"},
            "Surat suara menjadi 30, padahal yang memilih 20 orang.",
        ),
    ],
)
def test_strokes_that_cannot_be_are_told_and_kept_on_the_page(
    area, secretary, staff, body, sentence
):
    batch = add_batch(area, by=staff[0])
    body = {"valid": "10", "langkah": "simpan"} | body

    page = secretary.post(url("batch_count", batch) + "?cara=turus", make.once(**body))

    assert page.status_code == 200
    assert sentence in page.text
    assert body["text"] in page.context["form"]["text"].value()
    assert not batch.entries.exists()


def test_the_second_counter_does_not_see_the_first_count(area, clients, staff):
    batch = add_batch(area, by=staff[0])
    body = {"text": "Siti, Budi\nSiti, Rina\nSiti, Budi", "langkah": "simpan"}
    clients[0].post(url("batch_count", batch), make.once(**body))

    for name in ("batch_page", "batch_count"):
        page = clients[1].get(url(name, batch)).text
        assert "Siti" not in page
        assert "Rina" not in page


def test_a_difference_is_shown_and_mended_by_a_third(area, clients, staff):
    batch = vote.parted(area, by=staff[:2])
    page = words(clients[1].get(url("batch_page", batch)))
    assert "Berbeda di 3 baris" in page
    assert "Orang ketiga membuka bundel lagi" in page
    form = clients[2].get(url("batch_mend", batch)).context["form"]
    right = {"=valid": "9", "siti": "8", "=blank": "1"}
    body = {name: right[key] for name, key in form.keys.items()}

    bare = clients[2].post(url("batch_mend", batch), make.once(**body))
    assert "reason" in bare.context["form"].errors
    own = clients[1].post(url("batch_mend", batch), make.once(**body, reason="Ulang"))
    assert "Hitungan ketiga dilakukan orang lain" in own.text
    clients[2].post(url("batch_mend", batch), make.once(**body, reason="Satu kosong"))

    entry = BatchEntry.objects.get(batch=batch, look=3)
    assert entry.reason == "Satu kosong"
    assert "Alasan:" in clients[0].get(url("batch_page", batch)).text


def test_names_are_matched_with_residents_known_by_nickname(area, secretary, staff):
    siti = members.person(
        area.board, "Siti Aminah", nickname="Bu Siti", sex="P", rt="001", rw="001"
    )
    vote.counted(area, {"Bu Siti": 9, "Budi": 9}, valid=9, by=staff[:2])
    page = secretary.get(url("names_match", area))
    form = page.context["form"]
    names = {row.written: name for name, row in form.names.items()}
    assert form[names["Bu Siti"]].value() == f"p{siti.pk}"
    assert form[names["Budi"]].value() == ""

    secretary.post(
        url("names_match", area),
        make.once(**{names["Bu Siti"]: f"p{siti.pk}", names["Budi"]: "new-L"}),
    )

    assert {row.person.name for row in area.nominees.all()} == {"Siti Aminah", "Budi"}
    budi = Person.objects.get(board=area.board, name="Budi")
    assert (budi.sex, budi.rt, budi.rw) == ("L", "001", "001")
    name = area.names.get(written="Budi")
    secretary.post(url("name_unmatch", name), make.once())
    assert not area.names.get(written="Budi").nominee


def test_a_tie_is_settled_step_by_step_and_the_result_fixed(area, secretary, staff):
    vote.counted(area, {"A": 9, "B": 6, "C": 6}, valid=10, by=staff[:2])
    vote.matched(area, by=staff[0])
    page = words(secretary.get(url("area_page", area)))
    assert "Suara sama, 6: B, C." in page
    closing = secretary.post(url("area_close", area), make.once(), follow=True)
    assert "Suara sama, 6" in closing.text
    assert not ElectionArea.objects.get(pk=area.pk).closed_at

    form = secretary.get(url("tie_settle", area)).context["form"]
    names = {form.fields[name].label: name for name in form.keys}
    body = {names["B"]: "5", names["C"]: "12", "note": "Lurah"}
    secretary.post(url("tie_settle", area), make.once(**body))
    vote.checked(area, by=staff[1])
    secretary.post(url("area_close", area), make.once())

    page = words(secretary.get(url("area_page", area)))
    assert "Pemungutan suara kedua" in page
    found = area.nominees.filter(outcome="elected").order_by("rank")
    assert [row.name for row in found] == ["A", "C"]


def test_too_few_voters_offer_the_way_from_door_to_door(election, secretary, staff):
    area = vote.basis(election, by=staff[0], voters_men=5, voters_women=6)
    page = words(secretary.get(url("area_page", area)))
    assert "Yang memilih 11 dari 40 pemilih, perlu 12. Lanjut dari rumah ke" in page

    secretary.post(url("area_doors", area), make.once())

    assert ElectionArea.objects.get(pk=area.pk).door_to_door_on
    assert "Dari rumah ke rumah" in secretary.get(url("area_page", area)).text


def test_an_area_without_ballots_is_removed_and_one_with_stays(area, secretary, staff):
    other = vote.basis(area.election, by=staff[0], rt="009")
    add_batch(area, by=staff[0])

    secretary.post(url("area_remove", other), make.once())
    kept = secretary.post(url("area_remove", area), make.once(), follow=True)

    assert [row.pk for row in area.election.areas.all()] == [area.pk]
    assert "jadi tetap ada" in kept.text


def test_the_committee_comes_and_goes_and_has_one_chair(election, secretary):
    one, two = members.person(election.board), members.person(election.board)
    add = url("committee_add", election)

    secretary.post(add, make.once(person=one.pk, post="1_CHAIR"))
    second = secretary.post(add, make.once(person=two.pk, post="1_CHAIR"))
    assert "Ketua panitia sudah ada." in second.text
    member = election.committee.get()
    secretary.post(url("committee_remove", member), make.once())

    assert not election.committee.exists()


def test_an_objection_is_written_down_and_answered(election, secretary):
    body = {"raised_on": "1/11/2026", "name": "Pak Joko", "text": "Bilik terbuka."}
    secretary.post(url("objection_new", election), make.once(**body))
    objection = Objection.objects.get(election=election)

    early = {"answer": "Sudah ditutup.", "answered_on": "31/10/2026"}
    page = secretary.post(url("objection_answer", objection), make.once(**early))
    assert "Tanggal jawaban tidak boleh sebelum 1 November 2026." in words(page)
    late = early | {"answered_on": "2/11/2026"}
    secretary.post(url("objection_answer", objection), make.once(**late))

    assert Objection.objects.get(pk=objection.pk).answer == "Sudah ditutup."


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(1, "tidak boleh sesudah hari ini"), (-400, "tidak boleh sebelum 1 November")],
)
def test_days_to_come_and_before_the_vote_are_refused_beside_the_field(
    election, secretary, staff, days, sentence
):
    second = vote.second_stage(election, by=staff[0])
    vote.closed(second, {"A": 10, "B": 9, "C": 8, "D": 4}, valid=10, by=staff[:2])
    nominee = second.nominees.first()
    objection = vote.objection(election, by=staff[0])
    on = election.board.today() + datetime.timedelta(days)
    typed = f"{on:%d/%m/%Y}"
    forms = {
        "on": (url("willingness", nominee), {"willing": "willing", "on": typed}),
        "raised_on": (
            url("objection_new", election),
            {"raised_on": typed, "name": "Pak Joko", "text": "Bilik terbuka."},
        ),
        "answered_on": (
            url("objection_answer", objection),
            {"answer": "Sudah.", "answered_on": typed},
        ),
    }

    for field, (page, body) in forms.items():
        errors = secretary.post(page, make.once(**body)).context["form"].errors
        assert list(errors) == [field]
        assert sentence in errors[field][0].replace("\xa0", " ")

    assert Nominee.objects.get(pk=nominee.pk).willing == ""
    assert [row.answer for row in election.objections.all()] == [""]


def test_who_declines_is_passed_over_and_the_election_ends(election, secretary, staff):
    second = vote.second_stage(election, by=staff[0])
    votes = {"A": 10, "B": 9, "C": 8, "D": 4}
    vote.closed(second, votes, valid=10, by=staff[:2])
    rows = {row.name: row for row in Nominee.objects.filter(area=second)}
    for name in "ABCD":
        answer = "declined" if name == "B" else "willing"
        secretary.post(
            url("willingness", rows[name]), make.once(willing=answer, on="2/11/2026")
        )

    stale = {"willing": "willing", "on": "3/11/2026", "revision": rows["B"].revision}
    late = secretary.post(url("willingness", rows["B"]), make.once(**stale))
    assert late.status_code == 409
    assert "baru saja dicatat rekan Anda: tidak bersedia" in late.text
    assert Nominee.objects.get(pk=rows["B"].pk).willing == "declined"

    page = secretary.get(url("election_finish", election))
    assert [row.name for row in page.context["line"].taking] == ["A", "C", "D"]
    secretary.post(url("election_finish", election), make.once())

    assert Election.objects.get(pk=election.pk).finished_at
    # What was settled stays: no button, and no answer by a page kept open.
    assert "Catat<span" not in secretary.get(url("election_page", election)).text
    asked = secretary.get(url("willingness", rows["A"])).text
    assert "Penggantian antarwaktu (PAW)" in asked
    assert "Catat jawaban" not in asked
    body = make.once(willing="declined", on="4/11/2026")
    late = secretary.post(url("willingness", rows["A"]), body)
    assert late.status_code == 200
    assert Nominee.objects.get(pk=rows["A"].pk).willing == "willing"


def test_every_form_carries_its_token(election, secretary, staff):
    few = vote.basis(election, by=staff[0], rt="004", voters_men=1, voters_women=1)
    ready = vote.basis(election, by=staff[0])
    vote.counted(ready, {"A": 10, "B": 10}, valid=10, by=staff[:2])
    vote.matched(ready, by=staff[0])
    vote.on_committee(election, members.person(election.board), by=staff[0])
    pages = (
        url("area_page", few),  # from door to door, remove
        url("area_page", ready),  # fix the result
        url("election_page", election),  # leave the committee
        url("names_match", ready),
    )
    for page in pages:
        text = secretary.get(page).text
        forms = text.count('method="post"')
        assert forms
        assert forms == text.count("csrfmiddlewaretoken"), page
