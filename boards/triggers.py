"""Frozen means frozen in the database: triggers on SQLite and on PostgreSQL.

Each app lists its rules in `freezing.py`; `settings.FREEZING` names those lists. One
idempotent function lays them all after every migrate (Django rebuilds an SQLite table
when a migration alters it, and the triggers vanish without a word).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model, UniqueConstraint
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Frozen:
    """Rows of `model` refuse change while `when` holds.

    `when` is SQL over the placeholder `{row}` (OLD, and NEW for inserts): "" means
    always. `free` names columns that may still change. With `inserts` new rows are
    refused too (children of a ratified parent).
    """

    model: str
    when: str = ""
    free: tuple[str, ...] = ()
    inserts: bool = False
    deletes: bool = True


@dataclass(frozen=True)
class SameBoard:
    """The row and the row its foreign key points at belong to one board."""

    model: str
    field: str


@dataclass(frozen=True)
class Refused:
    """No row of `model` may be written so that `when`, SQL over NEW, holds.

    For what no constraint can say: times that overlap, a day outside its parent.
    """

    model: str
    name: str
    when: str


@dataclass(frozen=True)
class Trigger:
    """One database trigger: name, table, moment and the condition that refuses."""

    name: str
    table: str
    moment: str
    condition: str


def rules() -> Iterator[Frozen | SameBoard | Refused]:
    """Every rule of every app, in the order of settings."""
    for path in settings.FREEZING:
        yield from import_string(path)


def _differs(column: str) -> str:
    word = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    return f'OLD."{column}" {word} NEW."{column}"'


def _frozen_triggers(rule: Frozen) -> Iterator[Trigger]:
    model = apps.get_model(rule.model)
    table = model._meta.db_table
    columns = [
        field.column
        for field in model._meta.local_fields
        if field.name not in rule.free
    ]
    held = f"({rule.when.format(row='OLD')})" if rule.when else "(1 = 1)"
    changed = " OR ".join(_differs(column) for column in columns)
    yield Trigger(f"{table}_frozen_update", table, "UPDATE", f"{held} AND ({changed})")
    if rule.deletes:
        yield Trigger(f"{table}_frozen_delete", table, "DELETE", held)
        if connection.vendor == "sqlite":
            yield from _replace_triggers(rule, model)
    if rule.inserts:
        new = f"({rule.when.format(row='NEW')})"
        yield Trigger(f"{table}_frozen_insert", table, "INSERT", new)
        # A row may not be moved under a frozen parent either.
        yield Trigger(f"{table}_frozen_move", table, "UPDATE", f"{new} AND ({changed})")


def _unique_sets(model: type[Model]) -> Iterator[tuple[list[str], str, list[str]]]:
    """Columns of which no two rows have the same values; where; what `where` reads.

    `where` is SQL over bare columns, the condition of a partial index; "" is always.
    """
    for field in model._meta.local_fields:
        if field.unique:
            yield [field.column], "", []
    for rule in model._meta.constraints:
        if not isinstance(rule, UniqueConstraint):
            continue
        columns = [model._meta.get_field(name).column for name in rule.fields]
        if rule.condition is None:
            yield columns, "", []
            continue
        # The very words of the index, so that SQLite knows it again.
        where = rule._get_condition_sql(model, connection.schema_editor())
        local = (field.column for field in model._meta.local_fields)
        yield columns, where, [name for name in local if f'"{name}"' in where]


def _taken(rule: Frozen, model: type[Model], *, but: str = "") -> str:
    """SQL: NEW has values that a frozen row alone may have; `but` is SQL over held.

    One look-up for each index, so that SQLite uses each of them.
    """
    frozen = f"({rule.when.format(row='held')})" if rule.when else "(1 = 1)"
    found = []
    for columns, where, read in _unique_sets(model):
        same = [f'held."{column}" = NEW."{column}"' for column in columns]
        if where:
            row = ", ".join(f'NEW."{column}" AS "{column}"' for column in read)
            same += [
                f"({where})",
                f"EXISTS (SELECT 1 FROM (SELECT {row}) WHERE {where})",
            ]
        terms = " AND ".join([*same, *filter(None, [but]), frozen])
        found.append(
            f'EXISTS (SELECT 1 FROM "{model._meta.db_table}" held WHERE {terms})'
        )
    return " OR ".join(found)


def _replace_triggers(rule: Frozen, model: type[Model]) -> Iterator[Trigger]:
    """SQLite's OR REPLACE deletes the row in the way without asking its triggers.

    Where no index would refuse a row, these let it through: nothing else changes.
    """
    table, key = model._meta.db_table, model._meta.pk.column
    yield Trigger(f"{table}_frozen_replace", table, "INSERT", _taken(rule, model))
    another = _taken(rule, model, but=f'held."{key}" <> OLD."{key}"')
    yield Trigger(f"{table}_frozen_swap", table, "UPDATE", another)


def _same_board_triggers(rule: SameBoard) -> Iterator[Trigger]:
    model = apps.get_model(rule.model)
    field = model._meta.get_field(rule.field)
    table, target = model._meta.db_table, field.related_model._meta.db_table
    condition = (
        f'NEW."{field.column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{target}" t'
        f' WHERE t.id = NEW."{field.column}" AND t.board_id = NEW.board_id)'
    )
    for moment in ("INSERT", "UPDATE"):
        name = f"{table}_{rule.field}_same_board_{moment.lower()}"
        yield Trigger(name, table, moment, condition)


def _refused_triggers(rule: Refused) -> Iterator[Trigger]:
    table = apps.get_model(rule.model)._meta.db_table
    for moment in ("INSERT", "UPDATE"):
        name = f"{table}_{rule.name}_{moment.lower()}"
        yield Trigger(name, table, moment, rule.when)


def triggers() -> list[Trigger]:
    """Every trigger that must exist in this database."""
    found: list[Trigger] = []
    for rule in rules():
        if isinstance(rule, SameBoard):
            found.extend(_same_board_triggers(rule))
        elif isinstance(rule, Refused):
            found.extend(_refused_triggers(rule))
        else:
            found.extend(_frozen_triggers(rule))
    return found


def _statements(trigger: Trigger) -> Iterable[str]:
    """The SQL that lays one trigger, first dropping an older one of the same name."""
    message = f"frozen: {trigger.name}"
    if connection.vendor == "sqlite":
        yield f'DROP TRIGGER IF EXISTS "{trigger.name}"'
        yield (
            f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.moment} ON'
            f' "{trigger.table}" FOR EACH ROW WHEN {trigger.condition}'
            f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    back = "OLD" if trigger.moment == "DELETE" else "NEW"
    yield (
        f'CREATE OR REPLACE FUNCTION "{trigger.name}"() RETURNS trigger AS $body$'
        f" BEGIN IF {trigger.condition} THEN RAISE EXCEPTION '{message}'"
        f" USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" RETURN {back}; END $body$ LANGUAGE plpgsql"
    )
    yield f'DROP TRIGGER IF EXISTS "{trigger.name}" ON "{trigger.table}"'
    yield (
        f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.moment} ON'
        f' "{trigger.table}" FOR EACH ROW EXECUTE FUNCTION "{trigger.name}"()'
    )


def lay_triggers(**_signal) -> None:
    """Lay every trigger whose table exists; safe to run again and again."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for trigger in triggers():
            if trigger.table in tables:
                for statement in _statements(trigger):
                    cursor.execute(statement)


def clear_triggers(*, plan: Iterable = (), **_signal) -> None:
    """Make way for the migrations of `plan` on SQLite; `lay_triggers` ends them.

    SQLite renames a rebuilt table only while no trigger of another names it.
    """
    if connection.vendor != "sqlite" or not plan:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            " AND sql LIKE '%RAISE(ABORT, ''frozen: %'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def missing_triggers() -> list[str]:
    """Names of triggers that should be there and are not."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        present = {row[0][:63] for row in cursor.fetchall()}
    return [
        trigger.name
        for trigger in triggers()
        if trigger.table in tables and trigger.name[:63] not in present
    ]


@contextmanager
def without_triggers():
    """The one bypass: restores, bulk copies of whole boards, and tests of tampering."""
    with connection.cursor() as cursor:
        for trigger in triggers():
            on = "" if connection.vendor == "sqlite" else f' ON "{trigger.table}"'
            cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{on}')
    try:
        yield
    finally:
        lay_triggers()
