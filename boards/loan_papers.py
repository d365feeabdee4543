"""What a board says in the papers of its loans, with the words until it has its own.

Pure data, a part of `boards.rulebook`. Source: revolving-loans sheet, sections 2.1, 2.2
and 4.4: the sources name these parts, their words are assumed.
"""

from boards.rule_kinds import Kind, Parameter

_OURS = "Anggapan; form KM-4 (R23) yang terbaca hanya pasal 1 dan 2."
LOAN_PAPERS = (
    Parameter(
        "visit_aims_business",
        "Tujuan kunjungan di tempat usaha",
        [
            "Pinjaman dipakai untuk usaha yang diajukan",
            "Usaha berjalan; hasil dan modalnya bertambah",
            "Penjualan dan biaya dicatat",
            "Kesulitan usaha dan bantuan yang diperlukan",
        ],
        "Tahapan pinjaman (R16) menyebut empat tujuan; kata-katanya anggapan.",
        Kind.LINES,
        low=1,
        high=10,
    ),
    Parameter(
        "visit_aims_home",
        "Tujuan kunjungan di rumah",
        [
            "Keluarga mengetahui dan menyetujui pinjaman",
            "Penghasilan cukup untuk angsuran dan kebutuhan keluarga",
            "Keadaan keluarga dan rumah dibanding sebelum meminjam",
        ],
        "Tahapan pinjaman (R16) menyebut tiga tujuan; kata-katanya anggapan.",
        Kind.LINES,
        low=1,
        high=10,
    ),
)
