"""Loading the Kemendagri list: whole, in part, twice, after a renaming."""

import hashlib
import re
import time

import pytest
from django.core.management import CommandError, call_command

from boards.models import Region
from boards.regions import LIST, import_regions, plain_name

pytestmark = pytest.mark.django_db
NOTICE = LIST.with_name("NOTICE")


def test_the_whole_list_loads_in_time():
    began = time.monotonic()

    done = import_regions()

    assert time.monotonic() - began < 20
    assert (done.read, done.added, done.changed) == (91_592, 91_592, 0)
    assert Region.objects.filter(code__startswith="35.20.").count() == 18 + 235


def test_a_part_loads_with_the_places_above_it():
    done = import_regions(only="35.20")

    # The province, the regency, 18 kecamatan, 235 kelurahan and desa.
    assert done.added == 1 + 1 + 18 + 235
    assert set(Region.objects.values_list("code", flat=True)) >= {"35", "35.20"}
    assert not Region.objects.filter(code__startswith="35.21").exists()


def test_a_place_says_where_it_lies():
    import_regions(only="35.20.06.1010")

    village = Region.objects.get(code="35.20.06.1010")
    assert village.title == "Kelurahan Selosari"
    assert village.within == "Kecamatan Magetan, Kabupaten Magetan, Jawa Timur"
    district = Region.objects.get(code="35.20.06")
    assert district.title == "Kecamatan Magetan"
    assert district.within == "Kabupaten Magetan, Jawa Timur"
    assert Region.objects.get(code="35").title == "Provinsi Jawa Timur"
    assert Region.objects.count() == 4


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("35.78", "Kota Surabaya"),
        ("63.02", "Kabupaten Kotabaru"),
        ("62.02", "Kabupaten Kotawaringin Timur"),
        ("73.10", "Kabupaten Pangkajene dan Kepulauan"),
    ],
)
def test_regencies_and_cities_keep_their_kind(code, title):
    import_regions(only=code)

    assert Region.objects.get(code=code).title == title


def test_capitals_become_names():
    assert plain_name("DKI JAKARTA") == "DKI Jakarta"
    assert plain_name("DAERAH ISTIMEWA YOGYAKARTA") == "Daerah Istimewa Yogyakarta"


def test_loading_twice_changes_nothing_and_mends_a_name():
    import_regions(only="35.20.06")
    Region.objects.filter(code="35.20.06.1010").update(name="Selosari Lama")

    mended = import_regions(only="35.20.06")
    again = import_regions(only="35.20.06")

    assert (mended.added, mended.changed) == (0, 1)
    assert (again.added, again.changed) == (0, 0)
    assert Region.objects.get(code="35.20.06.1010").name == "Selosari"


def test_a_place_outside_the_list_stays():
    Region.objects.create(code="35.20.06.9999", name="Sudah digabung")

    import_regions(only="35.20.06")

    assert Region.objects.filter(code="35.20.06.9999").exists()


def test_an_unknown_code_is_refused_and_nothing_is_written():
    with pytest.raises(CommandError, match=r"99\.99"):
        call_command("import_regions", only="99.99")

    assert not Region.objects.exists()


def test_the_command_says_what_it_did(capsys):
    call_command("import_regions", only="35.20.06.1010")

    assert re.match(r"4 wilayah dibaca, 4 baru, 0 berubah", capsys.readouterr().out)


def test_the_notice_names_licence_and_this_very_file():
    notice = NOTICE.read_text()

    assert "Open Database License" in notice
    assert "idn-area-data, version 3.1.2" in notice
    assert hashlib.sha256(LIST.read_bytes()).hexdigest() in notice
