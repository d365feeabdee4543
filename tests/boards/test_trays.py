"""Pieces of unfinished work: sealed, replaced, forgotten; nobody else's open."""

import os
import shutil
import time

import pytest
from django.core.management import call_command

from boards.staging import TRAY_KEPT, Tray

pytestmark = pytest.mark.usefixtures("on_disk")


def test_a_piece_is_sealed_and_comes_back(tmp_path):
    tray = Tray("scan-a")
    tray.put("page-1", b"tanda tangan")
    tray.put("page-1", b"tanda tangan kedua")

    assert tray.get("page-1") == b"tanda tangan kedua"
    assert b"tanda" not in (tmp_path / "trays/scan-a/page-1").read_bytes()
    tray.drop("page-1")
    assert tray.get("page-1") is None


def test_a_piece_opens_for_its_owner_and_name_alone(tmp_path):
    Tray("scan-a").put("page-1", b"satu")
    trays = tmp_path / "trays"
    (trays / "scan-b").mkdir()
    shutil.copy(trays / "scan-a/page-1", trays / "scan-b/page-1")
    shutil.copy(trays / "scan-a/page-1", trays / "scan-a/page-2")

    assert Tray("scan-b").get("page-1") is None
    assert Tray("scan-a").get("page-2") is None
    assert Tray("scan-a").get("page-1") == b"satu"


def test_an_empty_tray_is_gone_and_may_be_emptied_again(tmp_path):
    tray = Tray("scan-a")
    tray.put("page-1", b"satu")
    for _ in "ab":
        tray.empty()
        assert not (tmp_path / "trays/scan-a").exists()


@pytest.mark.django_db
def test_the_weekly_sweep_takes_old_trays_alone(tmp_path):
    for owner in ("scan-old", "scan-young"):
        Tray(owner).put("page-1", b"satu")
    then = time.time() - TRAY_KEPT.total_seconds() - 60
    os.utime(tmp_path / "trays/scan-old", (then, then))

    call_command("sweep_files", "--dry-run")
    assert Tray("scan-old").get("page-1") == b"satu"
    call_command("sweep_files")

    assert not (tmp_path / "trays/scan-old").exists()
    assert Tray("scan-young").get("page-1") == b"satu"
