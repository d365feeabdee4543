"""Acts on the places where people vote: rules, turnout, from door to door."""

from datetime import date

from django.db import transaction

from boards.audit import record
from boards.models import User
from boards.parameters import setting_of
from boards.row_uses import reason_to_keep
from common.errors import RuleViolation
from members.models import Election, ElectionArea, Sex
from members.services.elections import claim, lock_running
from members.standings import delegates_of


def _rules_of_stage(election: Election, stage: int, on: date) -> dict:
    """The names on a ballot and the turnout that hold for a stage on a day."""
    basis = stage == ElectionArea.Stage.BASIS
    prefix = "election_names" if basis else "election_board_names"
    board = election.board
    least = setting_of(board, f"{prefix}_min", on=on)
    most = setting_of(board, f"{prefix}_max", on=on)
    share = setting_of(
        board, "election_turnout" if basis else "quorum_residents", on=on
    )
    part = (
        {"numerator": share.value, "denominator": 100, "more_than": False}
        if basis
        else share.value
    )
    return {
        "names_min": least.value,
        "names_max": max(most.value, least.value),
        "names_source": most.source,
        "threshold_source": share.source,
        **{f"threshold_{name}": value for name, value in part.items()},
    }


def _check_second_stage(election: Election) -> dict:
    """Stage 2 needs every basis closed; its voters are the delegates."""
    basis = election.areas.of_stage(ElectionArea.Stage.BASIS)
    waiting = [area.name for area in basis if not area.closed_at]
    if waiting:
        raise RuleViolation(
            f"Tetapkan dulu hasil tahap 1 di {', '.join(waiting[:5])}.",
            code="election.basis_open",
        )
    delegates = list(delegates_of(election))
    if not delegates:
        return {}
    women = sum(row.sex == Sex.FEMALE for row in delegates)
    return {"eligible_men": len(delegates) - women, "eligible_women": women}


@transaction.atomic
def add_area(
    election: Election, *, stage: int, facts: dict, on: date, by: User
) -> ElectionArea:
    """Add a basis, or the vote of the delegates, with the rules of the day `on`.

    Audits `members.area_added`. Raises RuleViolation `election.finished`,
    `election.basis_open`, `election.stage_open`, and ValidationError.
    """
    current = lock_running(election)
    second = stage == ElectionArea.Stage.BOARD
    if not second and current.areas.of_stage(ElectionArea.Stage.BOARD).exists():
        raise RuleViolation(
            "Tahap 2 sudah dibuka, jadi tidak ada basis yang dapat ditambah.",
            code="election.stage_open",
        )
    own = {"winners": current.seats, "reserves": current.reserves} if second else {}
    facts = facts | own | (_check_second_stage(current) if second else {})
    area = ElectionArea(
        board=current.board,
        election=current,
        stage=stage,
        **_rules_of_stage(current, stage, on),
        **facts,
    )
    area.full_clean()
    area.save()
    record("members.area_added", area, by=by, says=f"menambah wilayah {area}")
    return area


def lock_open_area(area: ElectionArea) -> ElectionArea:
    """Take an area for an act; RuleViolation `election.area_closed` when it is."""
    current = (
        ElectionArea.objects.select_for_update(of=("self",))
        .select_related("election", "board")
        .get(pk=area.pk)
    )
    if current.closed_at:
        raise RuleViolation(
            f"Hasil {current.name} sudah ditetapkan dan tidak dapat diubah.",
            code="election.area_closed",
        )
    return current


@transaction.atomic
def change_area(
    area: ElectionArea, *, revision: int, facts: dict, by: User
) -> ElectionArea:
    """Note day, place and how many voted. Audits `members.area_changed`.

    Raises EditConflict, RuleViolation `election.area_closed` or
    `election.more_voters`, and ValidationError.
    """
    current = lock_open_area(area)
    claim(current, revision)
    for name, value in facts.items():
        setattr(current, name, value)
    if current.voters_men > current.eligible_men or (
        current.voters_women > current.eligible_women
    ):
        raise RuleViolation(
            f"Yang memilih {current.came} orang, padahal pemilih {current.eligible}:"
            f" laki-laki {current.eligible_men}, perempuan {current.eligible_women}.",
            code="election.more_voters",
        )
    current.full_clean()
    current.save()
    record(
        "members.area_changed",
        current,
        by=by,
        says=f"mencatat {current}: {current.came} dari {current.eligible} memilih",
    )
    return current


@transaction.atomic
def remove_area(area: ElectionArea, *, by: User) -> None:
    """Take away an area in which nothing was counted. Audits `members.area_removed`.

    Raises RuleViolation `election.counted`, or `election.in_use` while a paper about
    it is in force.
    """
    current = lock_open_area(area)
    if current.batches.exists() or current.objections.exists():
        raise RuleViolation(
            "Wilayah ini sudah punya surat suara atau keberatan, jadi tetap ada.",
            code="election.counted",
        )
    if reason := reason_to_keep(current):
        raise RuleViolation(reason, code="election.in_use")
    record(
        "members.area_removed",
        current.election,
        by=by,
        says=f"menghapus wilayah {current}",
    )
    current.delete()


@transaction.atomic
def go_door_to_door(area: ElectionArea, *, on: date, by: User) -> ElectionArea:
    """Too few came: from the day `on` officers collect votes at the doors.

    Audits `members.door_to_door`. Raises RuleViolation `election.enough_came`.
    Source: governance sheet, section 3.3.
    """
    current = lock_open_area(area)
    if current.reached:
        raise RuleViolation(
            f"Yang memilih sudah cukup: {current.came}, perlu {current.least}.",
            code="election.enough_came",
        )
    if current.door_to_door_on is None:
        current.door_to_door_on = on
        current.revision += 1
        current.save()
        record(
            "members.door_to_door",
            current,
            by=by,
            says=f"melanjutkan pemilihan dari rumah ke rumah di {current}"
            f" ({current.came} dari {current.eligible} memilih)",
        )
    return current
