"""The form of one decision: its words, how it was taken, and what its kind asks."""

from django import forms

from common.fields import (
    SEGMENTS,
    DecimalCommaField,
    IndonesianDateField,
    LineFormField,
    ProseFormField,
    RupiahFormField,
    ThreeDigitsField,
)
from deliberations.kinds import foreign, is_needed, kinds_asking, label_of, missing
from deliberations.models import Decision

_VOTES = ("votes_for", "votes_against", "votes_abstain")
_OF_VOTE = (*_VOTES, "failed_consensus", "against_names", "abstain_names")
# An unused row stays empty; in a row that is used these are asked for.
_NEEDED = (*_VOTES, "failed_consensus", "text", "amend_reason")


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
        widget=forms.RadioSelect(attrs=SEGMENTS),
    )
    votes_for = forms.IntegerField(label="Setuju", min_value=0, required=False)
    votes_against = forms.IntegerField(
        label="Tidak setuju", min_value=0, required=False
    )
    votes_abstain = forms.IntegerField(label="Abstain", min_value=0, required=False)
    failed_consensus = LineFormField(
        label="Mengapa mufakat tidak tercapai?", max_length=300, required=False
    )
    is_secret = forms.BooleanField(
        label="Suara rahasia",
        required=False,
        help_text="Hanya jumlah suara yang dicatat, tanpa nama.",
    )
    against_names = LineFormField(
        label="Siapa yang tidak setuju?",
        max_length=600,
        required=False,
        help_text="Pisahkan nama dengan titik koma.",
    )
    abstain_names = LineFormField(
        label="Siapa yang abstain?", max_length=600, required=False
    )
    amount = RupiahFormField(label="Jumlah uang", required=False)
    fund_source = LineFormField(label="Sumber dana", max_length=80, required=False)
    subject_name = LineFormField(label="Nama", max_length=160, required=False)
    rt = ThreeDigitsField(label="RT", required=False)
    rw = ThreeDigitsField(label="RW", required=False)
    volume = DecimalCommaField(label="Volume", max_digits=12, required=False)
    unit = LineFormField(label="Satuan", max_length=20, required=False)
    in_charge_name = LineFormField(
        label="Penanggung jawab",
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"list": "nama-hadir", "autocomplete": "off"}),
    )
    due_on = IndonesianDateField(label="Selesai paling lambat", required=False)
    bases = LineFormField(
        label="Dasar",
        max_length=1000,
        required=False,
        help_text="Pasal yang berlaku pada hari rapat, misalnya ART pasal 14 ayat (2)."
        " Beberapa pasal dipisah titik koma.",
        widget=forms.TextInput(attrs={"list": "pasal-berlaku"}),
    )
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
        "subject_name",
        "in_charge_name",
        "due_on",
        "bases",
        "objections",
        "amends",
        "amend_reason",
    )

    def __init__(self, *args, amendable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amends"].queryset = amendable
        for name in _NEEDED:
            self.fields[name].is_needed = True

    @property
    def is_empty(self) -> bool:
        """Nothing was typed that would make a decision."""
        return not any(self.cleaned_data.get(name) for name in self.typed)

    def shown(self) -> list[dict]:
        """The fields that belong to some kinds: field, kinds, and its name in each.

        A name comes as the kind, its word there, and whether it may stay empty there.
        """
        names = ("subject_name", "amount", "fund_source", "rt", "rw", "volume", "unit")
        return [
            {
                "field": self[name],
                "kinds": kinds_asking(name),
                "labels": [
                    (kind, label_of(kind, name), not is_needed(kind, name))
                    for kind in kinds_asking(name)
                ],
            }
            for name in names
        ]

    def clean(self):
        """A decision needs words; votes go with a vote, facts with their kind."""
        cleaned = super().clean()
        if cleaned.get("method") != Decision.Method.VOTE:
            self._forget_votes(cleaned)
        for name in foreign(cleaned.get("kind", "")) if cleaned.get("kind") else ():
            cleaned[name] = None if name == "volume" else ""
        if self.errors or not any(cleaned.get(name) for name in self.typed):
            return cleaned
        if not cleaned.get("text"):
            self.add_error("text", "Tulis apa yang diputuskan.")
        elif not cleaned.get("title"):
            cleaned["title"] = cleaned["text"].splitlines()[0][:150]
        for name, sentence in missing(cleaned["kind"], cleaned).items():
            self.add_error(name, sentence)
        if cleaned.get("method") == Decision.Method.VOTE:
            self._check_votes(cleaned)
        return cleaned

    @staticmethod
    def _forget_votes(cleaned) -> None:
        """What belongs to a vote, and was typed before another way was chosen."""
        for name in _OF_VOTE:
            cleaned[name] = None if name in _VOTES else ""
        cleaned["is_secret"] = False

    def _check_votes(self, cleaned) -> None:
        if None in [cleaned.get(name) for name in _VOTES]:
            self.add_error(
                "votes_for", "Isi ketiga suara: setuju, tidak setuju, abstain."
            )
        if not cleaned.get("failed_consensus"):
            self.add_error(
                "failed_consensus",
                "Tulis mengapa mufakat tidak tercapai. Musyawarah mendahului suara.",
            )
        for votes, names in (
            ("votes_against", "against_names"),
            ("votes_abstain", "abstain_names"),
        ):
            self._check_names(cleaned, votes, names)

    def _check_names(self, cleaned, votes: str, names: str) -> None:
        """Names only in an open vote, and not more of them than votes."""
        called = [
            name for name in (cleaned.get(names) or "").split(";") if name.strip()
        ]
        if called and cleaned.get("is_secret"):
            self.add_error(
                names, "Suara rahasia hanya mencatat jumlahnya. Kosongkan nama."
            )
        elif len(called) > (cleaned.get(votes) or 0):
            self.add_error(
                names,
                f"{len(called)} nama, tetapi hanya {cleaned.get(votes) or 0} suara.",
            )

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
