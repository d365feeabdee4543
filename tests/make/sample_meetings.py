"""Three whole meetings: one like the sample papers, a tiny one, a long one."""

import datetime

from boards.models import Board, BoardSetting
from boards.roles import Role
from deliberations.models import Meeting
from tests.make import boards as make
from tests.make import deliberations as rows

MEMBERS = (
    ("Suprapto", "L", "Drs. H.", "", "002", "002"),
    ("Siti Aminah", "P", "", "S.Pd.", "003", "002"),
    ("Bambang Wiryawan", "L", "", "", "001", "004"),
    ("Endang Sulastri", "P", "", "", "005", "001"),
    ("Dyah Kusumaningtyas", "P", "Rr.", "S.E.", "004", "005"),
    ("Slamet", "L", "", "", "001", "001"),
    ("Nur Hidayati", "P", "Hj.", "", "003", "004"),
    ("Yohanes Agus Prasetyo", "L", "", "S.T.", "006", "003"),
    ("Ahmad Fauzan bin Karim", "L", "", "", "004", "001"),
    ("Mulyono", "L", "", "", "002", "003"),
    ("Sukarti", "P", "", "", "001", "005"),
)
GUESTS = (
    ("Retno Wulandari, A.Md.", "P", "Sekretaris", "002", "001"),
    ("Teguh Santoso", "L", "UPL", "005", "004"),
    ("Lilis Rahmawati", "P", "UPK", "001", "002"),
    ("Tri Handayani", "P", "UPS", "003", "003"),
    ("H. Darmaji", "L", "Pengawas UPK", "002", "004"),
    ("Wahyu Hendrawan, S.STP., M.Si.", "L", "Lurah Tirtomulyo", "", ""),
)
DRAIN = (
    "Menetapkan KSM Tirto Lancar sebagai pelaksana pemeliharaan drainase lingkungan"
    " RT 001 sampai dengan RT 003/RW 004 sepanjang 310 m.\n"
    "Pekerjaan dilaksanakan secara padat karya mulai 30 November 2026 sampai dengan"
    " 2 Januari 2027."
)


def board(paper_size: str = "f4", **fields) -> Board:
    """A board with a full letterhead, a Lurah and a quorum article."""
    values = {
        "name": "Sumber Rejeki",
        "code": "LKM-SR",
        "village": "Kelurahan Tirtomulyo",
        "district": "Kecamatan Argosari",
        "regency": "Kabupaten Giriwana",
        "address": "Jalan Melati Nomor 14, RT 003/RW 002, Tirtomulyo 63999",
        "phone": "0351-555014",
        "email": "sekretariat@sumberrejeki.example",
        "greeting": "Assalamu’alaikum warahmatullahi wabarakatuh.",
        "deed_number": "27",
        "deed_on": datetime.date(2009, 3, 12),
        "head_name": "Wahyu Hendrawan, S.STP., M.Si.",
        "head_rank": "Penata Tingkat I",
        "head_civil_id": "19820417 200212 1 003",
    }
    made = make.board(paper_size=paper_size, **{**values, **fields})
    BoardSetting.objects.create(
        board=made,
        name="quorum_members",
        value={"numerator": 1, "denominator": 2, "more_than": True},
        starts_on=datetime.date(2020, 1, 1),
        article="Anggaran Dasar Pasal 14",
    )
    return made


def rich_meeting(board: Board, *, title: str = "Rapat anggota") -> Meeting:
    """The meeting of the sample papers, not yet ratified.

    Eleven members, nine came (five men, four women), six guests; five items; the
    third by vote, 6 to 2 with one abstention, with dissent; one member left early.
    """
    by = make.user(Role.SECRETARY, board=board, name="Retno Wulandari")
    people = [
        rows.person(
            board, name, sex, title_before=front, title_after=after, rt=rt, rw=rw
        )
        for name, sex, front, after, rt, rw in MEMBERS
    ]
    for who in people:
        rows.mandate(board, who, coordinator=who is people[0])
    secretary = rows.person(board, "Retno Wulandari", "P", title_after="A.Md.")
    made = rows.meeting(
        board,
        by=by,
        title=title,
        place="Balai Kelurahan Tirtomulyo",
        chair=people[0],
        note_taker=secretary,
    )
    _people(made, people, secretary)
    _agenda(made)
    return made


