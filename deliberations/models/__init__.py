"""Rows of a musyawarah, split by noun."""

from deliberations.models.action import ActionMove
from deliberations.models.appointments import AppointmentDecision
from deliberations.models.attendance import Attendance, Recusal
from deliberations.models.correction import Confirmation, Correction
from deliberations.models.decision import ActionItem, Decision, Dissent
from deliberations.models.letter import IncomingLetter
from deliberations.models.meeting import (
    AgendaItem,
    Meeting,
    MeetingWriter,
)
from deliberations.models.points import MinutePoint
from deliberations.models.preparation import (
    MeetingSeries,
    MeetingTemplate,
    TemplateGuest,
)
from deliberations.models.proposal import ProposedItem
from deliberations.models.rules import (
    DecisionBasis,
    RuleArticle,
    RuleClause,
    RuleDocument,
    RuleVersion,
    SettingBasis,
)
from deliberations.models.seats import Replacement, SeatedElection, SeatedMandate

__all__ = [
    "ActionItem",
    "ActionMove",
    "AgendaItem",
    "AppointmentDecision",
    "Attendance",
    "Confirmation",
    "Correction",
    "Decision",
    "DecisionBasis",
    "Dissent",
    "IncomingLetter",
    "Meeting",
    "MeetingSeries",
    "MeetingTemplate",
    "MeetingWriter",
    "MinutePoint",
    "ProposedItem",
    "Recusal",
    "Replacement",
    "RuleArticle",
    "RuleClause",
    "RuleDocument",
    "RuleVersion",
    "SeatedElection",
    "SeatedMandate",
    "SettingBasis",
    "TemplateGuest",
]
