"""Acts on papers, split by when they happen."""

from reports.services.aftermath import cancel_report
from reports.services.attaching import (
    PileRefused,
    Sitting,
    attach_stack,
    bind_pile,
)
from reports.services.evidence import add_evidence, remove_evidence
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
    print_sheet,
)
from reports.services.scans import attach_scan, judge_scan, withdraw_scan
from reports.services.stacks import (
    add_sources,
    drop_stack,
    finish_reading,
    forget_old_stacks,
    keep_stack,
    new_stack,
    note_page,
    place_page,
    put_page,
    put_sources,
    read_all,
    skip_page,
)

__all__ = [
    "NumberMoved",
    "PileRefused",
    "Prepared",
    "Sitting",
    "add_evidence",
    "add_sources",
    "attach_scan",
    "attach_stack",
    "bind_pile",
    "cancel_report",
    "check_issuable",
    "drop_stack",
    "finish_reading",
    "forget_old_stacks",
    "is_long",
    "issue_report",
    "issued_report",
    "judge_scan",
    "keep_report",
    "keep_stack",
    "new_stack",
    "note_page",
    "place_page",
    "prepare_report",
    "preview_report",
    "print_sheet",
    "publish_paper",
    "put_page",
    "put_sources",
    "read_all",
    "remove_evidence",
    "skip_page",
    "withdraw_scan",
]
