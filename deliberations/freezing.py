"""What the database refuses to change once minutes are ratified."""

from boards.triggers import Frozen, Refused, SameBoard

_OF_MEETING = (
    "EXISTS (SELECT 1 FROM deliberations_meeting m"
    " WHERE m.id = {row}.meeting_id AND m.ratified_at IS NOT NULL)"
)
_OF_ITEM = (
    "EXISTS (SELECT 1 FROM deliberations_meeting m"
    " JOIN deliberations_agendaitem i ON i.meeting_id = m.id"
    " WHERE i.id = {row}.item_id AND m.ratified_at IS NOT NULL)"
)
_OF_DECISION = (
    "EXISTS (SELECT 1 FROM deliberations_meeting m"
    " JOIN deliberations_decision d ON d.meeting_id = m.id"
    " WHERE d.id = {row}.decision_id AND m.ratified_at IS NOT NULL)"
)
_OF_ANOTHER_BOARD = (
    'NEW."{column}" IS NOT NULL AND NOT EXISTS ('
    "SELECT 1 FROM deliberations_actionitem a"
    ' JOIN "{table}" t ON t.id = NEW."{column}"'
    " WHERE a.id = NEW.action_id AND t.board_id = a.board_id)"
)
_OF_VERSION = (
    "EXISTS (SELECT 1 FROM deliberations_ruleversion v"
    " WHERE v.id = {row}.version_id AND v.adopted_on IS NOT NULL)"
)
_OF_ARTICLE = (
    "EXISTS (SELECT 1 FROM deliberations_ruleversion v"
    " JOIN deliberations_rulearticle a ON a.version_id = v.id"
    " WHERE a.id = {row}.article_id AND v.adopted_on IS NOT NULL)"
)
_CITED = (
    " JOIN deliberations_ruleversion v ON v.board_id = {citing}.board_id"
    " JOIN deliberations_rulearticle a ON a.version_id = v.id"
    " WHERE a.id = NEW.article_id AND v.adopted_on IS NOT NULL"
)
_OTHER_CLAUSE = (
    "NEW.clause_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deliberations_ruleclause c"
    " WHERE c.id = NEW.clause_id AND c.article_id = NEW.article_id)"
)
_SEATED_BY_IT = (
    "EXISTS (SELECT 1 FROM deliberations_seatedelection s"
    " WHERE s.decision_id = NEW.decision_id)"
)
_FILLED_BY_IT = (
    "EXISTS (SELECT 1 FROM deliberations_replacement r"
    " WHERE r.decision_id = NEW.decision_id)"
)
_SEATS = ("SeatedElection", "SeatedMandate", "Replacement")
# A seat and the decision behind it are only added; one decision seats once.
SEAT_RULES = (
    *(Frozen(f"deliberations.{name}", free=("region_code",)) for name in _SEATS),
    Refused("deliberations.SeatedElection", "decision_used", _FILLED_BY_IT),
    Refused("deliberations.Replacement", "decision_used", _SEATED_BY_IT),
    SameBoard("deliberations.SeatedElection", "decision"),
    SameBoard("deliberations.SeatedElection", "election"),
    SameBoard("deliberations.SeatedElection", "term"),
    SameBoard("deliberations.SeatedMandate", "seated"),
    SameBoard("deliberations.SeatedMandate", "mandate"),
    SameBoard("deliberations.SeatedMandate", "nominee"),
    SameBoard("deliberations.Replacement", "decision"),
    SameBoard("deliberations.Replacement", "left"),
    SameBoard("deliberations.Replacement", "mandate"),
    SameBoard("deliberations.Replacement", "nominee"),
)

