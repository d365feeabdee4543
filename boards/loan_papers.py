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
    Parameter(
        "joint_promise",
        "Urutan tanggung renteng dalam pernyataan anggota",
        [
            "Bila seorang anggota tidak membayar: pertama, tabungan kelompok boleh"
            " dipakai membayar tunggakannya; kedua, barang anggota yang menunggak"
            " dijual atas kesepakatan kelompok; ketiga, sisanya dibagi dan dibayar"
            " semua anggota. Anggota yang ditanggung tetap berutang kepada kelompok.",
        ],
        "Formulir program pedesaan (R20); untuk LKM anggapan.",
        Kind.LINES,
        low=1,
        high=5,
    ),
    Parameter(
        "contract_payment",
        "Pasal angsuran dalam perjanjian, sesudah jadwalnya",
        [
            "Angsuran dibayar di kantor UPK atau rekening bank UPK, dan sah dengan"
            " bukti penerimaan yang bernomor.",
        ],
        _OURS,
        Kind.LINES,
        low=1,
        high=5,
    ),
    Parameter(
        "contract_joint",
        "Pasal tanggung renteng dalam perjanjian",
        [
            "Seluruh anggota menanggung pinjaman ini bersama-sama. Bila seorang anggota"
            " tidak membayar, tabungan kelompok boleh dipakai lebih dahulu, dan sisanya"
            " dibayar anggota lain.",
        ],
        _OURS,
        Kind.LINES,
        low=1,
        high=5,
    ),
    Parameter(
        "contract_late",
        "Pasal keterlambatan dalam perjanjian, sesudah dendanya",
        [
            "Pihak Pertama mengingatkan, mengunjungi, lalu mengirim surat peringatan"
            " pertama sampai ketiga. Kelompok yang menunggak tidak mendapat pinjaman"
            " baru.",
        ],
        _OURS,
        Kind.LINES,
        low=1,
        high=5,
    ),
    Parameter(
        "contract_visits",
        "Pasal pembinaan dalam perjanjian",
        [
            "Pihak Pertama berhak mengunjungi usaha dan rumah anggota dan melihat"
            " pembukuan kelompok. Pihak Kedua memberi keterangan yang benar.",
        ],
        _OURS,
        Kind.LINES,
        low=1,
        high=5,
    ),
    Parameter(
        "contract_disputes",
        "Pasal perselisihan dalam perjanjian",
        [
            "Perselisihan diselesaikan dengan musyawarah. Bila tidak tercapai,"
            " koordinator LKM memanggil kedua pihak dan, bila perlu, meminta bantuan"
            " pemerintah setempat.",
        ],
        _OURS,
        Kind.LINES,
        low=1,
        high=5,
    ),
    Parameter(
        "contract_end",
        "Pasal penutup perjanjian",
        [
            "Perjanjian ini dibuat dalam rangkap 2 (dua) yang sama kuatnya,"
            " masing-masing untuk Pihak Pertama dan Pihak Kedua, dan berlaku sejak"
            " ditandatangani sampai pinjaman lunas.",
        ],
        _OURS,
        Kind.LINES,
        low=1,
        high=5,
    ),
    Parameter(
        "warning_ends",
        "Yang menyusul surat peringatan pertama, kedua, dan ketiga",
        [
            "Bila sampai hari itu belum dibayar, UPK mengirim surat peringatan kedua"
            " dan mengunjungi kelompok.",
            "Bila sampai hari itu belum dibayar, UPK mengirim surat peringatan ketiga"
            " dan koordinator LKM memanggil ketua dan anggota.",
            "Bila sampai hari itu belum dibayar, tabungan tanggung renteng dipakai,"
            " sisanya ditanggung seluruh anggota, dan hal ini dibahas dalam rapat LKM"
            " bersama pemerintah setempat.",
        ],
        "Anggapan (lembar pinjaman §4.4): tiga baris, satu untuk setiap surat.",
        Kind.LINES,
        low=3,
        high=3,
    ),
)
