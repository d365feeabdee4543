"""The canonical record of a closed election area: what the chain remembers."""

from typing import Any

from django.db.models import QuerySet

from members.models import ElectionArea
from members.tally import Fault

_FACTS = (
    "stage",
    "name",
    "rt",
    "rw",
    "held_on",
    "place",
    "eligible_men",
    "eligible_women",
    "voters_men",
    "voters_women",
    "winners",
    "reserves",
    "names_min",
    "names_max",
    "names_source",
    "threshold_numerator",
    "threshold_denominator",
    "threshold_more_than",
    "threshold_source",
    "door_to_door_on",
    "note",
    "closed_name",
)


def closed_areas() -> QuerySet[ElectionArea]:
    """The rows that have a link in the chain: every closed area."""
    return ElectionArea.objects.filter(closed_at__isnull=False)


def area_record(pk: str | int) -> dict[str, Any] | None:
    """Rebuild the record of a closed area from its rows; None if it is gone.

    Sums by spelling and by person, never a ballot. What a person answered later
    (willingness) is not part of it.
    """
    rows = ElectionArea.objects.select_related("election").filter(pk=pk)
    area = rows.first()
    if area is None:
        return None
    return {
        "kind": "members.election_area",
        "board": area.board_id,
        "election": area.election_id,
        "title": area.election.title,
        "tie_rule": area.election.tie_rule,
        **{name: getattr(area, name) for name in _FACTS},
        "batches": _batches(area),
        **_acts(area),
        "result": [
            [
                row.person_id,
                row.name,
                row.sex,
                row.votes,
                row.second_votes,
                row.drawn,
                row.rank,
                row.outcome,
                row.decided,
            ]
            for row in area.nominees.order_by("rank", "pk")
        ],
    }


def _acts(area: ElectionArea) -> dict[str, list[Any]]:
    """Who typed names and ties, and who looked them over; older areas have none."""
    acts = [
        [act.kind, act.said, act.by_name, act.checked_name, act.alone]
        for act in area.acts.order_by("pk")
    ]
    return {"acts": acts} if acts else {}


def _batches(area: ElectionArea) -> list[list[Any]]:
    batches = area.batches.prefetch_related("entries__counts__name")
    return [
        [
            batch.number,
            [
                [
                    entry.look,
                    entry.by_name,
                    entry.reason,
                    entry.valid,
                    *(getattr(entry, fault.value) for fault in Fault),
                    sorted(
                        [row.name.plain, row.name.nominee_id, row.votes]
                        for row in entry.counts.all()
                    ),
                ]
                for entry in batch.entries.all()
            ],
        ]
        for batch in batches.order_by("number")
    ]
