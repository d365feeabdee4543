"""Groups (KSM): forming, people, savings, trainings, leaving, closing."""

from datetime import date

import pytest
from django.urls import reverse

from boards.drafts import keep_draft
from boards.models import AuditEvent
from boards.roles import Role
from common.periods import add_months
from members.models import CommunityGroup, GroupMember, GroupTraining, Person
from tests.make import boards as make
from tests.make import loans as lend
from tests.make import members as people

pytestmark = pytest.mark.django_db
PLACE = {
    "role": "MEMBER",
    "joined_on": "01/07/2024",
    "business": "Jahit",
    "listed_poor": "on",
    "family_consents": "on",
}


@pytest.fixture(scope="module")
def house(module_rows):
    fund = lend.fund()
    return {"fund": fund, "board": fund.board, "group": lend.group(fund.board)}


@pytest.fixture(scope="module")
def officer(house):
    return make.signed_in(house["fund"].officer)


def url(name: str, board, **kwargs) -> str:
    return reverse(name, kwargs={"board_slug": board.slug, **kwargs})


def page_of(group: CommunityGroup) -> str:
    return url("loans:group_page", group.board, pk=group.pk)


def test_a_group_is_formed_and_shows_what_it_lacks(house, officer):
    body = {"name": "Anggrek", "formed_on": "02/06/2025", "rt": "3"}
    answer = officer.post(url("members:group_new", house["board"]), make.once(**body))

    made = CommunityGroup.objects.get(name="Anggrek")
    assert (answer["Location"], made.rt) == (page_of(made), "003")
    text = officer.get(page_of(made)).text
    assert "Baru 0 anggota." in text
    assert "Belum ada: ketua, sekretaris, bendahara." in text
    told = AuditEvent.objects.filter(action="members.group_formed").get()
    assert told.says.endswith("mencatat KSM Anggrek")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"formed_on": "01/01/2199"}, "formed_on"),
        ({"name": ""}, "name"),
        ({"rules_agreed_on": "02/06/2025"}, "house_rules"),
        ({"house_rules": "Bertemu tiap Senin."}, "rules_agreed_on"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(house, officer, change, field):
    body = {"name": "Kenanga", "formed_on": "02/06/2025", **change}
    answer = officer.post(url("members:group_new", house["board"]), make.once(**body))

    assert list(answer.context["form"].errors) == [field]
    assert not CommunityGroup.objects.filter(name="Kenanga").exists()


def test_a_late_editor_of_a_group_is_told(house, officer):
    group = house["group"]
    address = url("members:group_edit", house["board"], pk=group.pk)
    body = {"name": group.name, "formed_on": "01/06/2024", "revision": "0"}

    first = officer.post(address, make.once(**body, address="Jalan Melati"))
    late = officer.post(address, make.once(**body, address="Jalan Mawar"))

    assert (first.status_code, late.status_code) == (302, 409)


def test_a_resident_joins_one_group_only(house, officer):
    board, group = house["board"], house["group"]
    other = lend.group(board)
    member = other.members.select_related("person").first()
    address = url(
        "members:group_member_new", board, pk=group.pk, person_pk=member.person_id
    )

    answer = officer.post(address, make.once(**PLACE))

    assert f"{member.person} masih anggota {other} sejak" in answer.text
    assert group.members.filter(person=member.person).count() == 0
    found = officer.get(url("members:group_people", board, pk=group.pk), {"q": "Warga"})
    assert f"anggota {other}" in found.text


def test_a_new_resident_is_recorded_on_the_way(house, officer):
    board, group = house["board"], house["group"]
    body = {"name": "Lestari Wulandari", "sex": "P", "nik": people.NIK}
    asked = officer.post(
        url("members:group_person", board, pk=group.pk), make.once(**body)
    )
    made = Person.objects.get(name="Lestari Wulandari")
    joined = officer.post(asked["Location"], make.once(**PLACE))

    assert joined["Location"] == page_of(group)
    assert group.members.get(person=made).business == "Jahit"
    twice = officer.post(
        url("members:group_person", board, pk=lend.group(board).pk),
        make.once(**{**body, "name": "Wulandari"}),
    )
    says = f"NIK ini sudah tercatat pada {made}, anggota {group}."
    assert says in str(twice.context["form"].errors["nik"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": "CHAIR"}, "role"),
        ({"joined_on": "01/05/2024"}, "joined_on"),
        ({"joined_on": "01/01/2199"}, "joined_on"),
    ],
)
def test_a_place_that_cannot_be_is_told(house, officer, change, field):
    board, group = house["board"], house["group"]
    who = people.person(board)
    address = url("members:group_member_new", board, pk=group.pk, person_pk=who.pk)

    answer = officer.post(address, make.once(**{**PLACE, **change}))

    assert list(answer.context["form"].errors) == [field]
    assert not GroupMember.objects.filter(person=who).exists()


def test_a_member_is_corrected(house, officer):
    member = house["group"].members.order_by("pk").last()
    address = url("members:group_member_edit", house["board"], pk=member.pk)

    officer.post(address, make.once(**PLACE, revision="0"))

    member.refresh_from_db()
    assert (member.business, member.joined_on) == ("Jahit", date(2024, 7, 1))


def test_a_month_of_savings_is_noted_once_and_struck(house, officer):
    group = house["group"]
    address = url("members:group_saving", house["board"], pk=group.pk)
    this = house["board"].today().replace(day=1)
    body = {"month": f"{this:%Y-%m}", "amount": "150.000"}

    officer.post(address, make.once(**body))
    again = officer.post(address, make.once(**body))

    saving = group.savings.get(month=this)
    assert saving.amount == 150_000
    assert "month" in again.context["form"].errors
    early = {**body, "month": f"{add_months(this, 1):%Y-%m}"}
    assert "month" in officer.post(address, make.once(**early)).context["form"].errors
    officer.post(url("members:group_strike", house["board"], pk=saving.pk), make.once())
    assert not group.savings.filter(month=this).exists()


def test_a_training_names_who_took_part(house, officer):
    group = house["group"]
    two = [str(pk) for pk in group.members.values_list("pk", flat=True)[:2]]
    stranger = str(lend.group(house["board"]).members.first().pk)
    address = url("members:group_training_new", house["board"], pk=group.pk)
    body = {"topic": "BUSINESS", "held_on": "05/02/2026"}
    key = make.once()["submission_key"]

    for unknown in (stranger, "9" * 40, "-1"):
        several = {**make.once(**body), "members": [*two, unknown]}
        assert "members" in officer.post(address, several).context["form"].errors
    officer.post(address, {"submission_key": key, **body, "members": two})

    training = GroupTraining.objects.get(group=group, held_on=date(2026, 2, 5))
    assert training.members.count() == 2


def test_a_member_with_a_loan_stays_until_it_is_paid(house, officer):
    fund = house["fund"]
    group = lend.group(fund.board)
    loan = lend.application(fund, group_=group)
    debtor = loan.shares.get().member
    free = group.members.exclude(pk=debtor.pk).first()
    body = {"left_on": "01/03/2026"}

    def leave(member):
        address = url("loans:member_leave", fund.board, pk=member.pk)
        return officer.post(address, make.once(**body))

    assert "masih ikut pinjaman diajukan" in leave(debtor).text
    assert leave(free)["Location"] == page_of(group)
    free.refresh_from_db()
    assert free.left_on == date(2026, 3, 1)


def test_a_group_with_a_loan_is_not_dissolved(house, officer):
    fund = house["fund"]
    busy, idle = lend.group(fund.board), lend.group(fund.board)
    lend.application(fund, group_=busy)
    body = {"closed_on": "01/03/2026"}

    def close(group):
        address = url("loans:group_close", fund.board, pk=group.pk)
        return officer.post(address, make.once(**body))

    assert "masih punya pinjaman diajukan" in close(busy).text
    close(idle)
    idle.refresh_from_db()
    assert idle.closed_on == date(2026, 3, 1)
    assert not idle.members.filter(left_on=None).exists()


def test_groups_are_written_by_the_upk_alone(house, officer):
    board, group = house["board"], house["group"]
    secretary = make.signed_in(make.user(Role.SECRETARY, board=board))
    stranger = make.signed_in(lend.fund().officer)
    edit = url("members:group_edit", board, pk=group.pk)

    assert secretary.get(edit).status_code == 403
    assert secretary.get(page_of(group)).status_code == 200
    assert stranger.get(page_of(group)).status_code == 404
    assert officer.put(edit).status_code == 405


def test_what_was_typed_into_a_group_is_there_again(house, officer):
    board, group = house["board"], lend.group(house["board"])
    address = url("members:group_edit", board, pk=group.pk)
    keep_draft(
        user=house["fund"].officer,
        board=board,
        form="members.group",
        object_key=f"{board.pk}:ksm-{group.pk}",
        part="",
        content={"house_rules": "Bertemu tiap Kamis."},
        base_revision=0,
    )

    page = officer.get(address).text
    body = {"name": group.name, "formed_on": "01/06/2024", "revision": "0"}
    officer.post(address, make.once(**body))

    assert "Bertemu tiap Kamis." in page
    assert "dipulihkan" in page
    assert "dipulihkan" not in officer.get(address).text