_ITEM_OF_ANOTHER_MEETING = (
    "NEW.item_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deliberations_agendaitem i"
    " WHERE i.id = NEW.item_id AND i.meeting_id = NEW.meeting_id)"
)
# What puts an item on an agenda: a row of the board of its meeting.
_SOURCE_OF_ANOTHER_BOARD = (
    "NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deliberations_meeting m"
    " JOIN {table} s ON s.board_id = m.board_id"
    " WHERE m.id = NEW.meeting_id AND s.id = NEW.{column})"
)
_CONTINUES_ANOTHER_BOARD = (
    "NEW.continues_id IS NOT NULL AND NOT EXISTS (SELECT 1"
    " FROM deliberations_meeting m JOIN deliberations_meeting o"
    " ON o.board_id = m.board_id"
    " JOIN deliberations_agendaitem i ON i.meeting_id = o.id"
    " WHERE m.id = NEW.meeting_id AND i.id = NEW.continues_id)"
)
_CARRIED = (
    "({row}.method <> 'voting'"
    " OR {row}.votes_for - {row}.votes_against > {row}.votes_abstain)"
)
# A meeting dealt with a circular decision and did not confirm it.
_DROPPED = (
    "EXISTS (SELECT 1 FROM deliberations_agendaitem i"
    " JOIN deliberations_meeting m ON m.id = i.meeting_id"
    " WHERE i.confirms_id = {row}.id AND i.state = 'discussed'"
    " AND m.ratified_at IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM deliberations_decision c WHERE c.item_id = i.id"
    " AND " + _CARRIED.format(row="c") + "))"
)
_CHANGES = (
    "({row}.ratified_at IS NOT NULL AND " + _CARRIED + " AND NOT " + _DROPPED + ")"
)
# As DecisionQuerySet.changing says; no index can ask what became of a circular.
_AMENDED_TWICE = (
    f"NEW.amends_id IS NOT NULL AND {_CHANGES.format(row='NEW')} AND EXISTS ("
    "SELECT 1 FROM deliberations_decision o WHERE o.amends_id = NEW.amends_id"
    f" AND o.id <> COALESCE(NEW.id, -1) AND {_CHANGES.format(row='o')})"
)
_OTHER_BOARDS = (
    "(SELECT d.board_id FROM deliberations_decision d WHERE d.id = NEW.decision_id)"
    " <> (SELECT p.board_id FROM planning_planitem p WHERE p.id = NEW.plan_item_id)"
)
_DOES_NOT_APPOINT = (
    "NOT EXISTS (SELECT 1 FROM deliberations_decision d WHERE d.id = NEW.decision_id"
    " AND d.kind = 'membership' AND d.ratified_at IS NOT NULL)"
)

