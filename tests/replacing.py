"""SQL that writes over a row without asking: SQLite's OR REPLACE."""

import pytest
from django.db import IntegrityError, connection, models, transaction


def replace_row(row: models.Model, **changes) -> None:
    """Write `row` once more as it stands, with `changes` by column; id=None is new."""
    table, key = row._meta.db_table, row._meta.pk.column
    names = [field.column for field in row._meta.local_fields]
    assert changes.keys() <= set(names)
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join("%s" if name in changes else f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT OR REPLACE INTO "{table}" ({columns})'
            f' SELECT {values} FROM "{table}" WHERE "{key}" = %s',
            [*(changes[name] for name in names if name in changes), row.pk],
        )


def move_row(row: models.Model, **changes) -> None:
    """UPDATE OR REPLACE of `row`, with `changes` by column."""
    table, key = row._meta.db_table, row._meta.pk.column
    sets = ", ".join(f'"{name}" = %s' for name in changes)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE OR REPLACE "{table}" SET {sets} WHERE "{key}" = %s',
            [*changes.values(), row.pk],
        )


def refuses(write, row: models.Model, by: str, **changes) -> None:
    """The trigger whose name ends in `by` refuses, and the rows stay as they are."""
    rows = type(row)._base_manager.order_by("pk")
    before = list(rows.values())
    with pytest.raises(IntegrityError, match=f"frozen: .*{by}"), transaction.atomic():
        write(row, **changes)
    assert list(rows.values()) == before
