"""What the database itself refuses to change on this floor."""

from boards.triggers import Frozen

RULES = (
    Frozen("boards.AuditEvent"),
    Frozen("boards.ChainLink", free=("region_code",)),
    Frozen("boards.LetterNumber", free=("cancelled_on",)),
)