RULES = (
    *SEAT_RULES,
    Frozen(
        "deliberations.Meeting",
        when="{row}.ratified_at IS NOT NULL",
        free=("region_code",),
    ),
    # Who wrote does not ratify, whatever other post they hold.
    Frozen("deliberations.MeetingWriter", when=_OF_MEETING, inserts=True),
    Refused(
        "deliberations.Meeting",
        "writer_ratifies",
        "NEW.ratified_at IS NOT NULL AND NOT NEW.one_person_office"
        " AND EXISTS (SELECT 1 FROM deliberations_meetingwriter w"
        " WHERE w.meeting_id = NEW.id AND w.user_id = NEW.ratified_by_id)",
    ),
    Frozen("deliberations.AgendaItem", when=_OF_MEETING, inserts=True),
    Frozen("deliberations.MinutePoint", when=_OF_ITEM, inserts=True),
    Frozen("deliberations.Attendance", when=_OF_MEETING, inserts=True),
    Frozen("deliberations.Recusal", when=_OF_ITEM, inserts=True),
    Frozen(
        "deliberations.Decision",
        when=_OF_MEETING,
        free=("region_code",),
        inserts=True,
    ),
    Frozen("deliberations.Correction", when=_OF_MEETING, inserts=True),
    Frozen("deliberations.Confirmation", when=_OF_MEETING, inserts=True),
    Frozen("deliberations.Dissent", when=_OF_DECISION, inserts=True),
    # An action's words are minutes; what becomes of it is not.
    Frozen(
        "deliberations.ActionItem",
        when=_OF_MEETING,
        free=(
            "region_code",
            "revision",
            "status",
            "evidence",
            "closed_on",
            "closed_by",
        ),
        inserts=True,
    ),
    # What was said about it, and by what it was shown, stays.
    Frozen("deliberations.ActionMove"),
    Refused(
        "deliberations.ActionMove",
        "file_board",
        _OF_ANOTHER_BOARD.format(column="file_id", table="boards_storedfile"),
    ),
    Refused(
        "deliberations.ActionMove",
        "number_board",
        _OF_ANOTHER_BOARD.format(column="number_id", table="boards_letternumber"),
    ),
    Refused(
        "deliberations.ActionMove",
        "of_draft",
        "EXISTS (SELECT 1 FROM deliberations_actionitem a"
        " JOIN deliberations_meeting m ON m.id = a.meeting_id"
        " WHERE a.id = NEW.action_id AND m.ratified_at IS NULL)",
    ),
    # An entry in the book of letters is corrected, never taken out or numbered anew.
    Frozen(
        "deliberations.IncomingLetter",
        free=(
            "region_code",
            "revision",
            "received_on",
            "letter_on",
            "sender",
            "sender_number",
            "subject",
            "disposition",
            "file",
            "meeting",
            "decision",
            "cancelled_on",
            "cancel_reason",
        ),
    ),
    SameBoard("deliberations.IncomingLetter", "number"),
    SameBoard("deliberations.IncomingLetter", "file"),
    SameBoard("deliberations.IncomingLetter", "meeting"),
    SameBoard("deliberations.IncomingLetter", "decision"),
    SameBoard("deliberations.Meeting", "chair"),
    SameBoard("deliberations.Meeting", "note_taker"),
    SameBoard("deliberations.Meeting", "resumes"),
    SameBoard("deliberations.Meeting", "series"),
    *(
        Refused(
            "deliberations.AgendaItem",
            name,
            _SOURCE_OF_ANOTHER_BOARD.format(column=column, table=table),
        )
        for name, column, table in (
            ("plan_of_board", "plan_item_id", "planning_planitem"),
            ("action_of_board", "action_id", "deliberations_actionitem"),
            ("confirms_of_board", "confirms_id", "deliberations_decision"),
            ("election_of_board", "election_id", "members_election"),
        )
    ),
    Refused("deliberations.AgendaItem", "continues_board", _CONTINUES_ANOTHER_BOARD),
    Refused("deliberations.Correction", "other_meeting", _ITEM_OF_ANOTHER_MEETING),
    Refused(
        "deliberations.Confirmation",
        "other_meeting",
        "NOT EXISTS (SELECT 1 FROM deliberations_attendance a"
        " WHERE a.id = NEW.attendance_id AND a.meeting_id = NEW.meeting_id)",
    ),
    SameBoard("deliberations.Decision", "meeting"),
    SameBoard("deliberations.Decision", "amends"),
    Refused("deliberations.Decision", "amended_twice", _AMENDED_TWICE),
    SameBoard("deliberations.ActionItem", "meeting"),
    # A proposal and its plan item are of one board.
    Refused("deliberations.ProposedItem", "other_board", _OTHER_BOARDS),
    SameBoard("deliberations.AppointmentDecision", "appointment"),
    SameBoard("deliberations.AppointmentDecision", "decision"),
    Refused("deliberations.AppointmentDecision", "does_not_appoint", _DOES_NOT_APPOINT),
    Frozen(
        "deliberations.RuleDocument",
        when="EXISTS (SELECT 1 FROM deliberations_ruleversion v"
        " WHERE v.document_id = {row}.id AND v.adopted_on IS NOT NULL)",
        free=("region_code", "revision"),
    ),
    # An adopted text stays; only its last day is written down later.
    Frozen(
        "deliberations.RuleVersion",
        when="{row}.adopted_on IS NOT NULL",
        free=("region_code", "revision", "ends_on", "revoked_by", "revoke_reason"),
    ),
    Frozen("deliberations.RuleArticle", when=_OF_VERSION, inserts=True),
    Frozen("deliberations.RuleClause", when=_OF_ARTICLE, inserts=True),
    SameBoard("deliberations.RuleVersion", "document"),
    SameBoard("deliberations.RuleVersion", "decision"),
    Frozen("deliberations.SettingBasis"),
    Refused(
        "deliberations.SettingBasis",
        "of_this_board",
        "NOT EXISTS (SELECT 1 FROM boards_boardsetting s"
        + _CITED.format(citing="s")
        + " AND s.id = NEW.setting_id)",
    ),
    Refused("deliberations.SettingBasis", "other_clause", _OTHER_CLAUSE),
    Frozen("deliberations.DecisionBasis", when=_OF_DECISION, inserts=True),
    Refused(
        "deliberations.DecisionBasis",
        "in_force_that_day",
        "NOT EXISTS (SELECT 1 FROM deliberations_decision d"
        + _CITED.format(citing="d")
        + " AND d.id = NEW.decision_id AND v.in_force_on <= d.held_on"
        " AND (v.ends_on IS NULL OR v.ends_on > d.held_on))",
    ),
    Refused("deliberations.DecisionBasis", "other_clause", _OTHER_CLAUSE),
)
