"""Files that are kept: under their hash, within a quota, given out by their use."""

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from boards import files
from boards.models import StoredFile
from boards.roles import Role
from boards.uploads import (
    FileRefused,
)
from boards.views.sheets import sheet_file
from common.sheets import Column, Sheet
from tests.make import activities as works
from tests.make import boards as make
from tests.make import photos


def pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


JPEG = photos.jpeg(photos.street(0))


@pytest.fixture
def board():
    return make.board()


@pytest.fixture
def secretary(board):
    return make.user(Role.SECRETARY, board=board)


@pytest.mark.django_db
def test_a_photo_is_kept_under_its_hash(board, secretary):
    photo, thumbnail, _facts = files.store_photo(
        photos.upload(JPEG, "jalan.jpg"), board=board, by=secretary
    )
    assert photo.label == "jalan.jpg"
    assert photo.path == f"{photo.sha256[:2]}/{photo.sha256}"
    assert default_storage.size(photo.path) == photo.size
    assert thumbnail.size < photo.size
    target = Path(default_storage.path(photo.path))
    assert target.stat().st_mode & 0o777 == 0o600
    assert not list(target.parent.glob(".new-*"))


@pytest.mark.django_db
def test_the_same_bytes_lie_once_and_have_two_rows(board, secretary):
    kinds = {"kind": StoredFile.Kind.PDF, "label": "a.pdf", "by": secretary}
    one = files.store_bytes(pdf(), board=board, **kinds)
    two = files.store_bytes(pdf(), board=None, region_code="35.20", **kinds)
    assert one.pk != two.pk
    assert two.region_code == "35.20"
    assert files.put_bytes(b"abc") == files.put_bytes(b"abc")


@pytest.mark.django_db
def test_fresh_bytes_without_a_row_go_unless_another_put_them_too():
    with files.fresh_bytes() as fresh:
        alone, shared = fresh.put(b"mine alone"), fresh.put(b"ours")
        files.put_bytes(b"ours")
    assert not default_storage.exists(f"{alone[:2]}/{alone}")
    assert default_storage.exists(f"{shared[:2]}/{shared}")


@pytest.mark.django_db
def test_bytes_are_on_the_disk_before_the_row(board, secretary, monkeypatch):
    order = []
    real = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (order.append("fsync"), real(handle))
    )
    with connection.execute_wrapper(
        lambda execute, sql, *rest: (
            order.append("row") if "INSERT" in sql else None,
            execute(sql, *rest),
        )[1]
    ):
        files.store_image(photos.upload(JPEG), board=board, by=secretary)
    assert order == ["fsync", "fsync", "fsync", "row"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "value", "reason"),
    [
        ("UPLOAD_USER_FILES", 1, "quota"),
        ("UPLOAD_BOARD_FILES", 1, "quota"),
        ("UPLOAD_USER_BYTES", 100, "quota"),
        ("UPLOAD_BOARD_BYTES", 100, "quota"),
        ("UPLOAD_PACE_FILES", 1, "too_fast"),
        ("UPLOAD_DISK_RESERVE", 2**62, "disk_full"),
    ],
)
def test_a_quota_that_is_used_up_refuses(
    board, secretary, settings, setting, value, reason
):
    setattr(settings, setting, value)
    with pytest.raises(FileRefused) as caught:
        files.store_photo(photos.upload(JPEG), board=board, by=secretary)
    assert caught.value.code == f"files.{reason}"
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_the_quota_counts_uploads_of_today_and_no_papers(board, secretary, settings):
    files.store_photo(photos.upload(JPEG), board=board, by=secretary)
    files.store_bytes(
        pdf(), kind=StoredFile.Kind.PDF, label="Notulen", board=board, by=secretary
    )
    left = files.quota_left(board, secretary)
    assert left.files == settings.UPLOAD_USER_FILES - 2
    StoredFile.objects.update(created_at=datetime.now(UTC) - timedelta(days=2))
    left = files.quota_left(board, secretary)
    assert (left.files, left.megabytes) == (settings.UPLOAD_USER_FILES, 150)


