"""Photos and receipts of a report: rows for files that are already kept."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from activities.models import ActivityReport, Photo, ReceiptFile
from activities.services.reports import (
    box_closed,
    lock_editable,
    name_of,
    note_writer,
    open_boxes,
    refuse_locked,
)
from boards.audit import record
from boards.files import keep_file
from boards.models import StoredFile, User
from boards.uploads import PhotoFacts, ReadFile, ReadPhoto
from common.errors import RuleViolation
from common.words import format_date_short

MOST_PHOTOS, MOST_RECEIPTS = 60, 60
# A photo as it was read, the hashes of itself and of its thumbnail, and its facts.
KeptPhoto = tuple[ReadPhoto, str, str, PhotoFacts]


@transaction.atomic
def add_photos(
    report: ActivityReport,
    *,
    photos: Iterable[KeptPhoto],
    stage: int,
    note: str,
    by: User,
) -> list[Photo]:
    """Add photos of one stage to a report that may be written.

    The bytes are on the disk already (`boards.files.put_bytes`). A photo that the
    report has already is passed over. Raises RuleViolation `report.locked`,
    `report.box_closed` or `report.too_many_photos`.
    """
    current = _lock_box(report, "photos")
    keep = {"board": current.board, "by": by}
    added = []
    for read, digest, small, facts in _new_photos(current, photos):
        photo = Photo(
            report=current,
            stage=stage,
            file=keep_file(read.photo, digest, **keep),
            thumbnail=keep_file(read.thumbnail, small, **keep),
            taken_at=facts.taken_at,
            latitude=facts.latitude,
            longitude=facts.longitude,
            note=note,
            added_by=by,
        )
        photo.full_clean()
        photo.save(force_insert=True)
        added.append(photo)
    if added:
        says = f"menambah {len(added)} foto {Photo.Stage(stage).label} pada"
        _record_proof("activities.photos_added", current, by, says)
    return added


def _new_photos(report: ActivityReport, photos: Iterable[KeptPhoto]) -> list[KeptPhoto]:
    """What the report does not hold yet, each once; refuses more than it may hold."""
    known = set(report.photos.values_list("file__sha256", flat=True))
    new = []
    for photo in photos:
        _read, digest, *_rest = photo
        if digest not in known:
            known.add(digest)
            new.append(photo)
    if len(known) > MOST_PHOTOS:
        raise RuleViolation(
            f"Satu laporan memuat paling banyak {MOST_PHOTOS} foto. Hapus dulu yang"
            " tidak perlu.",
            code="report.too_many_photos",
        )
    return new


@transaction.atomic
def remove_photo(photo: Photo, *, by: User) -> None:
    """Take a photo out of a report that may be written; its bytes are swept later."""
    current = _lock_box(photo.report, "photos")
    words = f"foto {photo.get_stage_display()}"
    files = [photo.file_id, photo.thumbnail_id]
    photo.delete()
    StoredFile.objects.filter(pk__in=files).delete()
    _record_proof("activities.proof_removed", current, by, f"menghapus {words} dari")


@transaction.atomic
def add_receipt(
    report: ActivityReport,
    *,
    file: ReadFile,
    digest: str,
    label: str,
    receipt_on: datetime.date,
    amount: int,
    today: datetime.date,
    by: User,
) -> ReceiptFile:
    """Add one receipt whose bytes are on the disk already; `amount` in rupiah.

    Raises RuleViolation `report.locked`, `report.box_closed`, `receipt.future` or
    `report.too_many_receipts`.
    """
    current = _lock_box(report, "receipts")
    _judge_receipt(current, receipt_on, today=today)
    receipt = ReceiptFile(
        report=current,
        label=label,
        receipt_on=receipt_on,
        amount=amount,
        file=keep_file(file, digest, board=current.board, by=by),
        added_by=by,
    )
    receipt.full_clean()
    receipt.save(force_insert=True)
    says = f"menambah nota “{label}” pada"
    _record_proof("activities.receipt_added", current, by, says, amount=amount)
    return receipt


def _judge_receipt(
    report: ActivityReport, receipt_on: datetime.date, *, today: datetime.date
) -> None:
    if receipt_on > today:
        raise RuleViolation(
            f"Tanggal nota paling akhir hari ini, {format_date_short(today)}.",
            code="receipt.future",
        )
    if report.receipts.count() >= MOST_RECEIPTS:
        raise RuleViolation(
            f"Satu laporan memuat paling banyak {MOST_RECEIPTS} nota. Gabungkan"
            " beberapa nota dalam satu PDF.",
            code="report.too_many_receipts",
        )


@transaction.atomic
def remove_receipt(receipt: ReceiptFile, *, by: User) -> None:
    """Take a receipt out of a report that may be written."""
    current = _lock_box(receipt.report, "receipts")
    words, file = f"nota “{receipt.label}”", receipt.file
    receipt.delete()
    file.delete()
    _record_proof("activities.proof_removed", current, by, f"menghapus {words} dari")


def refuse_closed(report: ActivityReport, box: str) -> None:
    """Raise RuleViolation `report.locked` or `report.box_closed`, before any upload."""
    refuse_locked(report)
    if box not in open_boxes(report):
        raise box_closed("Bagian")


def _lock_box(report: ActivityReport, box: str) -> ActivityReport:
    current = lock_editable(report)
    refuse_closed(current, box)
    return current


def _record_proof(
    action: str, report: ActivityReport, by: User, says: str, **details: int
) -> None:
    """Note and log who put something to the report, or took it away.

    `says` ends before the name of the report.
    """
    note_writer(report, by)
    record(action, report, by=by, says=f"{says} {name_of(report)}", **details)
