"""Acts of counting: ballots in bundles, each counted by two people and compared."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from boards.audit import record
from boards.models import User
from boards.parameters import setting_of
from common.errors import RuleViolation
from members.models import (
    BallotBatch,
    BatchEntry,
    ElectionArea,
    TallyCount,
    TallyName,
)
from members.services.areas import lock_open_area
from members.services.checks import reopen_ties
from members.spelling import people_by_spelling
from members.standings import BatchState, batch_state, residents_of
from members.tally import (
    Count,
    Fault,
    plain_name,
    problems_of,
)

MOST_BATCHES = 60


def known_names(area: ElectionArea) -> dict[str, str]:
    """Plain spelling to person: from the register, and as matched in this area."""
    rows = area.names.exclude(nominee=None).values_list("plain", "nominee__person")
    matched = {plain: f"#{person}" for plain, person in rows}
    return people_by_spelling(residents_of(area)) | matched


@transaction.atomic
def add_batch(area: ElectionArea, *, note: str = "", by: User) -> BallotBatch:
    """Begin a bundle of ballots. Audits `members.batch_added`."""
    current = lock_open_area(area)
    last = current.batches.order_by("-number").first()
    number = (last.number if last else 0) + 1
    if number > MOST_BATCHES:
        raise RuleViolation(
            f"Paling banyak {MOST_BATCHES} bundel satu wilayah. Isi bundel lebih"
            " tebal.",
            code="election.batches",
        )
    batch = BallotBatch.objects.create(area=current, number=number, note=note)
    record(
        "members.batch_added", current, by=by, says=f"membuka {batch} {current.name}"
    )
    return batch


def _other_ballots(batch: BallotBatch) -> int:
    """Ballots in the other batches of the area, by their first count."""
    others = BatchEntry.objects.filter(
        batch__area=batch.area_id, look=BatchEntry.Look.FIRST
    ).exclude(batch=batch)
    return sum(entry.ballots for entry in others)


def _refuse_too_many(area: ElectionArea, batch: BallotBatch, count: Count) -> None:
    """More ballots than people voted cannot be."""
    total = _other_ballots(batch) + count.ballots
    bound, word = (
        (area.came, "yang memilih") if area.came else (area.eligible, "pemilih")
    )
    if bound and total > bound:
        raise RuleViolation(
            f"Surat suara menjadi {total}, padahal {word} {bound} orang. Periksa"
            " bundel ini atau jumlah yang memilih.",
            code="election.more_ballots",
        )


def least_ballots(area: ElectionArea) -> int:
    """How many ballots a bundle holds at least, by the rule of the election's day."""
    on = area.election.opened_on
    return setting_of(area.board, "bundle_least", on=on).value


def _refuse_thin(area: ElectionArea, batch: BallotBatch, count: Count) -> None:
    """Sums of one or two ballots tell what stood on them: such a bundle is merged.

    Where fewer people voted than a bundle needs, all their ballots are the one bundle.
    """
    least, voters = least_ballots(area), area.came or area.eligible
    whole = voters and voters < least
    if count.ballots >= least or (whole and area.batches.count() == 1):
        return
    raise RuleViolation(
        f"{batch} berisi {count.ballots} surat suara, paling sedikit {least}: hitungan"
        " setipis itu membuka isi surat suara. Gabungkan dengan bundel lain.",
        code="election.thin_bundle",
    )


def _judge_count(area: ElectionArea, batch: BallotBatch, count: Count) -> None:
    problems = problems_of(count, area.limits)
    if problems:
        raise RuleViolation(" ".join(problems[:3]), code="election.count_impossible")
    _refuse_thin(area, batch, count)
    _refuse_too_many(area, batch, count)


@transaction.atomic
def count_batch(
    batch: BallotBatch, *, count: Count, by: User, at: datetime
) -> BatchEntry:
    """Keep what one person counted in a batch: sums by name, valid and invalid.

    The first counter may count again until somebody else has. Audits
    `members.batch_counted`. Raises RuleViolation `election.area_closed`,
    `election.count_impossible`, `election.thin_bundle`, `election.more_ballots` or
    `election.counted_twice`.
    """
    area = lock_open_area(batch.area)
    _judge_count(area, batch, count)
    entries = list(batch.entries.select_related("by"))
    if len(entries) >= 2:
        raise RuleViolation(
            f"{batch} sudah dihitung dua kali.", code="election.counted_twice"
        )
    look = BatchEntry.Look.SECOND if entries else BatchEntry.Look.FIRST
    if entries and entries[0].by_id == by.pk:
        entries[0].counts.all().delete()
        entries[0].delete()
        look = BatchEntry.Look.FIRST
    entry = _keep(batch, area, look=look, count=count, by=by, at=at)
    record(
        "members.batch_counted",
        area,
        by=by,
        # Without its sums: the second counter reads the log too, and counts blindly.
        says=f"menghitung {batch} {area.name} ({entry.get_look_display().lower()})",
    )
    return entry


