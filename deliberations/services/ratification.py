"""From draft to frozen minutes: send, return, ratify."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from boards.access import holds_post
from boards.audit import record
from boards.chain import add_link
from boards.models import User
from boards.numbers import give_number
from boards.parameters import setting_of
from boards.roles import POST_LABELS, Post
from common.errors import RuleViolation
from deliberations.models import ActionItem, Decision, Meeting
from deliberations.presence import Room
from deliberations.readiness import gaps_of
from deliberations.records import meeting_record
from deliberations.search import index_meeting
from deliberations.services.correction import (
    confirmations_needed,
    confirmations_of,
)
from deliberations.services.meetings import (
    lock_open,
    lock_sent,
    name_of,
    note_writer,
)


@transaction.atomic
def send_meeting(meeting: Meeting, *, by: User, at: datetime.datetime) -> Meeting:
    """Hand finished minutes to the koordinator or chair for ratification.

    Raises RuleViolation with the first gap's sentence when something is missing,
    `meeting.closed` when it was sent before.
    """
    current = lock_open(meeting)
    _refuse_gaps(current, at)
    current.state = Meeting.State.SENT
    current.sent_at, current.sent_by = at, by
    current.returned_note = ""
    current.round += 1
    current.revision += 1
    current.save()
    note_writer(current, by)
    record(
        "deliberations.meeting_sent",
        current,
        by=by,
        says=f"mengajukan notulen {name_of(current)} untuk disahkan",
    )
    return current


@transaction.atomic
def return_meeting(meeting: Meeting, *, note: str, by: User) -> Meeting:
    """Give sent minutes back to the secretary with what must be mended.

    The note stays until they are sent again: by it a draft is known to have been sent.
    Raises RuleViolation `meeting.not_sent` when they do not wait for ratification, and
    `meeting.no_note`.
    """
    current = lock_sent(meeting)
    if not note.strip():
        raise RuleViolation("Tulis apa yang perlu diperbaiki.", code="meeting.no_note")
    current.state = Meeting.State.DRAFT
    current.sent_at = current.sent_by = None
    current.returned_note = note
    current.revision += 1
    current.full_clean(exclude=["created_by"])
    current.save()
    record(
        "deliberations.meeting_returned",
        current,
        by=by,
        says=f"mengembalikan notulen {name_of(current)}: {note}",
    )
    return current


def ratifier_post(meeting: Meeting, by: User) -> str:
    """Under which post `by` may ratify these minutes: "Koordinator", "Pemimpin rapat".

    "" when neither: only the koordinator or the chair of the meeting may.
    """
    if holds_post(by, meeting.board, Post.COORDINATOR):
        return POST_LABELS[Post.COORDINATOR]
    if meeting.chair and meeting.chair.user_id == by.pk:
        return "Pemimpin rapat"
    return ""


def is_maker(meeting: Meeting, by: User, *, wrote: bool | None = None) -> bool:
    """Whether `by` wrote in these minutes, at any time, or took the notes.

    `wrote` is what a meeting that was read `with_wrote(by)` brings.
    """
    note_taker = meeting.note_taker.user_id if meeting.note_taker else None
    if by.pk in {meeting.created_by_id, meeting.sent_by_id, note_taker}:
        return True
    return meeting.writers.filter(user=by).exists() if wrote is None else wrote


@dataclass(frozen=True)
class Ratifier:
    """Whether somebody may ratify: the post ("" for none), and the writer's case."""

    post: str
    is_maker: bool
    stands_alone: bool

    @property
    def may(self) -> bool:
        """Holds the post, and did not write; or the board has nobody else."""
        return bool(self.post) and (not self.is_maker or self.stands_alone)


def ratifier(meeting: Meeting, by: User, *, wrote: bool | None = None) -> Ratifier:
    """How `by` stands to these minutes; the one judgement of pages and of the act."""
    post = ratifier_post(meeting, by)
    maker = is_maker(meeting, by, wrote=wrote)
    alone = (
        post
        and maker
        and setting_of(meeting.board, "one_person_office", on=meeting.held_on)
    )
    return Ratifier(post, maker, bool(alone and alone.value))


@transaction.atomic
def ratify_meeting(meeting: Meeting, *, by: User, at: datetime.datetime) -> Meeting:
    """Freeze the minutes: quorum per item, numbers, chain, follow-ups. Once.

    Numbers (BA, NOT, and KEP for every decision carried or not) are given in the
    local year of `at`. Raises RuleViolation `meeting.not_sent`, `meeting.ratified`,
    `meeting.not_ratifier`, `meeting.maker`, `meeting.unconfirmed`, or a gap's code.
    Source: governance sheet, sections 4.3 and 4.5; product page, section 4.
    """
    current = lock_sent(meeting)
    post, alone = _judge_ratifier(current, by)
    _lock_amended(current)
    room = _refuse_gaps(current, at)
    current.confirmations_needed = _refuse_unconfirmed(current)
    on = current.board.local(at).date()
    _write_quorum(room)
    decisions = _number_decisions(current, on=on, at=at)
    ActionItem.objects.bulk_create(follow_ups(current, decisions))
    _number_minutes(current, on=on)
    current.state = Meeting.State.RATIFIED
    current.ratified_at, current.ratified_by = at, by
    current.ratified_name, current.ratified_post = str(by), post
    current.one_person_office = alone
    current.entitled, current.present = len(room.entitled), len(room.present_members)
    current.guests, current.decision_count = len(room.present_guests), len(decisions)
    current.revision += 1
    current.save()
    frozen = meeting_record(current.pk)
    add_link("deliberations.meeting", current, frozen, board=current.board)
    index_meeting(current)
    record(
        "deliberations.meeting_ratified",
        current,
        by=by,
        says=(
            f"mengesahkan notulen {name_of(current)} dengan"
            f" {len(decisions)} keputusan, nomor {current.number_text}"
            + (" sebagai pengurus seorang diri" if alone else "")
        ),
    )
    return current


