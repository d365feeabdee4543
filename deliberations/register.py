"""The register of decisions as a sheet: one row a decision, with what became of it."""

from collections.abc import Iterator

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from common.sheets import Cell, Column, Sheet
from deliberations.models import ActionItem, Decision

COLUMNS = (
    Column("No", 6),
    Column("Nomor", 26),
    Column("Tanggal", 12),
    Column("Tentang", 40),
    Column("Isi keputusan", 60),
    Column("Jenis", 22),
    Column("Cara memutuskan", 18),
    Column("Setuju", 9),
    Column("Tidak setuju", 9),
    Column("Abstain", 9),
    Column("Jumlah uang (Rp)", 18, money=True),
    Column("RT", 6),
    Column("RW", 6),
    Column("Penanggung jawab", 26),
    Column("Paling lambat", 12),
    Column("Keadaan", 22),
    Column("Diubah dengan nomor", 26),
    Column("Tindak lanjut selesai", 12),
    Column("Tindak lanjut semua", 12),
)
_BATCH = 500
STATES = {
    "force": "Berlaku",
    "changed": "Diubah",
    "dropped": "Gugur",
    "refused": "Tidak disetujui",
    "waiting": "Menunggu pengesahan",
}


def with_fate(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Annotate `changed_by`, the number of the decision that changed this one ("").

    And `follow_ups` with `follow_ups_done`, how many there are and how many are done.
    """
    later = Decision.objects.changing().filter(amends=OuterRef("pk"))
    actions = ActionItem.objects.filter(decision=OuterRef("pk")).order_by()
    done = actions.filter(status=ActionItem.Status.DONE)
    return decisions.with_force().annotate(
        changed_by=Coalesce(Subquery(later.values("number_text")[:1]), Value("")),
        follow_ups=_how_many(actions),
        follow_ups_done=_how_many(done),
    )


def _how_many(rows: QuerySet):
    counted = rows.values("decision").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def state_of(decision: Decision) -> str:
    """Where a decision stands, in one word or two; needs `with_fate`."""
    if decision.ratified_at is None:
        return STATES["waiting"]
    if not decision.is_carried:
        return STATES["refused"]
    if decision.is_dropped:
        return STATES["dropped"]
    return STATES["changed" if decision.changed_by else "force"]


def register_sheet(decisions: QuerySet[Decision]) -> Sheet:
    """Every decision of the query, in its order; read while it is written."""
    return Sheet("Keputusan", COLUMNS, _rows(with_fate(decisions)))


def _rows(decisions: QuerySet[Decision]) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(decisions.iterator(chunk_size=_BATCH), start=1):
        yield (
            number,
            row.number_text,
            row.held_on,
            row.title,
            row.text,
            row.get_kind_display(),
            row.get_method_display(),
            row.votes_for,
            row.votes_against,
            row.votes_abstain,
            row.amount,
            row.rt,
            row.rw,
            row.in_charge_name,
            row.due_on,
            state_of(row),
            row.changed_by,
            row.follow_ups_done,
            row.follow_ups,
        )
