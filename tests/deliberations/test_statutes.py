"""Rules split into articles, in four layouts; citations read; versions compared."""

import time

import pytest

from deliberations.statutes import (
    Cited,
    Passage,
    Piece,
    compare,
    read_citation,
    split_statute,
)
from tests.deliberations import statute_texts as texts


def outline(statute):
    return [
        (a.chapter, a.chapter_title, a.key, a.title, [c.label for c in a.clauses])
        for a in statute.articles
    ]


def text_of(statute, key, label=""):
    (article,) = [a for a in statute.articles if a.key == key]
    return next(c.text for c in article.clauses if c.label == label)


def test_a_text_typed_with_care():
    found = split_statute(texts.CAREFUL)

    assert outline(found) == [
        ("I", "KETENTUAN UMUM", "1", "Pengertian", ["", "angka 1", "angka 2"]),
        (
            "I",
            "KETENTUAN UMUM",
            "2",
            "Nama dan Tempat",
            ["ayat (1)", "ayat (2)", "ayat (2) huruf a", "ayat (2) huruf b"],
        ),
        ("II", "KEANGGOTAAN DAN MASA BAKTI", "3", "", ["ayat (1)", "ayat (2)"]),
    ]
    assert found.articles[2].part == "Bagian Kesatu Jumlah"
    assert found.preamble.endswith("Warga bersepakat mengurus kampungnya bersama.")
    assert found.closing == "Ditetapkan di Selosari\npada tanggal 17 Mei 2008"
    assert found.problems == ()


def test_a_reference_at_the_end_of_a_line_opens_no_ayat_and_no_article():
    found = split_statute(texts.CAREFUL)

    assert text_of(found, "3", "ayat (2)") == (
        "Ketentuan sebagaimana dimaksud pada ayat (1) ditinjau tiap masa bakti menurut"
        " Pasal 2 ayat (2)."
    )


def test_a_text_out_of_a_scan():
    found = split_statute(texts.SCANNED)

    assert outline(found) == [
        ("1", "NAMA DAN KEDUDUKAN", "1", "NAMA", [""]),
        ("1", "NAMA DAN KEDUDUKAN", "2", "ASAS", ["ayat (1)", "ayat (2)"]),
        ("2", "RAPAT", "3", "", [""]),
        ("2", "RAPAT", "3a", "PENUNDAAN", [""]),
    ]
    assert text_of(found, "1") == (
        "BKM ini bernama BKM Tirta Asri, berkedudukan di Kelurahan Maron."
    )
    assert text_of(found, "2", "ayat (2)") == "Anggota-anggota dan swadaya warga."
    assert text_of(found, "3") == (
        "Rapat sah bila dihadiri lebih dari separuh anggota."
    )
    (skipped,) = found.problems
    assert (skipped.code, skipped.line, skipped.stops) == ("rules.skipped", 1, False)
    assert skipped.says.startswith("5 baris nomor halaman atau daftar isi")


def test_a_text_that_counts_from_one_in_every_chapter():
    found = split_statute(texts.PER_CHAPTER)

    assert found.per_chapter
    assert [(a.key, a.number, a.chapter, a.chapter_title) for a in found.articles] == [
        ("1-1", "I", "PERTAMA", "Peserta"),
        ("1-2", "II", "PERTAMA", "Peserta"),
        ("2-1", "I", "KEDUA", "Putusan"),
        ("2-2", "II", "KEDUA", "Putusan"),
    ]
    assert [c.mark for c in found.articles[3].clauses] == ["", "•", "•"]
    assert found.preamble == "TATA TERTIB REMBUG WARGA"
    assert found.problems == ()


def test_a_text_without_chapters_and_a_list_inside_a_list():
    found = split_statute(texts.FLAT)
    iuran, sanksi = found.articles

    assert [(c.mark, c.level) for c in iuran.clauses] == [
        ("A.", 0),
        ("1.", 1),
        ("2.", 1),
        ("1.", 2),
        ("2.", 2),
        ("3.", 2),
        ("3.", 1),
        ("B.", 0),
    ]
    assert iuran.clauses[4].label == "huruf A angka 2 angka 2"
    assert iuran.clauses[7].text.endswith("Tarif lama 2010 tidak berlaku.")
    assert [c.text for c in sanksi.clauses] == [
        "Warga yang menunggak ditegur.\nTeguran disampaikan ketua RT."
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Warga sepakat rapat tiap bulan.", "rules.no_articles", 1),
        ("", "rules.no_articles", 1),
        ("BAB I\nNAMA\n1. Lembaga ini bernama LKM.", "rules.only_chapters", 1),
        ("Pasal 1\nAda.\nPasal 2\nAda.\nPasal 2\nLagi.", "rules.same_number", 5),
        ("Pasal 14\nAda.\nPasal 14 A\nAda.\nPasal XIV\nx.", "rules.same_number", 5),
    ],
)
def test_what_stops_a_text_is_said_with_its_line(text, code, line):
    (stop,) = split_statute(text).stops
    assert (stop.code, stop.line) == (code, line)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Pasal 1\nAda.\nPasal 3\nAda.", "rules.jump", 3),
        ("Pasal 1\nPasal 2\nAda.", "rules.empty", 1),
        ("Pasal 1\n(1) Satu.\n(3) Tiga.", "rules.clause_jump", 3),
        ("Pasal 1\n(2) Dua.", "rules.clause_jump", 2),
        ("BAB I\nini pengantar.\nPasal 1\nAda.", "rules.between", 2),
    ],
)
def test_what_is_only_odd_is_told_and_kept(text, code, line):
    found = split_statute(text)
    (odd,) = found.problems
    assert (odd.code, odd.line, odd.stops) == (code, line, False)
    assert found.articles


