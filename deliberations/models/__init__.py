"""Rows of a musyawarah, split by noun."""

from deliberations.models.decision import ActionItem, Decision, Dissent
from deliberations.models.meeting import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingWriter,
    MinutePoint,
    Recusal,
)

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Attendance",
    "Decision",
    "Dissent",
    "Meeting",
    "MeetingWriter",
    "MinutePoint",
    "Recusal",
]
