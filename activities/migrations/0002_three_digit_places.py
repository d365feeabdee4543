from django.db import migrations

# A place of a work that began is frozen by these; every migrate lays them again.
# No canonical record holds a place, so no link of a chain changes.
FREEZING = ("frozen_update", "frozen_move", "frozen_delete")


def open_places(schema_editor):
    """Take the triggers of the places away until the end of this migrate."""
    table = "activities_activitylocation"
    on = "" if schema_editor.connection.vendor == "sqlite" else f' ON "{table}"'
    for name in FREEZING:
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{table}_{name}"{on}')


def rewrite(apps, schema_editor, width):
    """RT and RW of every place as `width` says; what becomes the same place is one."""
    database = schema_editor.connection.alias
    places = apps.get_model("activities", "ActivityLocation").objects.using(database)
    open_places(schema_editor)
    rows = list(places.values_list("pk", "activity", "rt", "rw"))
    # Places that are right already stand first: they stay, their doubles go.
    rows.sort(key=lambda row: (row[2:] != width(*row[2:]), row[0]))
    seen = set()
    for pk, activity, rt, rw in rows:
        right = width(rt, rw)
        if (activity, *right) in seen:
            places.filter(pk=pk).delete()
        elif (rt, rw) != right:
            places.filter(pk=pk).update(rt=right[0], rw=right[1])
        seen.add((activity, *right))


def widen(apps, schema_editor):
    """RT 003/RW 05 is RT 003/RW 005, as on the KTP."""
    rewrite(apps, schema_editor, lambda rt, rw: (rt.zfill(3), rw.zfill(3)))


def narrow(apps, schema_editor):
    """Back: two digits for an RW below 100."""
    rewrite(apps, schema_editor, lambda rt, rw: (rt, rw[-2:] if rw.startswith("0") else rw))


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial")]

    operations = [migrations.RunPython(widen, narrow)]
