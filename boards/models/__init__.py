"""Rows of the ground floor of the product, split by noun."""

from boards.models.board import Board, BoardOwned, BoardSetting, Region, ServedRegion
from boards.models.guides import Guide, GuideClause, GuideState
from boards.models.people import Assignment, User
from boards.models.records import (
    AuditEvent,
    AuditHead,
    ChainHead,
    ChainLink,
    ClockDoubt,
    LetterNumber,
    NumberSequence,
)
from boards.models.search import SearchEntry
from boards.models.work import Draft, Job, StoredFile, Submission

__all__ = [
    "Assignment",
    "AuditEvent",
    "AuditHead",
    "Board",
    "BoardOwned",
    "BoardSetting",
    "ChainHead",
    "ChainLink",
    "ClockDoubt",
    "Draft",
    "Guide",
    "GuideClause",
    "GuideState",
    "Job",
    "LetterNumber",
    "NumberSequence",
    "Region",
    "SearchEntry",
    "ServedRegion",
    "StoredFile",
    "Submission",
    "User",
]
