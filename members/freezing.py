"""What the database itself refuses about members: mixed boards, overlapping times."""

from boards.triggers import Refused, SameBoard

_FOR_EVER = "'9999-12-31'"
# A row that is being inserted has no number yet on SQLite.
_OTHER = "t.id <> COALESCE(NEW.id, -1)"

_TERM_OVERLAPS = (
    f"EXISTS (SELECT 1 FROM members_term t WHERE {_OTHER}"
    " AND t.board_id = NEW.board_id"
    " AND t.starts_on <= NEW.ends_on AND t.ends_on >= NEW.starts_on)"
)
_TERM_LEAVES_MANDATE_OUT = (
    "EXISTS (SELECT 1 FROM members_mandate m WHERE m.term_id = NEW.id"
    " AND (m.started_on < NEW.starts_on"
    " OR COALESCE(m.ended_on, m.started_on) > NEW.ends_on))"
)
_MANDATE_OUTSIDE_TERM = (
    "NOT EXISTS (SELECT 1 FROM members_term t WHERE t.id = NEW.term_id"
    " AND NEW.started_on >= t.starts_on"
    " AND COALESCE(NEW.ended_on, NEW.started_on) <= t.ends_on)"
)
# Terms do not overlap, so two mandates can meet only inside one term.
_MEETS = (
    f"SELECT 1 FROM members_mandate t WHERE {_OTHER} AND t.term_id = NEW.term_id"
    f" AND t.started_on <= COALESCE(NEW.ended_on, {_FOR_EVER})"
    f" AND COALESCE(t.ended_on, {_FOR_EVER}) >= NEW.started_on"
)
_TWO_COORDINATORS = (
    f"NEW.position = 'COORDINATOR' AND EXISTS ({_MEETS} AND t.position = 'COORDINATOR')"
)
_TWICE_A_MEMBER = f"EXISTS ({_MEETS} AND t.person_id = NEW.person_id)"

RULES = (
    SameBoard("members.Mandate", "term"),
    SameBoard("members.Mandate", "person"),
    Refused("members.Term", "overlap", _TERM_OVERLAPS),
    Refused("members.Term", "cuts_mandate", _TERM_LEAVES_MANDATE_OUT),
    Refused("members.Mandate", "outside_term", _MANDATE_OUTSIDE_TERM),
    Refused("members.Mandate", "two_coordinators", _TWO_COORDINATORS),
    Refused("members.Mandate", "twice_a_member", _TWICE_A_MEMBER),
)
