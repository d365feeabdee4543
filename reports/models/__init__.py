"""Rows of reports, split by noun."""

from reports.models.books import DecisionBook, FundStatement, MinutesBook
from reports.models.evidence import EvaluationEvidence
from reports.models.papers import (
    IssuedReport,
    PublishedPaper,
    SignedScan,
    SummarisedReport,
    Summary,
)
from reports.models.stacks import ScanStack, StackPage

__all__ = [
    "DecisionBook",
    "EvaluationEvidence",
    "FundStatement",
    "IssuedReport",
    "MinutesBook",
    "PublishedPaper",
    "ScanStack",
    "SignedScan",
    "StackPage",
    "SummarisedReport",
    "Summary",
]
