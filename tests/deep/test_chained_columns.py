"""Every column of ratified minutes stands in the chain, or is named here as free."""

import datetime
import random
from decimal import Decimal

import pytest
from django.db import DatabaseError, models, transaction

from boards.parameters import set_parameter
from boards.roles import Role
from boards.triggers import without_triggers
from boards.verification import broken_chains
from deliberations.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Confirmation,
    Correction,
    Decision,
    Dissent,
    Meeting,
    MinutePoint,
    Recusal,
)
from deliberations.records import meeting_record
from deliberations.services.correction import (
    answer_correction,
    ask_correction,
    confirm_minutes,
)
from deliberations.services.meetings import edit_meeting
from deliberations.services.minutes import (
    ItemMinutes,
    Objection,
    Point,
    Promise,
    record_item,
)
from deliberations.services.ratification import ratify_meeting, send_meeting
from deliberations.services.sources import take_circular
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db(transaction=True)

BROKEN = "catatan aslinya berubah sesudah dikunci"
ROWS = (
    Meeting,
    AgendaItem,
    MinutePoint,
    Attendance,
    Recusal,
    Decision,
    Dissent,
    ActionItem,
    Correction,
    Confirmation,
)
# Not in the record, each with its reason.
FREE = {
    # Keys and copies of what the record names by value or by its place.
    "id": "a key",
    "board": "of every row the same as of the meeting",
    "region_code": "a copy that follows the board",
    "revision": "counts saves, says nothing",
    "position": "the order of the list, which the record keeps",
    "meeting": "the record is the meeting's",
    "item": "the row stands under its item",
    "decision": "the row stands under its decision",
    # Moments and hands of the act, which the audit chain tells.
    "created_at": "audit",
    "created_by": "audit",
    "sent_at": "audit",
    "sent_by": "audit",
    "ratified_at": "the link's own moment",
    "asked_at": "audit",
    "asked_by": "named by value",
    "answered_at": "audit",
    "answered_by": "audit",
    "noted_at": "audit",
    # What moves on after ratification.
    "status": "an action goes on",
    "evidence": "an action goes on",
    "closed_on": "an action goes on",
    "closed_by": "an action goes on",
    "state": "ratified for good; a check holds it",
    # Said elsewhere in the record, or only for a while.
    "Decision.in_charge": "named by value",
    "Decision.held_on": "the same as of the meeting",
    "decision_count": "counted from the decisions",
    "noted_by": "audit",
    "returned_note": "empty once sent",
    "round": "the record keeps who agreed in the last one",
    "second_words": "with a second call; test_calls",
    "second_article": "with a second call; test_calls",
}


def whole_meeting(board) -> Meeting:
    """Ratified minutes in which everything occurs at least once."""
    by, head = meet.secretary(board), meet.coordinator(board)
    set_rules(board, head)
    people = meet.members(board, 5)
    people[2].user = make.user(Role.MEMBER, board=board)
    people[2].save()
    circular = circular_decision(board, people, by=by, head=head)
    week_later = meet.HELD_ON + datetime.timedelta(7)
    meeting = meet.draft(board, by=by, people=people, held_on=week_later)
    confirming = take_circular(meeting, circular, by=by)
    seats = meet.come(meeting, 5, by=by)
    meet.discussed(confirming, meet.verdict("Mengukuhkan"), by=by)
    rich, last = meeting.items.exclude(pk=confirming.pk)
    record_item(rich, seen_revision=0, minutes=rich_minutes(circular, seats), by=by)
    meet.discussed(last, by=by)
    meeting.refresh_from_db()
    edit_meeting(meeting, ends_at=meet.ENDS, seen_revision=meeting.revision, by=by)
    later = meet.NOON + datetime.timedelta(7)
    sent = send_meeting(meeting, by=by, at=later)
    agree(sent, people[2].user, by=by, at=later)
    return ratify_meeting(sent, by=head, at=later)


def set_rules(board, head) -> None:
    """Circulars are allowed, and one member must agree with minutes."""
    for name, value in {"circular_allowed": True, "confirmations_needed": 1}.items():
        set_parameter(
            board,
            name,
            value=value,
            starts_on=meet.HELD_ON,
            article="ART pasal 12",
            on=meet.HELD_ON,
            by=head,
        )


