"""Juklak: recorded by the Dinas, ticked off by each board, counted for the Dinas."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from boards.access import keeps_board
from boards.audit import record
from boards.files import keep_file
from boards.forms import EditConflict
from boards.guide_lines import Line
from boards.models import Board, Guide, GuideClause, GuideState, Region, User
from boards.tenants import lock_board
from boards.uploads import ReadFile
from common.errors import RuleViolation

REGENCY_LETTERS = 5
GONE_SAYS = (
    "Dinas baru saja menulis ulang butir juklak ini, jadi isian Anda belum disimpan."
    " Salin isian di bawah, lalu pilih butirnya yang baru."
)


def guides_of(code: str):
    """Juklak of the kabupaten or kota in which a region or board lies.

    Of a province, or the country, those of every kabupaten and kota in it.
    """
    return Guide.objects.filter(region_code__startswith=code[:REGENCY_LETTERS])


@transaction.atomic
def add_guide(
    region: Region,
    *,
    title: str,
    letter_number: str,
    letter_on: datetime.date,
    in_force_on: datetime.date,
    clauses: Collection[Line],
    file: ReadFile,
    digest: str,
    by: User,
) -> Guide:
    """Record a juklak with its PDF, whose bytes are on the disk, and its clauses.

    Raises ValidationError on a letter that is there, or in force before its letter.
    """
    guide = Guide(
        region_code=region.code,
        title=title,
        letter_number=letter_number,
        letter_on=letter_on,
        in_force_on=in_force_on,
        created_by=by,
    )
    guide.full_clean(exclude=["file", "created_by"])
    guide.file = keep_file(file, digest, board=None, region_code=region.code, by=by)
    guide.save()
    _write_clauses(guide, clauses)
    says = f"mencatat juklak {guide}, surat nomor {letter_number}"
    record("boards.guide_added", guide, by=by, says=says)
    return guide


@transaction.atomic
def replace_clauses(guide: Guide, *, clauses: Collection[Line], by: User) -> None:
    """Write the clauses anew, while no board has ticked any.

    Raises RuleViolation `boards.guide_in_use`.
    """
    guide = Guide.objects.select_for_update(of=("self",)).get(pk=guide.pk)
    if GuideState.objects.filter(clause__guide=guide).exists():
        raise RuleViolation(
            "Sudah ada LKM yang mengisi keadaan butir juklak ini, jadi butirnya tetap."
            " Catat perubahannya sebagai juklak baru.",
            code="boards.guide_in_use",
        )
    guide.clauses.all().delete()
    _write_clauses(guide, clauses)
    says = f"menulis ulang butir juklak {guide}: {len(clauses)} butir"
    record("boards.guide_changed", guide, by=by, says=says)


def _write_clauses(guide: Guide, clauses: Collection[Line]) -> None:
    GuideClause.objects.bulk_create(
        GuideClause(guide=guide, position=at, number=line.number, text=line.text)
        for at, line in enumerate(clauses, start=1)
    )


@transaction.atomic
def set_clause_state(
    board: Board,
    clause: GuideClause,
    *,
    state: str,
    evidence: str,
    note: str,
    seen_revision: int,
    on: datetime.date,
    by: User,
) -> GuideState:
    """Say how far the board is with one clause; `seen_revision` 0 is "never said".

    Raises EditConflict, RuleViolation `boards.other_guide`, ValidationError without
    evidence for what is done or a reason for what does not apply; RuleViolation
    `boards.guide_keeper` of who does not keep the board itself, and
    `boards.clause_gone` when the Dinas wrote the clauses anew meanwhile.
    """
    if not keeps_board(by, board):
        raise RuleViolation(
            "Keadaan butir diisi sekretaris LKM. Mintalah kepadanya.",
            code="boards.guide_keeper",
        )
    lock_board(board)
    if clause.guide.region_code != board.region_code[:REGENCY_LETTERS]:
        raise RuleViolation("Juklak ini untuk wilayah lain.", code="boards.other_guide")
    _hold_clause(clause)
    row = GuideState.objects.filter(board=board, clause=clause).first()
    row = row or GuideState(board=board, clause=clause)
    if row.revision != seen_revision:
        raise EditConflict(row)
    row.state, row.evidence, row.note = state, evidence.strip(), note.strip()
    row.changed_on, row.changed_by, row.revision = on, by, row.revision + 1
    row.full_clean(exclude=["changed_by"])
    row.save()
    word = row.get_state_display().lower()
    says = f"mengisi {clause.guide} butir {clause.number}: {word}"
    record("boards.clause_state_set", row, by=by, says=says)
    return row


def _hold_clause(clause: GuideClause) -> None:
    """The clause is there and stays: who writes it anew waits for this act."""
    Guide.objects.select_for_update(of=("self",)).get(pk=clause.guide_id)
    if not GuideClause.objects.filter(pk=clause.pk).exists():
        raise RuleViolation(GONE_SAYS, code="boards.clause_gone")


@dataclass(frozen=True)
class Share:
    """How many clauses a board has done, of those that apply to it."""

    done: int
    applicable: int
    told: int

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down; None where nothing applies."""
        return self.done * 100 // self.applicable if self.applicable else None


def shares_of(guide: Guide, boards: Collection[Board]) -> dict[int, Share]:
    """The share of each board; a clause nobody spoke of is not done."""
    total = guide.clauses.count()
    rows = GuideState.objects.filter(clause__guide=guide, board__in=boards)
    counts: dict[int, dict[str, int]] = {board.pk: {} for board in boards}
    for row in rows.values("board", "state").annotate(many=Count("pk")).order_by():
        counts[row["board"]][row["state"]] = row["many"]
    return {
        pk: Share(
            found.get(GuideState.State.DONE, 0),
            total - found.get(GuideState.State.OUTSIDE, 0),
            sum(found.values()),
        )
        for pk, found in counts.items()
    }


@dataclass(frozen=True)
class GuideStanding:
    """How far all boards of a juklak are together, without naming one."""

    boards: int
    complete: int
    begun: int
    done: int
    applicable: int

    @property
    def silent(self) -> int:
        """Boards that said nothing yet."""
        return self.boards - self.complete - self.begun


def standing_of(guide: Guide, boards: QuerySet[Board]) -> GuideStanding:
    """What the answers of `boards` come to; as many queries however many they are."""
    total, count = guide.clauses.count(), boards.count()
    said = GuideState.objects.filter(clause__guide=guide, board__in=boards)
    told = [row["many"] for row in said.values("board").annotate(many=Count("pk"))]
    kinds = GuideState.State
    sums = said.aggregate(
        done=Count("pk", filter=Q(state=kinds.DONE)),
        outside=Count("pk", filter=Q(state=kinds.OUTSIDE)),
    )
    return GuideStanding(
        boards=count,
        complete=sum(many == total for many in told),
        begun=sum(many < total for many in told),
        done=sums["done"],
        applicable=total * count - sums["outside"],
    )
