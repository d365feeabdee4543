from django.db import migrations


def fill(apps, schema_editor):
    """Every chain gets the head that its last link gives."""
    database = schema_editor.connection.alias
    links = apps.get_model("boards", "ChainLink").objects.using(database)
    heads = apps.get_model("boards", "ChainHead")
    ends = {}
    rows = links.order_by("position").values_list(
        "board_id", "region_code", "position", "hash"
    )
    for board, region, position, digest in rows.iterator():
        ends[f"b{board}" if board else f"r{region}"] = (position, digest)
    heads.objects.using(database).bulk_create(
        [
            heads(owner=owner, position=position, hash=digest)
            for owner, (position, digest) in ends.items()
        ],
        batch_size=500,
    )


def empty(apps, schema_editor):
    """Back: the links say everything that the heads said."""
    database = schema_editor.connection.alias
    apps.get_model("boards", "ChainHead").objects.using(database).all().delete()


class Migration(migrations.Migration):
    dependencies = [("boards", "0002_chain_head")]

    operations = [migrations.RunPython(fill, empty)]
