"""The first account of a portal comes from the command line."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from boards.models import User
from boards.roles import Role
from tests.make import boards as make

pytestmark = pytest.mark.django_db


def run(**options) -> str:
    out = StringIO()
    call_command("create_admin", stdout=out, **options)
    return out.getvalue()


def test_it_makes_an_admin_dinas_and_prints_a_code_that_opens_it():
    make.region("35.20", "Kabupaten Magetan")

    said = run(username="admin", name="Ratna Kusumawati", region="35.20")

    held = User.objects.get(username="admin").assignments.get()
    assert (held.role, held.region_code) == (Role.DINAS_ADMIN, "35.20")
    code = said.split()[-1]
    assert authenticate(username="admin", password=code)


def test_it_makes_a_pengelola_sistem():
    run(username="sistem", name="Pengelola", system=True)

    held = User.objects.get(username="sistem").assignments.get()
    assert (held.role, held.region_code) == (Role.SYSTEM, "")


def test_an_unknown_region_or_a_taken_name_is_refused_with_a_sentence():
    with pytest.raises(CommandError, match=r"Wilayah 99\.99 tidak ada"):
        run(username="admin", name="Ratna", region="99.99")

    make.user(username="sistem")
    with pytest.raises(CommandError, match="sudah dipakai"):
        run(username="sistem", name="Pengelola", system=True)

    assert not User.objects.filter(username="admin").exists()