def _keep(
    batch: BallotBatch, area: ElectionArea, *, look, count: Count, by, at, reason=""
) -> BatchEntry:
    faults = {fault.value: count.faults.get(fault, 0) for fault in Fault}
    entry = BatchEntry(
        batch=batch,
        look=look,
        by=by,
        by_name=str(by),
        at=at,
        reason=reason,
        valid=count.valid,
        **faults,
    )
    entry.full_clean()
    entry.save()
    names = _names(area, count.votes)
    TallyCount.objects.bulk_create(
        TallyCount(entry=entry, name=names[plain_name(written)], votes=votes)
        for written, votes in count.votes.items()
    )
    # Votes that change open every tie again.
    reopen_ties(area)
    return entry


def _names(area: ElectionArea, votes: Mapping[str, int]) -> dict[str, TallyName]:
    """The rows of these spellings, made where they are new."""
    wanted = {plain_name(written): written for written in votes}
    found = {row.plain: row for row in area.names.filter(plain__in=wanted)}
    new = [
        TallyName(area=area, written=written, plain=plain)
        for plain, written in wanted.items()
        if plain not in found
    ]
    for row in new:
        row.full_clean()
        row.save()
    return found | {row.plain: row for row in new}


@transaction.atomic
def mend_batch(
    batch: BallotBatch,
    *,
    settled: Mapping[str, int],
    reason: str,
    by: User,
    at: datetime,
) -> BatchEntry:
    """A third person looks where the two counts differ and says what is there.

    `settled` holds the right number for each differing line. Audits
    `members.batch_mended` with every number and the reason. Raises RuleViolation
    `election.nothing_differs`, `election.third_person`, `election.lines_missing` and
    what `count_batch` raises.
    """
    area = lock_open_area(batch.area)
    state = batch_state(batch)
    _judge_mending(state, settled, by)
    count = _mended(state, settled)
    _judge_count(area, batch, count)
    look = BatchEntry.Look.MENDED
    entry = _keep(batch, area, look=look, count=count, by=by, at=at, reason=reason)
    said = "; ".join(
        f"{state.labels[line.key]} {line.first} atau {line.second}, dipakai"
        f" {settled[line.key]}"
        for line in state.differences
    )
    record(
        "members.batch_mended",
        area,
        by=by,
        says=f"menghitung ulang {batch} {area.name}: {reason}. {said}"[:480],
    )
    return entry


def _judge_mending(state: BatchState, settled: Mapping[str, int], by: User) -> None:
    """Only what differs, by somebody who counted neither time."""
    if not state.differs:
        raise RuleViolation(
            "Kedua hitungan tidak berbeda, jadi tidak ada yang diperbaiki.",
            code="election.nothing_differs",
        )
    if by.pk in {entry.by_id for entry in state.entries}:
        raise RuleViolation(
            "Hitungan ketiga dilakukan orang lain, bukan salah satu dari kedua"
            " penghitung.",
            code="election.third_person",
        )
    if set(settled) != {line.key for line in state.differences}:
        raise RuleViolation(
            "Isi angka yang benar di setiap baris yang berbeda.",
            code="election.lines_missing",
        )


def _mended(state: BatchState, settled: Mapping[str, int]) -> Count:
    """The first count with the settled lines in place of its own."""
    first = state.entries[0]
    spelled = {
        row.name.key: row.name.written
        for entry in reversed(state.entries)
        for row in entry.counts.all()
    }
    votes: dict[str, int] = {}
    for row in first.counts.all():
        if row.name.key not in settled:
            votes[row.name.written] = row.votes
    votes |= {
        spelled[key]: number
        for key, number in settled.items()
        if key in spelled and number
    }
    faults = {
        fault: settled.get(f"={fault.value}", getattr(first, fault.value))
        for fault in Fault
    }
    return Count(votes, settled.get("=valid", first.valid), faults)


@transaction.atomic
def merge_batch(batch: BallotBatch, *, into: BallotBatch, by: User) -> BallotBatch:
    """Put a thin or uncounted bundle into another, which two people count anew.

    Audits `members.batch_merged` with the ballots that were counted so far. Raises
    RuleViolation `election.area_closed`, `election.merge_other` or
    `election.merge_thick`.
    """
    area = lock_open_area(batch.area)
    if into.area_id != area.pk or into.pk == batch.pk:
        raise RuleViolation(
            "Pilih bundel lain dari wilayah yang sama.", code="election.merge_other"
        )
    counted = [entry.ballots for entry in batch.entries.all()]
    if counted and min(counted) >= least_ballots(area):
        raise RuleViolation(
            f"{batch} sudah dihitung dan cukup tebal, jadi tetap sendiri.",
            code="election.merge_thick",
        )
    before = into.entries.order_by("look").first()
    said = f", semula {before.ballots} surat suara" if before else ""
    for taken in (batch, into):
        TallyCount.objects.filter(entry__batch=taken).delete()
        taken.entries.all().delete()
    reopen_ties(area)
    record(
        "members.batch_merged",
        area,
        by=by,
        says=f"menggabungkan {batch} ke {into} {area.name}{said};"
        f" {into} dihitung ulang",
    )
    batch.delete()
    return into
