"""Rows about residents, who sits in the board and how they got there, split by noun."""

from members.models.ballots import (
    BallotBatch,
    BatchEntry,
    CountingAct,
    TallyCount,
    TallyName,
)
from members.models.election import (
    CommitteeMember,
    Election,
    ElectionArea,
    Objection,
)
from members.models.evaluation import (
    Evaluation,
    EvaluationArea,
    EvaluationAspect,
    EvaluationLevel,
    EvaluationScore,
    EvaluationSheet,
)
from members.models.groups import (
    CommunityGroup,
    GroupMember,
    GroupSaving,
    GroupTraining,
)
from members.models.nominees import FinalPlace, Nominee
from members.models.people import EARLIEST_BIRTH, Person, Sex
from members.models.terms import Mandate, MandateQuerySet, Term
from members.models.training import Training, TrainingFile, TrainingParticipant
from members.models.units import Appointment, AppointmentQuerySet, Unit

__all__ = [
    "EARLIEST_BIRTH",
    "Appointment",
    "AppointmentQuerySet",
    "BallotBatch",
    "BatchEntry",
    "CommitteeMember",
    "CommunityGroup",
    "CountingAct",
    "Election",
    "ElectionArea",
    "Evaluation",
    "EvaluationArea",
    "EvaluationAspect",
    "EvaluationLevel",
    "EvaluationScore",
    "EvaluationSheet",
    "FinalPlace",
    "GroupMember",
    "GroupSaving",
    "GroupTraining",
    "Mandate",
    "MandateQuerySet",
    "Nominee",
    "Objection",
    "Person",
    "Sex",
    "TallyCount",
    "TallyName",
    "Term",
    "Training",
    "TrainingFile",
    "TrainingParticipant",
    "Unit",
]
