"""What is typed about a meeting: shapes only; the services judge."""

from deliberations.forms.appointments import AppointmentLinkForm
from deliberations.forms.calls import PostponeForm, SecondCallForm
from deliberations.forms.correction import (
    AnswerForm,
    CorrectionForm,
    ToldConfirmationForm,
)
from deliberations.forms.items import ItemForm
from deliberations.forms.layouts import LayoutSheet
from deliberations.forms.letters import LetterCancelForm, LetterForm
from deliberations.forms.meetings import (
    AgendaItemForm,
    AttendanceForm,
    GuestForm,
    MeetingForm,
    NewMeetingForm,
    QuickGuestForm,
    ReturnForm,
)
from deliberations.forms.register import ActionForm
from deliberations.forms.rules import (
    AdoptionForm,
    RevocationForm,
    RuleForm,
    RuleTextForm,
)
from deliberations.forms.series import SeriesEditForm, SeriesForm, TurnsForm
from deliberations.forms.sheet import ItemSheet

__all__ = [
    "ActionForm",
    "AdoptionForm",
    "AgendaItemForm",
    "AnswerForm",
    "AppointmentLinkForm",
    "AttendanceForm",
    "CorrectionForm",
    "GuestForm",
    "ItemForm",
    "ItemSheet",
    "LayoutSheet",
    "LetterCancelForm",
    "LetterForm",
    "MeetingForm",
    "NewMeetingForm",
    "PostponeForm",
    "QuickGuestForm",
    "ReturnForm",
    "RevocationForm",
    "RuleForm",
    "RuleTextForm",
    "SecondCallForm",
    "SeriesEditForm",
    "SeriesForm",
    "ToldConfirmationForm",
    "TurnsForm",
]
