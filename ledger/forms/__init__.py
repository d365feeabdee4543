"""Forms of the books."""

from ledger.forms.acts import DropForm, ReverseForm
from ledger.forms.books import AccountForm, BookOpenForm, OpeningForm
from ledger.forms.closing import MonthCloseForm, NoteForm, ReopenForm
from ledger.forms.entries import EntryForm
from ledger.forms.journal import JournalSheet

__all__ = [
    "AccountForm",
    "BookOpenForm",
    "DropForm",
    "EntryForm",
    "JournalSheet",
    "MonthCloseForm",
    "NoteForm",
    "OpeningForm",
    "ReopenForm",
    "ReverseForm",
]
