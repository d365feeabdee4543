"""The index of words: written, changed, forgotten, laid anew on either database."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from boards.fulltext import lay_fulltext, missing_fulltext
from boards.indexing import Entry, drop_entries, put_entries, without_personal_numbers
from boards.models import SearchEntry
from common.asking import all_of
from common.stems import terms_of
from tests.make import boards as make

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 14)


@pytest.fixture
def board():
    return make.board()


def entry(board, **changes) -> Entry:
    values = {"kind": "decision", "pk": 7, "title": "Iuran saluran", "day": DAY}
    return Entry(board=board, **{**values, **changes})


def found(words: str, scope: str = "") -> list[str]:
    asked = all_of(terms_of(words), scope=scope)
    return [row.title for row in SearchEntry.objects.filter(words__matches=asked)]


def test_an_entry_is_found_by_title_text_and_what_is_only_searched(board):
    put_entries([entry(board, text="Talud RT 003", more="Rp95.000")])

    for words in ("iuran", "taludnya", "rt3 iuran", "95000"):
        assert found(words) == ["Iuran saluran"]
    assert found("jembatan") == []


def test_an_entry_of_another_board_lies_outside_the_scope(board):
    put_entries([entry(board)])

    assert found("iuran", f"_b{board.pk}") == ["Iuran saluran"]
    assert found("iuran", "_r3520") == ["Iuran saluran"]
    assert found("iuran", f"_b{board.pk}1") == []
    assert found(f"_b{board.pk}") == []


def test_a_new_text_takes_the_place_of_the_old_one(board):
    put_entries([entry(board, text="talud")])
    put_entries([entry(board, text="paving")])

    assert found("talud") == []
    assert found("paving") == ["Iuran saluran"]
    assert SearchEntry.objects.count() == 1


def test_a_forgotten_record_is_not_found(board):
    put_entries([entry(board), entry(board, pk=8)])
    drop_entries("decision", [7])

    assert SearchEntry.objects.get().object_pk == 8
    assert found("iuran") == ["Iuran saluran"]


def test_what_is_rolled_back_is_not_found(board):
    with transaction.atomic():
        put_entries([entry(board)])
        transaction.set_rollback(True)

    assert found("iuran") == []


@pytest.mark.parametrize(
    "number",
    [
        *("3520061203800001", "3520.0612.0380.0001", "081234567890"),
        *("0812-3456-7890", "+62 812 3456 7890", "62812345678"),
        *("(0812) 3456-7890", "+62 (812) 3456 7890", "(0251) 8321456"),
    ],
)
def test_personal_numbers_are_neither_kept_nor_found(board, number):
    text = f"Hubungi {number} segera"
    put_entries([entry(board, text=text, more=number, note=f"Pak Budi {number}")])

    row = SearchEntry.objects.get()
    assert number not in row.text + row.words + row.note
    assert found(number) == [] or found(number) == found("iuran") == []
    assert found("segera") == ["Iuran saluran"]


def test_numbers_of_letters_and_sums_are_not_personal():
    for text in (
        "012/KEP/LKM-GR/XI/2026, Rp1.234.567.890, 22/11/2026, RT 003/RW 05",
        "Rp1.081.234.567, 31-08-2026, pukul 08.30-12.00, 12 orang, 085/BA/LKM-GR",
    ):
        assert without_personal_numbers(text) == text


def test_phones_stand_close_to_words_and_to_each_other():
    for text in (
        *("HP.081234567890", "wa081234567890", "081234567890ya"),
        "0812345678/0813456789",
    ):
        assert not re.search("[0-9]{4}", without_personal_numbers(text)), text


def test_a_part_that_is_missing_is_named_and_laid_again(board):
    put_entries([entry(board)])
    sqlite = connection.vendor == "sqlite"
    name = "boards_searchentry_words" if sqlite else "boards_searchentry_vector"
    kind = "TABLE" if sqlite else "INDEX"
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP {kind} {name}")
    assert missing_fulltext() == [name]

    lay_fulltext()

    assert missing_fulltext() == []
    assert found("iuran") == ["Iuran saluran"]


def test_rebuild_forgets_what_no_record_stands_behind(board, capsys):
    put_entries([entry(board)])
    with pytest.raises(SystemExit):
        call_command("rebuild_search", check=True)
    assert "TERTINGGAL decision: 1 dari 0 catatan" in capsys.readouterr().out

    call_command("rebuild_search", if_behind=True)

    assert "0 catatan dapat dicari." in capsys.readouterr().out
    call_command("rebuild_search", check=True)
    assert "Isi pencarian lengkap." in capsys.readouterr().out
    assert not SearchEntry.objects.exists()
