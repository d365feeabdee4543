"""Two hundred boards of the same shape, for measuring: rows copied in bulk.

The chain of every copy is its own: records are carried over with the copy's keys and
numbers, and hashed anew, so that `verify_records` walks them like any other.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from boards.chain import canonical_json, content_hash, link_hash
from boards.models import Board, ChainHead, ChainLink, NumberSequence, Region
from boards.tenants import place_names
from boards.triggers import without_triggers

# Every model that hangs from a board, parents first, and the way back to the board.
PARTS = (
    ("boards.StoredFile", "board"),
    ("boards.LetterNumber", "board"),
    ("members.Person", "board"),
    ("members.Term", "board"),
    ("members.Mandate", "board"),
    ("members.Unit", "board"),
    ("members.Appointment", "board"),
    ("members.Evaluation", "board"),
    ("members.EvaluationScore", "evaluation__board"),
    ("members.Training", "board"),
    ("members.TrainingParticipant", "board"),
    ("planning.PlanItem", "board"),
    ("deliberations.MeetingTemplate", "board"),
    ("deliberations.TemplateGuest", "template__board"),
    ("deliberations.MeetingSeries", "board"),
    ("deliberations.Meeting", "board"),
    ("deliberations.MeetingWriter", "meeting__board"),
    ("deliberations.AgendaItem", "meeting__board"),
    ("deliberations.MinutePoint", "item__meeting__board"),
    ("deliberations.Attendance", "meeting__board"),
    ("deliberations.Recusal", "item__meeting__board"),
    ("deliberations.Decision", "board"),
    ("deliberations.Dissent", "decision__board"),
    ("deliberations.AppointmentDecision", "board"),
    ("deliberations.ActionItem", "board"),
    ("deliberations.ActionMove", "action__board"),
    ("deliberations.IncomingLetter", "board"),
    ("deliberations.RuleDocument", "board"),
    ("deliberations.RuleVersion", "board"),
    ("deliberations.RuleArticle", "version__board"),
    ("deliberations.RuleClause", "article__version__board"),
    ("deliberations.DecisionBasis", "decision__board"),
    ("activities.Activity", "board"),
    ("activities.ActivityLocation", "activity__board"),
    ("activities.BudgetLine", "activity__board"),
    ("activities.Funding", "activity__board"),
    ("activities.ActivityReport", "board"),
    ("activities.ReportWriter", "report__board"),
    ("activities.Spending", "report__board"),
    ("activities.Photo", "report__board"),
    ("activities.ReceiptFile", "report__board"),
    ("activities.FieldComment", "report__board"),
)
BATCH = 400


def copy_boards(sources: list[Board], *, total: int) -> int:
    """Copy `sources` in turn until there are `total` boards; how many were made.

    Copies live in the other kelurahan and desa of the first source's regency.
    """
    wanted = total - Board.objects.count()
    if wanted <= 0:
        return 0
    shapes = [_Shape(source) for source in sources]
    homes = _homes(sources[0].region_code[:5])
    with transaction.atomic(), without_triggers():
        copies = [
            _new_board(shapes[number % len(shapes)].board, next(homes), number)
            for number in range(wanted)
        ]
        keys = _Keys()
        for start in range(0, wanted, 20):
            group = range(start, min(start + 20, wanted))
            pairs = [(shapes[number % len(shapes)], copies[number]) for number in group]
            _copy_group(pairs, keys)
        _reset_sequences()
    return wanted


class _Shape:
    """All rows of one built board, read once."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.rows = {
            label: list(
                apps.get_model(label).objects.filter(**{way: board}).order_by("pk")
            )
            for label, way in PARTS
        }
        self.links = list(ChainLink.objects.filter(board=board).order_by("position"))
        self.sequences = list(NumberSequence.objects.filter(owner=f"b{board.pk}"))


class _Keys:
    """The next free primary key of every model."""

    def __init__(self) -> None:
        self.last = {
            label: apps.get_model(label).objects.aggregate(m=models.Max("pk"))["m"] or 0
            for label, _way in PARTS
        }

    def take(self, label: str) -> int:
        self.last[label] += 1
        return self.last[label]


def _homes(regency: str) -> Iterator[Region]:
    """Kelurahan and desa of a regency, again and again."""
    villages = [
        region
        for region in Region.objects.filter(code__startswith=f"{regency}.")
        if len(region.code) == 13
    ]
    while True:
        yield from villages


