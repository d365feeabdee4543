"""The page of one agenda item, as the one who takes notes uses it."""

import datetime

import pytest
from django.urls import reverse

from boards.models import Draft
from boards.roles import Role
from deliberations.models import Decision
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(secretary):
    return make.signed_in(secretary)


def url(name, board, **kwargs):
    return reverse(f"deliberations:{name}", kwargs={"board_slug": board.slug, **kwargs})


def item_body(item, **changes):
    """What the browser sends for one item with one decision."""
    body = {
        "revision": str(item.revision),
        "state": "discussed",
        "starts_at": "19.40",
        "ends_at": "20.15",
        "poin-TOTAL_FORMS": "1",
        "poin-INITIAL_FORMS": "0",
        "poin-0-speaker": "Warga 03",
        "poin-0-text": "Saluran tersumbat.",
        "kep-TOTAL_FORMS": "1",
        "kep-INITIAL_FORMS": "0",
        "kep-0-title": "",
        "kep-0-text": "Saluran RT 006 diperbaiki.\nPagu Rp72.000.000.",
        "kep-0-kind": "activity",
        "kep-0-method": "mufakat",
        "kep-0-amount": "Rp 72.000.000",
        "kep-0-in_charge_name": "Warga 03",
        "kep-0-due_on": "15/12/2026",
        "kep-0-objections": "Warga 05: terlalu mahal",
        "tindak-TOTAL_FORMS": "1",
        "tindak-INITIAL_FORMS": "0",
        "tindak-0-text": "Ukur saluran",
        "tindak-0-owner_name": "Warga 04",
        "tindak-0-due_on": "",
    }
    return make.once(**{**body, **changes})


def test_an_item_is_written_in_one_go(client, board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 5))
    meet.come(meeting, 5, by=secretary)
    item = meeting.items.first()
    Draft.objects.create(
        user=secretary,
        board=board,
        form="deliberations.item",
        object_key=f"{board.pk}:rapat-{meeting.pk}/butir-{item.pk}",
    )

    answer = client.post(
        url("item_page", board, pk=meeting.pk, item_pk=item.pk),
        item_body(item, then="next"),
    )

    following = meeting.items.last()
    assert answer.url == url("item_page", board, pk=meeting.pk, item_pk=following.pk)
    decision = Decision.objects.get()
    assert decision.title == "Saluran RT 006 diperbaiki."
    assert decision.clauses == ["Saluran RT 006 diperbaiki.", "Pagu Rp72.000.000."]
    assert (decision.amount, decision.due_on) == (
        72_000_000,
        datetime.date(2026, 12, 15),
    )
    assert decision.dissents.get().reason == "terlalu mahal"
    assert item.actions.get().owner_name == "Warga 04"
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kep-0-amount": "tujuh"}, "tujuh"),
        ({"kep-0-due_on": "1/1/2026"}, "lebih awal dari"),
        ({"kep-0-text": "", "kep-0-title": "Judul"}, "Tulis apa yang diputuskan."),
        ({"kep-0-method": "voting"}, "Isi ketiga suara"),
        ({"kep-0-objections": "Tanpa titik dua"}, "Nama: alasan"),
        ({"poin-0-text": ""}, "Tulis apa yang disampaikan"),
        ({"tindak-0-owner_name": ""}, "Tulis siapa yang mengerjakan."),
        ({"ends_at": "19.00"}, "sebelum mulai pukul"),
        ({"kep-0-amends": "999999"}, "Pilihan itu tidak ada di daftar."),
        ({"recused": "999999"}, "999999"),
        ({"state": "lain"}, "lain"),
    ],
)
def test_a_bad_item_is_refused_and_loses_nothing(
    client, board, secretary, changes, sentence
):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 5))
    item = meeting.items.first()
    address = url("item_page", board, pk=meeting.pk, item_pk=item.pk)

    answer = client.post(address, item_body(item, **changes))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "errsum" in page
    assert "Ukur saluran" in page
    assert not Decision.objects.exists()
    assert sentence in page or sentence.isdigit()