@pytest.mark.parametrize(
    ("text", "title", "first"),
    [
        ("Pasal 5. Waktu rapat\nRapat tiap bulan.", "Waktu rapat", "Rapat tiap bulan."),
        ("Pasal 5 Waktu rapat\n(1) Tiap bulan.", "Waktu rapat", "Tiap bulan."),
        ("Pasal 5\nMasa bakti\n\nTiga tahun.", "Masa bakti", "Tiga tahun."),
        (
            "Pasal 5\nMasa bakti anggota\ntiga tahun.",
            "",
            "Masa bakti anggota tiga tahun.",
        ),
        ("Pasal 5\nCukup jelas", "", "Cukup jelas"),
        ("Pasal 5. Masa bakti tiga tahun.", "", "Masa bakti tiga tahun."),
        ("Pasal 5\n(Kuorum)\nSeparuh.", "Kuorum", "Separuh."),
    ],
)
def test_a_title_is_told_from_the_text_below(text, title, first):
    (article,) = split_statute(text).articles
    assert (article.title, article.clauses[0].text) == (title, first)


def test_no_word_of_the_text_is_lost():
    for text in (texts.CAREFUL, texts.FLAT):
        found = split_statute(text)
        kept = [found.preamble, found.closing]
        for a in found.articles:
            kept += [a.chapter_title, a.part, a.title]
            kept += [c.text for c in a.clauses]
        lost = [w for w in text.split() if w.isalpha() and w not in " ".join(kept)]
        assert set(lost) <= {"BAB", "II", "Pasal", "I"}


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("ART pasal 14 ayat (2)", Cited("ART", "14", "ayat (2)")),
        (
            "Anggaran Dasar, Pasal 14A ayat 2 huruf b.",
            Cited("Anggaran Dasar", "14a", "ayat (2) huruf b"),
        ),
        ("Tata Tertib Bab II Pasal I", Cited("Tata Tertib", "2-1", "")),
        ("Pasal 3 angka 2", Cited("", "3", "angka 2")),
        ("Keputusan rapat 12 Maret", None),
        ("ART pasal 14 tentang kuorum", None),
        ("pasal", None),
    ],
)
def test_a_citation_as_people_write_it(text, cited):
    assert read_citation(text) == cited


def passage(key, text, heading=""):
    return Passage(key, heading or f"Pasal {key}", text)


QUORUM = "Rapat sah bila dihadiri lebih dari separuh anggota."
NAME = "Lembaga ini bernama LKM Guyub Rukun."
DUES = "Tiap keluarga membayar iuran sampah setiap bulan."


def test_a_changed_word_is_marked_and_the_rest_stays():
    (change,) = compare(
        [passage("1", QUORUM)], [passage("1", QUORUM.replace("separuh", "dua pertiga"))]
    )

    assert change.kind == "changed"
    assert change.pieces == (
        Piece("same", "Rapat sah bila dihadiri lebih dari "),
        Piece("removed", "separuh"),
        Piece("added", "dua pertiga"),
        Piece("same", " anggota."),
    )


def test_an_article_put_in_moves_the_others_and_one_taken_out_stands_in_its_place():
    old = [passage("1", NAME), passage("2", DUES), passage("3", QUORUM)]
    new = [passage("1", NAME), passage("2", "Ronda diatur RT."), passage("3", QUORUM)]
    assert [c.kind for c in compare(old, new)] == ["same", "removed", "added", "same"]

    new = [passage("1", NAME), passage("2", QUORUM), passage("3", DUES)]
    kinds = [(c.kind, c.old.key, c.new.key) for c in compare(old, new)]
    assert kinds == [("same", "1", "1"), ("moved", "3", "2"), ("moved", "2", "3")]


def test_texts_that_would_take_minutes_are_compared_by_lines_or_as_a_whole():
    words, other = "yang " * 5_000, "yang " * 4_999
    (whole,) = compare([passage("1", words)], [passage("1", other)])
    assert [(piece.kind, piece.text) for piece in whole.pieces] == [
        ("removed", words),
        ("added", other),
    ]

    (lines,) = compare(
        [passage("1", f"Satu.\n{words}\nDua.")],
        [passage("1", f"Satu.\n{words}\nTiga.")],
    )
    assert [piece.kind for piece in lines.pieces] == ["same", "removed", "added"]

    old = [passage(str(at), f"{NAME} {at}") for at in range(150)]
    new = [passage(str(at + 500), f"{NAME} {at}") for at in range(150)]
    assert {change.kind for change in compare(old, new)} == {"added", "removed"}


@pytest.mark.parametrize("line", ["a.", "(1)", "Setiap warga menjaga saluran di"])
def test_a_long_paste_of_one_article_is_split_in_no_time(line):
    count = 40_000 // (len(line) + 1)

    begun = time.process_time()
    statute = split_statute("Pasal 1\n" + f"{line}\n" * count)

    # It took 40 seconds while every line looked at all the text before it.
    assert time.process_time() - begun < 5
    text = "\n".join(clause.text for clause in statute.articles[0].clauses)
    assert text.count(line) >= count - 1
