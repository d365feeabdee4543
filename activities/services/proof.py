"""Photos and receipts of a report: rows for files that are already kept."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from activities.models import ActivityReport, Photo, ReceiptFile
from activities.services.reports import lock_editable, open_boxes
from boards.audit import record
from boards.files import keep_file
from boards.models import StoredFile, User
from boards.uploads import PhotoFacts, ReadFile, ReadPhoto
from common.errors import RuleViolation
from common.words import format_date_short

MOST_PHOTOS, MOST_RECEIPTS = 60, 60


@transaction.atomic
def add_photos(
    report: ActivityReport,
    *,
    photos: Iterable[tuple[ReadPhoto, str, str, PhotoFacts]],
    stage: int,
    note: str,
    by: User,
) -> list[Photo]:
    """Add photos of one stage; each comes with the hashes of itself and thumbnail.

    The bytes are on the disk already (`boards.files.put_bytes`). A photo that the
    report has already is passed over. Raises RuleViolation `report.locked`,
    `report.box_closed` or `report.too_many_photos`.
    """
    current = _lock_box(report, "photos")
    known = set(current.photos.values_list("file__sha256", flat=True))
    added = []
    for read, digest, small, facts in photos:
        if digest in known:
            continue
        known.add(digest)
        keep = {"board": current.board, "by": by}
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
    if len(known) > MOST_PHOTOS:
        raise RuleViolation(
            f"Satu laporan memuat paling banyak {MOST_PHOTOS} foto. Hapus dulu yang"
            " tidak perlu.",
            code="report.too_many_photos",
        )
    if added:
        record(
            "activities.photos_added",
            current,
            by=by,
            says=f"menambah {len(added)} foto {Photo.Stage(stage).label} pada laporan"
            f" {current.period_name} kegiatan {current.activity.code}",
        )
    return added


@transaction.atomic
def remove_photo(photo: Photo, *, by: User) -> None:
    """Take a photo out of a report that may be written; its bytes are swept later."""
    current = _lock_box(photo.report, "photos")
    words = f"foto {photo.get_stage_display()}"
    files = [photo.file_id, photo.thumbnail_id]
    photo.delete()
    StoredFile.objects.filter(pk__in=files).delete()
    _record_removal(current, words, by)


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
    if receipt_on > today:
        raise RuleViolation(
            f"Tanggal nota paling akhir hari ini, {format_date_short(today)}.",
            code="receipt.future",
        )
    if current.receipts.count() >= MOST_RECEIPTS:
        raise RuleViolation(
            f"Satu laporan memuat paling banyak {MOST_RECEIPTS} nota. Gabungkan"
            " beberapa nota dalam satu PDF.",
            code="report.too_many_receipts",
        )
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
    record(
        "activities.receipt_added",
        current,
        by=by,
        says=f"menambah nota “{label}” pada laporan {current.period_name} kegiatan"
        f" {current.activity.code}",
        amount=amount,
    )
    return receipt


@transaction.atomic
def remove_receipt(receipt: ReceiptFile, *, by: User) -> None:
    """Take a receipt out of a report that may be written."""
    current = _lock_box(receipt.report, "receipts")
    words, file = f"nota “{receipt.label}”", receipt.file
    receipt.delete()
    file.delete()
    _record_removal(current, words, by)


def _lock_box(report: ActivityReport, box: str) -> ActivityReport:
    current = lock_editable(report)
    if box not in open_boxes(current):
        raise RuleViolation(
            "Bagian ini tidak dibuka kelurahan. Hanya isian yang ditanggapi dapat"
            " diubah.",
            code="report.box_closed",
        )
    return current


def _record_removal(report: ActivityReport, words: str, by: User) -> None:
    record(
        "activities.proof_removed",
        report,
        by=by,
        says=f"menghapus {words} dari laporan {report.period_name} kegiatan"
        f" {report.activity.code}",
    )
