"""What the database itself refuses about members: mixed boards, overlapping times."""

from boards.triggers import Frozen, Refused, SameBoard

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

_AREA_CLOSED = (
    "EXISTS (SELECT 1 FROM members_electionarea a"
    " WHERE a.id = {row}.area_id AND a.closed_at IS NOT NULL)"
)
_AREA_OF_BATCH_CLOSED = (
    "EXISTS (SELECT 1 FROM members_electionarea a"
    " JOIN members_ballotbatch b ON b.area_id = a.id"
    " WHERE b.id = {row}.batch_id AND a.closed_at IS NOT NULL)"
)
_AREA_OF_ENTRY_CLOSED = (
    "EXISTS (SELECT 1 FROM members_electionarea a"
    " JOIN members_ballotbatch b ON b.area_id = a.id"
    " JOIN members_batchentry e ON e.batch_id = b.id"
    " WHERE e.id = {row}.entry_id AND a.closed_at IS NOT NULL)"
)
_ELECTION_FINISHED = (
    "EXISTS (SELECT 1 FROM members_election e"
    " WHERE e.id = {row}.election_id AND e.finished_at IS NOT NULL)"
)
_NOMINEE_OF_FINISHED = (
    "EXISTS (SELECT 1 FROM members_nominee n"
    " JOIN members_electionarea a ON a.id = n.area_id"
    " JOIN members_election e ON e.id = a.election_id"
    " WHERE n.id = {row}.nominee_id AND e.finished_at IS NOT NULL)"
)
# Only a reserve still answers when the election is over.
_ANSWERED_AFTER_END = (
    "EXISTS (SELECT 1 FROM members_finalplace f WHERE f.nominee_id = NEW.id"
    " AND (f.place = 'seated' AND NEW.willing <> 'willing'"
    " OR f.place = 'declined' AND NEW.willing <> 'declined'))"
)
_AREA_OF_OTHER_ELECTION = (
    "NEW.area_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM members_electionarea a"
    " WHERE a.id = NEW.area_id AND a.election_id = NEW.election_id)"
)
_NOMINEE_OF_OTHER_AREA = (
    "NEW.nominee_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM members_nominee n"
    " WHERE n.id = NEW.nominee_id AND n.area_id = NEW.area_id)"
)
_NAME_OF_OTHER_AREA = (
    "NOT EXISTS (SELECT 1 FROM members_tallyname n"
    " JOIN members_ballotbatch b ON b.area_id = n.area_id"
    " JOIN members_batchentry e ON e.batch_id = b.id"
    " WHERE n.id = NEW.name_id AND e.id = NEW.entry_id)"
)

# A vote that was read out stays as it was counted; who is willing moves on until
# the election is over, and then only for reserves.
ELECTION_RULES = (
    SameBoard("members.CommitteeMember", "election"),
    SameBoard("members.CommitteeMember", "person"),
    SameBoard("members.ElectionArea", "election"),
    SameBoard("members.Objection", "election"),
    SameBoard("members.Objection", "area"),
    Refused("members.Objection", "other_election", _AREA_OF_OTHER_ELECTION),
    SameBoard("members.Nominee", "area"),
    SameBoard("members.Nominee", "person"),
    Refused("members.TallyName", "other_area", _NOMINEE_OF_OTHER_AREA),
    Refused("members.TallyCount", "other_area", _NAME_OF_OTHER_AREA),
    Frozen(
        "members.ElectionArea",
        when="{row}.closed_at IS NOT NULL",
        free=("region_code",),
    ),
    Frozen(
        "members.Nominee",
        when=_AREA_CLOSED,
        free=("region_code", "revision", "willing", "willing_on", "willing_note"),
        inserts=True,
    ),
    Refused("members.Nominee", "answered_after_end", _ANSWERED_AFTER_END),
    Frozen("members.FinalPlace", when=_NOMINEE_OF_FINISHED, inserts=True),
    Frozen("members.CountingAct", when=_AREA_CLOSED, inserts=True),
    Frozen("members.TallyName", when=_AREA_CLOSED, inserts=True),
    Frozen("members.BallotBatch", when=_AREA_CLOSED, inserts=True),
    Frozen("members.BatchEntry", when=_AREA_OF_BATCH_CLOSED, inserts=True),
    Frozen("members.TallyCount", when=_AREA_OF_ENTRY_CLOSED, inserts=True),
    Frozen(
        "members.Election",
        when="{row}.finished_at IS NOT NULL",
        free=("region_code",),
    ),
    Frozen("members.CommitteeMember", when=_ELECTION_FINISHED, inserts=True),
    Frozen("members.Objection", when=_ELECTION_FINISHED, inserts=True),
)

