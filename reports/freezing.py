"""What the database refuses to change about papers that went out."""

from boards.triggers import Frozen, SameBoard

_FATE = ("state", "cancelled_at", "cancelled_by", "cancel_reason")
_WITHDRAWAL = ("withdrawn_at", "withdrawn_by", "withdrawn_reason")

RULES = (
    Frozen("reports.IssuedReport", free=("region_code", *_FATE)),
    Frozen("reports.SignedScan", free=_WITHDRAWAL),
    SameBoard("reports.StackPage", "stack"),
    SameBoard("reports.StackPage", "report"),
    Frozen("reports.DecisionBook", free=("region_code",)),
    Frozen("reports.MinutesBook", free=("region_code",)),
    Frozen("reports.Summary"),
    Frozen("reports.SummarisedReport"),
    # The public copy follows the fate and the seal of the paper, nothing else.
    Frozen(
        "reports.PublishedPaper",
        free=(
            "state",
            "ended_on",
            "successor_token",
            "successor_number",
            "seal",
            "scanned_on",
            "signatures",
        ),
    ),
)
