"""What can be found by its words: one row a record, made anew from it at any time."""

from django.db import models
from django.db.models import Lookup

from boards.models.board import Board
from common.asking import Asked


class WordsField(models.TextField):
    """Tokens parted by a space; `matches` asks the index of words over them.

    The index itself is laid by `boards.fulltext`: an FTS5 table on SQLite, a column
    with a GIN index on PostgreSQL.
    """

    description = "Words of a search entry"


@WordsField.register_lookup
class Matches(Lookup):
    """Rows whose words answer an `Asked`."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        """The question to the column that PostgreSQL fills by itself."""
        asked: Asked = self.rhs
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        return f"{table}.vector @@ %s::tsquery", [asked.tsquery()]

    def as_sqlite(self, compiler, connection):
        """The question to the FTS5 table beside ours."""
        asked: Asked = self.rhs
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        words = connection.ops.quote_name(SearchEntry.WORDS_TABLE)
        found = f"SELECT rowid FROM {words} WHERE {words} MATCH %s"
        return f"{table}.id IN ({found})", [asked.fts5()]


class SearchEntry(models.Model):
    """A record as search knows it: title, text without personal numbers, its words.

    Only a copy: written by the acts that change the record, thrown away and made anew
    by `manage.py rebuild_search`. It never holds what a draft says but its title.
    """

    WORDS_TABLE = "boards_searchentry_words"

    board = models.ForeignKey(Board, models.CASCADE, related_name="+")
    region_code = models.CharField(max_length=13)
    kind = models.CharField("jenis", max_length=12)
    object_pk = models.BigIntegerField()
    day = models.DateField("tanggal")
    title = models.CharField("judul", max_length=300)
    note = models.CharField("keterangan", max_length=200, blank=True)
    text = models.TextField("isi", blank=True)
    words = WordsField()
    # The record whose page shows it: an action is read on the page of its decision.
    page = models.CharField(max_length=12)
    page_pk = models.BigIntegerField()
    is_draft = models.BooleanField(default=False)

    class Meta:
        verbose_name = "isi pencarian"
        verbose_name_plural = "isi pencarian"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_pk"], name="search_entry_once"
            )
        ]
        indexes = [
            models.Index(fields=["board", "-day", "-id"]),
            models.Index(fields=["region_code", "-day", "-id"]),
        ]

    def __str__(self):
        return self.title
