"""A juklak of the Dinas, and how far the boards of the demo are with it."""

import datetime
import io

from PIL import Image, ImageDraw

from boards.files import put_bytes
from boards.guide_lines import read_lines
from boards.guides import add_guide, set_clause_state
from boards.models import Guide, Region, StoredFile, User
from boards.uploads import ReadFile
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office

CLAUSES = """1. LKM memiliki Anggaran Dasar yang ditetapkan rembug warga.
2. LKM mengadakan rapat anggota paling sedikit satu kali sebulan.
3. LKM melaporkan kegiatan kepada kelurahan tiap bulan.
4. Rencana LKM masuk Renja kecamatan atau RKP Desa.
5. Hasil pembangunan diserahkan dan punya kelompok pemelihara.
6. Dana bergulir dikelola UPK dengan pembukuan terpisah."""
ANSWERS = (
    ("sudah", "Akta pendirian di arsip sekretariat", ""),
    ("sudah", "Notulen bulanan di portal", ""),
    ("sudah", "Laporan bulanan di portal", ""),
    ("sebagian", "", "Dua dari lima usulan masuk Renja."),
    ("belum", "", ""),
    ("tidak_berlaku", "", "Dana bergulir sudah diserahkan ke BUM Desa."),
)


def _page() -> bytes:
    """One page that says what it is: the real letter is not ours to copy."""
    page = Image.new("RGB", (620, 877), "white")
    ImageDraw.Draw(page).text((60, 60), f"CONTOH JUKLAK\n\n{CLAUSES}", fill="black")
    file = io.BytesIO()
    page.save(file, "PDF", resolution=75)
    return file.getvalue()


def record_guide(region: Region, *, on: datetime.date, by: User) -> Guide:
    """The letter of the Dinas with its clauses."""
    pdf = _page()
    file = ReadFile(pdf, StoredFile.Kind.PDF, "juklak-lkm.pdf", own=False, pages=1)
    with clock_at(moment(on, 9)):
        return add_guide(
            region,
            title="Juklak penyelenggaraan penanganan kumuh oleh LKM",
            letter_number=f"600/218/{on.year}",
            letter_on=on,
            in_force_on=on,
            clauses=read_lines(CLAUSES),
            file=file,
            digest=put_bytes(pdf),
            by=by,
        )


def answer_guide(office: Office, *, answers: int, on: datetime.date) -> None:
    """The first `answers` clauses as this board sees them."""
    guide = Guide.objects.filter(region_code=office.board.region_code[:5]).first()
    if guide is None:
        return
    rows = zip(guide.clauses.all()[:answers], ANSWERS, strict=False)
    with clock_at(moment(on, 9)):
        for clause, (state, evidence, note) in rows:
            set_clause_state(
                office.board,
                clause,
                state=state,
                evidence=evidence,
                note=note,
                seen_revision=0,
                on=on,
                by=office.secretary,
            )
