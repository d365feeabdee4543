"""Invented people and places of the demo; nobody here exists."""

from dataclasses import dataclass

MEN = (
    ("Drs. H.", "Slamet Riyadi", ""),
    ("", "Bambang Hermanto", ""),
    ("", "Sukirman", ""),
    ("", "Agus Prasetyo", "S.T."),
    ("Drs.", "Mulyono", ""),
    ("", "Yohanes Sudarsono", ""),
    ("", "Taufik Rahman", "S.E."),
    ("", "Hadi Santoso", ""),
    ("K.H.", "Ahmad Fauzan", ""),
    ("", "Joko Widagdo", ""),
    ("", "Paimin", ""),
    ("", "Suyatno", "S.Pd."),
)
WOMEN = (
    ("", "Dewi Anggraini", "A.Md."),
    ("Hj.", "Sulastri", ""),
    ("", "Endang Kusumawati", "S.Pd."),
    ("", "Nur Aini", ""),
    ("", "Wagiyem", ""),
    ("", "Rina Wulandari", ""),
    ("", "Siti Khotimah", ""),
    ("Hj.", "Nur Hidayati", ""),
    ("", "Sri Rahayu", "S.E."),
    ("Rr.", "Dyah Kusumaningtyas", ""),
    ("", "Tumini", ""),
    ("", "Lestari Handayani", ""),
)
FAMILY = ("Wibowo", "Saputro", "Lestari", "Nugroho", "Utami", "Hartono", "Puspita")


@dataclass(frozen=True)
class Place:
    """One board of the demo: where it lives and how big it is."""

    slug: str
    term: str
    name: str
    code: str
    region_code: str
    members: int
    address: str
    head_name: str
    paper_size: str
    served: tuple[str, ...] = ()


PLACES = (
    Place(
        "guyub-rukun",
        "LKM",
        "Guyub Rukun",
        "LKM-GR",
        "35.20.06.1010",
        13,
        "Jalan Melati Nomor 14, RT 003/RW 002",
        "Wahyu Hendrawan, S.STP., M.Si.",
        "f4",
        ("35.20.06.1004",),
    ),
    Place(
        "sumber-rejeki",
        "LKM",
        "Sumber Rejeki",
        "LKM-SR",
        "35.20.06.1004",
        11,
        "Jalan Kenanga Nomor 2, RT 001/RW 001",
        "Ratih Purnamasari, S.IP.",
        "f4",
    ),
    Place(
        "ngudi-makmur",
        "BKM",
        "Ngudi Makmur",
        "BKM-NM",
        "",
        9,
        "Balai Desa, RT 002/RW 001",
        "Sugeng Raharjo",
        "a4",
    ),
    Place(
        "tunas-harapan",
        "BKM",
        "Tunas Harapan",
        "BKM-TH",
        "",
        9,
        "Jalan Cempaka Nomor 7, RT 004/RW 003",
        "Anik Setyowati, S.Sos.",
        "f4",
    ),
)
REGENCY, OTHER_REGENCY = "35.20", "33.13"