def test_two_writers_of_one_item_see_both_texts(client, board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 5))
    item = meeting.items.first()
    body = item_body(item)
    meet.discussed(item, meet.verdict("Tulisan rekan"), by=secretary)

    answer = client.post(url("item_page", board, pk=meeting.pk, item_pk=item.pk), body)

    page = answer.content.decode()
    assert answer.status_code == 409
    both = {clash.title: clash.pieces for clash in answer.context["clashes"]}
    # What was said is the same in both texts.
    assert set(both) == {"Keputusan", "Tindak lanjut"}
    theirs = "".join(p.text for p in both["Keputusan"] if p.kind != "added")
    assert theirs == "Tulisan rekan: Melaksanakan Tulisan rekan."
    assert "<ins>Warga 04: Ukur saluran" in page
    assert "Saluran RT 006 diperbaiki." in page
    assert Decision.objects.get().title == "Tulisan rekan"
    assert 'name="revision" value="1"' in page


def test_a_row_like_one_of_the_colleague_is_not_lost(client, board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 5))
    item = meeting.items.first()
    body = item_body(item)
    meet.discussed(item, meet.verdict("Tulisan rekan"), by=secretary)
    address = url("item_page", board, pk=meeting.pk, item_pk=item.pk)

    client.post(address, body)
    client.post(address, make.once(**{**body, "revision": "1"}))

    assert list(item.points.values_list("text", flat=True)) == ["Saluran tersumbat."]
    assert Decision.objects.get().title == "Saluran RT 006 diperbaiki."


def test_what_was_typed_is_offered_again_from_the_draft(client, board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 5))
    item = meeting.items.first()
    kept = client.post(
        reverse("boards:draft_save", args=[board.slug]),
        {
            "form": "deliberations.item",
            "object": f"rapat-{meeting.pk}/butir-{item.pk}",
            "revision": "0",
            "part": "butir 1",
            "content": {"poin-0-text": "Belum sempat disimpan", "state": "deferred"},
        },
        content_type="application/json",
    )
    assert kept.status_code == 200
    assert set(kept.json()) == {"saved_at", "revision", "peers"}

    page = client.get(url("item_page", board, pk=meeting.pk, item_pk=item.pk))

    assert "Belum sempat disimpan" in page.content.decode()
    assert "dipulihkan" in page.content.decode()


def test_a_colleague_in_another_item_is_named(client, board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 5))
    first, second = meeting.items.all()
    colleague = make.user(Role.SECRETARY, board=board, name="Rina Wulandari")
    make.signed_in(colleague).post(
        reverse("boards:draft_save", args=[board.slug]),
        {
            "form": "deliberations.item",
            "object": f"rapat-{meeting.pk}/butir-{second.pk}",
            "part": "butir 2",
            "content": {"poin-0-text": "x"},
        },
        content_type="application/json",
    )

    page = client.get(url("item_page", board, pk=meeting.pk, item_pk=first.pk))

    assert "Rina Wulandari sedang mencatat butir 2" in page.content.decode()


SINGLE = ("state", "starts_at", "poin-0-text", "kep-0-amends", "kep-0-amount")


@pytest.mark.parametrize("name", [*SINGLE, "kep-0-due_on", "tindak-0-due_on"])
@pytest.mark.parametrize("value", [["1", "2"], [], ["", "x"]])
def test_a_draft_with_lists_for_single_fields_opens(
    client, board, secretary, name, value
):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 3))
    item = meeting.items.first()
    Draft.objects.create(
        user=secretary,
        board=board,
        form="deliberations.item",
        object_key=f"{board.pk}:rapat-{meeting.pk}/butir-{item.pk}",
        content={name: value, "poin-1-text": "Diketik", "recused": ["1"]},
    )

    answer = client.get(url("item_page", board, pk=meeting.pk, item_pk=item.pk))

    assert answer.status_code == 200
    assert "Diketik" in answer.content.decode()
