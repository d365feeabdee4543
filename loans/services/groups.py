"""What a loan forbids a group and its members: to go before it is paid."""

import datetime

from django.db import transaction

from boards.models import User
from common.errors import RuleViolation
from common.money import format_rupiah
from loans.models import Loan
from loans.services.applications import lock_group
from loans.services.savings import savings_of
from members.models import CommunityGroup, GroupMember
from members.services import close_group, leave_group


@transaction.atomic
def release_member(
    member: GroupMember, *, left_on: datetime.date, by: User
) -> GroupMember:
    """A member leaves the group, unless a share of theirs is still to be paid.

    Raises RuleViolation `loan.member_owes` or what `members.services.leave_group`
    raises.
    """
    lock_group(member.group)
    share = member.shares.filter(loan__state__in=Loan.UNFINISHED).first()
    if share:
        raise RuleViolation(
            f"{member} masih ikut pinjaman {share.loan.get_state_display().lower()}"
            f" {share.loan.account_number or share.loan.application_number}."
            " Selesaikan dulu.",
            code="loan.member_owes",
        )
    return leave_group(member, left_on=left_on, by=by)


@transaction.atomic
def dissolve_group(
    group: CommunityGroup, *, closed_on: datetime.date, by: User
) -> CommunityGroup:
    """Dissolve a group that owes nothing and to which nothing is owed.

    Raises RuleViolation `loan.group_owes`, `loan.savings_held` or what
    `members.services.close_group` raises.
    """
    lock_group(group)
    loan = group.loans.unfinished().first()
    if loan:
        raise RuleViolation(
            f"{group} masih punya pinjaman {loan.get_state_display().lower()}."
            " Selesaikan dulu.",
            code="loan.group_owes",
        )
    held = savings_of(group)
    if held:
        raise RuleViolation(
            f"Tabungan {group} di UPK masih {format_rupiah(held)}. Kembalikan dulu.",
            code="loan.savings_held",
        )
    return close_group(group, closed_on=closed_on, by=by)
