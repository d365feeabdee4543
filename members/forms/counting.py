"""Forms of counting: ballots or tallies typed, differences mended, names matched."""

from django import forms

from common.fields import LineFormField, ProseFormField, ThreeDigitsField
from members.models import ElectionArea, Nominee, Person, Sex, TallyName
from members.spelling import Known, likely, same_named, surely
from members.standings import BatchState, Tally
from members.tally import (
    FAULT_WORDS,
    Count,
    Decided,
    Fault,
    Standing,
    Unread,
    read_ballots,
    read_tally,
)

LONGEST_TEXT = 20_000
MOST_VOTES = 9_999
_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "class": "w-year"}


def _number(label: str, *, required: bool = True, **kwargs) -> forms.IntegerField:
    sentence = f"Isi angka bulat 0 sampai {MOST_VOTES}."
    messages = dict.fromkeys(("invalid", "min_value", "max_value"), sentence)
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=0,
        max_value=MOST_VOTES,
        widget=forms.TextInput(attrs=_NUMBER),
        error_messages=messages | {"required": sentence},
        **kwargs,
    )


class BallotsForm(forms.Form):
    """Ballots read out one by one; the text is summed and forgotten."""

    text = ProseFormField(
        label="Surat suara, satu baris satu surat suara",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off"}),
    )

    def __init__(self, *args, area: ElectionArea, known: dict, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.area, self.known = area, known
        self.count: Count | None = None
        self.fields["text"].help_text = (
            f"Pisahkan nama dengan koma; sah bila berisi {area.limits.words} nama."
            " Tulis “kosong” untuk surat suara tanpa nama, “rusak” bila tidak"
            " terbaca, “luar” bila menyebut orang di luar wilayah."
        )

    def clean_text(self):
        """Sums of the ballots, in `count`."""
        text = self.cleaned_data["text"]
        try:
            self.count = read_ballots(text, self.area.limits, self.known)
        except Unread as unread:
            raise forms.ValidationError(unread.sentences) from None
        return text


class TallyForm(forms.Form):
    """Names with the number of strokes beside each, and the ballots by validity."""

    text = ProseFormField(
        label="Turus, satu baris satu nama",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off"}),
        help_text="Nama lalu jumlah suaranya, contoh: Siti Aminah 14.",
        required=False,
    )
    valid = _number("Surat suara sah")

    def __init__(self, *args, area: ElectionArea, known: dict, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.area = area
        self.count: Count | None = None
        for fault in Fault:
            label = f"Tidak sah: {FAULT_WORDS[fault]}"
            self.fields[fault.value] = _number(label, required=False)

    def clean(self):
        """Sums as typed, in `count`."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        try:
            votes = read_tally(cleaned["text"]) if cleaned["text"].strip() else {}
        except Unread as unread:
            self.add_error("text", unread.sentences)
            return cleaned
        faults = {fault: cleaned.get(fault.value) or 0 for fault in Fault}
        self.count = Count(votes, cleaned["valid"], faults)
        return cleaned


class MendForm(forms.Form):
    """The right number of each line on which two counts differ."""

    reason = LineFormField(
        label="Alasan",
        max_length=200,
        help_text="Apa yang ditemukan pada hitungan ketiga. Tercatat bersama nama"
        " Anda.",
    )

    def __init__(self, *args, state: BatchState, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, str] = {}
        for at, line in enumerate(state.differences):
            name = f"line{at}"
            self.keys[name] = line.key
            self.fields[name] = _number(
                state.labels[line.key][:1].upper() + state.labels[line.key][1:],
                help_text=f"Hitungan pertama {line.first}, kedua {line.second}.",
            )
        self.order_fields([*self.keys, "reason"])

    def settled(self) -> dict[str, int]:
        """Number by key of the line."""
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}


class MatchForm(forms.Form):
    """For each spelling the resident it means, or a new one."""

    # Names for which like-named residents were pointed out already.
    asked = forms.CharField(widget=forms.HiddenInput, required=False)

    NEW = (
        ("new-P", "Warga baru, perempuan"),
        ("new-L", "Warga baru, laki-laki"),
    )

    def __init__(self, *args, tally: Tally, people: list[Known], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.area, self.people = tally.area, people
        self.names: dict[str, TallyName] = {}
        for name in tally.unmatched:
            key = f"name{name.pk}"
            self.names[key] = name
            votes = tally.seen.get(name.pk, 0)
            self.fields[key] = self._field(name, votes, tally.nominees, people)

    def _field(
        self,
        name: TallyName,
        votes: int,
        nominees: list[Nominee],
        people: list[Known],
    ) -> forms.ChoiceField:
        near = {"rt": self.area.rt, "rw": self.area.rw}
        likeliest = likely(name.written, people, **near)
        sure = surely(name.written, people, **near)
        named = {row.person_id: str(row.person) for row in nominees}
        rest = {person.key: _shown(person) for person in likeliest}
        listed = [(f"p{key}", label) for key, label in {**rest, **named}.items()]
        return forms.ChoiceField(
            label=f"{name.written} ({votes} suara)",
            required=False,
            choices=[("", "Belum dicocokkan"), *listed, *self.NEW],
            initial=f"p{sure.key}" if sure else "",
        )

    def rows(self) -> list[tuple[forms.BoundField, TallyName]]:
        """Every field with the name it asks about."""
        return [(self[key], name) for key, name in self.names.items()]

    def clean(self):
        """A new resident beside one of a like name is asked about, once."""
        cleaned = super().clean()
        known = set((cleaned.get("asked") or "").split())
        for key, name in self.names.items():
            if key in known or not (cleaned.get(key) or "").startswith("new-"):
                continue
            if same := self._like(name):
                known.add(key)
                self.add_error(key, _asking(same, self.area))
        self.data = self.data.copy()
        self.data["asked"] = " ".join(sorted(known))
        return cleaned

    def _like(self, name: TallyName) -> list[Known]:
        """Of a basis everybody of a like name, else only those of the very name."""
        near = {"rt": self.area.rt, "rw": self.area.rw}
        if self.area.rt and self.area.rw:
            return likely(name.written, self.people, **near)
        return same_named(name.written, self.people)

    def matches(self) -> dict[TallyName, Person]:
        """The person of each spelling that was answered; a new one is not saved."""
        chosen = {
            self.names[key]: value
            for key, value in self.cleaned_data.items()
            if value and key in self.names
        }
        keys = [int(value[1:]) for value in chosen.values() if value[0] == "p"]
        people = Person.objects.filter(board=self.area.board_id).in_bulk(keys)
        return {
            name: self._new(name, value)
            if value.startswith("new-")
            else people[int(value[1:])]
            for name, value in chosen.items()
        }

    def _new(self, name: TallyName, value: str) -> Person:
        return Person(
            board=self.area.board,
            name=name.written,
            sex=Sex(value.removeprefix("new-")),
            rt=self.area.rt,
            rw=self.area.rw,
        )


def _asking(same: list[Known], area: ElectionArea) -> str:
    where = "di RT ini" if area.rt and area.rw else "di LKM ini"
    named = "; ".join(_shown(person) for person in same[:3])
    return (
        f"Ada warga bernama mirip {where}: {named}. Pilih dia, atau simpan sekali lagi"
        " bila memang orang lain."
    )


def _shown(person: Known) -> str:
    called = f" ({person.nickname})" if person.nickname else ""
    where = f", RT {person.rt}/RW {person.rw}" if person.rt and person.rw else ""
    return f"{person.name}{called}{where}"


class ResidentSearchForm(forms.Form):
    """Find any resident of the board: part of a name or nickname, RT, RW."""

    q = LineFormField(label="Nama atau panggilan", max_length=80, required=False)
    rt = ThreeDigitsField(label="RT", required=False)
    rw = ThreeDigitsField(label="RW", required=False)


class TieForm(forms.Form):
    """Votes of the second ballot, or the order that was drawn."""

    note = LineFormField(
        label="Disaksikan oleh",
        max_length=160,
        help_text="Siapa yang menyaksikan, misalnya: Lurah dan dua saksi.",
    )

    def __init__(self, *args, group: list[Standing], step: Decided, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, int] = {}
        drawn = step == Decided.DRAW
        for row in group:
            name = f"person{row.key}"
            self.keys[name] = row.key
            self.fields[name] = _number(
                row.name,
                help_text="Urutan undian." if drawn else "Suara pemungutan kedua.",
            )
        self.order_fields([*self.keys, "note"])

    def figures(self) -> dict[int, int]:
        """Number by nominee."""
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}
