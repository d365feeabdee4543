"""Short help for each role: what one does here, in the order of the work."""

from collections.abc import Iterable
from dataclasses import dataclass

from boards.roles import ROLE_LABELS, Role


@dataclass(frozen=True)
class Guide:
    """The help of one role."""

    title: str
    steps: tuple[tuple[str, str], ...]


_READS = (
    "Baca catatan",
    "Musyawarah, Keputusan, Kegiatan dan Rencana terbuka untuk Anda. Panel Benang merah"
    " pada keputusan dan kegiatan menunjukkan dari mana asalnya dan sampai ke mana.",
)
_UNIT = (
    "Catat kegiatan",
    "Buka Kegiatan. Kegiatan baru selalu berasal dari keputusan yang sudah disahkan.",
)
_GUIDES: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.SECRETARY: (
        (
            "Catat rapat",
            "Buka Musyawarah, pilih Rapat baru. Anggota pada tanggal itu langsung masuk"
            " daftar hadir. Tulisan tersimpan sendiri selagi Anda mengetik.",
        ),
        (
            "Ajukan notulen",
            "Setelah semua butir dibahas, buka Periksa lalu Ajukan. Koordinator atau"
            " pemimpin rapat yang mengesahkan, bukan yang menulis.",
        ),
        (
            "Cetak berita acara",
            "Sesudah disahkan, terbitkan suratnya di halaman rapat. Sesudah"
            " ditandatangani, buka Surat, pilih Unggah pindaian: foto atau PDF dalam"
            " urutan apa pun, portal menyortirnya.",
        ),
        (
            "Laporkan kegiatan",
            "Tiap bulan, buka kegiatan yang berjalan, isi laporan, lalu kirim ke"
            " kelurahan. Bila dikembalikan, hanya isian yang ditanggapi yang terbuka.",
        ),
    ),
    Role.MEMBER: (
        (
            "Sahkan notulen",
            "Koordinator dan pemimpin rapat mengesahkan notulen yang diajukan. Sesudah"
            " disahkan, isinya terkunci dan mendapat nomor.",
        ),
        _READS,
    ),
    Role.WORKS_UNIT: (
        _UNIT,
        (
            "Isi laporan bulanan",
            "Isi kemajuan fisik, HOK, pengeluaran dan foto. Sekretaris mengirimnya.",
        ),
    ),
    Role.LOAN_UNIT: (_READS,),
    Role.SOCIAL_UNIT: (_READS,),
    Role.SUPERVISOR: (_READS,),
    Role.KELURAHAN: (
        (
            "Periksa laporan",
            "Buka Periksa laporan. Rencana dan kenyataan berdampingan. Tanggapi isian"
            " yang kurang, lalu Kembalikan; atau Setujui.",
        ),
        (
            "Perhatikan batasnya",
            "Hari kerja dihitung sejak laporan masuk. Sesudah disetujui, laporan"
            " terkunci dan masuk ringkasan Dinas.",
        ),
    ),
    Role.KECAMATAN: (
        (
            "Lihat siapa sudah lapor",
            "Beranda menunjukkan tiap LKM dan enam bulan terakhir.",
        ),
        _READS,
    ),
    Role.DINAS: (
        (
            "Lihat siapa sudah lapor",
            "Beranda menunjukkan enam bulan terakhir tiap LKM. Saring per kecamatan.",
        ),
        (
            "Buat ringkasan",
            "Pilih wilayah dan masa laporan, lalu Buat ringkasan PDF. Hasilnya"
            " bernomor, membawa tabelnya sebagai CSV, dan dapat diperiksa keasliannya.",
        ),
    ),
    Role.DINAS_ADMIN: (
        (
            "Daftarkan LKM",
            "Buka LKM, pilih Daftarkan LKM, lalu beri akun kepada sekretarisnya. Kode"
            " sekali pakai berlaku 24 jam.",
        ),
        (
            "Jaga akun",
            "Buka Pengguna untuk memberi kode baru, memberi peran, atau menutup akun.",
        ),
    ),
    Role.PROVINCE: (
        (
            "Baca angka gabungan",
            "Beranda menunjukkan jumlah per kabupaten/kota, tanpa rincian tiap LKM.",
        ),
    ),
    Role.SYSTEM: (
        (
            "Kelola akun",
            "Buka Akun untuk menambah Admin Dinas atau memberi kode sekali pakai.",
        ),
    ),
}


def help_for(roles: Iterable[Role]) -> list[Guide]:
    """The guides of some roles, in the order given."""
    return [Guide(ROLE_LABELS[role], _GUIDES[role]) for role in roles]
