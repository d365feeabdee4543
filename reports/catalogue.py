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


_BUILDERS = "reports.builders"
_MEETING, _DECISION = "deliberations.Meeting", "deliberations.Decision"

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
        ),
        Kind(
            "daftar-hadir-kosong",
            "Daftar hadir untuk ditandatangani",
            f"{_BUILDERS}.attendance_list.build_blank",
            "reports/pdf/daftar_hadir.html",
            _MEETING,
            number_type="DH",
            needs_ratified=False,
        ),
        Kind(
            "daftar-hadir",
            "Daftar hadir",
            f"{_BUILDERS}.attendance_list.build",
            "reports/pdf/daftar_hadir.html",
            _MEETING,
            number_type="DH",
        ),
        Kind(
            "notulen",
            "Notulen",
            f"{_BUILDERS}.minutes.build",
            "reports/pdf/notulen.html",
            _MEETING,
        ),
        Kind(
            "berita-acara",
            "Berita acara",
            f"{_BUILDERS}.proceedings.build",
            "reports/pdf/berita_acara.html",
            _MEETING,
        ),
        Kind(
            "keputusan",
            "Surat keputusan",
            f"{_BUILDERS}.decree.build",
            "reports/pdf/sk_keputusan.html",
            _DECISION,
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
        ),
    )
}
MEETING_KINDS = tuple(kind for kind in KINDS.values() if kind.subject == _MEETING)
