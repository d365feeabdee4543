"""Acts on groups of residents (KSM): forming one, its people, savings, trainings."""

from datetime import date

from django.db import transaction

from boards.audit import record
from boards.forms import BoardOwnedForm, save_form
from boards.models import User
from common.errors import RuleViolation
from common.words import format_date, month_name
from members.models import (
    CommunityGroup,
    GroupMember,
    GroupSaving,
    GroupTraining,
    Person,
)


def _open_group(group: CommunityGroup) -> CommunityGroup:
    """The group's row, held; raises RuleViolation `members.group_closed`."""
    held = CommunityGroup.objects.select_for_update().get(pk=group.pk)
    if held.closed_on:
        raise RuleViolation(
            f"{held} bubar per {format_date(held.closed_on)}.",
            code="members.group_closed",
        )
    return held


def _not_ahead(group: CommunityGroup, on: date) -> None:
    if on > group.board.today():
        raise RuleViolation("Isi hari ini atau sebelumnya.", code="members.future")


@transaction.atomic
def save_group(form: BoardOwnedForm, *, by: User, is_new: bool) -> CommunityGroup:
    """Save a group from a checked form.

    Audits `members.group_formed` or `members.group_changed`. Raises EditConflict, or
    RuleViolation `members.future` or `members.group_closed`.
    """
    if not is_new:
        _open_group(form.instance)
    for name in ("formed_on", "rules_agreed_on"):
        if day := form.cleaned_data.get(name):
            _not_ahead(form.instance, day)
    act, verb = ("formed", "mencatat") if is_new else ("changed", "mengubah")
    says = f"{verb} {form.instance}"
    return save_form(form, f"members.group_{act}", by=by, says=says)


def place_of(person: Person) -> GroupMember | None:
    """Where a resident is a member now, if anywhere."""
    places = person.group_places.filter(left_on=None)
    return places.select_related("group").first()


def _judge_member(member: GroupMember, *, was: GroupMember | None) -> None:
    """One group a person, one person an office, days that can be.

    Raises RuleViolation `members.other_board`, `members.in_a_group`,
    `members.office_taken`, `members.before_formed` or `members.future`.
    """
    group = member.group
    if member.person.board_id != group.board_id:
        raise RuleViolation("Warga ini tidak ada.", code="members.other_board")
    held = place_of(member.person)
    if held and held.pk != (was.pk if was else None):
        raise RuleViolation(
            f"{member.person} masih anggota {held.group} sejak"
            f" {format_date(held.joined_on)}. Seorang warga hanya di satu KSM.",
            code="members.in_a_group",
        )
    _judge_office(member)
    if member.joined_on < group.formed_on:
        raise RuleViolation(
            f"{group} dibentuk {format_date(group.formed_on)}. Isi hari itu atau"
            " sesudahnya.",
            code="members.before_formed",
        )
    _not_ahead(group, member.joined_on)


def _judge_office(member: GroupMember) -> None:
    if member.role == GroupMember.Role.MEMBER:
        return
    same = member.group.members.filter(role=member.role, left_on=None)
    holder = same.exclude(pk=member.pk).select_related("person").first()
    if holder:
        raise RuleViolation(
            f"{member.get_role_display()} sekarang {holder.person}."
            " Ubah dulu tugasnya.",
            code="members.office_taken",
        )


@transaction.atomic
def save_group_member(form: BoardOwnedForm, *, by: User, is_new: bool) -> GroupMember:
    """Save a place in a group from a checked form, whose row has group and person.

    Audits `members.group_joined` or `members.group_place_changed`. Raises
    EditConflict, RuleViolation `members.group_closed` or what `_judge_member` raises.
    """
    member: GroupMember = form.instance
    member.group = _open_group(member.group)
    _judge_member(member, was=None if is_new else member)
    act, verb = ("joined", "menerima") if is_new else ("place_changed", "mengubah")
    says = f"{verb} {member.person} sebagai anggota {member.group}"
    return save_form(form, f"members.group_{act}", by=by, says=says)


