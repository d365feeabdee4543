"""PostgreSQL adds rupiah as whole numbers: its own SUM of them goes through numeric."""

from django.db import migrations

ADD = """
CREATE AGGREGATE sum_whole(bigint) (
  SFUNC = int8pl, STYPE = bigint, COMBINEFUNC = int8pl, PARALLEL = SAFE
)
"""
DROP = "DROP AGGREGATE sum_whole(bigint)"


def add_aggregate(apps, schema_editor):
    """An amount too large is refused by int8pl, as SUM of SQLite refuses it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def drop_aggregate(apps, schema_editor):
    """Back to what the server brings."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("loans", "0011_days_without_office")]

    operations = [migrations.RunPython(add_aggregate, drop_aggregate)]
