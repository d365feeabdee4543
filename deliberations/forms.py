"""What is typed about a meeting: shapes only; the services judge."""

from typing import Any

from django import forms

from boards.models import Board, Draft
from common.fields import (
    ClockField,
    IndonesianDateField,
    LineFormField,
    ProseFormField,
    RupiahFormField,
)
from deliberations.models import ActionItem, AgendaItem, Attendance, Decision, Meeting
from deliberations.presence import Room
from deliberations.services.minutes import (
    ItemMinutes,
    Objection,
    Point,
    Promise,
    Verdict,
)
from members.models import Mandate, Person

MOST_ROWS = 60
SEGMENTS = forms.RadioSelect(attrs={"class": "seg"})


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

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("chair", "note_taker"):
            self.fields[name].queryset = officers_of(board)
            self.fields[name].empty_label = "Belum dipilih"

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


def officers_of(board: Board):
    """Who may chair or take notes: everybody who ever held a mandate, and staff."""
    held = Mandate.objects.filter(board=board).values("person")
    people = Person.objects.filter(board=board)
    return people.filter(pk__in=held) | people.filter(user__isnull=False)


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
    sex = forms.ChoiceField(label="L/P", choices=Attendance.Sex, widget=SEGMENTS)
    office = LineFormField(
        label="Unsur atau jabatan",
        max_length=80,
        required=False,
        help_text="Misalnya: Ketua RT, PKK, Lurah, KSM.",
    )
    rt = forms.RegexField(
        label="RT",
        regex=r"\A[0-9]{1,3}\Z",
        required=False,
        error_messages={"invalid": "Tulis angka saja, misalnya 003."},
    )
    rw = forms.RegexField(
        label="RW",
        regex=r"\A[0-9]{1,3}\Z",
        required=False,
        error_messages={"invalid": "Tulis angka saja, misalnya 05."},
    )
    is_entitled = forms.BooleanField(
        label="Berhak suara di rapat ini (utusan)", required=False
    )

    def clean_rt(self):
        """Three digits, as in every list."""
        return self.cleaned_data["rt"].zfill(3) if self.cleaned_data["rt"] else ""

    def clean_rw(self):
        """Three digits, as in every list."""
        return self.cleaned_data["rw"].zfill(3) if self.cleaned_data["rw"] else ""


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