def rich_minutes(circular, seats) -> ItemMinutes:
    """An item with a point, a promise, somebody who steps out, and an open vote."""
    vote = meet.verdict(
        "Drainase RT 003",
        kind="activity",
        method="voting",
        votes_for=2,
        votes_against=1,
        votes_abstain=1,
        against_names="Warga 03",
        amount=1_000,
        in_charge_name="Warga 03",
        due_on=datetime.date(2026, 12, 1),
        rt="003",
        rw="005",
        volume=Decimal("12.5"),
        unit="m",
        fund_source="Swadaya",
        objections=(Objection("Warga 04", "mahal"),),
        amends=circular,
        amend_reason="Satu tidak cukup",
    )
    return ItemMinutes(
        state=AgendaItem.State.DISCUSSED,
        starts_at=datetime.time(19, 40),
        ends_at=datetime.time(20, 10),
        points=[Point("Saluran tersumbat.", "Warga 03")],
        verdicts=[vote],
        promises=[Promise("Mengukur", "Warga 02", datetime.date(2026, 12, 2))],
        recused=seats[-1:],
    )


def circular_decision(board, people, *, by, head) -> Decision:
    """An older decision, taken without a meeting."""
    sent = meet.sent(board, by=by, people=people, came=5, kind=Meeting.Kind.SIRKULER)
    confirm_minutes(sent, by=people[2].user, at=meet.NOON)
    return ratify_meeting(sent, by=head, at=meet.NOON).decisions.get()


def agree(meeting, member, *, by, at) -> None:
    """A member asks, hears why not, and agrees."""
    asked = ask_correction(
        meeting, item=meeting.items.first(), text="Salah tulis?", by=member, at=at
    )
    answer_correction(asked, outcome="kept", answer="Tidak.", by=by, at=at)
    confirm_minutes(meeting, by=member, at=at)


def rows_of(model, meeting):
    """The rows of these minutes."""
    if model is Meeting:
        return Meeting.objects.filter(pk=meeting.pk)
    if model in (MinutePoint, Recusal):
        return model.objects.filter(item__meeting=meeting)
    if model is Dissent:
        return model.objects.filter(decision__meeting=meeting)
    return model.objects.filter(meeting=meeting)


def another(field, value):
    """A value of this column that is not `value`."""
    if isinstance(field, models.ForeignKey):
        others = field.related_model._default_manager.exclude(pk=value)
        return others.values_list("pk", flat=True).first()
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return (value or meet.NOON) + datetime.timedelta(1)
    if isinstance(field, models.DateField):
        return (value or meet.HELD_ON) + datetime.timedelta(1)
    if isinstance(field, models.TimeField):
        return datetime.time(3, 3)
    if isinstance(field, models.DecimalField | models.IntegerField):
        return (value or 0) + 1
    choices = [key for key, _word in field.choices or () if key != value]
    return choices[0] if choices else ("9" if field.max_length == 3 else "lain")


def columns():
    """Every column of the minutes that is not free."""
    return [
        (model, field)
        for model in ROWS
        for field in model._meta.concrete_fields
        if not {field.name, f"{model.__name__}.{field.name}"} & FREE.keys()
    ]


def changed(model, field, meeting) -> bool:
    """Change the column in one row behind the triggers' back; was it done?

    A check of the database may refuse the value: that is a guard too.
    """
    row = rows_of(model, meeting).order_by("pk").first()
    value = another(field, getattr(row, field.attname))
    if value is None:
        return False
    try:
        with transaction.atomic():
            model.objects.filter(pk=row.pk).update(**{field.attname: value})
    except DatabaseError:
        return False
    return True


def test_no_column_of_the_minutes_is_outside_the_chain():
    meeting = whole_meeting(make.board())
    for model in ROWS:
        assert rows_of(model, meeting).exists(), model
    before = meeting_record(meeting.pk)
    outside = []

    with without_triggers():
        for model, field in columns():
            with transaction.atomic():
                told = changed(model, field, meeting)
                if told and meeting_record(meeting.pk) == before:
                    outside.append(f"{model.__name__}.{field.name}")
                transaction.set_rollback(True)

    assert not outside, " ".join(outside)


@pytest.mark.parametrize("seed", range(12))
def test_verification_finds_random_edits(seed):
    dice = random.Random(seed)
    meeting = whole_meeting(make.board(name="Berkah"))
    assert list(broken_chains()) == []

    with without_triggers():
        tried = iter(lambda: dice.choice(columns()), None)
        model, field = next(pair for pair in tried if changed(*pair, meeting))

    found = [(fault.owner, fault.reason) for fault in broken_chains()]
    assert found == [("LKM Berkah", BROKEN)], (model, field)
