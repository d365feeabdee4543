from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("boards", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                (
                    "owner",
                    models.CharField(max_length=20, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "verbose_name": "ujung rantai",
                "verbose_name_plural": "ujung rantai",
            },
        ),
    ]