class ItemForm(forms.Form):
    """The head of one agenda item: when, with what result, who does not count."""

    state = forms.ChoiceField(label="Hasil", choices=AgendaItem.State, widget=SEGMENTS)
    starts_at = ClockField(label="Mulai dibahas", required=False)
    ends_at = ClockField(label="Selesai dibahas", required=False)
    recused = forms.ModelMultipleChoiceField(
        label="Berkepentingan pada butir ini",
        queryset=Attendance.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hadir, tetapi suaranya tidak dihitung.",
    )

    def __init__(self, *args, room: Room, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["recused"].queryset = room.meeting.attendances.filter(
            is_entitled=True, status=Attendance.Status.PRESENT
        )


class PointForm(forms.Form):
    """One thing said."""

    speaker = LineFormField(label="Pembicara", max_length=160, required=False)
    text = ProseFormField(
        label="Isi",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        """A speaker without words is a slip."""
        cleaned = super().clean()
        if cleaned.get("speaker") and not cleaned.get("text"):
            self.add_error("text", "Tulis apa yang disampaikan pembicara ini.")
        return cleaned


class DecisionForm(forms.Form):
    """One decision; the whole row may stay empty."""

    title = LineFormField(
        label="Tentang",
        max_length=150,
        required=False,
        help_text="Judul di register. Kosongkan: diambil dari baris pertama.",
    )
    text = ProseFormField(
        label="Apa yang diputuskan?",
        max_length=6000,
        required=False,
        help_text="Satu baris untuk satu diktum: KESATU, KEDUA, dan seterusnya.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(
        label="Jenis", choices=Decision.Kind, initial=Decision.Kind.GENERAL
    )
    method = forms.ChoiceField(
        label="Cara memutuskan",
        help_text="Pemungutan suara hanya bila mufakat tidak tercapai.",
        choices=Decision.Method,
        initial=Decision.Method.CONSENSUS,
        widget=SEGMENTS,
    )
    votes_for = forms.IntegerField(label="Setuju", min_value=0, required=False)
    votes_against = forms.IntegerField(
        label="Tidak setuju", min_value=0, required=False
    )
    votes_abstain = forms.IntegerField(label="Abstain", min_value=0, required=False)
    amount = RupiahFormField(label="Jumlah uang", required=False)
    in_charge_name = LineFormField(
        label="Penanggung jawab", max_length=160, required=False
    )
    due_on = IndonesianDateField(label="Selesai paling lambat", required=False)
    objections = ProseFormField(
        label="Catatan keberatan",
        max_length=4000,
        required=False,
        help_text="Satu orang satu baris: nama, titik dua, alasan.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    amends = forms.ModelChoiceField(
        label="Mengubah keputusan",
        queryset=Decision.objects.none(),
        required=False,
        empty_label="Tidak mengubah keputusan lain",
    )
    amend_reason = LineFormField(
        label="Alasan perubahan", max_length=300, required=False
    )

    # What makes a row a decision; the choices alone are always filled in.
    typed = (
        "title",
        "text",
        "amount",
        "in_charge_name",
        "due_on",
        "objections",
        "amends",
        "amend_reason",
    )

    def __init__(self, *args, amendable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amends"].queryset = amendable

    @property
    def is_empty(self) -> bool:
        """Nothing was typed that would make a decision."""
        return not any(self.cleaned_data.get(name) for name in self.typed)

    def clean(self):
        """A decision needs words; votes go with a vote and only with it."""
        cleaned = super().clean()
        voting = cleaned.get("method") == Decision.Method.VOTE
        if not voting:
            for name in ("votes_for", "votes_against", "votes_abstain"):
                cleaned[name] = None
        if self.errors or not any(cleaned.get(name) for name in self.typed):
            return cleaned
        if not cleaned.get("text"):
            self.add_error("text", "Tulis apa yang diputuskan.")
        elif not cleaned.get("title"):
            cleaned["title"] = cleaned["text"].splitlines()[0][:150]
        if voting and None in self._votes(cleaned):
            self.add_error(
                "votes_for", "Isi ketiga suara: setuju, tidak setuju, abstain."
            )
        return cleaned

    @staticmethod
    def _votes(cleaned) -> list[int | None]:
        names = ("votes_for", "votes_against", "votes_abstain")
        return [cleaned.get(name) for name in names]

    def clean_objections(self) -> str:
        """Each line names a person and a reason."""
        text = self.cleaned_data["objections"]
        for line in text.splitlines():
            name, colon, reason = line.partition(":")
            if line.strip() and not (colon and name.strip() and reason.strip()):
                raise forms.ValidationError(
                    "Tulis tiap keberatan sebagai “Nama: alasan”, satu orang satu"
                    " baris."
                )
        return text


class PromiseForm(forms.Form):
    """One follow-up that is no decision."""

    text = LineFormField(label="Tindak lanjut", max_length=300, required=False)
    owner_name = LineFormField(label="Siapa", max_length=160, required=False)
    due_on = IndonesianDateField(label="Paling lambat", required=False)

    def clean(self):
        """What and who belong together."""
        cleaned = super().clean()
        if cleaned.get("text") and not cleaned.get("owner_name"):
            self.add_error("owner_name", "Tulis siapa yang mengerjakan.")
        if not cleaned.get("text") and cleaned.get("owner_name"):
            self.add_error("text", "Tulis apa yang akan dikerjakan.")
        return cleaned


def _formset(form: type[forms.Form], *, extra: int):
    return forms.formset_factory(
        form, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )


PointFormSet = _formset(PointForm, extra=3)
DecisionFormSet = _formset(DecisionForm, extra=1)
PromiseFormSet = _formset(PromiseForm, extra=1)


class ItemSheet:
    """Everything on the page of one agenda item: a head and three lists of rows."""

    def __init__(
        self,
        item: AgendaItem,
        room: Room,
        *,
        data: Any = None,
        draft: Draft | None = None,
    ) -> None:
        typed = draft.content if draft and data is None else None
        amendable = Decision.objects.filter(board=room.meeting.board).in_force()
        self.head = ItemForm(
            data, room=room, initial=_head(item) if typed is None else typed
        )
        self.points = PointFormSet(
            data, prefix="poin", initial=_rows(typed, "poin") or _points(item)
        )
        self.decisions = DecisionFormSet(
            data,
            prefix="kep",
            initial=_rows(typed, "kep") or _decisions(item),
            form_kwargs={"amendable": amendable},
        )
        self.promises = PromiseFormSet(
            data, prefix="tindak", initial=_rows(typed, "tindak") or _promises(item)
        )

    @property
    def lists(self) -> tuple:
        """The lists of rows, for the error summary."""
        return (self.points, self.decisions, self.promises)

    @property
    def has_errors(self) -> bool:
        """Something typed was refused, by a form or by the service."""
        return self.head.is_bound and not self.is_valid()

    def is_valid(self) -> bool:
        """Validate every part, so that all faults show at once."""
        valid = [part.is_valid() for part in (self.head, *self.lists)]
        return all(valid)

    def minutes(self) -> ItemMinutes:
        """What was typed, as the service takes it; empty rows fall out."""
        head = self.head.cleaned_data
        return ItemMinutes(
            state=head["state"],
            starts_at=head["starts_at"],
            ends_at=head["ends_at"],
            recused=list(head["recused"]),
            points=[
                Point(row["text"], row["speaker"])
                for row in self.points.cleaned_data
                if row.get("text")
            ],
            verdicts=[
                _verdict(form.cleaned_data)
                for form in self.decisions
                if form.cleaned_data and not form.is_empty
            ],
            promises=[
                Promise(row["text"], row["owner_name"], row["due_on"])
                for row in self.promises.cleaned_data
                if row.get("text")
            ],
        )


def _verdict(row: dict[str, Any]) -> Verdict:
    objections = tuple(
        Objection(name.strip(), reason.strip())
        for name, _colon, reason in (
            line.partition(":") for line in row["objections"].splitlines()
        )
        if name.strip()
    )
    plain = {name: value for name, value in row.items() if name != "objections"}
    return Verdict(**plain, objections=objections)


def _head(item: AgendaItem) -> dict[str, Any]:
    discussed = item.state != AgendaItem.State.OPEN or item.revision == 0
    return {
        "state": item.state if item.revision else AgendaItem.State.DISCUSSED,
        "starts_at": item.starts_at if discussed else None,
        "ends_at": item.ends_at,
        "recused": [row.attendance_id for row in item.recusals.all()],
    }


def _points(item: AgendaItem) -> list[dict]:
    return [{"speaker": row.speaker, "text": row.text} for row in item.points.all()]


def _decisions(item: AgendaItem) -> list[dict]:
    rows = item.decisions.order_by("position").prefetch_related("dissents")
    names = [name for name in DecisionForm.base_fields if name != "objections"]
    return [
        {name: getattr(row, name) for name in names}
        | {"objections": "\n".join(f"{d.name}: {d.reason}" for d in row.dissents.all())}
        for row in rows
    ]


def _promises(item: AgendaItem) -> list[dict]:
    rows = ActionItem.objects.filter(item=item, decision=None).order_by("position")
    return [
        {"text": row.text, "owner_name": row.owner_name, "due_on": row.due_on}
        for row in rows
    ]


def _rows(content: dict[str, Any] | None, prefix: str) -> list[dict]:
    """The rows of one list in a kept draft: `poin-0-text` … as initial values."""
    found: dict[int, dict] = {}
    for name, value in (content or {}).items():
        start, _dash, rest = name.partition("-")
        number, _dash, field = rest.partition("-")
        if start == prefix and number.isdigit() and field:
            found.setdefault(int(number), {})[field] = value
    rows = [found[number] for number in sorted(found)]
    return [row for row in rows if any(row.values())]


class ActionForm(forms.Form):
    """Where a follow-up stands."""

    status = forms.ChoiceField(
        label="Keadaan", choices=ActionItem.Status, widget=forms.RadioSelect
    )
    evidence = LineFormField(
        label="Bukti atau keterangan",
        max_length=300,
        required=False,
        help_text="Perlu diisi bila selesai atau dibatalkan.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class DecisionFilter(forms.Form):
    """Which decisions the register shows."""

    q = LineFormField(label="Cari kata, nomor atau tempat", required=False)
    tahun = forms.TypedChoiceField(label="Tahun", required=False, coerce=int)
    jenis = forms.ChoiceField(
        label="Bidang",
        required=False,
        choices=[("", "Semua bidang"), *Decision.Kind.choices],
    )

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tahun"].choices = [("", "Semua tahun")] + [
            (year, str(year)) for year in years
        ]
