"""What is typed about a letter that came in."""

from typing import Any

from django import forms

from boards.models import Board
from common.fields import IndonesianDateField, LineFormField, ProseFormField
from deliberations.models import Decision, IncomingLetter, Meeting


class LetterForm(forms.Form):
    """One letter: who wrote when about what, what is to be done, its scan."""

    # A file is chosen again, never compared.
    secret_fields = ("file",)

    received_on = IndonesianDateField(label="Tanggal terima")
    sender = LineFormField(
        label="Pengirim",
        max_length=160,
        error_messages={"required": "Tulis siapa pengirimnya."},
    )
    subject = LineFormField(
        label="Perihal",
        max_length=200,
        error_messages={"required": "Tulis perihal surat."},
    )
    letter_on = IndonesianDateField(label="Tanggal surat", required=False)
    sender_number = LineFormField(
        label="Nomor surat pengirim", max_length=80, required=False
    )
    disposition = ProseFormField(
        label="Disposisi",
        max_length=1000,
        required=False,
        help_text="Diteruskan kepada siapa, dan untuk apa.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    meeting = forms.ModelChoiceField(
        label="Dibahas di rapat",
        queryset=Meeting.objects.none(),
        required=False,
        empty_label="Belum dibahas",
    )
    decision_number = LineFormField(
        label="Dijawab dengan keputusan nomor", max_length=80, required=False
    )
    file = forms.FileField(
        label="Pindaian",
        help_text="Foto atau PDF, paling besar 10 MB.",
        required=False,
        allow_empty_file=True,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board
        field = self.fields["meeting"]
        field.queryset = Meeting.objects.filter(board=board).only("title", "held_on")
        field.label_from_instance = _meeting_label

    @staticmethod
    def shown(letter: IncomingLetter) -> dict[str, Any]:
        """The letter as the form shows it."""
        names = ("received_on", "sender", "subject", "letter_on", "sender_number")
        shown = {name: getattr(letter, name) for name in (*names, "disposition")}
        decision = letter.decision
        return shown | {
            "meeting": letter.meeting_id,
            "decision_number": decision.number_text if decision else "",
            "revision": letter.revision,
        }

    def clean_decision_number(self) -> Decision | None:
        """The ratified decision that bears this number at this board."""
        text = self.cleaned_data["decision_number"]
        if not text:
            return None
        ratified = Decision.objects.filter(board=self.board).ratified()
        decision = ratified.filter(number_text__iexact=text).first()
        if decision is None:
            raise forms.ValidationError(
                f"Tidak ada keputusan bernomor “{text}” di LKM ini. Salin nomornya dari"
                " daftar Keputusan."
            )
        return decision

    def clean(self):
        """A letter is not written after it came."""
        cleaned = super().clean()
        written, received = cleaned.get("letter_on"), cleaned.get("received_on")
        if written and received and written > received:
            self.add_error(
                "letter_on", "Tanggal surat tidak boleh sesudah tanggal terima."
            )
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What was typed, as columns of the letter; without the scan."""
        facts = dict(self.cleaned_data)
        facts["decision"] = facts.pop("decision_number")
        del facts["file"], facts["revision"]
        return facts


def _meeting_label(meeting: Meeting) -> str:
    return f"{meeting.held_on:%d/%m/%Y} {meeting.title}"


class LetterCancelForm(forms.Form):
    """Why an entry is struck out."""

    reason = LineFormField(
        label="Alasan pembatalan",
        max_length=300,
        error_messages={"required": "Tulis alasan pembatalan."},
    )
