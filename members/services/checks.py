"""A second pair of eyes on what one person types into a result: names and ties."""

from datetime import datetime

from django.db import transaction

from boards.audit import record
from boards.models import User
from common.errors import RuleViolation
from members.models import CountingAct, ElectionArea
from members.services.areas import lock_open_area


def note_act(area: ElectionArea, kind: str, *, said: str, by: User) -> CountingAct:
    """Keep what was typed, for somebody else to look over."""
    return CountingAct.objects.create(
        area=area, kind=kind, said=said[:480], by=by, by_name=str(by)
    )


def reopen_ties(area: ElectionArea) -> None:
    """Votes or names that change open every tie again; its figures are forgotten."""
    area.nominees.update(second_votes=None, drawn=None)
    area.acts.filter(kind=CountingAct.Kind.TIE).delete()


def settle_unchecked(area: ElectionArea) -> None:
    """Before the result stands: mark what nobody else could have looked over."""
    for act in area.acts.filter(checked_by=None):
        act.alone = True
        act.save()


@transaction.atomic
def check_area(
    area: ElectionArea, *, last_seen: int, by: User, at: datetime
) -> ElectionArea:
    """Agree with what somebody else matched and parted, up to the act `last_seen`.

    Audits `members.area_checked`. Raises RuleViolation `election.area_closed`,
    `election.nothing_to_check`, `election.check_changed` when something was typed
    since, or `election.check_own`.
    """
    current = lock_open_area(area)
    waiting = list(current.acts.filter(checked_by=None))
    if not waiting:
        raise RuleViolation(
            "Tidak ada isian yang menunggu diperiksa.", code="election.nothing_to_check"
        )
    if waiting[-1].pk != last_seen:
        raise RuleViolation(
            "Isiannya baru saja berubah. Periksa sekali lagi yang tampil sekarang.",
            code="election.check_changed",
        )
    others = [act for act in waiting if act.by_id != by.pk]
    if not others:
        raise RuleViolation(
            "Isian ini Anda sendiri yang menulis. Mintalah orang lain memeriksanya.",
            code="election.check_own",
        )
    for act in others:
        act.checked_by, act.checked_name, act.checked_at = by, str(by), at
        act.full_clean()
        act.save()
    makers = ", ".join(sorted({act.by_name for act in others}))
    record(
        "members.area_checked",
        current,
        by=by,
        says=f"memeriksa dan menyetujui isian {makers} di {current.name}",
    )
    return current
