"""Papers of a meeting as a reader finds them: opened, in both sizes, word by word."""

import datetime
import io
import itertools

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from boards.roles import Role
from reports.builders import attendance_list, gathering, minutes
from reports.catalogue import KINDS
from reports.pdf_findings import structure_findings
from reports.services import issue_report, preview_report
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples
from tests.reports.pdf_text import page_texts, words_above, words_outside_margins

pytestmark = [
    *(pytest.mark.django_db, pytest.mark.either),
    pytest.mark.usefixtures("printing"),
]

BEFORE = datetime.date(2026, 11, 12)
AFTER = datetime.datetime(2026, 11, 22, 3, 0, tzinfo=datetime.UTC)
OF_MEETINGS = [code for code, kind in KINDS.items() if kind.of_meeting]
AHEAD = ("undangan", "daftar-hadir-kosong")
# The words are the same on both; how they lie on F4 is looked at with every paper.
SIZES = pytest.mark.parametrize(
    "size", ["a4", pytest.param("f4", marks=pytest.mark.deep)]
)
SIGNED_BY = {
    "undangan": "Koordinator LKM",
    "daftar-hadir-kosong": "Notulis,",
    "daftar-hadir": "Notulis,",
    "notulen": "Notulis,",
    "berita-acara": "Mengetahui Lurah Tirtomulyo,",
    "keputusan": "Ditetapkan di",
}


def issue(kind, meeting):
    """Issue one paper as the secretary would, on its day; the bytes of the file."""
    by = make.user(Role.SECRETARY, board=meeting.board)
    if kind not in AHEAD and not meeting.is_ratified:
        rows.ratify(meeting, at=AFTER)
    subject = meeting.decisions.first() if kind == "keputusan" else meeting
    report = issue_report(kind, subject, on=BEFORE, by=by)
    with default_storage.open(report.file.path) as file:
        return report, file.read()


def text_of(content):
    return " ".join(page_texts(content)).replace("\N{NO-BREAK SPACE}", " ")


def every_paper() -> list:
    """Each kind of each meeting on one of the sizes now, on the other in `deep`."""
    makers, papers = ("rich_meeting", "tiny_meeting", "long_meeting"), []
    for number, (kind, maker) in enumerate(itertools.product(OF_MEETINGS, makers)):
        now, later = ("a4", "f4") if number % 2 else ("f4", "a4")
        papers.append(pytest.param(kind, maker, now))
        papers.append(pytest.param(kind, maker, later, marks=pytest.mark.deep))
    return papers


@pytest.mark.parametrize(("kind", "maker", "size"), every_paper())
def test_a_paper_stands_whole_on_its_pages(kind, maker, size):
    meeting = getattr(samples, maker)(samples.board(size))

    report, content = issue(kind, meeting)

    texts = page_texts(content)
    assert len(texts) == report.pages
    for number, text in enumerate(texts, start=1):
        assert f"Halaman {number} dari {report.pages} · {report.number_text}" in text
        assert report.short_code in text
    assert words_outside_margins(content) == []
    assert structure_findings(content) == []
    # The block of signatures never begins a page.
    assert words_above(content, SIGNED_BY[kind]) > 8
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "id"
        assert report.number_text in str(pdf.docinfo["/Title"])


