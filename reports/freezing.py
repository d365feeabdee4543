"""What the database refuses to change about papers that went out."""

from boards.triggers import Frozen, Refused, SameBoard

_FATE = ("state", "cancelled_at", "cancelled_by", "cancel_reason")
_WITHDRAWAL = ("withdrawn_at", "withdrawn_by", "withdrawn_reason")
_OF_FINISHED = (
    "EXISTS (SELECT 1 FROM members_evaluationscore s"
    " JOIN members_evaluation e ON e.id = s.evaluation_id"
    " WHERE s.id = {row}.score_id AND e.finished_at IS NOT NULL)"
)


def _of_another_board(table: str, column: str) -> str:
    """The evidence lies at another board than the assessment."""
    return (
        f"NEW.{column} IS NOT NULL AND (SELECT t.board_id FROM {table} t"
        f" WHERE t.id = NEW.{column}) <> (SELECT e.board_id"
        " FROM members_evaluationscore s"
        " JOIN members_evaluation e ON e.id = s.evaluation_id"
        " WHERE s.id = NEW.score_id)"
    )


_EVIDENCE = "reports.EvaluationEvidence"

RULES = (
    Frozen(_EVIDENCE, when=_OF_FINISHED, inserts=True),
    Refused(
        _EVIDENCE,
        "other_decision",
        _of_another_board("deliberations_decision", "decision_id"),
    ),
    Refused(
        _EVIDENCE,
        "other_paper",
        _of_another_board("reports_issuedreport", "paper_id"),
    ),
    Refused(
        _EVIDENCE,
        "other_activity",
        _of_another_board("activities_activity", "activity_id"),
    ),
    Frozen("reports.IssuedReport", free=("region_code", *_FATE)),
    Frozen("reports.SignedScan", free=_WITHDRAWAL),
    SameBoard("reports.StackPage", "stack"),
    SameBoard("reports.StackPage", "report"),
    Frozen("reports.DecisionBook", free=("region_code",)),
    Frozen("reports.MinutesBook", free=("region_code",)),
    SameBoard("reports.FundStatement", "book"),
    SameBoard("reports.FundStatement", "account"),
    Refused(
        "reports.FundStatement",
        "other_book",
        "NEW.account_id IS NOT NULL AND (SELECT a.book_id FROM ledger_account a"
        " WHERE a.id = NEW.account_id) <> NEW.book_id",
    ),
    Frozen("reports.FundStatement", free=("region_code",)),
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
