"""Four rules as people bring them, each laid out in another way. All invented."""

# Typed with care: Roman chapters, titles below, ayat in brackets, letters inside.
CAREFUL = """ANGGARAN DASAR
LKM GUYUB RUKUN

PEMBUKAAN
Warga bersepakat mengurus kampungnya bersama.

BAB I
KETENTUAN UMUM

Pasal 1
Pengertian

Dalam Anggaran Dasar ini yang dimaksud dengan:
1. LKM adalah lembaga warga kelurahan;
2. Utusan adalah wakil yang dipilih warga satu RT.

Pasal 2
Nama dan Tempat

(1) Lembaga ini bernama LKM Guyub Rukun.
(2) Lembaga berkedudukan di kelurahan
    dan bekerja di:
    a. wilayah kelurahan; dan
    b. wilayah lain yang ditetapkan rembug warga.

BAB II
KEANGGOTAAN DAN
MASA BAKTI

Bagian Kesatu
Jumlah

Pasal 3
(1) Pimpinan kolektif berjumlah tiga belas orang.
(2) Ketentuan sebagaimana dimaksud pada ayat
(1) ditinjau tiap masa bakti menurut
Pasal 2 ayat (2).

Ditetapkan di Selosari
pada tanggal 17 Mei 2008
"""

# Copied out of a scan: CRLF, tabs, page numbers, contents, titles on the line.
SCANNED = "\r\n".join(
    [
        "BAB I NAMA ........ 1",
        "BAB II RAPAT ...... 2",
        "- 1 -",
        "BAB 1 : NAMA DAN KEDUDUKAN",
        "PASAL 1.  NAMA",
        "\tBKM ini bernama BKM Tirta Asri, berkedudukan",
        "",
        "\t- 2 -",
        "",
        "\tdi Kelurahan Maron.",
        "PASAL 2.  ASAS",
        "\t1)\tMusyawarah untuk mufakat.",
        "\t2)\tAnggota-",
        "anggota dan swa-",
        "daya warga.",
        "BAB 2 : RAPAT",
        "PASAL 3. Rapat sah bila dihadiri lebih dari separuh anggota.",
        "PASAL 3A. PENUNDAAN",
        "\tRapat yang tidak sah ditunda tujuh hari.",
        "Halaman 3 dari 3",
    ]
)

# A tata tertib that counts from one in every chapter, in words and Roman numbers.
PER_CHAPTER = """**TATA TERTIB REMBUG WARGA**

Bab Pertama
Peserta
Pasal I
Peserta adalah utusan RT.
Pasal II
Tamu boleh bicara seizin pemimpin.

Bab Kedua
Putusan
Pasal I
Putusan diambil dengan mufakat.
Pasal II
Bila mufakat gagal, diadakan pemungutan suara:
- terbuka untuk perkara;
- tertutup untuk orang.
"""

# No chapters at all; upper letters over numbers, and a list inside a list.
FLAT = """Pasal 1: Iuran
A. Tiap KK membayar iuran:
1. sampah;
2. keamanan, yaitu:
1. ronda;
2. lampu jalan;
3. pagar.
3. saluran.
B. Besarnya ditetapkan rapat tiap tahun. Tarif lama
2010 tidak berlaku.

Pasal 2: Sanksi
Warga yang menunggak ditegur.

Teguran disampaikan ketua RT.
"""
