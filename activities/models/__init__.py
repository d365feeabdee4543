"""Rows of the works, split by noun."""

from activities.models.activity import (
    Activity,
    ActivityLocation,
    BudgetLine,
    CostKind,
    Funding,
    Source,
)
from activities.models.report import (
    ActivityReport,
    FieldComment,
    Photo,
    ReceiptFile,
    ReportField,
    ReportWriter,
    Spending,
)

__all__ = [
    "Activity",
    "ActivityLocation",
    "ActivityReport",
    "BudgetLine",
    "CostKind",
    "FieldComment",
    "Funding",
    "Photo",
    "ReceiptFile",
    "ReportField",
    "ReportWriter",
    "Source",
    "Spending",
]
