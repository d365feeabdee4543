"""The assessment sheet of KOTAKU as rows: 23 aspects in six bidang, levels 1 to 4.

Source: governance sheet §2.1 (S14). Inferred there, and marked so here: how the two
middle bidang are grouped, the last weight, the words of levels 2 to 4, and the start.
"""

import datetime

from django.db import migrations

SOURCE = (
    "Penilaian perkembangan organisasi BKM (KOTAKU), scribd 578527424; pengelompokan"
    " dua bidang, bobot terakhir, sebutan tingkat 2-4 dan tanggal mulai: anggapan"
)
LEVELS = (
    (1, "Awal", False),
    (2, "Berdaya", True),
    (3, "Mandiri", True),
    (4, "Menuju madani", True),
)
# Bidang, weight, inferred, aspects.
AREAS = (
    (
        "Statuta organisasi",
        15,
        False,
        ("Visi dan misi", "Struktur organisasi", "Keabsahan pemilihan anggota"),
    ),
    (
        "Kepemimpinan",
        20,
        False,
        (
            "Pengambilan keputusan",
            "Perempuan dalam pengambilan keputusan",
            "Cara menjaring usulan warga",
            "Keikutsertaan anggota",
        ),
    ),
    (
        "Sistem manajemen",
        20,
        True,
        (
            "Rapat anggota",
            "Perencanaan",
            "Pemantauan dan evaluasi",
            "Pencatatan dan penyebaran informasi",
            "Penanganan pengaduan",
            "Penerima manfaat",
        ),
    ),
    (
        "Sumber daya keuangan",
        15,
        True,
        (
            "Sumber dana",
            "Rencana keuangan",
            "Laporan keuangan",
            "Pertanggungjawaban",
        ),
    ),
    ("Sumber daya manusia", 15, False, ("Penguatan kapasitas", "Kaderisasi")),
    (
        "Hubungan",
        15,
        True,
        (
            "Hubungan dengan KSM",
            "Hubungan dengan warga",
            "Hubungan dengan pemerintah",
            "Hubungan dengan lembaga bukan pemerintah",
        ),
    ),
)
LEGITIMACY = (
    "Keabsahan pemilihan anggota",
    "Pemilihan langsung dan tertutup, tanpa kampanye dan pencalonan, diikuti paling"
    " sedikit 30 % warga dewasa",
    "Paling sedikit 70 % warga dewasa memilih",
)


def load(apps, schema_editor):
    """Lay the rows of the sheet."""
    get = apps.get_model
    sheet = get("members", "EvaluationSheet").objects.create(
        name="Penilaian perkembangan organisasi",
        starts_on=datetime.date(2016, 1, 1),
        source=SOURCE,
    )
    for value, name, assumed in LEVELS:
        get("members", "EvaluationLevel").objects.create(
            sheet=sheet, value=value, name=name, is_assumed=assumed
        )
    for position, (name, weight, assumed, aspects) in enumerate(AREAS, start=1):
        area = get("members", "EvaluationArea").objects.create(
            sheet=sheet,
            position=position,
            name=name,
            weight=weight,
            is_assumed=assumed,
        )
        for place, aspect in enumerate(aspects, start=1):
            known = aspect == LEGITIMACY[0]
            get("members", "EvaluationAspect").objects.create(
                area=area,
                position=place,
                name=aspect,
                lowest=LEGITIMACY[1] if known else "",
                highest=LEGITIMACY[2] if known else "",
            )


def unload(apps, schema_editor):
    """Take the sheet away again."""
    for name in (
        "EvaluationAspect",
        "EvaluationArea",
        "EvaluationLevel",
        "EvaluationSheet",
    ):
        apps.get_model("members", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("members", "0004_evaluation_and_training")]
    operations = [migrations.RunPython(load, unload)]
