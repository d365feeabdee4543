"""The canonical record of ratified minutes: what the chain remembers."""

from typing import Any

from django.db.models import QuerySet

from boards.numbers import as_registered
from deliberations.models import AgendaItem, Attendance, Decision, Meeting


def ratified_meetings() -> QuerySet[Meeting]:
    """The rows that have a link in the chain: every ratified meeting."""
    return Meeting.objects.ratified()


def meeting_record(pk: str | int) -> dict[str, Any] | None:
    """Rebuild the record of a ratified meeting from its rows; None if it is gone.

    Names and offices as signed; no NIK, phone or address.
    """
    numbered = Meeting.objects.select_related("number", "minutes_number")
    meeting = numbered.filter(pk=pk).first()
    if meeting is None:
        return None
    return {
        "kind": "deliberations.meeting",
        "board": meeting.board_id,
        "number": as_registered(meeting.number_text, meeting.number),
        "minutes_number": as_registered(
            meeting.minutes_number_text, meeting.minutes_number
        ),
        "meeting_kind": meeting.kind,
        "title": meeting.title,
        "held_on": meeting.held_on,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "place": meeting.place,
        "purpose": meeting.purpose,
        "chair": meeting.chair_id,
        "note_taker": meeting.note_taker_id,
        "ratified_name": meeting.ratified_name,
        "ratified_post": meeting.ratified_post,
        "ratified_by": meeting.ratified_by_id,
        "one_person_office": meeting.one_person_office,
        "entitled": meeting.entitled,
        "present": meeting.present,
        "guests": meeting.guests,
        "attendance": [_attendance(row) for row in meeting.attendances.order_by("pk")],
        "items": _items(meeting),
        **_quorum_rule(meeting),
        **_calls(meeting),
        **_what_there_is(meeting),
    }


def _what_there_is(meeting: Meeting) -> dict[str, Any]:
    """Who had to agree and did, what was asked to be mended, who gets a copy.

    Only what there is: records made before have no such keys.
    """
    agreed = meeting.confirmations.filter(round=meeting.round)
    confirmations = [
        [row.attendance.name, row.told_by, row.noted_by_id]
        for row in agreed.select_related("attendance").order_by("pk")
    ]
    corrections = [
        [row.asked_name, row.item_id or 0, row.text, row.outcome, row.answer]
        for row in meeting.corrections.order_by("pk")
    ]
    found = {
        "confirmations_needed": meeting.confirmations_needed,
        "confirmations": confirmations,
        "corrections": corrections,
        "copies": meeting.copies,
    }
    return {name: rows for name, rows in found.items() if rows}


def _quorum_rule(meeting: Meeting) -> dict[str, Any]:
    """The rule, where the meeting keeps one; records made before have no such key."""
    if meeting.quorum_numerator is None:
        return {}
    return {
        "quorum_rule": [
            meeting.quorum_words,
            meeting.quorum_numerator,
            meeting.quorum_denominator,
            meeting.quorum_more_than,
            meeting.quorum_article,
        ]
    }


def _calls(meeting: Meeting) -> dict[str, Any]:
    """A second call with its rule, a postponement, what is resumed: where there is."""
    record: dict[str, Any] = {}
    if meeting.second_call_at:
        record["second_call"] = [
            meeting.second_call_at,
            meeting.second_words,
            meeting.second_numerator,
            meeting.second_denominator,
            meeting.second_more_than,
            meeting.second_article,
        ]
    if meeting.is_postponed:
        record["postponed"] = [meeting.postponed_at, meeting.postponed_until]
    if meeting.resumes_id:
        record["resumes"] = meeting.resumes_id
    return record


def _attendance(row: Attendance) -> list[Any]:
    """One line of the list; the element closes it where there is one."""
    element = [row.element] if row.element else []
    return [
        row.name,
        row.sex,
        row.office,
        row.rt,
        row.rw,
        row.is_entitled,
        row.status,
        row.arrives_at,
        row.leaves_at,
        row.note,
        *element,
    ]


def _items(meeting: Meeting) -> list[dict[str, Any]]:
    decisions: dict[int, list[dict]] = {}
    rows = meeting.decisions.select_related("amends", "number")
    rows = rows.prefetch_related("dissents", "bases")
    for decision in rows.order_by("item__position", "position"):
        decisions.setdefault(decision.item_id, []).append(_decision(decision))
    items = meeting.items.select_related("confirms").prefetch_related(
        "points", "recusals", "actions"
    )
    return [_item(item) | {"decisions": decisions.get(item.pk, [])} for item in items]


def _item(item: AgendaItem) -> dict[str, Any]:
    return {
        "position": item.position,
        "title": item.title,
        "state": item.state,
        "starts_at": item.starts_at,
        "ends_at": item.ends_at,
        "entitled": item.entitled,
        "counted": item.counted,
        "required": item.required,
        "quorum_held": item.quorum_held,
        **_sources(item),
        "points": [[point.speaker, point.text] for point in item.points.all()],
        "recused": sorted(row.attendance_id for row in item.recusals.all()),
        "actions": sorted(
            [row.text, row.owner_name, row.due_on.isoformat() if row.due_on else ""]
            for row in item.actions.all()
        ),
    }


def _sources(item: AgendaItem) -> dict[str, Any]:
    """What put the item on the agenda, where something did."""
    found = {
        "action": item.action_id,
        "continues": item.continues_id,
        "plan_item": item.plan_item_id,
        "election": item.election_id,
        "confirms": item.confirms.number_text if item.confirms else "",
        "reasons": sorted(row.reason for row in item.recusals.all() if row.reason),
    }
    return {name: value for name, value in found.items() if value}


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "number": as_registered(decision.number_text, decision.number),
        "title": decision.title,
        "text": decision.text,
        "kind": decision.kind,
        "method": decision.method,
        "votes": [decision.votes_for, decision.votes_against, decision.votes_abstain],
        "amount": decision.amount,
        "in_charge": decision.in_charge_name,
        "due_on": decision.due_on,
        "amends": decision.amends.number_text if decision.amends else "",
        "amend_reason": decision.amend_reason,
        "dissents": [[row.name, row.reason] for row in decision.dissents.all()],
        **_later_facts(decision),
        **_bases(decision),
    }


def _later_facts(decision: Decision) -> dict[str, Any]:
    """Facts that came later than the first records: only where they say something."""
    facts = {
        "failed_consensus": decision.failed_consensus,
        "is_secret": decision.is_secret,
        "against_names": decision.against_names,
        "abstain_names": decision.abstain_names,
        "fund_source": decision.fund_source,
        "subject_name": decision.subject_name,
        "rt": decision.rt,
        "rw": decision.rw,
        "volume": f"{decision.volume:.2f}" if decision.volume is not None else "",
        "unit": decision.unit,
    }
    return {name: value for name, value in facts.items() if value}


def _bases(decision: Decision) -> dict[str, Any]:
    """The articles it rests on; records made before have no such key."""
    says = [row.says for row in decision.bases.all()]
    return {"bases": says} if says else {}