def _people(meeting: Meeting, people: list, secretary) -> None:
    missing = {"Mulyono": ("excused", "sakit"), "Sukarti": ("absent", "")}
    for who in people:
        status, note = missing.get(who.name, ("present", ""))
        leaves = datetime.time(21, 15) if who.name.startswith("Ahmad") else None
        rows.attendee(
            meeting,
            who,
            present=status == "present",
            status=status,
            note=note,
            leaves_at=leaves,
            office="Koordinator" if who is people[0] else "Anggota",
            is_entitled=True,
        )
    for name, sex, office, rt, rw in GUESTS:
        who = secretary if name.startswith("Retno") else None
        rows.attendee(meeting, who, name=name, sex=sex, office=office, rt=rt, rw=rw)


def _agenda(meeting: Meeting) -> None:
    def at(hour: int, minute: int) -> datetime.time:
        return datetime.time(hour, minute)

    drain = rows.item(
        meeting,
        "Pelaksana pemeliharaan drainase RW 004",
        starts_at=at(19, 40),
        ends_at=at(20, 5),
    )
    rows.point(
        drain,
        "Teguh Santoso (UPL) memaparkan hasil survei 14 November 2026: 310 m drainase"
        " RW 004 pecah dan tertutup endapan; genangan mencapai RT 002 setiap hujan"
        " lebih dari dua jam.",
    )
    rows.point(
        drain,
        "Apakah warga RT 002 yang terdampak ikut bekerja?",
        speaker="Endang Sulastri",
    )
    rows.point(
        drain,
        "Dari 25 pekerja yang mendaftar, 14 orang berasal dari RT 002; 8 di antaranya"
        " perempuan.",
        speaker="Teguh Santoso",
    )
    rows.decision(
        drain,
        DRAIN,
        title="Penetapan KSM Tirto Lancar sebagai pelaksana pemeliharaan drainase"
        " lingkungan RW 004",
        kind="activity",
        in_charge_name="Teguh Santoso (UPL)",
        due_on=datetime.date(2027, 1, 2),
    )
    rows.action(
        drain,
        "Menandatangani surat perjanjian pemanfaatan dana dengan KSM Tirto Lancar",
        "Koordinator dan UPL",
        due_on=datetime.date(2026, 11, 27),
    )
    budget = rows.item(
        meeting,
        "RAB dan upah harian pekerja",
        starts_at=at(20, 5),
        ends_at=at(20, 35),
    )
    rows.point(
        budget, "RAB disusun UPL dan diperiksa dua anggota. Porsi upah 65,14 persen."
    )
    rows.decision(
        budget,
        "Menyetujui Rencana Anggaran Biaya Nomor 07/RAB/UPL/XI/2026 dengan upah harian"
        " Rp95.000 untuk pekerja, Rp120.000 untuk tukang, dan Rp130.000 untuk kepala"
        " kelompok.",
        kind="budget",
        amount=96_450_000,
    )
    loan = rows.item(
        meeting,
        "Pinjaman bergulir KSM Melati",
        starts_at=at(20, 35),
        ends_at=at(21, 10),
    )
    rows.point(
        loan,
        "Tunggakan sebaiknya dilunasi lebih dahulu.",
        speaker="Bambang Wiryawan",
    )
    lent = rows.decision(
        loan,
        "Menyetujui pencairan pinjaman bergulir kepada KSM Melati untuk 10 anggota,"
        " jangka waktu 10 bulan, jasa 1,5 persen per bulan tetap, dengan tanggung"
        " renteng seluruh anggota kelompok.",
        kind="loan",
        amount=15_000_000,
        method="voting",
        votes_for=6,
        votes_against=2,
        votes_abstain=1,
        failed_consensus="Dua anggota meminta tunggakan dilunasi lebih dahulu",
        subject_name="KSM Melati",
    )
    for name in ("Bambang Wiryawan", "Slamet"):
        rows.dissent(
            lent,
            name,
            "dua dari sepuluh anggota KSM Melati masih mempunyai tunggakan pada"
            " putaran sebelumnya",
        )
    rows.action(
        loan,
        "Menyiapkan akad pinjaman KSM Melati dan memeriksa tunggakan",
        "UPK, Lilis Rahmawati",
        due_on=datetime.date(2026, 11, 28),
    )
    proposals = rows.item(
        meeting,
        "Usulan kegiatan untuk Renja 2028",
        starts_at=at(21, 20),
        ends_at=at(21, 55),
    )
    rows.decision(
        proposals,
        "Mengusulkan 7 kegiatan kepada Lurah Tirtomulyo untuk dibahas dalam musrenbang"
        " kelurahan bulan Januari 2027 dan diteruskan ke rancangan Renja Tahun 2028.",
        kind="proposal",
    )
    yearly = rows.item(
        meeting,
        "Waktu Rembug Warga Tahunan 2026",
        starts_at=at(21, 55),
        ends_at=at(22, 10),
    )
    rows.decision(
        yearly,
        "Menyelenggarakan Rembug Warga Tahunan pada hari Sabtu, 19 Desember 2026,"
        " pukul 08.00 WIB, di Balai Kelurahan Tirtomulyo, dengan panitia yang diketuai"
        " oleh Endang Sulastri.",
        method="aklamasi",
    )


