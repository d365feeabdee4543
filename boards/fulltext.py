"""The index of words, on either database: laid after every migrate, safe to repeat.

SQLite has an FTS5 table beside the entries, kept by three triggers; PostgreSQL a column
that it computes by itself, with a GIN index. Neither needs an extension nor a right
beyond that of the tables' owner. Tokens come ready made (`common.stems`); no database
stems or splits them.
"""

from collections.abc import Iterator

from django.db import connection

from boards.models.search import SearchEntry

_TABLE = SearchEntry._meta.db_table
_WORDS = SearchEntry.WORDS_TABLE
_GIN = "boards_searchentry_vector"
_OLD = (
    f"INSERT INTO {_WORDS}({_WORDS}, rowid, words)"
    " VALUES ('delete', OLD.id, OLD.words);"
)
_NEW = f"INSERT INTO {_WORDS}(rowid, words) VALUES (NEW.id, NEW.words);"
_TRIGGERS = {
    f"{_WORDS}_added": f"AFTER INSERT ON {_TABLE} BEGIN {_NEW} END",
    f"{_WORDS}_taken": f"AFTER DELETE ON {_TABLE} BEGIN {_OLD} END",
    f"{_WORDS}_changed": f"AFTER UPDATE ON {_TABLE} BEGIN {_OLD} {_NEW} END",
}


def lay_fulltext(**_signal) -> None:
    """Lay what is missing; words of entries that were there before are taken in."""
    with connection.cursor() as cursor:
        if _TABLE not in connection.introspection.table_names(cursor):
            return
        for statement in _statements(cursor):
            cursor.execute(statement)


def missing_fulltext() -> list[str]:
    """Names of tables, triggers and columns that should be there and are not."""
    with connection.cursor() as cursor:
        if _TABLE not in connection.introspection.table_names(cursor):
            return []
        present = _present(cursor)
    wanted = (_WORDS, *_TRIGGERS) if connection.vendor == "sqlite" else ("vector", _GIN)
    return [name for name in wanted if name not in present]


def _present(cursor) -> set[str]:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master")
    else:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
            " UNION SELECT indexname FROM pg_indexes WHERE tablename = %s"
            " AND schemaname = ANY (current_schemas(false))",
            [_TABLE, _TABLE],
        )
    return {name for (name,) in cursor.fetchall()}


def _statements(cursor) -> Iterator[str]:
    present = _present(cursor)
    if connection.vendor == "sqlite":
        yield from _sqlite_statements(present)
        return
    if "vector" not in present:
        yield (
            f"ALTER TABLE {_TABLE} ADD COLUMN vector tsvector GENERATED"
            " ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
        )
    if _GIN not in present:
        yield f"CREATE INDEX {_GIN} ON {_TABLE} USING gin (vector)"


def _sqlite_statements(present: set[str]) -> Iterator[str]:
    whole = {_WORDS, *_TRIGGERS} <= present
    yield (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {_WORDS} USING fts5(words,"
        f" content='{_TABLE}', content_rowid='id', detail=none, columnsize=0,"
        " tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\", prefix='3 4')"
    )
    for name, body in _TRIGGERS.items():
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} {body}"
    if not whole:
        # Without its triggers the table may have missed something.
        yield f"INSERT INTO {_WORDS}({_WORDS}) VALUES ('rebuild')"
