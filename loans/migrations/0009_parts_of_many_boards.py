"""Each part of a receipt says its loan and its days itself."""

import django.db.models.deletion
from django.db import migrations, models

import common.fields

# Parts are frozen by these; every migrate lays them again.
FREEZING = ("frozen_update", "frozen_move", "frozen_delete")
TABLE = "loans_receiptpart"
COPY = """
UPDATE loans_receiptpart SET
  loan_id = (SELECT r.loan_id FROM loans_receipt r WHERE r.id = receipt_id),
  paid_on = (SELECT r."on" FROM loans_receipt r WHERE r.id = receipt_id),
  due_on = (SELECT i.due_on FROM loans_installment i WHERE i.id = installment_id),
  planned = (SELECT i.principal FROM loans_installment i WHERE i.id = installment_id)
"""


def copy_down(apps, schema_editor):
    """Copy what the receipt and the row of the plan say."""
    on = "" if schema_editor.connection.vendor == "sqlite" else f' ON "{TABLE}"'
    for name in FREEZING:
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{TABLE}_{name}"{on}')
    schema_editor.execute(COPY)


class Migration(migrations.Migration):
    dependencies = [("loans", "0008_sums_of_many_boards")]

    operations = [
        migrations.RemoveIndex(model_name="receiptpart", name="receipt_part_scan"),
        migrations.AddField(
            model_name="receiptpart",
            name="loan",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="loans.loan",
            ),
        ),
        migrations.AddField(
            model_name="receiptpart",
            name="paid_on",
            field=models.DateField(editable=False, null=True, verbose_name="tanggal diterima"),
        ),
        migrations.AddField(
            model_name="receiptpart",
            name="due_on",
            field=models.DateField(editable=False, null=True, verbose_name="jatuh tempo"),
        ),
        migrations.AddField(
            model_name="receiptpart",
            name="planned",
            field=common.fields.RupiahField(
                editable=False, null=True, verbose_name="pokok menurut rencana"
            ),
        ),
        migrations.RunPython(copy_down, migrations.RunPython.noop),
    ]