def tiny_meeting(board: Board) -> Meeting:
    """One item, no dissent, no guests; three members with one name each."""
    people = [
        rows.person(board, name, sex)
        for name, sex in (("Slamet", "L"), ("Sukarti", "P"), ("Mulyono", "L"))
    ]
    for who in people:
        rows.mandate(board, who, coordinator=who is people[0])
    made = rows.meeting(board, chair=people[0], note_taker=people[1])
    for who in people:
        office = "Koordinator" if who is people[0] else "Anggota"
        rows.attendee(made, who, office=office, is_entitled=True)
    rows.decision(rows.item(made, "Jadwal ronda"), "Menetapkan jadwal ronda baru.")
    return made


def long_meeting(board: Board) -> Meeting:
    """Twelve items with two decisions each, thirteen members and forty guests."""
    people = [
        rows.person(board, f"Anggota Nomor {number:02d}", "LP"[number % 2])
        for number in range(1, 14)
    ]
    for who in people:
        rows.mandate(board, who, coordinator=who is people[0])
    made = rows.meeting(
        board,
        title="Rembug Warga Tahunan",
        kind=Meeting.Kind.KHUSUS,
        chair=people[0],
        note_taker=people[1],
    )
    for who in people:
        rows.attendee(made, who, office="Anggota", is_entitled=True)
    for number in range(1, 41):
        rows.attendee(
            made,
            name=f"Tamu dengan Nama Panjang Nomor {number:02d}, S.Pd.",
            sex="LP"[number % 2],
            office=f"Utusan RT {number % 7 + 1:03d}/RW {number % 5 + 1:03d}",
        )
    for number in range(1, 13):
        _long_item(made, number)
    return made


def _long_item(meeting: Meeting, number: int) -> None:
    one = rows.item(meeting, f"Pembahasan usulan warga kelompok ke-{number}")
    rows.point(one, "Usulan dibacakan satu per satu, lalu ditanggapi warga. " * 6)
    rows.point(one, "Usul ini sudah dua tahun menunggu. " * 3, speaker="Sri Lestari")
    for part in ("pertama", "kedua"):
        rows.decision(
            one,
            f"Menyetujui usulan {part} kelompok {number} untuk diteruskan. " * 3,
            title=f"Usulan {part} kelompok {number}",
        )
    rows.action(one, f"Meneruskan usulan kelompok {number}", "Sekretaris")
