"""The help of each role names what the role does, in the words of its buttons."""

import pytest

from boards.roles import Role
from reports.help import help_for


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.SECRETARY, "Keputusan sirkuler|Ganti antarwaktu|kode QR|ayat (2)"),
        (Role.MEMBER, "Minta koreksi|Dokumen aturan|surat suara|Cari"),
        (Role.MEMBER, "Tanda tangani putusan|diperiksa ulang"),
        (Role.LOAN_UNIT, "Syarat meminjam|Catat permohonan|mencairkan"),
        (Role.LOAN_UNIT, "Cetak lembar setoran|Tunggakan|Tutup bulan"),
        (Role.SUPERVISOR, "Undi pinjaman|Hitung kas|Catat temuan|Lihat KSM-nya"),
        (Role.KELURAHAN, "Tindak lanjut lewat tenggat|Juklak"),
        (Role.DINAS_ADMIN, "Catat juklak"),
    ],
)
def test_help_speaks_of_what_a_role_does(role, words):
    (guide,) = help_for([role])
    told = " ".join(f"{title}. {text}" for title, text in guide.steps)
    assert [word for word in words.split("|") if word not in told] == []


@pytest.mark.parametrize("role", list(Role))
def test_no_step_is_said_twice(role):
    (guide,) = help_for([role])
    titles = [title for title, _text in guide.steps]
    assert len(set(titles)) == len(titles)