def _new_board(source: Board, home: Region, number: int) -> Board:
    board = Board.objects.get(pk=source.pk)
    board.pk, board.logo = None, None
    board.slug, board.code = f"{source.slug}-{number}", f"{source.code}-{number}"
    board.name = f"{source.name} {number}"
    board.region_code = home.code
    for name, value in place_names(home).items():
        setattr(board, name, value)
    board.save(force_insert=True)
    return board


def _copy_group(pairs: list[tuple[_Shape, Board]], keys: _Keys) -> None:
    """Copy some boards at once, one bulk insert a model."""
    maps: list[dict[str, dict[int, int]]] = [{} for _pair in pairs]
    for label, _way in PARTS:
        rows = []
        for (shape, board), known in zip(pairs, maps, strict=True):
            rows += _copied(shape, board, label, known, keys)
        apps.get_model(label).objects.bulk_create(rows, batch_size=BATCH)
    links, heads, sequences = [], [], []
    for (shape, board), known in zip(pairs, maps, strict=True):
        chain = list(_links(shape, board, known))
        links += chain
        heads += [
            ChainHead(owner=f"b{board.pk}", position=last.position, hash=last.hash)
            for last in chain[-1:]
        ]
        sequences += [
            NumberSequence(
                owner=f"b{board.pk}", kind=row.kind, year=row.year, last=row.last
            )
            for row in shape.sequences
        ]
    ChainLink.objects.bulk_create(links, batch_size=BATCH)
    ChainHead.objects.bulk_create(heads, batch_size=BATCH)
    NumberSequence.objects.bulk_create(sequences, batch_size=BATCH)


def _copied(
    shape: _Shape, board: Board, label: str, known: dict, keys: _Keys
) -> Iterator[models.Model]:
    """Rows of one model for one copy, with new keys and foreign keys."""
    model = apps.get_model(label)
    fields = [field for field in model._meta.local_fields if not field.primary_key]
    known[label] = {row.pk: keys.take(label) for row in shape.rows[label]}
    for row in shape.rows[label]:
        copy = model(pk=known[label][row.pk])
        for field in fields:
            value = getattr(row, field.attname)
            setattr(copy, field.attname, _translated(field, value, shape, board, known))
        yield copy


def _translated(field, value, shape: _Shape, board: Board, known: dict) -> Any:
    """One value of a copied row: the copy's board, keys, numbers and owner."""
    if field.is_relation:
        target = field.related_model._meta.label
        if target == "boards.Board":
            return board.pk
        if target == "boards.User" and field.one_to_one:
            return None
        return known[target][value] if value and target in known else value
    if field.attname == "region_code":
        return board.region_code
    if field.attname == "owner":
        return f"b{board.pk}"
    if isinstance(value, str):
        return value.replace(f"/{shape.board.code}/", f"/{board.code}/")
    return value


def _links(shape: _Shape, board: Board, known: dict) -> Iterator[ChainLink]:
    """The chain of one copy, hashed from its first link on."""
    previous, position = "00" * 32, 0
    for link in shape.links:
        label = _LABELS.get(link.kind)
        if label is None:
            continue
        position += 1
        text = link.content.replace(f"/{shape.board.code}/", f"/{board.code}/")
        content = canonical_json(_record(json.loads(text), board, known))
        digest = content_hash(content)
        new = ChainLink(
            board=board,
            region_code=board.region_code,
            position=position,
            kind=link.kind,
            subject_pk=str(known[label][int(link.subject_pk)]),
            subject_name=link.subject_name,
            content=content,
            content_hash=digest,
            previous_hash=previous,
            hash=link_hash(previous, digest, position),
        )
        previous = new.hash
        yield new


_LABELS = {
    "deliberations.meeting": "deliberations.Meeting",
    "deliberations.rule": "deliberations.RuleVersion",
    "activities.report": "activities.ActivityReport",
}


def _record(record: dict[str, Any], board: Board, known: dict) -> dict[str, Any]:
    """The canonical record with the keys of the copy."""
    record["board"] = board.pk
    for name in ("chair", "note_taker"):
        if record.get(name):
            record[name] = known["members.Person"][record[name]]
    for item in record.get("items", []):
        item["recused"] = sorted(
            known["deliberations.Attendance"][key] for key in item["recused"]
        )
    return record


def _reset_sequences() -> None:
    """Let PostgreSQL go on counting after the keys that were given by hand."""
    found = [apps.get_model(label) for label, _way in PARTS]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)
