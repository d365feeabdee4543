"""What the database refuses: a plan once work began, a report once approved."""

from boards.triggers import Frozen, Refused, SameBoard

_OF_BEGUN = (
    "EXISTS (SELECT 1 FROM activities_activity a"
    " WHERE a.id = {row}.activity_id AND a.state <> 'planned')"
)
_OF_APPROVED = (
    "EXISTS (SELECT 1 FROM activities_activityreport r"
    " WHERE r.id = {row}.report_id AND r.state = 'approved')"
)
_OF_ANOTHER_BOARD = (
    "NOT EXISTS (SELECT 1 FROM activities_activityreport r"
    ' JOIN boards_storedfile f ON f.id = NEW."{column}"'
    " WHERE r.id = NEW.report_id AND f.board_id = r.board_id)"
)
# What still moves when the work has begun: its course, its counters, its plan row
# and its point on the map.
_COURSE = (
    "state",
    "cancel_reason",
    "started_on",
    "closed_on",
    "progress",
    "spent",
    "reported_until",
    "plan_item",
    "latitude",
    "longitude",
    "region_code",
    "revision",
)

RULES = (
    Frozen("activities.Activity", when="{row}.state <> 'planned'", free=_COURSE),
    Frozen("activities.ActivityLocation", when=_OF_BEGUN, inserts=True),
    Frozen("activities.BudgetLine", when=_OF_BEGUN, inserts=True),
    Frozen("activities.Funding", when=_OF_BEGUN, inserts=True),
    Frozen(
        "activities.ActivityReport",
        when="{row}.state = 'approved'",
        free=("region_code",),
    ),
    # Who wrote into a report stays its writer, and does not approve it.
    Frozen("activities.ReportWriter"),
    Refused(
        "activities.ReportWriter", "not_of_approved", _OF_APPROVED.format(row="NEW")
    ),
    Refused(
        "activities.ActivityReport",
        "writer_approves",
        "NEW.state = 'approved' AND EXISTS (SELECT 1 FROM activities_reportwriter w"
        " WHERE w.report_id = NEW.id AND w.user_id = NEW.approved_by_id)",
    ),
    Frozen("activities.Spending", when=_OF_APPROVED, inserts=True),
    Frozen("activities.Photo", when=_OF_APPROVED, inserts=True),
    Frozen("activities.ReceiptFile", when=_OF_APPROVED, inserts=True),
    Frozen("activities.FieldComment", when=_OF_APPROVED, inserts=True),
    SameBoard("activities.Activity", "decision"),
    SameBoard("activities.Activity", "plan_item"),
    SameBoard("activities.ActivityReport", "activity"),
    Refused(
        "activities.Photo", "file_board", _OF_ANOTHER_BOARD.format(column="file_id")
    ),
    Refused(
        "activities.Photo",
        "thumb_board",
        _OF_ANOTHER_BOARD.format(column="thumbnail_id"),
    ),
    Refused(
        "activities.ReceiptFile",
        "file_board",
        _OF_ANOTHER_BOARD.format(column="file_id"),
    ),
    Refused(
        "activities.Activity",
        "decision_ratified",
        "NOT EXISTS (SELECT 1 FROM deliberations_decision d"
        " WHERE d.id = NEW.decision_id AND d.ratified_at IS NOT NULL)",
    ),
    Refused(
        "activities.Activity",
        "sums_agree",
        "NEW.state IN ('running', 'finished') AND ("
        "NEW.budget_total <> (SELECT COALESCE(SUM(b.amount), 0)"
        " FROM activities_budgetline b WHERE b.activity_id = NEW.id)"
        " OR NEW.budget_total <> (SELECT COALESCE(SUM(f.amount), 0)"
        " FROM activities_funding f WHERE f.activity_id = NEW.id))",
    ),
    # The plan of a work that was reported on never opens again.
    Refused(
        "activities.Activity",
        "stays_begun",
        "NEW.state = 'planned' AND EXISTS (SELECT 1 FROM activities_activityreport r"
        " WHERE r.activity_id = NEW.id)",
    ),
)
