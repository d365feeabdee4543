"""The log of trainings: acts, pages, totals."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from boards.roles import Role
from common.errors import RuleViolation
from members.models import Training, TrainingParticipant
from members.services import add_participant
from tests.make import boards as make
from tests.make import members

pytestmark = pytest.mark.django_db
BODY = {
    "title": "Pembukuan UPK",
    "held_on": "05/02/2026",
    "days": "3",
    "organiser": "Dinas Perkim",
}


@pytest.fixture(scope="module")
def house(module_rows):
    """A board with a training that a man and a woman took part in; made once."""
    board = make.board()
    woman = members.person(board, "Sri Rahayu", sex="P")
    man = members.person(board, "Sukirman")
    members.mandate(members.term(board, ends_on=date(2199, 12, 31)), man)
    return {
        "board": board,
        "woman": woman,
        "man": man,
        "training": members.training(board, woman),
        "by": make.user(Role.SECRETARY, board=board),
    }


@pytest.fixture(scope="module")
def secretary(house):
    return make.signed_in(house["by"])


def url(name: str, board, **kwargs) -> str:
    return reverse(f"members:{name}", kwargs={"board_slug": board.slug, **kwargs})


def test_a_training_is_recorded_once_for_a_double_click(house, secretary):
    body = make.once(**BODY)

    first, again = (
        secretary.post(url("training_new", house["board"]), body) for _ in "ab"
    )

    assert (first.status_code, again.status_code) == (302, 303)
    made = Training.objects.exclude(pk=house["training"].pk).get()
    assert (made.held_on, made.days) == (date(2026, 2, 5), 3)


@pytest.mark.parametrize(
    ("days", "words"), [("0", "1"), ("61", "60"), ("dua", "bulat")]
)
def test_a_length_that_cannot_be_is_refused_beside_the_field(
    house, secretary, days, words
):
    answer = secretary.post(
        url("training_new", house["board"]), make.once(**{**BODY, "days": days})
    )

    assert words in str(answer.context["form"].errors["days"])
    assert f'value="{days}"' in answer.text
    assert Training.objects.count() == 1


def test_a_training_is_corrected_and_a_late_editor_is_told(house, secretary):
    address = url("training_edit", house["board"], pk=house["training"].pk)

    saved = secretary.post(address, make.once(**BODY, topic="Neraca", revision="0"))
    late = secretary.post(address, make.once(**BODY, topic="Kas", revision="0"))

    assert (saved.status_code, late.status_code) == (302, 409)
    assert Training.objects.get().topic == "Neraca"


def test_somebody_takes_part_once(house):
    add_participant(house["training"], house["man"], by=house["by"])

    with pytest.raises(RuleViolation) as told:
        add_participant(house["training"], house["man"], by=house["by"])

    assert told.value.code == "training.twice"
    assert house["training"].participants.count() == 2


def test_somebody_of_another_board_does_not_exist(house, secretary):
    stranger = members.person(make.board())
    address = url("participant_add", house["board"], pk=house["training"].pk)

    with pytest.raises(RuleViolation) as told:
        add_participant(house["training"], stranger, by=house["by"])
    answer = secretary.post(address, make.once(person=str(stranger.pk)))

    assert told.value.code == "training.other_board"
    assert answer.status_code == 302
    assert not TrainingParticipant.objects.filter(person=stranger).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingParticipant.objects.create(
            board=house["board"], training=house["training"], person=stranger
        )


def test_people_are_added_and_struck_off(house, secretary):
    pk = house["training"].pk
    body = make.once(person=str(house["man"].pk))
    secretary.post(url("participant_add", house["board"], pk=pk), body)
    row = TrainingParticipant.objects.get(person=house["man"])
    gone = {"pk": pk, "participant_pk": row.pk}

    answer = secretary.post(
        url("participant_remove", house["board"], **gone), make.once()
    )

    assert answer.status_code == 302
    assert not TrainingParticipant.objects.filter(pk=row.pk).exists()


def test_the_page_offers_who_is_in_office_or_has_the_name(house, secretary):
    address = url("training_page", house["board"], pk=house["training"].pk)
    members.person(house["board"], "Wagiyem")

    offered = secretary.get(address).context["found"]
    found = secretary.get(address, {"q": "wagi"}).context["found"]

    assert [person.name for person in offered] == ["Sukirman"]
    assert [person.name for person in found] == ["Wagiyem"]


def test_the_list_counts_people_once_and_by_sex(house, secretary):
    members.training(house["board"], house["woman"], house["man"])

    page = secretary.get(url("training_list", house["board"]))

    assert page.context["totals"] == {"men": 1, "women": 1, "places": 3}
    counts = [(row.men, row.women) for row in page.context["page"].rows]
    assert counts == [(1, 1), (0, 1)]


@pytest.mark.parametrize("count", [5, 50])
def test_the_list_costs_the_same_for_any_number(
    house, secretary, django_assert_max_num_queries, count
):
    for _ in range(count):
        members.training(house["board"])
    secretary.get(url("training_list", house["board"]))

    with django_assert_max_num_queries(7):
        secretary.get(url("training_list", house["board"]))


def test_the_page_of_a_resident_lists_the_trainings(house, secretary):
    text = secretary.get(url("person_page", house["board"], pk=house["woman"].pk)).text

    assert "Pembukuan UPK" in text


@pytest.mark.parametrize(
    "name", ["training_new", "training_edit", "participant_add", "participant_remove"]
)
def test_the_doors(house, secretary, name):
    row, pk = house["training"].participants.get(), house["training"].pk
    keys = {} if name == "training_new" else {"pk": pk}
    keys |= {"participant_pk": row.pk} if name == "participant_remove" else {}
    reader = make.signed_in(make.user(Role.SUPERVISOR, board=house["board"]))

    own, other = url(name, house["board"], **keys), url(name, make.board(), **keys)
    assert reader.post(own, make.once()).status_code == 403
    assert secretary.post(other, make.once()).status_code == 404
    assert secretary.delete(own).status_code == 405
