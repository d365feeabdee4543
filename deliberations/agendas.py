"""What each kind of meeting usually has on its agenda. Pure.

Source: governance sheet, section 4.2 (RWT) and 3.6 (PAW); the rest is common order.
A board changes the list freely; these are only a beginning.
"""

USUAL_AGENDA: dict[str, tuple[str, ...]] = {
    "RUTIN": ("Tindak lanjut rapat lalu", "Lain-lain"),
    "KOOR": ("Laporan UPK, UPL, dan UPS", "Rencana bulan depan", "Lain-lain"),
    "KHUSUS": ("Pokok yang mendesak",),
    "RW": ("Usulan warga", "Urutan kepentingan", "Utusan ke rembug kelurahan"),
    "KEL": ("Tata tertib", "Pembahasan usulan", "Penetapan"),
    "RWT": (
        "Tata tertib",
        "Tinjauan partisipatif",
        "Laporan pertanggungjawaban",
        "Tanggapan warga",
        "Rencana kerja, RAPB, dan usulan musrenbang",
    ),
    "RKM": ("Penjelasan kegiatan", "Kesediaan warga"),
    "FGD": ("Daftar masalah", "Urutan kepentingan"),
    "TINJAUAN": ("Hasil tinjauan lapangan", "Saran warga"),
    "MUSRENBANG": ("Daftar usulan", "Urutan kepentingan"),
    "SERAH": ("Pemeriksaan pekerjaan", "Serah terima"),
    "SIRKULER": ("Pokok yang diputuskan",),
}

# Papers a meeting may have, in the order they are made.
PAPERS: dict[str, str] = {
    "undangan": "Surat undangan",
    "daftar-hadir-kosong": "Daftar hadir untuk ditandatangani",
    "daftar-hadir": "Daftar hadir",
    "notulen": "Notulen",
    "berita-acara": "Berita acara",
}

# Kinds to which the officers of the units are usually called (sheet, section 4.1).
UNIT_KINDS = frozenset({"KOOR", "SERAH", "RWT"})

# Whom a guest stands for; a board writes others freely (sheet, section 4.2).
ELEMENTS = (
    "Ketua RT",
    "Ketua RW",
    "Utusan RT",
    "LPMK/LPMD",
    "PKK",
    "Karang taruna",
    "Tokoh masyarakat",
    "KSM",
    "KPP",
    "Unit pengelola",
    "Kelurahan/desa",
    "Kecamatan",
    "Dinas",
    "Fasilitator",
)
MEMBERS = "Anggota"

# Kinds in which the members of the board decide; in the others the residents do.
MEMBER_KINDS = frozenset({"RUTIN", "KOOR", "KHUSUS", "SIRKULER"})
