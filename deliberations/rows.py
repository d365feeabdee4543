"""Rows of the lists, ready to be shown: the template only writes them down."""

from collections import defaultdict
from collections.abc import Iterable

from boards.models import Board
from common.addresses import row_address
from common.words import format_date_short, no_break
from deliberations.models import ActionItem, Decision, Meeting

NOTHING = "\N{EN DASH}"
METHODS = {value: label.lower() for value, label in Decision.Method.choices}


def decision_rows(decisions: list[Decision], board: Board) -> list[dict]:
    """Lines of the register; needs `with_force`, asks once for the follow-ups."""
    address = row_address("deliberations:decision_page", board_slug=board.slug)
    follow_ups = _follow_ups(decision.pk for decision in decisions)
    return [
        {
            "url": address(decision.pk),
            "title": no_break(decision.title),
            "remarks": _remarks(decision),
            "number": decision.number_text or NOTHING,
            "day": format_date_short(decision.held_on),
            "amount": decision.amount,
            "method": METHODS[decision.method],
            "in_charge": decision.in_charge_name or NOTHING,
            "follow_ups": follow_ups[decision.pk],
        }
        for decision in decisions
    ]


def _remarks(decision: Decision) -> list[str]:
    remarks = ["Diubah"] if decision.is_amended else []
    remarks += ["Gugur"] if decision.is_dropped else []
    if decision.ratified_at is None:
        remarks = ["Menunggu pengesahan"]
    return remarks if decision.is_carried else [*remarks, "Tidak disetujui"]


def _follow_ups(keys: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """State of every follow-up by decision, in the order of their days."""
    found = defaultdict(list)
    actions = ActionItem.objects.filter(decision__in=list(keys))
    for pk, status in actions.values_list("decision", "status"):
        found[pk].append(ActionItem.TAGS[status])
    return found


def meeting_rows(meetings: list[Meeting], board: Board) -> list[dict]:
    """Lines of the list of meetings; what is counted shows once it is ratified."""
    address = row_address("deliberations:meeting_page", board_slug=board.slug)
    return [
        {
            "url": address(meeting.pk),
            "title": no_break(meeting.title),
            "place": no_break(meeting.place),
            "day": format_date_short(meeting.held_on),
            "number": meeting.number_text or NOTHING,
            "came": (
                f"{meeting.present} dari {meeting.entitled}"
                if meeting.is_ratified
                else NOTHING
            ),
            "decisions": meeting.decision_count if meeting.is_ratified else NOTHING,
            "state": meeting.state_tag,
        }
        for meeting in meetings
    ]
