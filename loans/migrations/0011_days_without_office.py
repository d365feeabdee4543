"""Whether a due day without office may be paid for on the next one with an office."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('loans', '0010_parts_are_whole'),
    ]

    operations = [
        migrations.AddField(
            model_name='productterms',
            name='off_days',
            field=models.CharField(choices=[('none', 'tetap pada harinya'), ('sunday', 'Minggu: Senin masih tepat waktu'), ('weekend', 'Sabtu dan Minggu: Senin masih tepat waktu')], default='none', max_length=8, verbose_name='jatuh tempo di hari tanpa kantor'),
        ),
    ]