@transaction.atomic
def leave_group(member: GroupMember, *, left_on: date, by: User) -> GroupMember:
    """A member leaves; `left_on` is the last day. Audits `members.group_left`.

    Raises RuleViolation `members.group_closed`, `members.left`, `members.future` or
    `members.left_early`.
    """
    group = _open_group(member.group)
    member = GroupMember.objects.select_for_update().get(pk=member.pk)
    if member.left_on:
        raise RuleViolation(
            f"Sudah keluar per {format_date(member.left_on)}.", code="members.left"
        )
    _not_ahead(group, left_on)
    if left_on < member.joined_on:
        raise RuleViolation(
            f"Masuk pada {format_date(member.joined_on)}. Isi hari itu atau"
            " sesudahnya.",
            code="members.left_early",
        )
    member.left_on = left_on
    member.revision += 1
    member.save()
    says = f"mencatat {member.person} keluar dari {group}"
    record("members.group_left", member, by=by, says=says)
    return member


@transaction.atomic
def close_group(group: CommunityGroup, *, closed_on: date, by: User) -> CommunityGroup:
    """Dissolve a group; its members are free for another. Audits `members.group_ended`.

    Raises RuleViolation `members.group_closed`, `members.future` or
    `members.closed_early`.
    """
    group = _open_group(group)
    _not_ahead(group, closed_on)
    last = group.members.filter(left_on=None).order_by("-joined_on").first()
    earliest = max(group.formed_on, last.joined_on if last else group.formed_on)
    if closed_on < earliest:
        raise RuleViolation(
            f"Isi {format_date(earliest)} atau sesudahnya.", code="members.closed_early"
        )
    group.members.filter(left_on=None).update(left_on=closed_on)
    group.closed_on = closed_on
    group.revision += 1
    group.save()
    says = f"membubarkan {group} per {format_date(closed_on)}"
    record("members.group_ended", group, by=by, says=says)
    return group


@transaction.atomic
def note_saving(
    group: CommunityGroup, *, month: date, amount: int, by: User
) -> GroupSaving:
    """What the group saved together in a month. Audits `members.group_saved`.

    Raises RuleViolation `members.group_closed`, `members.month_out` or
    `members.month_noted`.
    """
    group = _open_group(group)
    named = f"{month_name(month.month)} {month.year}"
    first, last = group.formed_on.replace(day=1), group.board.today()
    if not first <= month <= last:
        raise RuleViolation(
            f"Isi bulan sejak {month_name(first.month)} {first.year} sampai bulan ini.",
            code="members.month_out",
        )
    if group.savings.filter(month=month).exists():
        raise RuleViolation(
            f"Tabungan {named} sudah dicatat.", code="members.month_noted"
        )
    saving = GroupSaving(board=group.board, group=group, month=month, amount=amount)
    saving.full_clean()
    saving.save()
    says = f"mencatat tabungan bersama {group} bulan {named}"
    record("members.group_saved", saving, by=by, says=says)
    return saving


@transaction.atomic
def strike_saving(saving: GroupSaving, *, by: User) -> None:
    """Take back a month that was noted by mistake. Audits `members.saving_struck`.

    Raises RuleViolation `members.group_closed`.
    """
    group = _open_group(saving.group)
    named = f"{month_name(saving.month.month)} {saving.month.year}"
    says = f"mencoret tabungan bersama {group} bulan {named}"
    record("members.saving_struck", saving, by=by, says=says)
    saving.delete()


@transaction.atomic
def save_group_training(
    form: BoardOwnedForm, *, by: User, is_new: bool
) -> GroupTraining:
    """Save a training with those who took part.

    Audits `members.group_trained` or `members.group_training_changed`. Raises
    EditConflict, RuleViolation `members.group_closed` or `members.future`.
    """
    training: GroupTraining = form.instance
    group = _open_group(training.group)
    _not_ahead(group, form.cleaned_data["held_on"])
    act, verb = ("trained", "mencatat") if is_new else ("training_changed", "mengubah")
    says = f"{verb} pelatihan {training.get_topic_display()} {group}"
    return save_form(form, f"members.group_{act}", by=by, says=says)
