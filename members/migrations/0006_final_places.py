"""Who sat when an election ended, kept for good; the seats of a term beside it."""

import django.db.models.deletion
from django.db import migrations, models


def settle_finished(apps, schema_editor):
    """Write the line-up of every finished election down as it stands now."""
    election_model = apps.get_model("members", "Election")
    place_model = apps.get_model("members", "FinalPlace")
    nominee_model = apps.get_model("members", "Nominee")
    term_model = apps.get_model("members", "Term")
    for election in election_model.objects.exclude(finished_at=None):
        rows = nominee_model.objects.filter(
            area__election=election,
            area__stage=2,
            outcome__in=("elected", "reserve"),
        ).order_by("rank")
        free = election.seats
        for row in rows:
            place = "reserve"
            if row.willing == "declined":
                place = "declined"
            elif free and row.willing == "willing":
                place, free = "seated", free - 1
            place_model.objects.create(nominee=row, place=place)
        term_model.objects.filter(
            board=election.board, starts_on=election.starts_on
        ).update(seats=election.seats)


class Migration(migrations.Migration):
    dependencies = [("members", "0005_evaluation_sheet")]

    operations = [
        migrations.CreateModel(
            name="FinalPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("seated", "Terpilih"),
                            ("reserve", "Cadangan"),
                            ("declined", "Tidak menjabat"),
                        ],
                        max_length=8,
                        verbose_name="kedudukan",
                    ),
                ),
                (
                    "nominee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="final",
                        to="members.nominee",
                        verbose_name="yang dipilih",
                    ),
                ),
            ],
            options={
                "verbose_name": "kedudukan akhir",
                "verbose_name_plural": "kedudukan akhir",
            },
        ),
        migrations.AddField(
            model_name="term",
            name="seats",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="jumlah kursi"
            ),
        ),
        migrations.RunPython(settle_finished, migrations.RunPython.noop),
    ]
