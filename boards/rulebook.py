"""The rules a board may set for itself, with their fall-back and where it is from.

Pure data. Values marked "assumed" or "practice" in the domain sheet live here as
defaults only: a board's own value (with its article and start date) always wins.
"""

from boards.loan_papers import LOAN_PAPERS
from boards.loan_rules import LOANS
from boards.rule_kinds import TIE_WORDS, Kind, Parameter, TieRule

# Source: governance sheet, sections 4.3 and 4.6.
_MEETINGS = (
    Parameter(
        "quorum_members",
        "Kuorum rapat anggota",
        {"numerator": 1, "denominator": 2, "more_than": True},
        "Anggapan: lebih dari separuh anggota, sampai AD/ART dicatat.",
        Kind.FRACTION,
        judges=True,
    ),
    Parameter(
        "quorum_residents",
        "Kuorum rembug warga",
        {"numerator": 1, "denominator": 2, "more_than": True},
        "Anggapan: lebih dari separuh undangan.",
        Kind.FRACTION,
        judges=True,
    ),
    Parameter(
        "members_count_with_residents",
        "Anggota ikut dihitung di rembug warga",
        True,
        "Anggapan: ya, anggota dan utusan yang berhak dihitung bersama.",
        Kind.YES_NO,
        judges=True,
    ),
    Parameter(
        "confirmations_needed",
        "Persetujuan anggota sebelum notulen disahkan",
        0,
        "Anggapan: cukup koordinator atau pemimpin rapat.",
        Kind.COUNT,
        judges=True,
        high=60,
        unit="anggota",
    ),
    Parameter(
        "circular_allowed",
        "Keputusan sirkuler (tanpa rapat)",
        False,
        "Anggapan: tidak boleh, sampai AD/ART mengaturnya.",
        Kind.YES_NO,
        judges=True,
    ),
    Parameter(
        "postpone_minutes",
        "Menunggu kuorum sebelum panggilan kedua (menit)",
        15,
        "Tata tertib LPMK Keparakan, 2013: 15 menit. Untuk LKM anggapan.",
        Kind.COUNT,
        judges=True,
        low=0,
        high=240,
        unit="menit",
    ),
    Parameter(
        "second_call_valid",
        "Kuorum panggilan kedua",
        False,
        "Anggapan: tidak sah, sampai AD/ART membolehkan. Di LPMK Keparakan (2013)"
        " sah dengan yang hadir.",
        Kind.SECOND_CALL,
        judges=True,
    ),
    Parameter(
        "circular_quorum",
        "Anggota yang harus menjawab keputusan sirkuler",
        {"numerator": 1, "denominator": 1, "more_than": False},
        "Anggapan: semua anggota menjawab.",
        Kind.FRACTION,
        judges=True,
    ),
    Parameter(
        "absences_in_a_row",
        "Absen berturut-turut yang ditandai (kali)",
        3,
        "Anggapan: 3 kali, sampai AD/ART mencatat angkanya.",
        Kind.COUNT,
        judges=True,
        low=2,
        high=24,
        unit="kali",
    ),
    Parameter(
        "excuse_is_absence",
        "Izin ikut dihitung sebagai absen berturut-turut",
        False,
        "Anggapan: tidak, izin memutus hitungan.",
        Kind.YES_NO,
        judges=True,
    ),
    Parameter(
        "one_person_office",
        "Pembuat boleh mengesahkan karena pengurus kurang",
        False,
        "Anggapan: tidak. Bila ya, kejadiannya tercatat dan tampil bagi Pengawas.",
        Kind.YES_NO,
        judges=True,
    ),
)

