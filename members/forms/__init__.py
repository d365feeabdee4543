"""Forms about members, split by noun."""

from members.forms.people import PersonForm, PersonSearchForm, RevealForm
from members.forms.terms import MandateEndForm, MandateForm, TermForm
from members.forms.units import (
    AppointmentDaysForm,
    AppointmentEndForm,
    AppointmentForm,
    DecidedAppointmentForm,
    UnitCloseForm,
    UnitForm,
)

__all__ = [
    "AppointmentDaysForm",
    "AppointmentEndForm",
    "AppointmentForm",
    "DecidedAppointmentForm",
    "MandateEndForm",
    "MandateForm",
    "PersonForm",
    "PersonSearchForm",
    "RevealForm",
    "TermForm",
    "UnitCloseForm",
    "UnitForm",
]
