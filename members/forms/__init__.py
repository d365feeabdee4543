"""Forms about members, split by noun."""

from members.forms.counting import (
    BallotsForm,
    MatchForm,
    MendForm,
    ResidentSearchForm,
    TallyForm,
    TieForm,
)
from members.forms.elections import (
    AnswerForm,
    AreaForm,
    CommitteeForm,
    ElectionForm,
    ObjectionForm,
    SecondStageForm,
    WillingForm,
)
from members.forms.evaluation import EvaluationAreaForm, EvaluationStartForm
from members.forms.groups import (
    GroupCloseForm,
    GroupForm,
    GroupLeaveForm,
    GroupMemberForm,
    GroupPersonForm,
    GroupSavingForm,
    GroupTrainingForm,
)
from members.forms.people import PersonForm, PersonSearchForm, RevealForm
from members.forms.terms import MandateEndForm, MandateForm, TermForm
from members.forms.training import (
    ParticipantSearchForm,
    TrainingFileForm,
    TrainingForm,
)
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
    "EvaluationAreaForm",
    "EvaluationStartForm",
    "GroupCloseForm",
    "GroupForm",
    "GroupLeaveForm",
    "GroupMemberForm",
    "GroupPersonForm",
    "GroupSavingForm",
    "GroupTrainingForm",
    "MandateEndForm",
    "MandateForm",
    "MatchForm",
    "MendForm",
    "ObjectionForm",
    "ParticipantSearchForm",
    "PersonForm",
    "PersonSearchForm",
    "ResidentSearchForm",
    "RevealForm",
    "SecondStageForm",
    "TallyForm",
    "TermForm",
    "TieForm",
    "TrainingFileForm",
    "TrainingForm",
    "UnitCloseForm",
    "UnitForm",
    "WillingForm",
]
