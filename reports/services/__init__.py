"""Acts on papers, split by when they happen."""

from reports.services.aftermath import cancel_report
from reports.services.issuing import (
    NumberMoved,
    issue_report,
    keep_report,
    publish_paper,
)
from reports.services.printing import (
    Prepared,
    check_issuable,
    is_long,
    issued_report,
    prepare_report,
    preview_report,
)
from reports.services.scans import attach_scan, judge_scan, withdraw_scan

__all__ = [
    "NumberMoved",
    "Prepared",
    "attach_scan",
    "cancel_report",
    "check_issuable",
    "is_long",
    "issue_report",
    "issued_report",
    "judge_scan",
    "keep_report",
    "prepare_report",
    "preview_report",
    "publish_paper",
    "withdraw_scan",
]