@pytest.mark.django_db
def test_a_full_disk_is_a_sentence(board, secretary, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    monkeypatch.setattr(default_storage, "exists", lambda path: False)
    with pytest.raises(FileRefused) as caught:
        files.store_photo(photos.upload(JPEG), board=board, by=secretary)
    assert caught.value.code == "files.disk_full"
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_orphans_older_than_a_day_are_swept(board, secretary, capsys):
    kept = files.store_bytes(
        pdf(), kind=StoredFile.Kind.PDF, label="a", board=board, by=secretary
    )
    old, young = files.put_bytes(b"orphan one"), files.put_bytes(b"orphan two")
    paths = {
        digest: Path(default_storage.path(f"{digest[:2]}/{digest}"))
        for digest in (kept.sha256, old, young)
    }
    yesterday = datetime.now(UTC).timestamp() - 3 * 86_400
    for digest in (kept.sha256, old):
        os.utime(paths[digest], (yesterday, yesterday))
    call_command("sweep_files", "--dry-run")
    assert paths[old].exists()
    call_command("sweep_files")
    assert not paths[old].exists()
    assert paths[kept.sha256].exists()
    assert paths[young].exists()
    assert "1 berkas dihapus." in capsys.readouterr().out


def address(board, stored):
    return reverse("boards:file", args=[board.slug, stored.pk])


@pytest.mark.django_db
def test_a_photo_is_shown_with_closed_headers(board):
    report = works.report(works.running(board))
    stored = report.photos.get().file
    reader = make.signed_in(make.user(Role.MEMBER, board=board))
    answer = reader.get(address(board, stored))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == 'inline; filename="foto.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert b"".join(answer).startswith(b"\xff\xd8")
    answer = reader.get(address(board, stored) + "?unduh")
    assert answer["Content-Disposition"].startswith("attachment")
    answer.close()


@pytest.mark.django_db
def test_an_uploaded_pdf_is_only_a_download(board):
    report = works.report(works.running(board))
    receipt = works.receipt(report)
    StoredFile.objects.filter(pk=receipt.file_id).update(
        kind=StoredFile.Kind.PDF, own=False
    )
    reader = make.signed_in(make.user(Role.MEMBER, board=board))
    answer = reader.get(address(board, receipt.file))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    answer.close()


@pytest.mark.django_db
def test_who_may_not_see_works_sees_no_photo(board):
    stored = works.report(works.running(board)).photos.get().file
    admin = make.user(Role.DINAS_ADMIN, region_code=board.region_code[:5])
    assert make.signed_in(admin).get(address(board, stored)).status_code == 403
    other = make.board()
    stranger = make.signed_in(make.user(Role.SECRETARY, board=other))
    assert stranger.get(address(board, stored)).status_code == 404
    assert stranger.get(address(other, stored)).status_code == 404
    assert stranger.post(address(other, stored)).status_code == 405


@pytest.mark.django_db
def test_a_file_that_nothing_uses_or_that_is_gone_is_404(board, secretary):
    unused = files.store_bytes(
        pdf(), kind=StoredFile.Kind.SHEET, label="NIK.xlsx", board=board, by=secretary
    )
    reader = make.signed_in(secretary)
    assert reader.get(address(board, unused)).status_code == 404
    stored = works.report(works.running(board)).photos.get().file
    default_storage.delete(stored.path)
    assert reader.get(address(board, stored)).status_code == 404


def test_a_download_names_its_kind_in_a_plain_word():
    sheet = Sheet("Kas", [Column("Jumlah", 12)], [[1]])

    kind = sheet_file(sheet, "kas.xlsx").headers["Content-Type"]

    # The server of the standard library refuses a header of a subclass.
    assert type(kind) is str
