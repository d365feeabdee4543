"""What a decision of each kind says beside its words, for the record that follows.

Pure data. A work, a loan or a plan item is later made from these facts, so they are
asked once, in the minutes.
"""

from dataclasses import dataclass

# Columns of a decision that only some kinds use; labels as on the form.
LABELS = {
    "amount": "Jumlah uang",
    "fund_source": "Sumber dana",
    "subject_name": "Nama",
    "rt": "RT",
    "rw": "RW",
    "volume": "Volume",
    "unit": "Satuan",
}
FACTS = tuple(name for name in LABELS if name != "amount")


@dataclass(frozen=True)
class Ask:
    """One fact that a kind asks for; `says` is the sentence when it is missing."""

    name: str
    label: str = ""
    says: str = ""

    @property
    def words(self) -> str:
        """The label of the field in this kind."""
        return self.label or LABELS[self.name]


_PLACE = (Ask("rt"), Ask("rw"))
_SIZE = (Ask("volume"), Ask("unit"))

ASKS: dict[str, tuple[Ask, ...]] = {
    "general": (Ask("amount"),),
    "budget": (
        Ask("amount", says="Isi jumlah uang yang diputuskan."),
        Ask("fund_source"),
    ),
    "activity": (Ask("amount", "Pagu"), Ask("fund_source"), *_PLACE, *_SIZE),
    "asset": (
        Ask("subject_name", "Nama aset", "Tulis aset yang diputuskan."),
        Ask("amount", "Nilai"),
        *_PLACE,
        *_SIZE,
    ),
    "rule": (
        Ask(
            "subject_name",
            "Aturan yang ditetapkan",
            "Tulis aturan yang ditetapkan, misalnya ART.",
        ),
    ),
    "membership": (
        Ask("subject_name", "Siapa, sebagai apa", "Tulis siapa, dan sebagai apa."),
    ),
    "loan": (
        Ask("subject_name", "KSM atau peminjam", "Tulis KSM atau peminjamnya."),
        Ask("amount", "Pokok pinjaman"),
    ),
    "proposal": (
        Ask(
            "subject_name",
            "Diajukan kepada",
            "Tulis kepada siapa usulan diajukan, misalnya Musrenbang.",
        ),
        Ask("amount", "Perkiraan biaya"),
        *_PLACE,
        *_SIZE,
    ),
}


def kinds_asking(name: str) -> tuple[str, ...]:
    """The kinds of decision whose form shows this fact."""
    return tuple(
        kind for kind, asks in ASKS.items() if any(ask.name == name for ask in asks)
    )


def is_needed(kind: str, name: str) -> bool:
    """Whether a kind refuses to go without this fact."""
    return any(ask.name == name and ask.says for ask in ASKS[kind])


def label_of(kind: str, name: str) -> str:
    """How a kind calls one of its facts: the name of a loan is the borrower."""
    asked = next((ask for ask in ASKS[kind] if ask.name == name), None)
    return asked.words if asked else LABELS[name]


def missing(kind: str, facts: dict[str, object]) -> dict[str, str]:
    """Facts this kind needs and that are empty: name -> sentence."""
    return {
        ask.name: ask.says
        for ask in ASKS[kind]
        if ask.says and facts.get(ask.name) in (None, "")
    }


def foreign(kind: str) -> tuple[str, ...]:
    """Facts that this kind does not ask for; what was typed there falls out."""
    asked = {ask.name for ask in ASKS[kind]}
    return tuple(name for name in FACTS if name not in asked)
