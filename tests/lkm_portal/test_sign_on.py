"""The sign-on of a Dinas: off unless its server is named; then a whole story."""

import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from tests.lkm_portal.fake_dinas import CLIENT, SECRET, fake_dinas

TELL = (
    "import django; django.setup();"
    "from tests.lkm_portal.sign_on_story import tell; tell()"
)


@pytest.mark.django_db
def test_where_it_is_off_there_is_neither_button_nor_address():
    page = Client().get("/akun/masuk/").content.decode()

    assert "/akun/dinas/" not in page
    for name in ("", "masuk/", "hubungkan/", "lepas/", "kembali/"):
        assert Client().get(f"/akun/dinas/{name}").status_code == 404


# The story has a database of its own, SQLite in any case.
@pytest.mark.sqlite_only
def test_where_it_is_on_it_opens_linked_accounts_and_no_other(
    tmp_path, database_template
):
    shutil.copyfile(database_template.file, tmp_path / "story.sqlite3")
    with fake_dinas() as server:
        told = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lkm_portal.settings.test",
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path}/story.sqlite3",
            "ALLOWED_HOSTS": "testserver",
            "OIDC_SERVER": server,
            "OIDC_NAME": "SSO Magetan",
            "OIDC_CLIENT_ID": CLIENT,
            "OIDC_CLIENT_SECRET": SECRET,
        }
        done = subprocess.run(
            [sys.executable, "-c", TELL],
            cwd=settings.BASE_DIR,
            env=told,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    assert done.returncode == 0, done.stdout + done.stderr
