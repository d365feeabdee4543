from django.db import migrations


def close(apps, schema_editor):
    """Nothing goes on with an unapproved report of a work that has ended."""
    database = schema_editor.connection.alias
    reports = apps.get_model("activities", "ActivityReport").objects.using(database)
    unfinished = reports.filter(state__in=("draft", "returned"))
    unfinished.filter(activity__state="finished").update(state="closed")
    unfinished.filter(activity__state="cancelled").update(state="closed")
    waiting = reports.filter(state="sent", activity__state="cancelled")
    waiting.update(state="closed")


class Migration(migrations.Migration):
    dependencies = [("activities", "0005_report_closed")]

    operations = [migrations.RunPython(close, migrations.RunPython.noop)]
