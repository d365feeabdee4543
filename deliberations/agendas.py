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

# Kinds in which the members of the board decide; in the others the residents do.
MEMBER_KINDS = frozenset({"RUTIN", "KOOR", "KHUSUS", "SIRKULER"})
