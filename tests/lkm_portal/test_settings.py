"""A server that is told too little, or too much, does not start."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest
from django.conf import settings

SERVER = {
    "DJANGO_SETTINGS_MODULE": "lkm_portal.settings.production",
    "DATABASE_URL": "sqlite:////nonexistent/never-opened.sqlite3",
    "ALLOWED_HOSTS": "portal.example.go.id",
    "PORTAL_URL": "https://portal.example.go.id",
}


def started(tmp_path, **changes):
    """Start Django with server settings and print what the browser will be told."""
    names = set(SERVER) | {"DATA_DIR", "DEMO", "SECRET_KEY", "PROXY_SSL_HEADER"}
    environment = {key: value for key, value in os.environ.items() if key not in names}
    told = environment | SERVER | {"DATA_DIR": str(tmp_path)} | changes
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); from django.conf import settings as s;"
            "print(s.DEBUG, s.DEMO_MODE, s.ALLOWED_HOSTS, s.SESSION_COOKIE_NAME,"
            " s.SECURE_SSL_REDIRECT, getattr(s, 'SECURE_PROXY_SSL_HEADER', None))",
        ],
        cwd=settings.BASE_DIR,
        env={key: value for key, value in told.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_server_starts_strict(tmp_path):
    said = started(tmp_path).stdout

    assert said == "False False ['portal.example.go.id'] __Host-session True None\n"


def test_a_proxy_header_counts_only_when_it_is_named(tmp_path):
    said = started(tmp_path, PROXY_SSL_HEADER="HTTP_X_FORWARDED_PROTO").stdout

    assert said.endswith("('HTTP_X_FORWARDED_PROTO', 'https')\n")


@pytest.mark.parametrize(
    "name", ["DATA_DIR", "DATABASE_URL", "ALLOWED_HOSTS", "PORTAL_URL"]
)
def test_a_missing_variable_stops_the_start_and_is_named(tmp_path, name):
    done = started(tmp_path, **{name: ""})

    assert done.returncode == 1
    assert f"set {name}; a server has no defaults" in done.stderr


def test_a_server_refuses_the_demo(tmp_path):
    done = started(tmp_path, DEMO="1")

    assert done.returncode == 1
    assert "demo accounts are refused" in done.stderr


def test_the_secret_key_is_made_once_and_is_for_its_owner_alone(tmp_path):
    started(tmp_path)
    key = (tmp_path / "secret.key").read_text()
    started(tmp_path)

    assert (tmp_path / "secret.key").read_text() == key
    assert len(key) >= 50
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_one_postgresql_driver_is_installed():
    assert find_spec("psycopg2")
    assert find_spec("psycopg") is None
