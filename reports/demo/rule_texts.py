"""An Anggaran Dasar and an Anggaran Rumah Tangga for the demo. Invented."""

STATUTES = """ANGGARAN DASAR
{board}

PEMBUKAAN

Warga {village} sadar bahwa kampung yang sehat dan rukun hanya terwujud bila diurus
bersama. Karena itu warga bersepakat membentuk lembaga yang memutuskan dengan
musyawarah dan mempertanggungjawabkan setiap rupiah kepada warga.

BAB I
NAMA, TEMPAT, DAN ASAS

Pasal 1
Nama

Lembaga ini bernama {board}.

Pasal 2
Tempat

(1) Lembaga berkedudukan di {village}.
(2) Lembaga bekerja untuk seluruh warga {village} tanpa membedakan suku, agama, dan
penghasilan.

Pasal 3
Asas

Lembaga bekerja berdasarkan musyawarah, kejujuran, keterbukaan, dan gotong royong.

BAB II
TUJUAN DAN TUGAS

Pasal 4
Tujuan

Lembaga bertujuan memperbaiki lingkungan permukiman dan kehidupan warga, terutama
warga miskin.

Pasal 5
Tugas

Lembaga bertugas:
a. menampung dan meneruskan aspirasi warga;
b. menyusun rencana penataan lingkungan bersama warga;
c. menetapkan kebijakan dan aturan melalui musyawarah;
d. mengawasi unit pengelola; dan
e. melaporkan pekerjaan dan keuangan kepada warga.

BAB III
PIMPINAN KOLEKTIF

Pasal 6
Susunan

(1) Lembaga dipimpin secara kolektif oleh paling sedikit sembilan dan paling banyak
tiga belas orang.
(2) Jumlah anggota selalu ganjil.
(3) Anggota mewakili dirinya sendiri, bukan RT, RW, partai, atau lembaga lain.

Pasal 7
Masa bakti

Masa bakti anggota tiga tahun dan dapat dipilih kembali satu kali.

Pasal 8
Koordinator

(1) Anggota memilih satu koordinator dalam rapat anggota pertama.
(2) Koordinator memimpin rapat dan menandatangani surat atas nama lembaga.
(3) Koordinator tidak memutuskan sendiri.

BAB IV
MUSYAWARAH

Pasal 9
Jenis musyawarah

Musyawarah lembaga terdiri dari:
a. rapat anggota;
b. rembug khusus;
c. rembug warga kelurahan; dan
d. rembug warga tahunan.

Pasal 10
Kuorum

(1) Rapat anggota sah bila dihadiri lebih dari separuh anggota.
(2) Rembug warga sah bila dihadiri lebih dari separuh undangan.
(3) Anggota yang berkepentingan pada suatu pokok bahasan tidak dihitung.

Pasal 11
Pengambilan keputusan

(1) Keputusan diambil dengan mufakat.
(2) Bila mufakat tidak tercapai, keputusan diambil dengan suara terbanyak dari yang
hadir.
(3) Keberatan dicatat dalam notulen atas permintaan yang bersangkutan.

BAB V
KEKAYAAN

Pasal 12
Sumber

Kekayaan lembaga berasal dari swadaya warga, bantuan pemerintah, dan sumber lain
yang tidak mengikat.

Pasal 13
Pertanggungjawaban

(1) Keuangan dibukukan dan diperiksa paling sedikit satu kali setahun.
(2) Hasil pemeriksaan diumumkan kepada warga.

BAB VI
PERUBAHAN DAN PENUTUP

Pasal 14
Perubahan

Anggaran Dasar diubah oleh rembug warga yang dihadiri paling sedikit dua pertiga
undangan.

Pasal 15
Hal yang belum diatur

Hal yang belum diatur di sini diatur dalam Anggaran Rumah Tangga.

Ditetapkan di {village}
pada tanggal 17 Mei 2008
"""

BYLAWS = """ANGGARAN RUMAH TANGGA
{board}

BAB I KEANGGOTAAN

Pasal 1. Syarat anggota
Calon anggota adalah warga yang:
1) berumur 21 tahun sampai 60 tahun;
2) tinggal menetap paling sedikit dua tahun;
3) jujur dan dapat bekerja sama; dan
4) bersedia bekerja sukarela.

Pasal 2. Berhenti
1) Anggota berhenti karena masa bakti habis, meninggal, pindah, atau mengundurkan
diri dengan surat.
2) Anggota diberhentikan rapat anggota bila tiga kali berturut-turut tidak hadir
tanpa kabar.

BAB II UNIT PENGELOLA DAN SEKRETARIAT

Pasal 3. Unit pengelola
1) Lembaga membentuk UPL, UPK, dan UPS.
2) Petugas unit diangkat dan diberhentikan rapat anggota.
3) Anggota pimpinan kolektif tidak merangkap petugas unit.

Pasal 4. Sekretariat
1) Sekretaris mencatat musyawarah dan menyimpan surat.
2) Sekretaris bukan anggota pimpinan kolektif.

BAB III RAPAT

Pasal 5. Waktu rapat
1) Rapat anggota diadakan satu kali sebulan.
2) Undangan disampaikan paling lambat tiga hari sebelumnya.

Pasal 6. Rapat yang belum mencapai kuorum
1) Rapat yang belum mencapai kuorum ditunda paling lama satu jam.
2) Bila sesudah ditunda kuorum belum tercapai, diadakan rapat kedua.

BAB IV KEGIATAN

Pasal 7. Upah
Kegiatan padat karya memakai paling sedikit enam puluh lima persen biaya untuk upah
warga.

Pasal 8. Laporan
1) UPL melapor tiap bulan, paling lambat tanggal lima bulan berikutnya.
2) Laporan memuat foto awal, tengah, dan akhir.

BAB V PENUTUP

Pasal 9. Perubahan
Anggaran Rumah Tangga diubah oleh rembug khusus.
"""

# What the board of the demo changed: shorter invitation, an article put in.
NEW_BYLAWS = (
    BYLAWS.replace(
        "paling lambat tiga hari sebelumnya",
        "paling lambat lima hari sebelumnya, lewat surat atau pesan",
    )
    .replace(
        "BAB V PENUTUP",
        """Pasal 9. Pemeliharaan
1) Setiap bangunan punya kelompok pemelihara.
2) Iuran pemeliharaan ditetapkan rapat warga pemakainya.

BAB V PENUTUP""",
    )
    .replace("Pasal 9. Perubahan", "Pasal 10. Perubahan")
)
