"""Acts about members, split by noun."""

from members.services.answers import (
    answer_objection,
    note_reserve_letter,
    note_willingness,
    raise_objection,
)
from members.services.areas import (
    add_area,
    change_area,
    go_door_to_door,
    remove_area,
)
from members.services.checks import check_area
from members.services.counting import (
    add_batch,
    count_batch,
    known_names,
    least_ballots,
    mend_batch,
    merge_batch,
)
from members.services.elections import (
    add_to_committee,
    change_election,
    finish_election,
    finish_gaps,
    leave_committee,
    open_election,
)
from members.services.evaluations import (
    finish_evaluation,
    revision_of,
    score_area,
    start_evaluation,
)
from members.services.groups import (
    close_group,
    leave_group,
    note_saving,
    place_of,
    save_group,
    save_group_member,
    save_group_training,
    strike_saving,
)
from members.services.people import record_export, reveal_nik, save_person
from members.services.results import (
    close_area,
    match_names,
    settle_tie,
    unmatch_name,
)
from members.services.terms import change_term, end_mandate, give_mandate, open_term
from members.services.trainings import (
    add_participant,
    add_training_file,
    remove_participant,
    remove_training_file,
    save_training,
)
from members.services.units import (
    appoint,
    change_appointment,
    close_unit,
    end_appointment,
    open_unit,
    open_usual_units,
    rename_unit,
)

__all__ = [
    "add_area",
    "add_batch",
    "add_participant",
    "add_to_committee",
    "add_training_file",
    "answer_objection",
    "appoint",
    "change_appointment",
    "change_area",
    "change_election",
    "change_term",
    "check_area",
    "close_area",
    "close_group",
    "close_unit",
    "count_batch",
    "end_appointment",
    "end_mandate",
    "finish_election",
    "finish_evaluation",
    "finish_gaps",
    "give_mandate",
    "go_door_to_door",
    "known_names",
    "least_ballots",
    "leave_committee",
    "leave_group",
    "match_names",
    "mend_batch",
    "merge_batch",
    "note_reserve_letter",
    "note_saving",
    "note_willingness",
    "open_election",
    "open_term",
    "open_unit",
    "open_usual_units",
    "place_of",
    "raise_objection",
    "record_export",
    "remove_area",
    "remove_participant",
    "remove_training_file",
    "rename_unit",
    "reveal_nik",
    "revision_of",
    "save_group",
    "save_group_member",
    "save_group_training",
    "save_person",
    "save_training",
    "score_area",
    "settle_tie",
    "start_evaluation",
    "strike_saving",
    "unmatch_name",
]