@SIZES
def test_the_proceedings_say_all_that_was_agreed(size):
    meeting = samples.rich_meeting(samples.board(size))
    issue("undangan", meeting)

    _, content = issue("berita-acara", meeting)

    text = text_of(content)
    for words in (
        "Nomor 001/BA/LKM-SR/XI/2026",
        "Pada hari ini, Sabtu, tanggal dua puluh satu, bulan November, tahun dua ribu"
        " dua puluh enam (21-11-2026), pukul 19.30 sampai dengan 22.15 WIB",
        "berdasarkan surat undangan Nomor 001/UND/LKM-SR/XI/2026 tanggal"
        " 12 November 2026",
        "Hadir 9 (sembilan) dari 11 (sebelas) anggota, terdiri atas 5 (lima) laki-laki"
        " dan 4 (empat) perempuan, serta 6 (enam) undangan",
        "Kuorum menurut Anggaran Dasar Pasal 14 adalah lebih dari separuh anggota,"
        " yaitu paling sedikit 6 (enam) orang",
        "6/2/1",
        "8 dari 11",
        "Kelima",
        "Rp96.450.000 (sembilan puluh enam juta empat ratus lima puluh ribu rupiah)",
        "Rp15.000.000 (lima belas juta rupiah)",
        "Terhadap kesepakatan Ketiga, Bambang Wiryawan dan Slamet menyatakan tidak"
        " setuju dengan alasan dua dari sepuluh anggota",
        "didukung lebih dari setengah suara",
        "notulen Nomor 001/NOT/LKM-SR/XI/2026",
        "Keputusan terdahulu yang diubah: tidak ada.",
        "NIP 19820417 200212 1 003",
        "9 Ahmad Fauzan bin Karim L Anggota 9.",
    ):
        assert words in text
    assert "Mulyono" not in text
    assert "Keenam" not in text


def test_a_meeting_without_dissent_head_or_article_says_so():
    board = samples.board(head_name="")
    board.settings.all().delete()

    _, content = issue("berita-acara", samples.tiny_meeting(board))

    text = text_of(content)
    assert "Catatan keberatan Tidak ada." in text
    assert "Mengetahui" not in text
    assert "(dasarnya dalam AD/ART belum dicatat)" in text
    assert "berdasarkan surat undangan" not in text
    assert "terdiri atas 2 (dua) laki-laki dan 1 (satu) perempuan, sebagaimana" in text


def test_what_was_voted_down_is_no_agreement():
    meeting = samples.tiny_meeting(samples.board())
    lost = rows.item(meeting, "Kenaikan iuran")
    rows.decision(lost, method="voting", votes_for=1, votes_against=2, votes_abstain=0)

    _, content = issue("berita-acara", meeting)

    text = text_of(content)
    assert "Tidak disepakati: Kenaikan iuran (1 setuju, 2 tidak setuju" in text
    assert "Kedua" not in text.replace("Kedua belas", "")


@SIZES
def test_the_minutes_tell_items_talk_and_promises(size):
    meeting = samples.rich_meeting(samples.board(size))

    _, content = issue("notulen", meeting)

    text = text_of(content)
    for words in (
        "Nomor 001/NOT/LKM-SR/XI/2026",
        "9 dari 11 anggota (5 laki-laki, 4 perempuan); 6 undangan",
        "Mulyono (izin sakit); Sukarti (tanpa keterangan)",
        "Tercapai pada semua pokok bahasan (paling sedikit 6 orang",
        "Dibuka pukul 21.20 · Hadir 8 dari 11; kuorum tercapai",
        "Apakah warga RT 002 yang terdampak ikut bekerja?",
        "Cara: pemungutan suara: 6 setuju, 2 tidak setuju, dan 1 abstain.",
        "Keberatan Bambang Wiryawan dan Slamet: dua dari sepuluh",
        "Rapat ditutup pukul 22.15 WIB. Notulen ini disahkan oleh Drs. H. Suprapto,"
        " Koordinator, pada 22 November 2026.",
        "27/11/2026",
    ):
        assert words in text
    assert "Tindak lanjut rapat sebelumnya Tidak ada." in text


def test_the_draft_minutes_list_the_follow_ups_that_ratification_makes():
    meeting = samples.rich_meeting(samples.board())

    drafted = minutes.build(meeting, number="", on=BEFORE).actions
    rows.ratify(meeting, at=AFTER)
    final = minutes.build(meeting, number="", on=BEFORE).actions

    assert [row.owner for row in drafted] == [
        "Koordinator dan UPL",
        "Teguh Santoso (UPL)",
        "UPK, Lilis Rahmawati",
    ]
    assert drafted == final


