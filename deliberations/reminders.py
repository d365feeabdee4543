"""A reminder to send by WhatsApp: short words, one link. Pure."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from common.words import format_date, join_unit

MOST_NAMED = 5
_NOT_A_DIGIT = re.compile(r"[^0-9+]")


@dataclass(frozen=True)
class Promise:
    """What somebody promised, and by when."""

    text: str
    due_on: datetime.date | None


def whatsapp_number(phone: str) -> str:
    """A mobile number as wa.me wants it: "0812-3456-7890" is 6281234567890.

    "" for what is no Indonesian mobile number: a landline has no WhatsApp.
    """
    bare = _NOT_A_DIGIT.sub("", phone)
    for head in ("+62", "62", "0"):
        if bare.startswith(head):
            rest = bare[len(head) :]
            mobile = rest.startswith("8") and rest.isdigit() and 8 <= len(rest) <= 13
            return f"62{rest}" if mobile else ""
    return ""


def late_words(due_on: datetime.date | None, *, today: datetime.date) -> str:
    """ "lewat 3 hari"; "" for what is not late."""
    late = (today - due_on).days if due_on else 0
    return f"lewat {join_unit(late, 'hari')}" if late > 0 else ""


def reminder_text(
    sender: str,
    owner: str,
    promises: Sequence[Promise],
    *,
    today: datetime.date,
    url: str,
) -> str:
    """The words of a reminder from a board to one person, with the one link.

    `promises` come with the most urgent first; more than MOST_NAMED are counted.
    """
    lines = [f"Pengingat dari {sender} untuk {owner}:"]
    numbered = len(promises) > 1
    for at, promise in enumerate(promises[:MOST_NAMED], start=1):
        head = f"{at}. " if numbered else ""
        lines.append(f"{head}{promise.text}{_due(promise, today)}")
    if len(promises) > MOST_NAMED:
        lines.append(f"dan {len(promises) - MOST_NAMED} tindak lanjut lain.")
    return "\n".join([*lines, f"Rincian: {url}"])


def _due(promise: Promise, today: datetime.date) -> str:
    if promise.due_on is None:
        return ""
    late = late_words(promise.due_on, today=today)
    behind = f" ({late})" if late else ""
    return f", paling lambat {format_date(promise.due_on)}{behind}"
