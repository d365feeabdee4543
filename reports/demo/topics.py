"""What the boards of the demo talk about: agenda items, decisions, works. Invented."""

from dataclasses import dataclass, replace
from decimal import Decimal


@dataclass(frozen=True)
class Topic:
    """One agenda item that ends in a decision."""

    title: str
    points: tuple[str, ...]
    text: str
    kind: str = "general"
    amount: int | None = None
    vote: bool = False
    objection: str = ""
    subject_name: str = ""
    rt: str = ""
    rw: str = ""
    volume: Decimal | None = None
    unit: str = ""


TOPICS = (
    Topic(
        "Iuran pemeliharaan saluran",
        (
            "Kas pemeliharaan tinggal Rp840.000, cukup untuk satu kali kerja bakti.",
            "Warga RT 003 mengusulkan iuran tetap dan dicatat di buku KPP.",
        ),
        "Menetapkan iuran drainase RT 003 sebesar Rp5.000 per KK per bulan.\n"
        "Menugasi KPP mencatat dan mengumumkan hasilnya tiap triwulan.",
    ),
    Topic(
        "Pinjaman bergulir KSM Melati",
        (
            "Sepuluh anggota mengajukan putaran ketiga, semua hadir pelatihan.",
            "Dua anggota masih menunggak dua angsuran.",
        ),
        "Menangguhkan pencairan pinjaman putaran ketiga KSM Melati sampai tunggakan"
        " dilunasi.",
        kind="loan",
        subject_name="KSM Melati",
        vote=True,
        objection="KSM lain yang lancar ikut menunggu.",
    ),
    Topic(
        "Usulan musrenbang",
        (
            "Daftar usulan tujuh RT dibacakan dan diurutkan.",
            "Drainase dan penerangan jalan paling banyak diusulkan.",
        ),
        "Mengusulkan tujuh kegiatan kepada kelurahan untuk dibahas dalam musrenbang.",
        kind="proposal",
        subject_name="Musrenbang kelurahan",
    ),
    Topic(
        "Laporan UPK triwulan",
        (
            "Saldo pinjaman dan tunggakan dibacakan manajer UPK.",
            "Pengawas menemukan dua kuitansi tanpa tanggal.",
        ),
        "Menerima laporan UPK dengan catatan dua kuitansi dilengkapi.",
    ),
    Topic(
        "Jadwal kerja bakti",
        ("RT 001 sampai RT 004 meminta waktu sesudah panen.",),
        "Menyelenggarakan kerja bakti tiap Minggu pertama mulai bulan depan.",
    ),
    Topic(
        "Pengurus KPP Tirta Lestari",
        ("Ketua KPP pindah tempat tinggal dan mengundurkan diri secara tertulis.",),
        "Mengangkat pengganti ketua KPP Tirta Lestari sampai akhir masa tugas.",
        kind="membership",
        subject_name="Ketua KPP Tirta Lestari",
    ),
)

UNITS_TOPIC = Topic(
    "Pengangkatan pengelola unit",
    (
        "Daftar calon petugas dibacakan; semuanya bersedia secara tertulis.",
        "Anggota pimpinan kolektif tidak merangkap petugas unit.",
    ),
    "Mengangkat petugas sekretariat, UPK, UPL, UPS, dan Pengawas UPK sebagaimana"
    " daftar terlampir untuk masa tugas tiga tahun.",
    kind="membership",
    subject_name="Petugas sekretariat, UPK, UPL, UPS, dan Pengawas UPK",
)


@dataclass(frozen=True)
class Work:
    """One work that a decision starts."""

    title: str
    works_type: str
    kind: str
    volume: str
    unit: str
    budget: int
    source: str
    rt: tuple[str, ...]
    rw: str
    months: int
    code: str


WORKS = (
    Work(
        "Perbaikan drainase RT 003/RW 005",
        "DRAIN",
        "CASH_FOR_WORK",
        "310",
        "m",
        148_500_000,
        "DANA_KELURAHAN",
        ("003",),
        "005",
        3,
        "1.03.06.2.01.14",
    ),
    Work(
        "Paving jalan lingkungan RT 002/RW 004",
        "ROAD",
        "CASH_FOR_WORK",
        "186",
        "m",
        96_000_000,
        "APBD",
        ("002",),
        "004",
        2,
        "1.03.10.2.01.09",
    ),
    Work(
        "Pemeliharaan MCK komunal RT 001/RW 002",
        "TOILET",
        "MAINTENANCE",
        "1",
        "unit",
        18_400_000,
        "SWADAYA",
        ("001",),
        "002",
        1,
        "",
    ),
    Work(
        "Talud RT 001/RW 002",
        "RETAINING",
        "CASH_FOR_WORK",
        "64",
        "m",
        72_000_000,
        "DANA_KELURAHAN",
        ("001", "004"),
        "002",
        3,
        "7.01.03.2.02.0002",
    ),
    Work(
        "Drainase RT 006/RW 003",
        "DRAIN",
        "CASH_FOR_WORK",
        "148",
        "m",
        72_000_000,
        "DANA_KELURAHAN",
        ("006",),
        "003",
        2,
        "1.03.06.2.01.14",
    ),
    Work(
        "Sumur resapan RT 005/RW 001",
        "INFILTRATION",
        "MAINTENANCE",
        "12",
        "unit",
        24_600_000,
        "CSR",
        ("005",),
        "001",
        1,
        "",
    ),
    Work(
        "Penerangan gang Melati RT 001/RW 002",
        "LIGHT",
        "MAINTENANCE",
        "14",
        "unit",
        21_700_000,
        "APBD",
        ("001",),
        "002",
        1,
        "7.01.03.2.02.0002",
    ),
)

# One that the first board decides outside its rounds and has not begun.
URGENT = replace(
    WORKS[2], title="Pemeliharaan MCK komunal RT 004/RW 003", rt=("004",), rw="003"
)

PLANS = (
    (
        "7.01.03.2.02.0002",
        "Pembangunan sarana dan prasarana kelurahan",
        "Jumlah sarana dan prasarana kelurahan yang terbangun",
        3,
        "unit",
        250_000_000,
        "RENJA_KECAMATAN",
    ),
    (
        "1.03.06.2.01.14",
        "Rehabilitasi saluran drainase lingkungan",
        "Panjang drainase lingkungan yang direhabilitasi",
        450,
        "m",
        225_000_000,
        "RENJA_DINAS",
    ),
    (
        "1.03.10.2.01.09",
        "Rehabilitasi jalan",
        "Panjang jalan lingkungan yang direhabilitasi",
        200,
        "m",
        110_000_000,
        "RENJA_DINAS",
    ),
    (
        "1.04.03.2.02.03",
        "Pembentukan dan pembinaan KSM di permukiman kumuh",
        "Jumlah KSM yang dibina",
        6,
        "kelompok",
        35_000_000,
        "RENJA_DINAS",
    ),
)
