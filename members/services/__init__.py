"""Acts about members, split by noun."""

from members.services.areas import (
    add_area,
    change_area,
    go_door_to_door,
    remove_area,
)
from members.services.counting import (
    add_batch,
    count_batch,
    known_names,
    mend_batch,
)
from members.services.elections import (
    add_to_committee,
    answer_objection,
    change_election,
    finish_election,
    finish_gaps,
    leave_committee,
    note_willingness,
    open_election,
    raise_objection,
)
from members.services.people import record_export, reveal_nik, save_person
from members.services.results import (
    close_area,
    match_names,
    settle_tie,
    unmatch_name,
)
from members.services.terms import change_term, end_mandate, give_mandate, open_term

__all__ = [
    "add_area",
    "add_batch",
    "add_to_committee",
    "answer_objection",
    "change_area",
    "change_election",
    "change_term",
    "close_area",
    "count_batch",
    "end_mandate",
    "finish_election",
    "finish_gaps",
    "give_mandate",
    "go_door_to_door",
    "known_names",
    "leave_committee",
    "match_names",
    "mend_batch",
    "note_willingness",
    "open_election",
    "open_term",
    "raise_objection",
    "record_export",
    "remove_area",
    "reveal_nik",
    "save_person",
    "settle_tie",
    "unmatch_name",
]
