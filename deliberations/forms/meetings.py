"""Forms of the meeting itself: facts, people, agenda, return."""

from typing import Any

from django import forms
from django.db.models import Q

from boards.models import Board
from common.fields import (
    SEGMENTS,
    ClockField,
    IndonesianDateField,
    LineFormField,
    ProseFormField,
    ThreeDigitsField,
)
from deliberations.agendas import MEMBER_KINDS
from deliberations.circular import circular_allowed
from deliberations.models import ActionItem, Attendance, Meeting
from deliberations.services.opening import MOST_TAKEN
from members.models import Appointment, Mandate, Person, Sex


class MeetingForm(forms.Form):
    """The facts of a meeting."""

    kind = forms.ChoiceField(label="Jenis rapat", choices=Meeting.Kind)
    title = LineFormField(
        label="Nama rapat",
        max_length=150,
        required=False,
        help_text="Kosongkan bila sama dengan jenisnya.",
    )
    held_on = IndonesianDateField(label="Tanggal")
    starts_at = ClockField(label="Mulai pukul")
    ends_at = ClockField(
        label="Selesai pukul", required=False, help_text="Isi sesudah rapat ditutup."
    )
    place = LineFormField(label="Tempat", max_length=150)
    purpose = ProseFormField(
        label="Maksud rapat",
        max_length=1000,
        required=False,
        help_text="Dipakai di surat undangan: “Sehubungan dengan …”.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    chair = forms.ModelChoiceField(
        label="Pemimpin rapat", queryset=Person.objects.none(), required=False
    )
    note_taker = forms.ModelChoiceField(
        label="Notulis", queryset=Person.objects.none(), required=False
    )

    copies = ProseFormField(
        label="Tembusan undangan",
        max_length=1000,
        required=False,
        help_text="Satu baris satu tujuan. Arsip ditulis sendiri paling akhir.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        sealed = Meeting.Kind.SIRKULER
        is_one = self.initial.get("kind") == sealed
        if not is_one and not circular_allowed(board, on=board.today()):
            choices = [pair for pair in Meeting.Kind.choices if pair[0] != sealed]
            self.fields["kind"].choices = choices
        for name in ("chair", "note_taker"):
            self.fields[name].queryset = officers_of(board)
            self.fields[name].empty_label = "Belum dipilih"

    def facts(self) -> dict[str, Any]:
        """What was typed; a meeting without a name bears that of its kind."""
        facts = dict(self.cleaned_data)
        facts["title"] = facts["title"] or Meeting.Kind(facts["kind"]).label
        return facts

    def clean(self):
        """Chair and note-taker are two people; the end lies after the start."""
        cleaned = super().clean()
        if cleaned.get("chair") and cleaned["chair"] == cleaned.get("note_taker"):
            self.add_error(
                "note_taker",
                "Pemimpin rapat dan notulis harus dua orang. Pilih notulis lain.",
            )
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and end <= start:
            self.add_error(
                "ends_at", f"Jam selesai harus sesudah {start:%H.%M}, jam mulai."
            )
        return cleaned


class NewMeetingForm(MeetingForm):
    """The facts of a meeting to come, and whether open promises head its agenda."""

    ends_at = None
    takes_open = forms.BooleanField(required=False)

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, board=board, **kwargs)
        waiting = ActionItem.objects.filter(board=board).open().count()
        field = self.fields["takes_open"]
        field.label = f"Mulai agenda dengan tindak lanjut yang terbuka ({waiting})"
        field.help_text = (
            f"Yang paling mendesak di atas, paling banyak {MOST_TAKEN} butir. Sisanya"
            " ditawarkan di halaman agenda."
        )
        field.initial = waiting > 0
        if not waiting:
            del self.fields["takes_open"]

    def facts(self) -> dict[str, Any]:
        """What was typed, and whether open promises come first."""
        return {"takes_open": False} | super().facts()


def officers_of(board: Board):
    """Who may chair or take notes: who ever held a mandate or a post, and staff."""
    held = Mandate.objects.filter(board=board).values("person")
    works = Appointment.objects.filter(board=board).values("person")
    known = Q(pk__in=held) | Q(pk__in=works) | Q(user__isnull=False)
    return Person.objects.filter(known, board=board)


class AttendanceForm(forms.Form):
    """Presence of one person."""

    status = forms.ChoiceField(
        label="Kehadiran", choices=Attendance.Status, widget=forms.RadioSelect
    )
    arrives_at = ClockField(label="Datang pukul", required=False)
    leaves_at = ClockField(
        label="Pulang pukul",
        required=False,
        help_text="Hanya bila pulang sebelum rapat selesai.",
    )
    note = LineFormField(
        label="Keterangan",
        max_length=150,
        required=False,
        help_text="Misalnya alasan izin.",
    )

    def clean(self):
        """Nobody leaves before coming."""
        cleaned = super().clean()
        came, left = cleaned.get("arrives_at"), cleaned.get("leaves_at")
        if came and left and left < came:
            self.add_error("leaves_at", "Jam pulang lebih awal dari jam datang.")
        return cleaned


class GuestForm(forms.Form):
    """Somebody without a mandate."""

    name = LineFormField(label="Nama", max_length=160)
    sex = forms.ChoiceField(
        label="L/P", choices=Sex, widget=forms.RadioSelect(attrs=SEGMENTS)
    )
    element = LineFormField(
        label="Unsur",
        max_length=40,
        required=False,
        help_text="Pilih, atau tulis sendiri.",
        widget=forms.TextInput(attrs={"list": "unsur", "autocomplete": "off"}),
    )
    office = LineFormField(
        label="Jabatan",
        max_length=80,
        required=False,
        help_text="Misalnya: Ketua, Lurah, Bendahara.",
    )
    rt = ThreeDigitsField(label="RT", required=False)
    rw = ThreeDigitsField(label="RW", required=False)
    is_entitled = forms.BooleanField(
        label="Berhak suara di rapat ini (utusan)", required=False
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        if meeting.kind in MEMBER_KINDS:
            del self.fields["is_entitled"]


class QuickGuestForm(forms.Form):
    """The few fields of a guest that fit on a phone; the rest may follow."""

    name = LineFormField(label="Nama", max_length=160)
    sex = forms.ChoiceField(
        label="L/P", choices=Sex, widget=forms.RadioSelect(attrs=SEGMENTS)
    )
    element = LineFormField(
        label="Unsur",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "unsur", "autocomplete": "off"}),
    )


class AgendaItemForm(forms.Form):
    """Title of an agenda item."""

    title = LineFormField(label="Pokok bahasan", max_length=200)


class ReturnForm(forms.Form):
    """What the secretary must mend."""

    note = ProseFormField(
        label="Apa yang perlu diperbaiki?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