# Source: governance sheet, sections 3.1 to 3.4; what it marks as assumed says so here.
_ELECTION = (
    Parameter(
        "election_turnout",
        "Pemilih paling sedikit di tiap basis (persen)",
        30,
        "Tata tertib satu LKM, 2009: sah bila 30 persen pemilih memilih.",
        Kind.COUNT,
        unit="%",
        judges=True,
    ),
    Parameter(
        "election_names_min",
        "Nama paling sedikit di surat suara basis",
        2,
        "Tata tertib satu LKM, 2009: 2 atau 3 nama yang berbeda.",
        Kind.COUNT,
        low=1,
        high=50,
        judges=True,
    ),
    Parameter(
        "election_names_max",
        "Nama paling banyak di surat suara basis",
        3,
        "Tata tertib satu LKM, 2009: 2 atau 3 nama yang berbeda.",
        Kind.COUNT,
        low=1,
        high=50,
        judges=True,
    ),
    Parameter(
        "election_delegates",
        "Utusan dari tiap basis",
        3,
        "Anggapan, sampai tata tertib pemilihan dicatat.",
        Kind.COUNT,
        low=1,
        high=50,
    ),
    Parameter(
        "election_board_names_min",
        "Nama paling sedikit di surat suara utusan",
        3,
        "Anggapan: 3 sampai 5 nama.",
        Kind.COUNT,
        low=1,
        high=50,
        judges=True,
    ),
    Parameter(
        "election_board_names_max",
        "Nama paling banyak di surat suara utusan",
        5,
        "Anggapan: 3 sampai 5 nama.",
        Kind.COUNT,
        low=1,
        high=50,
        judges=True,
    ),
    Parameter(
        "bundle_least",
        "Surat suara paling sedikit dalam satu bundel",
        3,
        "Anggapan: bundel yang lebih tipis membuka isi surat suara.",
        Kind.COUNT,
        low=3,
        high=50,
        judges=True,
    ),
    Parameter(
        "election_seats",
        "Jumlah anggota pimpinan kolektif",
        13,
        "Pedoman: ganjil, 9 sampai 13. Contoh Desa Darek: 13.",
        Kind.COUNT,
        low=1,
        high=50,
    ),
    Parameter(
        "election_reserves",
        "Jumlah cadangan",
        5,
        "Anggapan: lima suara terbanyak berikutnya.",
        Kind.COUNT,
        low=1,
        high=50,
    ),
    Parameter(
        "election_tie",
        "Bila suara sama banyak",
        TieRule.SECOND_BALLOT.value,
        "Anggapan: pemungutan suara kedua, lalu undian.",
        Kind.CHOICE,
        judges=True,
        choices=tuple((rule.value, TIE_WORDS[rule].lower()) for rule in TieRule),
    ),
    Parameter(
        "women_target",
        "Sasaran anggota perempuan (persen)",
        30,
        "Pedoman: paling sedikit 30 persen; menjadi peringatan, bukan larangan.",
        Kind.COUNT,
        unit="%",
    ),
)

_UNITS = (
    Parameter(
        "may_double",
        "Anggota boleh merangkap staf unit atau sekretariat",
        False,
        "Contoh ART: anggota dan staf unit tidak merangkap sekretariat; lazimnya"
        " staf unit bukan anggota.",
        Kind.YES_NO,
        judges=True,
    ),
    Parameter(
        "assessment_month",
        "Bulan mulai penilaian tahunan (1 sampai 12)",
        10,
        "Anggapan: Oktober, supaya selesai sebelum rembug warga tahunan.",
        Kind.COUNT,
        low=1,
        high=12,
    ),
    Parameter(
        "term_reminder_first",
        "Pengingat pertama sebelum masa bakti atau masa tugas berakhir",
        90,
        "Anggapan: tiga bulan cukup untuk menyiapkan pemilihan.",
        Kind.COUNT,
        low=1,
        high=365,
        unit="hari",
    ),
    Parameter(
        "term_reminder_second",
        "Pengingat kedua sebelum masa bakti atau masa tugas berakhir",
        30,
        "Anggapan: sebulan sebelumnya.",
        Kind.COUNT,
        low=1,
        high=365,
        unit="hari",
    ),
    Parameter(
        "term_reminder_last",
        "Pengingat terakhir sebelum masa bakti atau masa tugas berakhir",
        7,
        "Anggapan: seminggu sebelumnya.",
        Kind.COUNT,
        low=1,
        high=365,
        unit="hari",
    ),
)

_WORKS = (
    Parameter(
        "review_days",
        "Batas pemeriksaan laporan (hari kerja)",
        5,
        "Anggapan sampai Dinas menetapkan.",
        Kind.COUNT,
        low=1,
        high=60,
        unit="hari kerja",
    ),
    Parameter(
        "report_due_day",
        "Batas laporan bulanan (tanggal bulan berikutnya)",
        5,
        "Anggapan sampai Dinas menetapkan.",
        Kind.MONTH_DAY,
        low=1,
        high=28,
    ),
    Parameter(
        "minimum_wage_share",
        "Bagian upah paling sedikit (persen)",
        65,
        "Padat karya Yogyakarta 2021: 65 persen; Karanganyar 70 persen.",
        Kind.COUNT,
        low=0,
        high=100,
        unit="%",
    ),
)

# As the page of the rules shows them.
TOPICS = (
    ("Rapat dan notulen", _MEETINGS),
    ("Pemilihan anggota", _ELECTION),
    ("Anggota dan unit", _UNITS),
    ("Kegiatan dan laporan", _WORKS),
    ("Pinjaman bergulir", LOANS),
    ("Surat pinjaman bergulir", LOAN_PAPERS),
)
PARAMETERS = {
    parameter.name: parameter for _topic, rules in TOPICS for parameter in rules
}
