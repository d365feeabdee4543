"""Acts about members, split by noun."""

from members.services.people import record_export, reveal_nik, save_person
from members.services.terms import change_term, end_mandate, give_mandate, open_term

__all__ = [
    "change_term",
    "end_mandate",
    "give_mandate",
    "open_term",
    "record_export",
    "reveal_nik",
    "save_person",
]
