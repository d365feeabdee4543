"""Forms about members, split by noun."""

from members.forms.counting import BallotsForm, MatchForm, MendForm, TallyForm, TieForm
from members.forms.elections import (
    AnswerForm,
    AreaForm,
    CommitteeForm,
    ElectionForm,
    ObjectionForm,
    SecondStageForm,
    WillingForm,
)
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
    "AnswerForm",
    "AppointmentDaysForm",
    "AppointmentEndForm",
    "AppointmentForm",
    "AreaForm",
    "BallotsForm",
    "CommitteeForm",
    "DecidedAppointmentForm",
    "ElectionForm",
    "MandateEndForm",
    "MandateForm",
    "MatchForm",
    "MendForm",
    "ObjectionForm",
    "PersonForm",
    "PersonSearchForm",
    "RevealForm",
    "SecondStageForm",
    "TallyForm",
    "TermForm",
    "TieForm",
    "UnitCloseForm",
    "UnitForm",
    "WillingForm",
]
