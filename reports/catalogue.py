"""Every paper the portal prints, one line each."""

from dataclasses import dataclass

from boards.roles import Permission


@dataclass(frozen=True)
class Kind:
    """One paper: who builds and prints it, how it is numbered, who may issue it.

    `builder` is the path of `build(subject, *, number, on)`; `number_type` is given at
    issue and shared by the papers of one subject ("" means that the subject brings its
    number). A paper that `needs_ratified` says what was decided, so it never changes;
    the others come before the meeting and get a new edition when the meeting changes.
    A book tells of a year: it is issued at any time, and anew when its year grew.
    A paper about something else than a meeting or its decision shows how things stand
    on the day it is issued; it gets a new edition when they changed.
    """

    code: str
    title: str
    builder: str
    template: str
    subject: str
    number_type: str = ""
    needs_ratified: bool = True
    is_book: bool = False
    permission: Permission = Permission.ISSUE_PAPERS
    # Places for a pen beside those who sign in a list: note-taker, chair, Lurah.
    signers: int = 1
    # The type of the number that its subject brings, and what numbers of this type
    # are called; one paper of a type names it.
    own_type: str = ""
    number_word: str = ""
    # What the paper tells of, and what must be done before it can.
    event: str = "rapat"
    ready: str = "notulen disahkan"

    @property
    def of_meeting(self) -> bool:
        """About a meeting or its decision: bound to the day the meeting is held."""
        return self.subject in (_MEETING, _DECISION)

    @property
    def of_event(self) -> bool:
        """About a meeting, its decision or a vote: bound to the day it is held."""
        return self.of_meeting or self.subject == _AREA


_BUILDERS = "reports.builders"
_MEETING, _DECISION = "deliberations.Meeting", "deliberations.Decision"
_TERM = "members.Term"
_AREA = "members.ElectionArea"

KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "undangan",
            "Surat undangan",
            f"{_BUILDERS}.invitation.build",
            "reports/pdf/surat_undangan.html",
            _MEETING,
            number_type="UND",
            needs_ratified=False,
            number_word="Undangan",
        ),
        Kind(
            "daftar-hadir-kosong",
            "Daftar hadir untuk ditandatangani",
            f"{_BUILDERS}.attendance_list.build_blank",
            "reports/pdf/daftar_hadir.html",
            _MEETING,
            number_type="DH",
            needs_ratified=False,
            signers=2,
        ),
        Kind(
            "daftar-hadir",
            "Daftar hadir",
            f"{_BUILDERS}.attendance_list.build",
            "reports/pdf/daftar_hadir.html",
            _MEETING,
            number_type="DH",
            signers=2,
            number_word="Daftar hadir",
        ),
        Kind(
            "notulen",
            "Notulen",
            f"{_BUILDERS}.minutes.build",
            "reports/pdf/notulen.html",
            _MEETING,
            signers=2,
            own_type="NOT",
            number_word="Notulen",
        ),
        Kind(
            "berita-acara",
            "Berita acara",
            f"{_BUILDERS}.proceedings.build",
            "reports/pdf/berita_acara.html",
            _MEETING,
            signers=3,
            own_type="BA",
            number_word="Berita acara",
        ),
        Kind(
            "keputusan",
            "Surat keputusan",
            f"{_BUILDERS}.decree.build",
            "reports/pdf/sk_keputusan.html",
            _DECISION,
            signers=2,
            own_type="KEP",
            number_word="Keputusan",
        ),
        Kind(
            "buku-keputusan",
            "Buku keputusan",
            f"{_BUILDERS}.decision_book.build",
            "reports/pdf/buku_keputusan.html",
            "reports.DecisionBook",
            number_type="BK",
            needs_ratified=False,
            is_book=True,
            number_word="Buku keputusan",
        ),
        Kind(
            "buku-notulen",
            "Buku notulen",
            f"{_BUILDERS}.minutes_book.build",
            "reports/pdf/buku_notulen.html",
            "reports.MinutesBook",
            number_type="BN",
            needs_ratified=False,
            is_book=True,
            number_word="Buku notulen",
        ),
        Kind(
            "susunan-pengurus",
            "Susunan pengurus",
            f"{_BUILDERS}.officers.build",
            "reports/pdf/susunan_pengurus.html",
            _TERM,
            number_type="SUS",
            needs_ratified=False,
            signers=2,
            number_word="Susunan pengurus",
        ),
        Kind(
            "pemilihan-hadir",
            "Daftar hadir pemilih",
            f"{_BUILDERS}.election_voters.build",
            "reports/pdf/daftar_hadir.html",
            _AREA,
            number_type="DH",
            needs_ratified=False,
            event="pemilihan",
            ready="hasil ditetapkan",
            signers=2,
        ),
        Kind(
            "pemilihan",
            "Berita acara pemilihan",
            f"{_BUILDERS}.election_report.build",
            "reports/pdf/berita_acara_pemilihan.html",
            _AREA,
            number_type="BA",
            event="pemilihan",
            ready="hasil ditetapkan",
            signers=3,
        ),
        Kind(
            "pemilihan-suara",
            "Rekapitulasi suara",
            f"{_BUILDERS}.election_tally.build",
            "reports/pdf/rekap_suara.html",
            _AREA,
            number_type="BA",
            event="pemilihan",
            ready="hasil ditetapkan",
            signers=2,
        ),
        Kind(
            "penilaian-tahunan",
            "Penilaian tahunan",
            f"{_BUILDERS}.assessment.build",
            "reports/pdf/penilaian_tahunan.html",
            "members.Evaluation",
            number_type="PEN",
            needs_ratified=False,
            signers=2,
            number_word="Penilaian tahunan",
        ),
        Kind(
            "aturan",
            "Naskah aturan",
            f"{_BUILDERS}.rule_text.build",
            "reports/pdf/aturan.html",
            "deliberations.RuleVersion",
            number_type="ATR",
            needs_ratified=False,
            event="penetapan",
            ready="aturan ditetapkan",
            number_word="Naskah aturan",
        ),
    )
}
# What a number of each type is called, as the books of letters say it.
NUMBER_WORDS = {
    kind.number_type or kind.own_type: kind.number_word
    for kind in KINDS.values()
    if kind.number_word
}
MEETING_KINDS = tuple(kind for kind in KINDS.values() if kind.subject == _MEETING)