def _refuse_unconfirmed(meeting: Meeting) -> int:
    """How many members had to agree; refuse while fewer did."""
    needed = confirmations_needed(meeting)
    agreed = confirmations_of(meeting).count() if needed else 0
    if agreed < needed:
        raise RuleViolation(
            f"Baru {agreed} dari {needed} anggota yang menyetujui notulen ini. Tunggu"
            f" {needed - agreed} lagi.",
            code="meeting.unconfirmed",
        )
    return needed


def _judge_ratifier(meeting: Meeting, by: User) -> tuple[str, bool]:
    """The post of the ratifier, and whether the maker ratifies for want of people."""
    found = ratifier(meeting, by)
    if not found.post:
        raise RuleViolation(
            "Anda tidak dapat mengesahkan notulen ini. Yang boleh: koordinator dan"
            " pemimpin rapat.",
            code="meeting.not_ratifier",
        )
    if not found.may:
        raise RuleViolation(
            "Notulen tidak boleh disahkan oleh yang menulisnya.", code="meeting.maker"
        )
    return found.post, found.stands_alone


def _lock_amended(meeting: Meeting) -> None:
    """Let nobody else change or confirm the same decisions until this is judged."""
    changed = meeting.decisions.exclude(amends=None).values("amends")
    spoken_of = meeting.items.exclude(confirms=None).values("confirms")
    named = Q(pk__in=changed) | Q(pk__in=spoken_of)
    rows = Decision.objects.select_for_update().filter(named).order_by("pk")
    list(rows.values_list("pk"))


def _refuse_gaps(meeting: Meeting, at: datetime.datetime) -> Room:
    room = Room(meeting)
    gaps = gaps_of(meeting, room, now=at)
    if gaps:
        raise RuleViolation(gaps[0].says, code=gaps[0].code)
    return room


def _write_quorum(room: Room) -> None:
    """Keep the rule on the meeting (saved with it) and its outcome on every item."""
    meeting, rule = room.meeting, room.rule.rule
    meeting.quorum_words, meeting.quorum_article = room.rule.words, room.rule.article
    meeting.quorum_numerator = rule.numerator
    meeting.quorum_denominator = rule.denominator
    meeting.quorum_more_than = rule.more_than
    if second := room.second:
        meeting.second_words, meeting.second_article = second.words, second.article
        meeting.second_numerator = second.rule.numerator
        meeting.second_denominator = second.rule.denominator
        meeting.second_more_than = second.rule.more_than
    for item in room.items:
        quorum = room.quorum(item)
        item.entitled, item.counted = quorum.entitled, quorum.counted
        item.required, item.quorum_held = quorum.required, quorum.held
        item.save(update_fields=["entitled", "counted", "required", "quorum_held"])


def _number_decisions(
    meeting: Meeting, *, on: datetime.date, at: datetime.datetime
) -> list[Decision]:
    """Number and freeze the decisions in the order of the minutes, carried or not."""
    rows = meeting.decisions.select_related("item")
    decisions = list(rows.order_by("item__position", "position"))
    for decision in decisions:
        number = give_number(decision.board, "KEP", on=on, subject_name=decision.title)
        decision.number, decision.number_text = number, number.text
        decision.ratified_at = at
        decision.save(update_fields=["number", "number_text", "ratified_at"])
    return decisions


def _number_minutes(meeting: Meeting, *, on: datetime.date) -> None:
    """Proceedings and minutes are two letters, each with a number of its own."""
    board, name = meeting.board, name_of(meeting)
    meeting.number = give_number(board, "BA", on=on, subject_name=name)
    meeting.number_text = meeting.number.text
    meeting.minutes_number = give_number(board, "NOT", on=on, subject_name=name)
    meeting.minutes_number_text = meeting.minutes_number.text


def follow_ups(meeting: Meeting, decisions: Iterable[Decision]) -> list[ActionItem]:
    """What ratification makes: a carried decision with somebody in charge."""
    return [
        ActionItem(
            board=meeting.board,
            region_code=meeting.region_code,
            meeting=meeting,
            item=decision.item,
            decision=decision,
            position=100 + decision.position,
            text=decision.title[:300],
            owner_name=decision.in_charge_name,
            due_on=decision.due_on,
        )
        for decision in decisions
        if decision.in_charge_name and decision.is_carried
    ]
