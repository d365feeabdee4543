"""Forms about members, split by noun."""

from members.forms.people import PersonForm, PersonSearchForm, RevealForm
from members.forms.terms import MandateEndForm, MandateForm, TermForm

__all__ = [
    "MandateEndForm",
    "MandateForm",
    "PersonForm",
    "PersonSearchForm",
    "RevealForm",
    "TermForm",
]
