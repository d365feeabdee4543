"""What stands in the database, table by table, to compare before with after."""

import hashlib

from django.apps import apps
from django.db import connection, models


def rows_of(model: type[models.Model]) -> str:
    """SHA-256 over all rows of a table."""
    seen = hashlib.sha256()
    for row in model._base_manager.order_by("pk").values_list():
        seen.update(repr(row).encode())
    return seen.hexdigest()


def snapshot() -> dict[str, str]:
    """Every table of ours; sessions and counters of the brake left out."""
    left_out = {"sessions", "django_tasks_db", "contenttypes", "auth", "usersessions"}
    there = set(connection.introspection.table_names())
    return {
        model._meta.db_table: rows_of(model)
        for model in apps.get_models()
        if model._meta.app_label not in left_out and model._meta.db_table in there
    }


def changed(before: dict[str, str]) -> list[str]:
    """Tables that differ from `before`."""
    now = snapshot()
    return sorted(name for name in now if now[name] != before[name])