def test_the_attendance_list_judges_quorum_by_item_as_the_minutes_do():
    meeting = samples.rich_meeting(samples.board())
    members = meeting.attendances.filter(is_entitled=True, status="present")
    for row in members.exclude(person=meeting.chair):
        row.leaves_at = datetime.time(21, 0)
        row.save()

    closing = attendance_list.build(meeting, number="", on=BEFORE).closing
    facts = dict(minutes.build(meeting, number="", on=BEFORE).facts)

    missed = gathering.Gathering(meeting).without_quorum()
    assert missed
    assert "1" not in missed
    assert f"kuorum tidak tercapai pada butir {', '.join(missed)}." in closing.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert f"pada pokok bahasan {', '.join(missed)}" in facts["Kuorum"].replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_the_minutes_show_earlier_promises_as_they_stood_that_day():
    board = samples.board()
    first = samples.tiny_meeting(board)
    first.held_on = datetime.date(2026, 10, 17)
    first.save()
    item = first.items.get()
    user = make.user(Role.SECRETARY, board=board)
    done = rows.action(
        item, "Survei drainase", "UPL", due_on=datetime.date(2026, 11, 14)
    )
    later = rows.action(
        item, "Surat izin lahan", "Slamet", due_on=datetime.date(2026, 11, 15)
    )
    rows.ratify(first)
    for action, day in ((done, 13), (later, 30)):
        action.status, action.closed_by = "done", user
        action.closed_on = datetime.date(2026, 11, day)
        action.save()
    second = rows.meeting(board, chair=first.chair, note_taker=first.note_taker)
    rows.attendee(second, first.chair, is_entitled=True)
    rows.decision(rows.item(second))

    _, content = issue("notulen", second)

    text = text_of(content)
    assert "Survei drainase UPL 14/11/2026 Selesai 13/11/2026" in text
    assert "Surat izin lahan Slamet 15/11/2026 Belum selesai, lewat tenggat" in text


@SIZES
def test_the_attendance_list_adds_up(size):
    meeting = samples.rich_meeting(samples.board(size))

    _, content = issue("daftar-hadir", meeting)

    text = text_of(content)
    assert "laki-laki 8 orang, perempuan 7 orang, seluruhnya 15 orang" in text
    assert "1 Drs. H. Suprapto L 002/002 Koordinator 1." in text
    assert "Ahmad Fauzan bin Karim pulang 21.15" in text
    assert "Hadir 9 (sembilan) dari 11 (sebelas) anggota; kuorum tercapai pada" in text
    assert "pada semua pokok bahasan. Datang" in text
    assert "16." not in text


@SIZES
def test_the_blank_list_has_names_then_lines_for_pens(size):
    meeting = samples.rich_meeting(samples.board(size))

    report, content = issue("daftar-hadir-kosong", meeting)

    text = text_of(content)
    assert "11 Sukarti P 001/005 Anggota 11." in text
    assert "18 18. 19 19. 20 20." in text
    assert "Laki-laki ........ orang" in text
    assert report.pages == (1 if size == "f4" else 2)


@SIZES
def test_the_invitation_calls_to_the_agenda(size):
    meeting = samples.rich_meeting(samples.board(size))

    report, content = issue("undangan", meeting)

    first, second = page_texts(content)
    first = first.replace("\N{NO-BREAK SPACE}", " ")
    assert report.number_text == "001/UND/LKM-SR/XI/2026"
    for words in (
        "Tirtomulyo, 12 November 2026",
        "Hal : Undangan rapat anggota",
        "Assalamu’alaikum warahmatullahi wabarakatuh. Bersama ini",
        "Sabtu, 21 November 2026",
        "19.30 WIB sampai dengan selesai",
        "5. Waktu Rembug Warga Tahunan 2026",
        "(telepon 0351-555014) paling lambat 20 November 2026",
        "Wassalamu’alaikum warahmatullahi wabarakatuh.",
        "1. Lurah Tirtomulyo 2. Arsip",
    ):
        assert words in first
    assert "17 Wahyu Hendrawan, S.STP., M.Si. Lurah Tirtomulyo" in second


def test_only_one_greeting_is_printed():
    board = samples.board(greeting="Dengan hormat,")

    _, content = issue("undangan", samples.tiny_meeting(board))

    text = text_of(content)
    assert "Dengan hormat," in text
    assert "alaikum" not in text


