"""200 damaged files through the real pages: a sentence each, never half a load.

The files grow by code from the good and hostile ones of the quick tests: cut off,
flipped, spliced, repeated. The seed is fixed, so that what broke can be found again.
"""

import random
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities.models import Photo
from boards.models import StoredFile
from members.models import Person
from tests.boards.test_uploads import REFUSED_PHOTOS, TAKEN_PHOTOS, locked_pdf, pdf
from tests.common import corpus
from tests.make import activities as works
from tests.make import boards as make
from tests.make import meetings as meet

SLOWEST = 25  # seconds of one request: 20 in the worker, and the page
EACH = 25
NAMES = (
    "foto.jpg",
    "../../etc/passwd",
    "a\r\nSet-Cookie: x=1.jpg",
    "\u202egpj.exe",
    "x" * 400 + ".png",
    "con.jpg",
    '"; filename="b.html',
    "=cmd|'/c calc'!A1.csv",
)


def damaged(data: bytes, dice: random.Random) -> bytes:
    """The same file, harmed in one of five ways."""
    if len(data) < 8:
        return data
    way, place = dice.randrange(5), dice.randrange(4, len(data))
    if way == 0:
        return data[:place]
    if way == 1:
        body = bytearray(data)
        for _ in range(1 + len(body) // 200):
            body[dice.randrange(4, len(body))] ^= 1 << dice.randrange(8)
        return bytes(body)
    if way == 2:
        return data[:place] + dice.randbytes(64) + data[place:]
    if way == 3:
        return data[: len(data) // 2] + data[place:] + data[: len(data) // 3]
    return data.replace(data[place : place + 2], b"\xff\xff")


def mutants(seeds: list[bytes], turn: int) -> list[bytes]:
    """EACH damaged files of one turn."""
    dice = random.Random(turn)
    return [damaged(dice.choice(seeds), dice) for _ in range(EACH)]


def sent_in_time(client, path: str, body: dict):
    """The answer, never later than the worker's limit."""
    began = time.monotonic()
    response = client.post(path, body)
    assert time.monotonic() - began < SLOWEST
    assert response.status_code < 500
    assert "Set-Cookie" not in str(response.headers)
    return response


@pytest.mark.django_db
@pytest.mark.parametrize("turn", range(4))
def test_damaged_photos_and_receipts_are_taken_whole_or_refused(turn, settings):
    settings.UPLOAD_PACE_FILES = settings.UPLOAD_USER_FILES = 10_000
    report = works.report(works.running(make.board()), photographed=False)
    client, args = make.signed_in(report.created_by), [report.board.slug, report.pk]
    photos = [data for data, _ in REFUSED_PHOTOS.values()] + [*TAKEN_PHOTOS.values()]
    # The heavy ones are made when they are asked for.
    seeds = [data() if callable(data) else data for data in photos]
    seeds += [pdf(), pdf(3), locked_pdf()]
    for place, data in enumerate(mutants(seeds, turn)):
        name = NAMES[place % len(NAMES)]
        if place % 2:
            path = reverse("activities:photo_add", args=args)
            body = {"stage": "0", "note": "", "photos": SimpleUploadedFile(name, data)}
        else:
            path = reverse("activities:receipt_add", args=args)
            body = {
                "label": "Semen",
                "receipt_on": "12/09/2026",
                "amount": "1.000",
                "file": SimpleUploadedFile(name, data),
            }
        sent_in_time(client, path, make.once(**body))
    for photo in Photo.objects.filter(report=report).select_related("file"):
        assert photo.file.own
        assert photo.file.size <= 300 * 1024
    for stored in StoredFile.objects.all():
        assert "/" not in stored.label
        assert "\n" not in stored.label


SHEETS = (
    corpus.zip_bomb,
    corpus.lying_bomb,
    corpus.steep_zip,
    corpus.many_members,
    corpus.external_entity,
    corpus.entity_across_chunks,
    corpus.repeated_text,
    corpus.locked_zip,
    corpus.old_excel,
    corpus.encrypted_excel,
    lambda: corpus.many_rows(200),
    lambda: corpus.wide_sheet(61),
    lambda: corpus.workbook(corpus.HEAD + corpus.BODY),
)


def good_sheet() -> bytes:
    """Twenty residents with our columns."""
    rows = [f"Warga {n};L;1980;001;002" for n in range(20)]
    return "\n".join(["Nama;L/P;Tahun lahir;RT;RW", *rows]).encode()


@pytest.mark.django_db
@pytest.mark.parametrize("turn", range(4))
def test_damaged_sheets_load_all_their_rows_or_none(turn):
    board = make.board()
    client = make.signed_in(meet.secretary(board))
    path = reverse("members:person_import", args=[board.slug])
    seeds = [make_one() for make_one in SHEETS] + [good_sheet()] * 6
    for place, data in enumerate(mutants(seeds, 100 + turn)):
        name = ("a.xlsx", "a.csv")[place % 2] if data[:2] != b"PK" else "a.xlsx"
        before = Person.objects.filter(board=board).count()
        body = make.once(file=SimpleUploadedFile(name, data))
        response = sent_in_time(client, path, body)
        assert Person.objects.filter(board=board).count() == before
        if response.status_code != 302:
            continue
        check = response["Location"]
        shown = client.get(check)
        assert shown.status_code == 200
        loaded = client.post(check, make.once())
        assert loaded.status_code in (303, 422)
        added = Person.objects.filter(board=board).count() - before
        assert (added == 0) or loaded.status_code == 303
        told = shown.context["check"].added
        assert added in (0, told)
