"""No part of a receipt without its loan and its days; read by one index."""

import django.db.models.deletion
from django.db import migrations, models

import common.fields


class Migration(migrations.Migration):
    dependencies = [("loans", "0009_parts_of_many_boards")]

    operations = [
        migrations.AlterField(
            model_name="receiptpart",
            name="loan",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="loans.loan",
            ),
        ),
        migrations.AlterField(
            model_name="receiptpart",
            name="paid_on",
            field=models.DateField(editable=False, verbose_name="tanggal diterima"),
        ),
        migrations.AlterField(
            model_name="receiptpart",
            name="due_on",
            field=models.DateField(editable=False, verbose_name="jatuh tempo"),
        ),
        migrations.AlterField(
            model_name="receiptpart",
            name="planned",
            field=common.fields.RupiahField(
                editable=False, verbose_name="pokok menurut rencana"
            ),
        ),
        migrations.AddIndex(
            model_name="receiptpart",
            index=models.Index(
                fields=[
                    *("loan", "paid_on", "due_on", "planned"),
                    *("principal", "service_charge", "forgiven", "receipt"),
                ],
                name="receipt_part_of_loan",
            ),
        ),
    ]
