"""Words of a text as search keeps them: worked out by hand."""

import pytest

from common.asking import all_but_one_of, all_of
from common.excerpts import excerpt, marked
from common.stems import Term, pieces_of, terms_of, tokens_of


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("RT 3", "rt3"),
        ("RT 003", "rt3"),
        ("rt03", "rt3"),
        ("Rt. 03", "rt3"),
        ("RW 005", "rw5"),
        ("Rp95.000", "95000"),
        ("Rp 95.000,00", "95000"),
        ("95.000", "95000"),
        ("95000", "95000"),
        ("95 ribu", "95000"),
        ("1,5 juta", "1500000"),
        ("2 miliar", "2000000000"),
        ("012", "12"),
        ("000", "0"),
        ("KEP", "kep"),
        ("Café", "cafe"),
    ],
)
def test_one_word_one_token(text, token):
    assert tokens_of(text) == {token}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("bangun", "pembangunan"),
        ("pembangunan", "membangun"),
        ("perbaikan", "diperbaiki"),
        ("pelihara", "pemeliharaan"),
        ("kelola", "pengelolaan"),
        ("tanggung", "penanggung"),
        ("bersih", "bersihkan"),
        ("pengurus", "kepengurusan"),
        ("saluran", "menyalurkan"),
        ("putus", "Keputusannya"),
        ("drain", "drainase"),
        ("sls", "LKM-SLS"),
    ],
)
def test_a_root_is_found_in_its_words(typed, written):
    (term,) = terms_of(typed)

    assert any(term.is_met_by(piece.tokens) for piece in pieces_of(written))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("RT 3", "RT 13"),
        ("RT 3", "RW 3"),
        ("RT 3", "RT 003a"),
        ("9500", "95.000"),
        ("12", "120"),
        ("iuran", "liburan"),
        ("talud", "tali"),
        ("3", "RT 3"),
    ],
)
def test_what_is_not_the_same_is_not_found(typed, written):
    (term,) = terms_of(typed)

    assert not any(term.is_met_by(piece.tokens) for piece in pieces_of(written))


def test_dates_and_numbers_of_letters_fall_into_their_parts():
    assert tokens_of("012/KEP/LKM-GR/XI/2026") == {
        *("12", "kep", "lkm", "gr", "xi", "2026")
    }
    assert tokens_of("22.11.2026 pukul 19.30") == {
        *("22", "11", "2026", "pukul", "19", "30")
    }


def test_small_words_ask_only_when_alone():
    assert terms_of("iuran untuk RT 3") == terms_of("iuran rt03")
    assert len(terms_of("yang")) == 1
    assert terms_of(" %_'\"*() ") == ()


def test_a_word_asked_twice_counts_once_and_eight_are_enough():
    assert len(terms_of("talud Talud TALUD")) == 1
    assert len(terms_of(" ".join(f"kata{at}" for at in range(20)))) == 8


def test_a_very_long_number_and_word_stay_short():
    tokens = tokens_of("9" * 6000, "8" * 6000 + ",5 miliar", "a" * 6000)

    assert {len(token) for token in tokens} == {40}


def test_questions_in_the_language_of_each_database():
    terms = (Term(("iur", "iuran"), "iuran"), Term(("rt3",)))

    assert all_of(terms, scope="_b7").fts5() == (
        '"_b7" AND ((("iur" OR "iuran" OR "iuran"*) AND ("rt3")))'
    )
    assert all_of(terms).tsquery() == "(('iur' | 'iuran' | 'iuran':*) & ('rt3'))"
    assert all_but_one_of(terms, scope="_b7").tsquery() == (
        "'_b7' & ((('rt3')) | (('iur' | 'iuran' | 'iuran':*)))"
    )


def test_marks_stand_on_what_was_asked():
    assert marked("Iuran drainase RT 003", terms_of("drainase rt3")) == [
        ("Iuran ", False),
        ("drainase", True),
        (" ", False),
        ("RT 003", True),
    ]


def test_an_excerpt_shows_words_that_lie_far_apart():
    text = f"{'awal ' * 60}iuran tetap {'tengah ' * 60}RT 003 {'akhir ' * 60}"

    parts = excerpt(text, terms_of("iuran RT 3"))

    assert [text for text, met in parts if met] == ["iuran", "RT 003"]
    assert parts[0] == ("… ", False)
    assert parts[-1] == (" …", False)
    assert sum(len(text) for text, _ in parts) < 400


def test_an_excerpt_without_a_word_is_the_beginning():
    assert excerpt("Satu\n\ndua", terms_of("tiga")) == [("Satu · dua", False)]
    assert excerpt("", terms_of("tiga")) == []