@SIZES
def test_the_decree_rests_on_the_minutes_it_came_from(size):
    meeting = samples.rich_meeting(samples.board(size))

    report, content = issue("keputusan", meeting)

    text = text_of(content)
    assert report.number_text == "001/KEP/LKM-SR/XI/2026"
    for words in (
        "PENETAPAN KSM TIRTO LANCAR SEBAGAI PELAKSANA PEMELIHARAAN DRAINASE",
        "dihadiri 9 (sembilan) dari 11 (sebelas) anggota sehingga kuorum tercapai;",
        "Akta pendirian LKM Sumber Rejeki Nomor 27 tanggal 12 Maret 2009;",
        "Anggaran Dasar Pasal 14 LKM Sumber Rejeki tentang kuorum;",
        "Berita Acara Musyawarah Nomor 001/BA/LKM-SR/XI/2026 tanggal 21 November 2026;",
        "KESATU : Menetapkan KSM Tirto Lancar",
        "KETIGA : Pelaksanaan Keputusan ini menjadi tanggung jawab Teguh Santoso (UPL)"
        " paling lambat 2 Januari 2027.",
        "KEEMPAT : Keputusan ini mulai berlaku",
        "pada tanggal 22 November 2026",
    ):
        assert words in text


def test_a_decree_that_changes_another_names_it():
    board = samples.board()
    first = rows.ratify(samples.tiny_meeting(board), at=AFTER)
    second = rows.meeting(board, chair=first.chair, held_on=datetime.date(2026, 12, 12))
    rows.attendee(second, first.chair, is_entitled=True)
    changed = rows.decision(
        rows.item(second, "Jadwal ronda malam"),
        "Jadwal ronda dimulai pukul 22.00 WIB.",
        amends=first.decisions.get(),
        amend_reason="Jadwal lama tumpang tindih.",
    )
    rows.ratify(second, at=datetime.datetime(2026, 12, 13, tzinfo=datetime.UTC))
    changed.refresh_from_db()
    by = make.user(Role.SECRETARY, board=board)

    report = issue_report("keputusan", changed, on=AFTER.date(), by=by)

    with default_storage.open(report.file.path) as file:
        text = text_of(file.read())
    number = "001/KEP/LKM-SR/XI/2026"
    assert f"Keputusan Nomor {number} perlu diubah karena jadwal lama" in text
    assert f"Nomor {number} tanggal 21 November 2026 tentang Jadwal ronda;" in text


@SIZES
@pytest.mark.parametrize("kind", ["notulen", "berita-acara", "daftar-hadir"])
def test_a_draft_says_on_every_page_that_it_proves_nothing(kind, size):
    meeting = samples.rich_meeting(samples.board(size))

    rendered = preview_report(KINDS[kind], meeting, now=timezone.now())

    for text in page_texts(rendered.bytes):
        assert "DRAF – belum disahkan, bukan bukti" in text
        assert "halaman periksa menjawab: belum disahkan" in text
        assert "belum bernomor" in text
    assert words_outside_margins(rendered.bytes) == []


def test_no_paper_shows_a_personal_number():
    board = samples.board()
    meeting = samples.rich_meeting(board)
    person = meeting.chair
    person.nik_sealed, person.nik_hmac = "x", "y"
    person.nik_masked, person.phone = "3520********0001", "081234567890"
    person.save()

    texts = [text_of(issue(kind, meeting)[1]) for kind in OF_MEETINGS]

    for text in texts:
        assert "3520*" not in text
        assert "081234567890" not in text


@pytest.mark.parametrize("kind", ["notulen", "keputusan"])
def test_a_degree_at_the_end_of_a_sentence_has_one_full_stop(kind):
    meeting = samples.tiny_meeting(samples.board())
    meeting.decisions.update(in_charge_name="Sukarti, S.T.")

    said = text_of(issue(kind, meeting)[1])

    assert "Sukarti, S.T." in said
    assert "S.T.." not in said