_APPOINTMENT_ENDS = "COALESCE({row}.ended_on, {row}.ends_on, '9999-12-31')"
_APPOINTED_TWICE = (
    f"EXISTS (SELECT 1 FROM members_appointment t WHERE {_OTHER}"
    " AND t.unit_id = NEW.unit_id AND t.person_id = NEW.person_id"
    " AND t.post = NEW.post"
    f" AND t.started_on <= {_APPOINTMENT_ENDS.format(row='NEW')}"
    f" AND {_APPOINTMENT_ENDS.format(row='t')} >= NEW.started_on)"
)
_OUTLIVES_UNIT = (
    "EXISTS (SELECT 1 FROM members_unit u WHERE u.id = NEW.unit_id"
    f" AND u.closed_on < {_APPOINTMENT_ENDS.format(row='NEW')})"
)

_EVALUATION_FINISHED = (
    "EXISTS (SELECT 1 FROM members_evaluation e"
    " WHERE e.id = {row}.evaluation_id AND e.finished_at IS NOT NULL)"
)
_ASPECT_OF_OTHER_SHEET = (
    "NOT EXISTS (SELECT 1 FROM members_evaluation e"
    " JOIN members_evaluationarea a ON a.sheet_id = e.sheet_id"
    " JOIN members_evaluationaspect p ON p.area_id = a.id"
    " WHERE e.id = NEW.evaluation_id AND p.id = NEW.aspect_id)"
)

RULES = (
    SameBoard("members.Mandate", "term"),
    SameBoard("members.Mandate", "person"),
    Refused("members.Term", "overlap", _TERM_OVERLAPS),
    Refused("members.Term", "cuts_mandate", _TERM_LEAVES_MANDATE_OUT),
    Refused("members.Mandate", "outside_term", _MANDATE_OUTSIDE_TERM),
    Refused("members.Mandate", "two_coordinators", _TWO_COORDINATORS),
    Refused("members.Mandate", "twice_a_member", _TWICE_A_MEMBER),
    *ELECTION_RULES,
    SameBoard("members.Appointment", "unit"),
    SameBoard("members.Appointment", "person"),
    Refused("members.Appointment", "twice_in_a_post", _APPOINTED_TWICE),
    Refused("members.Appointment", "outlives_unit", _OUTLIVES_UNIT),
    Frozen(
        "members.Evaluation",
        when="{row}.finished_at IS NOT NULL",
        free=("region_code",),
    ),
    Frozen("members.EvaluationScore", when=_EVALUATION_FINISHED, inserts=True),
    Refused("members.EvaluationScore", "other_sheet", _ASPECT_OF_OTHER_SHEET),
    SameBoard("members.TrainingFile", "training"),
    SameBoard("members.TrainingFile", "file"),
    SameBoard("members.TrainingParticipant", "training"),
    SameBoard("members.TrainingParticipant", "person"),
    SameBoard("members.GroupMember", "group"),
    SameBoard("members.GroupMember", "person"),
    SameBoard("members.GroupSaving", "group"),
    SameBoard("members.GroupTraining", "group"),
)
