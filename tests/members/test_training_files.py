"""Papers and photos of a training: kept, shown to those inside, taken off again."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from boards.audit import events_about
from boards.files import needed_permission
from boards.models import StoredFile
from boards.roles import Permission, Role
from members.models import TrainingFile
from tests.make import boards as make
from tests.make import members, photos

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def board(module_rows):
    return make.board()


@pytest.fixture(scope="module")
def secretary(board):
    return make.signed_in(make.user(Role.SECRETARY, board=board))


@pytest.fixture
def training(board):
    return members.training(board)


def url(name: str, training, *keys) -> str:
    return reverse(f"members:{name}", args=[training.board.slug, training.pk, *keys])


def added(secretary, training, data: bytes | None = None) -> TrainingFile:
    """A photo of the attendance list, as the browser sends it."""
    body = make.once(kind="1_ATTENDANCE", file=photos.upload(data, "hadir.jpg"))
    answer = secretary.post(url("training_file", training), body)
    assert answer["Location"] == url("training_page", training)
    return training.files.latest("pk")


def test_a_photo_of_the_attendance_list_is_kept(secretary, training, board):
    row = added(secretary, training)

    page = secretary.get(url("training_page", training)).text
    assert "Daftar hadir</b></a>" in page
    says = events_about(row).get().says
    assert says == "menambah daftar hadir pada pelatihan Pembukuan UPK"
    assert needed_permission(row.file) == Permission.VIEW_MEMBERS
    file = reverse("boards:file", args=[board.slug, row.file_id])
    shown = secretary.get(file)
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content)
    officer = make.user(Role.KELURAHAN, region_code=board.region_code)
    assert make.signed_in(officer).get(file).status_code == 403


def test_what_is_no_photo_or_is_there_already_is_told_at_the_field(secretary, training):
    page = url("training_file", training)
    bare = secretary.post(page, make.once(kind="1_ATTENDANCE"))
    assert bare.context["form"].errors["file"] == ["Pilih foto atau PDF."]
    text = photos.upload(b"bukan foto", "a.txt")
    wrong = secretary.post(page, make.once(kind="1_ATTENDANCE", file=text))
    assert "file" in wrong.context["form"].errors
    data = photos.jpeg()
    added(secretary, training, data)
    same = photos.upload(data, "lain.jpg")
    twice = secretary.post(page, make.once(kind="2_CERTIFICATE", file=same))

    assert "Berkas ini sudah ada di pelatihan ini." in twice.text
    assert training.files.count() == 1


def test_a_file_is_taken_off_again(secretary, training):
    row = added(secretary, training)

    secretary.post(url("training_file_remove", training, row.pk), make.once())

    assert not training.files.exists()
    assert not StoredFile.objects.filter(pk=row.file_id).exists()


def test_no_more_files_than_twelve(secretary, training, monkeypatch):
    monkeypatch.setattr("members.services.trainings.MOST_FILES", 1)
    added(secretary, training)
    other = Image.new("RGB", (64, 48), "#a0a0a0")
    more = photos.upload(photos.jpeg(other), "b.jpg")

    page = secretary.post(
        url("training_file", training), make.once(kind="3_PHOTO", file=more)
    )

    assert "paling banyak 1 berkas" in page.text
    assert training.files.count() == 1


def test_a_file_of_another_board_is_refused_by_the_database(secretary, training, board):
    row = added(secretary, training)
    foreign = members.training(make.board())

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        TrainingFile.objects.filter(pk=row.pk).update(training=foreign)


def test_other_board_404_no_right_403_wrong_method_405(secretary, training, board):
    row = added(secretary, training)
    add = url("training_file", training)
    remove = url("training_file_remove", training, row.pk)
    reader = make.signed_in(make.user(Role.MEMBER, board=board))
    stranger = make.signed_in(make.user(Role.SECRETARY, board=make.board()))

    for page in (add, remove):
        assert stranger.post(page, make.once()).status_code == 404
        assert reader.post(page, make.once()).status_code == 403
        assert secretary.put(page).status_code == 405
    assert secretary.get(remove).status_code == 405
    assert "Tambah berkas" not in reader.get(url("training_page", training)).text
