"""Programme codes: shape, level, the codes above, and which rows are in force."""

import csv

import pytest
from django.core.management import CommandError, call_command

from common.errors import RuleViolation
from planning.codes import codes_above, is_programme_code, level_of
from planning.models import ProgrammeCode
from planning.services import SHIPPED, load_programme_codes
from tests.make import planning


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("1.04", "URUSAN"),
        ("1.04.03", "PROGRAM"),
        ("1.04.03.2.02", "KEGIATAN"),
        ("1.04.03.2.02.03", "SUBKEGIATAN"),
        ("7.01.03.2.02.0001", "SUBKEGIATAN"),
        ("X.XX.01", "PROGRAM"),
    ],
)
def test_the_level_follows_from_the_parts(code, level):
    assert level_of(code) == level


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.4", "1.04.3", "1.04.03.2", "1.04.03.3.02", "1.04.03.2.02.1", "a"],
)
def test_other_shapes_are_no_codes(text):
    assert not is_programme_code(text)
    with pytest.raises(ValueError, match=r"1\.04"):
        level_of(text)


def test_the_codes_above_go_from_the_top():
    assert codes_above("1.04.03.2.02.0003") == ["1.04", "1.04.03", "1.04.03.2.02"]
    assert codes_above("1.04") == []


@pytest.mark.django_db
def test_the_shipped_list_loads_for_a_year_and_again():
    first = load_programme_codes(2026)
    again = load_programme_codes(2026)
    load_programme_codes(2027)

    assert first == again
    assert ProgrammeCode.objects.filter(year=2026).count() == first
    assert ProgrammeCode.objects.filter(year=2027).count() == first
    row = ProgrammeCode.objects.get(year=2026, code="1.04.03.2.02.03")
    assert row.name.startswith("Pembentukan dan pembinaan kelompok swadaya")
    assert row.level == "SUBKEGIATAN"


def test_every_shipped_code_has_its_codes_above_and_a_source():
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    assert {above for code in codes for above in codes_above(code)} <= set(codes)
    assert all("Kepmendagri" in row["source"] for row in rows)
    assert {code[:4] for code in codes} == {"1.03", "1.04", "7.01"}


@pytest.mark.django_db
def test_a_year_nobody_budgets_is_refused():
    with pytest.raises(RuleViolation, match="Tahun antara 2000 dan 2100"):
        load_programme_codes(1926)
    with pytest.raises(CommandError, match="Tahun antara"):
        call_command("load_programme_codes", year=[1926])

    assert not ProgrammeCode.objects.exists()


@pytest.mark.django_db
def test_the_command_says_how_many_rows(capsys):
    call_command("load_programme_codes", year=[2026])

    assert capsys.readouterr().out.startswith("2026: ")


@pytest.mark.django_db
def test_rows_of_a_regency_take_the_place_of_ours_there_only():
    planning.code("1.04", "Perumahan")
    planning.code("1.04.03", "Program bawaan")
    planning.code("1.04.03", "Program Magetan", region_code="35.20")
    planning.code("1.04.05", "Hanya Magetan", region_code="35.20")
    planning.code("1.04.06", "Tahun lain", year=2027, region_code="35.20")

    codes = ProgrammeCode.objects

    assert codes.names_in(2026, "35.20.06.1010") == {
        "1.04": "Perumahan",
        "1.04.03": "Program Magetan",
        "1.04.05": "Hanya Magetan",
    }
    assert codes.names_in(2026, "35.77") == {
        "1.04": "Perumahan",
        "1.04.03": "Program bawaan",
    }
    assert codes.names_in(2026, "") == {
        "1.04": "Perumahan",
        "1.04.03": "Program bawaan",
    }
