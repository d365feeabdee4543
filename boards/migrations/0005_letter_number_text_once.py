from django.db import migrations, models


def check(apps, schema_editor):
    """Stop with the numbers that stand twice: they are on paper, nobody renames them."""
    numbers = apps.get_model("boards", "LetterNumber").objects
    rows = numbers.using(schema_editor.connection.alias).order_by()
    repeated = rows.values_list("owner", "text").annotate(times=models.Count("pk"))
    twice = [f"{owner}: {text}" for owner, text, _ in repeated.filter(times__gt=1)[:20]]
    if twice:
        raise RuntimeError(
            "Nomor surat ini dipakai lebih dari satu surat, jadi pembaruan berhenti:"
            f" {'; '.join(twice)}. Hubungi pengelola portal."
        )


class Migration(migrations.Migration):
    dependencies = [("boards", "0004_clock_doubt")]

    operations = [
        migrations.RunPython(check, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="letternumber",
            constraint=models.UniqueConstraint(
                fields=("owner", "text"), name="letter_number_text_once"
            ),
        ),
    ]
