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
_FINDS = (
    "Cari",
    "Tulis kata, nomor, RT, atau jumlah uang di Cari, misalnya “iuran drainase RT 3”."
    " Imbuhan tidak berpengaruh. Keputusan dapat disaring menurut tahun, jenis,"
    " keadaan, dan RT, lalu diunduh sebagai Excel.",
)
_RULES_READ = (
    "Baca aturan",
    "Profil, Dokumen aturan memuat AD, ART, dan aturan lain pasal demi pasal, dengan"
    " keputusan yang berdasar padanya. Naskahnya dapat dicetak.",
)
_COUNTS = (
    "Hitung surat suara",
    "Semua yang bertugas di LKM boleh menjadi penghitung: Anggota, Pemilihan, pilih"
    " basisnya, buka bundelnya. Hitung sendiri; angka penghitung pertama tidak"
    " diperlihatkan.",
)
_CORRECTS = (
    "Minta koreksi",
    "Bila Anda hadir, Setujui notulen ini atau Minta koreksi pada butirnya, sebelum"
    " notulen disahkan.",
)
_LATE = (
    "Ingatkan yang terlambat",
    "LKM, Tindak lanjut lewat tenggat memuat LKM yang janjinya terlambat, dari notulen"
    " yang sudah disahkan. Beranda mengingatkan bila masa bakti segera berakhir.",
)
_GUIDES_READ = (
    "Lihat juklak",
    "LKM, Juklak memperlihatkan sampai mana tiap LKM melaksanakan petunjuk Dinas.",
)
_UNIT = (
    "Catat kegiatan",
    "Buka Kegiatan. Kegiatan baru selalu berasal dari keputusan yang sudah disahkan.",
)
_GROUPS = (
    "Catat KSM dan produk",
    "Pinjaman, KSM: catat KSM, anggotanya, tabungan tiap bulan, dan pelatihan. Kotak"
    " Syarat meminjam menyebut apa yang masih kurang. Pinjaman, Produk: jasa,"
    " angsuran, dan batas setiap anggota, dengan contoh angsuran sebelum disimpan.",
)
_LENDS = (
    "Layani permohonan sampai cair",
    "Catat permohonan KSM, lalu isi hasil kunjungan ke setiap anggota. Manajer memutus"
    " dan koordinator menandatangani, atau pilih keputusan rapat, menurut aturan LKM."
    " Kasir memeriksa rencana angsuran, lalu mencairkan. Yang memeriksa tidak memutus,"
    " yang memutus tidak mencairkan.",
)
_COLLECTS = (
    "Tagih seminggu sekali",
    "Pinjaman, Penagihan, Cetak lembar setoran: tiap KSM dan anggota dengan tunggakan"
    " dan yang jatuh tempo, serta kolom kosong untuk ditulisi. Hitung uangnya, lalu"
    " Catat hasil penagihan dengan urutan yang sama.",
)
_FOLLOWS = (
    "Tangani tunggakan",
    "Pinjaman, Tunggakan memuat KSM yang menunggak dan yang belum dikunjungi sesudah"
    " cair. Catat tiap langkah di kartunya; surat peringatan dan laporan kunjungan"
    " dicetak dari Surat pinjaman.",
)
_CLOSES = (
    "Tutup bulan",
    "Buku UPK, Tutup bulan: cocokkan kas dan bank, bukukan cadangan risiko, lalu"
    " terbitkan laporannya. Bulan yang ditutup tidak menerima bukti lagi, kecuali"
    " dibuka petugas lain dengan alasan.",
)
_SIGNS = (
    "Tanda tangani putusan pinjaman",
    "Bila LKM memutus lewat manajer UPK, koordinator menandatangani putusannya: tugas"
    " itu tampil di Beranda. Bila ragu, minta diperiksa ulang atau tolak dengan"
    " alasan.",
)
_WATCHES = (
    (
        "Lihat keadaan UPK",
        "Pinjaman, Kesehatan UPK menunjukkan LAR, PAR, CCr, ROI, dan RR dengan rumus,"
        " batas, dan jalannya setahun. Tekan Lihat KSM-nya untuk daftar di balik"
        " angkanya; tulis tanggal lain untuk keadaan pada hari itu.",
    ),
    (
        "Undi dan kunjungi",
        "Pinjaman, Pengawasan, Undi pinjaman. Portal mengundi dari pinjaman berjalan"
        " dan menyimpan angka undiannya, jadi undian dapat diulang. Kunjungi KSM-nya,"
        " cocokkan kartu KSM dengan kartu UPK, lalu isi saldo yang Anda lihat.",
    ),
    (
        "Hitung kas tanpa pemberitahuan",
        "Pengawasan, Hitung kas: tulis banyaknya tiap pecahan bersama kasir. Selisih"
        " dengan buku perlu penjelasan. Terbitkan berita acaranya dari halaman"
        " hitungan itu; hanya Pengawas yang menerbitkannya.",
    ),
    (
        "Catat temuan sampai selesai",
        "Pengawasan, Catat temuan: apa yang ditemukan, apa yang diminta, dan batas"
        " jawabnya. UPK menjawab; Anda menilai, lalu menyelesaikan. Temuan yang lewat"
        " batas tampil di Beranda.",
    ),
    (
        "Periksa buku sebelum ditandatangani",
        "Buku UPK memuat tiap bukti, buku kas dan bank, neraca, laba rugi, dan tutup"
        " bulan dengan pencocokannya. Cetak dan terbitkan laporan: Anda dapat melihat"
        " draf daftar tunggu, register pinjaman, tunggakan, dan cadangan.",
    ),
)
_INSIDE = (_READS, _RULES_READ, _FINDS, _CORRECTS, _COUNTS)
_GUIDES: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.SECRETARY: (
        (
            "Catat rapat",
            "Buka Musyawarah, pilih Rapat baru. Anggota pada tanggal itu langsung masuk"
            " daftar hadir. Tulisan tersimpan sendiri selagi Anda mengetik.",
        ),
        (
            "Tulis keputusan menurut jenisnya",
            "Isian di bawah jenis mengikuti: dana, kegiatan, usulan, keanggotaan, atau"
            " aturan. Di Dasar tulis pasal yang berlaku, misalnya ART pasal 14 ayat"
            " (2); SK menyebutnya di Mengingat.",
        ),
        (
            "Ajukan notulen",
            "Setelah semua butir dibahas, buka Periksa lalu Ajukan. Koordinator atau"
            " pemimpin rapat yang mengesahkan, bukan yang menulis.",
        ),
        (
            "Jawab permintaan koreksi",
            "Yang hadir dapat meminta koreksi. Bila benar, Tarik untuk diperbaiki,"
            " ubah, ajukan lagi. Bila tidak, jawab Tidak diubah dengan alasannya.",
        ),
        (
            "Putuskan tanpa rapat",
            "Bila aturan LKM membolehkan, pilih jenis rapat Keputusan sirkuler."
            " Keputusannya sementara sampai rapat anggota berikutnya mengukuhkan.",
        ),
        (
            "Cetak dan pindai surat",
            "Sesudah disahkan, terbitkan suratnya di halaman rapat. Sesudah"
            " ditandatangani, buka Surat, pilih Unggah pindaian: foto atau PDF dalam"
            " urutan apa pun. Portal membaca kode QR di kaki halaman dan menyortirnya.",
        ),
        (
            "Laporkan kegiatan",
            "Tiap bulan, buka kegiatan yang berjalan, isi laporan, lalu kirim ke"
            " kelurahan. Bila dikembalikan, hanya isian yang ditanggapi yang terbuka.",
        ),
        (
            "Selenggarakan pemilihan",
            "Anggota, Pemilihan: panitia, basis, bundel surat suara, hasil, kesediaan,"
            " keberatan. Hasilnya menjadi pengurus lewat keputusan Keanggotaan dan"
            " pengurus yang disahkan.",
        ),
        (
            "Ganti anggota yang berhenti",
            "Sahkan keputusannya, lalu buka Anggota, Ganti antarwaktu, tekan Ganti pada"
            " namanya. Cadangan berikutnya sudah dipilihkan; tanpa cadangan,"
            " penggantinya dipilih rembug khusus.",
        ),
        (
            "Catat AD, ART, dan aturan",
            "Profil, Dokumen aturan: tempel naskahnya, Periksa pembagian, Simpan draf."
            " Koordinator menetapkannya. Di Profil, Aturan tiap nilai menyebut"
            " pasalnya; di Profil, Juklak isi keadaan tiap butir.",
        ),
        (
            "Cari dan buat buku",
            "Cari menemukan kata, nomor, RT, dan jumlah uang. Surat, Buku memuat agenda"
            " surat, buku keputusan, dan buku notulen untuk masa yang Anda pilih.",
        ),
    ),
    Role.MEMBER: (
        (
            "Sahkan notulen",
            "Koordinator dan pemimpin rapat mengesahkan notulen yang diajukan. Sesudah"
            " disahkan, isinya terkunci dan mendapat nomor.",
        ),
        (
            "Tetapkan aturan",
            "Koordinator menetapkan naskah AD, ART, dan aturan lain dengan keputusan"
            " rapat, serta kuorum dan aturan lain yang menilai orang.",
        ),
        _SIGNS,
        *_INSIDE,
    ),
    Role.WORKS_UNIT: (
        _UNIT,
        (
            "Isi laporan bulanan",
            "Isi kemajuan fisik, HOK, pengeluaran dan foto. Sekretaris mengirimnya.",
        ),
        *_INSIDE,
    ),
    Role.LOAN_UNIT: (_GROUPS, _LENDS, _COLLECTS, _FOLLOWS, _CLOSES, *_INSIDE),
    Role.SOCIAL_UNIT: _INSIDE,
    Role.SUPERVISOR: (*_WATCHES, *_INSIDE),
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
        _LATE,
        _GUIDES_READ,
        _FINDS,
    ),
    Role.KECAMATAN: (
        (
            "Lihat siapa sudah lapor",
            "Beranda menunjukkan tiap LKM dan enam bulan terakhir.",
        ),
        _READS,
        _LATE,
        _GUIDES_READ,
        _FINDS,
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
        _LATE,
        _GUIDES_READ,
        _FINDS,
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
        (
            "Catat juklak",
            "Buka LKM, Juklak, lalu Catat juklak: unggah suratnya dan tulis butirnya."
            " Sesudah ada LKM yang mengisi, butirnya tetap.",
        ),
        (
            "Bantu menetapkan aturan",
            "LKM yang belum punya koordinator: buka LKM-nya, Profil, Dokumen aturan"
            " atau Aturan, lalu tetapkan menurut keputusan rapatnya.",
        ),
    ),
    Role.PROVINCE: (
        (
            "Baca angka gabungan",
            "Beranda menunjukkan jumlah per kabupaten/kota, tanpa rincian tiap LKM.",
        ),
        (
            "Lihat juklak",
            "LKM, Juklak menunjukkan berapa LKM yang sudah mengisi dan berapa butir"
            " yang sudah dilaksanakan, tanpa menyebut LKM-nya.",
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
