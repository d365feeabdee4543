"""What the database itself refuses to change on this floor."""

from boards.triggers import Frozen, Refused

_TICKED = (
    "EXISTS (SELECT 1 FROM boards_guidestate s JOIN boards_guideclause c"
    " ON c.id = s.clause_id WHERE c.guide_id = {row}.guide_id)"
)

RULES = (
    Frozen("boards.AuditEvent"),
    Frozen("boards.ChainLink", free=("region_code",)),
    Frozen("boards.LetterNumber", free=("cancelled_on",)),
    # What a board was asked stays as it was once a board has answered.
    Frozen("boards.GuideClause", when=_TICKED, inserts=True),
    Refused(
        "boards.GuideState",
        "other_regency",
        "NOT EXISTS (SELECT 1 FROM boards_guideclause c JOIN boards_guide g"
        " ON g.id = c.guide_id WHERE c.id = NEW.clause_id"
        " AND g.region_code = substr(NEW.region_code, 1, 5))",
    ),
)
