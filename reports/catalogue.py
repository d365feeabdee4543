"""Every paper the portal prints, one line each."""

from reports.fund_kinds import FUND_KINDS
from reports.paper_kind import AREA, DECISION, MEETING, Kind

__all__ = ["KINDS", "MEETING_KINDS", "NUMBER_WORDS", "Kind"]


_BUILDERS = "reports.builders"
_TERM = "members.Term"

KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "undangan",
            "Surat undangan",
            f"{_BUILDERS}.invitation.build",
            "reports/pdf/surat_undangan.html",
            MEETING,
            number_type="UND",
            needs_ratified=False,
            number_word="Undangan",
        ),
        Kind(
            "daftar-hadir-kosong",
            "Daftar hadir untuk ditandatangani",
            f"{_BUILDERS}.attendance_list.build_blank",
            "reports/pdf/daftar_hadir.html",
            MEETING,
            number_type="DH",
            needs_ratified=False,
            signers=2,
        ),
        Kind(
            "daftar-hadir",
            "Daftar hadir",
            f"{_BUILDERS}.attendance_list.build",
            "reports/pdf/daftar_hadir.html",
            MEETING,
            number_type="DH",
            signers=2,
            number_word="Daftar hadir",
        ),
        Kind(
            "notulen",
            "Notulen",
            f"{_BUILDERS}.minutes.build",
            "reports/pdf/notulen.html",
            MEETING,
            signers=2,
            own_type="NOT",
            number_word="Notulen",
        ),
        Kind(
            "berita-acara",
            "Berita acara",
            f"{_BUILDERS}.proceedings.build",
            "reports/pdf/berita_acara.html",
            MEETING,
            signers=3,
            own_type="BA",
            number_word="Berita acara",
        ),
        Kind(
            "keputusan",
            "Surat keputusan",
            f"{_BUILDERS}.decree.build",
            "reports/pdf/sk_keputusan.html",
            DECISION,
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
            AREA,
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
            AREA,
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
            AREA,
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
        *FUND_KINDS,
    )
}
# What a number of each type is called, as the books of letters say it.
NUMBER_WORDS = {
    kind.number_type or kind.own_type: kind.number_word
    for kind in KINDS.values()
    if kind.number_word
}
MEETING_KINDS = tuple(kind for kind in KINDS.values() if kind.subject == MEETING)
