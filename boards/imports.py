"""Rows from an uploaded sheet in two steps: check (saves nothing), then all or none.

An app describes its sheet with a SheetResource and a SheetPlan; the pages are in
`boards/views/sheets.py`, the file between the steps in `boards/staging.py`.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from import_export import resources
from import_export.results import Result

from boards.audit import record
from boards.masking import mask_numbers
from boards.models import Board, Region, Submission, User
from boards.staging import StagedSheet, drop_sheet
from common.errors import RuleViolation
from common.sheets import MOST_ROWS, Cell, SheetRow, SheetTable
from common.tables import to_dataset


@dataclass(frozen=True)
class Problem:
    """One thing to mend in the sheet; `value` is fit to show."""

    row: int
    column: str
    value: str
    remedy: str


@dataclass(frozen=True)
class SheetCheck:
    """What loading the sheet would do, or did."""

    added: int
    changed: int
    same: int
    problems: list[Problem]
    ignored: list[str] = field(default_factory=list)
    formulas: int = 0
    samples: list[tuple[str, ...]] = field(default_factory=list)
    # What the sheet as a whole says: sums beside those of the book.
    notes: list[str] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        """Nothing is wrong, and there is something to write."""
        return not self.problems and bool(self.added + self.changed)

    @property
    def bad_rows(self) -> int:
        """How many rows have at least one problem."""
        return len({problem.row for problem in self.problems})


class SheetResource(resources.ModelResource):
    """Rows of one owner, judged as the screen judges them, without a query a row.

    A subclass declares its fields with the column titles of the paper form, and
    says with `natural_key` when two rows mean the same thing.
    """

    natural_key: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    # Rows of a file at most.
    most_rows = MOST_ROWS

    class Meta:
        use_bulk = True
        batch_size = 500
        skip_diff = True
        import_id_fields = ()
        store_instance = True

    def __init__(self, *, owner: models.Model) -> None:
        super().__init__()
        self.owner = owner
        self.rows = list(self.get_queryset())
        self.known = {self.key_of(row): row for row in self.rows}
        self.seen: dict[Hashable, int] = {}
        self.numbers: list[int] = []
        self.number = 0
        self.before: dict[str, object] = {}

    def key_of(self, instance: models.Model) -> Hashable:
        """What makes a row this row; equal keys are the same thing."""
        return tuple(getattr(instance, name) for name in self.natural_key)

    def duplicate_keys(self, candidate: models.Model) -> Iterator[Hashable]:
        """Keys of which a file may hold each only once."""
        yield self.key_of(candidate)

    def find(self, candidate: models.Model) -> models.Model | None:
        """The stored row that the sheet row means."""
        return self.known.get(self.key_of(candidate))

    def sample_of(self, instance: models.Model) -> tuple[str, ...]:
        """Cells of a row in the preview, under the plan's `sample_titles`."""
        return tuple(str(getattr(instance, name)) for name in self.natural_key)

    def notes_of(self, instances: list[models.Model]) -> list[str]:
        """Sentences about all rows together, for the page of the check."""
        return []

    def value_to_show(self, column: str, value: Cell) -> str:
        """A cell as the page may show it: long numbers are masked everywhere."""
        return mask_numbers("" if value is None else str(value))[:80]

    def titles(self) -> dict[str, str]:
        """Attribute to column title."""
        return {item.attribute: item.column_name for item in self.fields.values()}

    def before_import_row(self, row, **kwargs):
        """Know the row's number in the file: blank rows count there."""
        self.number = self.numbers[kwargs["row_number"] - 1]

    def with_own_titles(self, table: SheetTable) -> tuple[SheetTable, list[str]]:
        """The table under our spelling of its titles, and the titles nobody reads.

        Raises RuleViolation `sheet.column_missing`.
        """
        ours = {_plain(title): title for title in self.titles().values()}
        header = tuple(ours.get(_plain(title), title) for title in table.header)
        missing = [title for title in self.required if title not in header]
        if missing:
            names = ", ".join(f"“{title}”" for title in missing)
            raise RuleViolation(
                f"Kolom {names} tidak ada di baris pertama. Pakai berkas contoh dan "
                "jangan ubah judul kolomnya.",
                code="sheet.column_missing",
            )
        ignored = [title for title in header if title and title not in ours.values()]
        return SheetTable(header, table.rows), ignored

    def get_or_init_instance(self, instance_loader, row):
        """The stored row of the same key, else a new one; a key counts once a file."""
        candidate = self.init_instance(row)
        try:
            self.import_instance(candidate, row)
        except ValidationError:
            return candidate, True  # said again, cell by cell, when it is judged
        for key in self.duplicate_keys(candidate):
            first = self.seen.setdefault(key, self.number)
            if first != self.number:
                raise RuleViolation(
                    f"Sama dengan baris {first}. Hapus atau bedakan salah satunya.",
                    code="sheet.twice",
                )
        found = self.find(candidate)
        self.before = self._values(found) if found else {}
        return (found, False) if found else (candidate, True)

    def _values(self, instance: models.Model) -> dict[str, object]:
        return {name: getattr(instance, name, "") for name in self.titles()}

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """A stored row that the sheet repeats word for word is left alone."""
        unchanged = self.before == self._values(instance)
        return bool(self.before) and unchanged and not import_validation_errors

    def validate_instance(
        self, instance, import_validation_errors=None, validate_unique=True
    ):
        """Judge the fields that the sheet holds; uniqueness was judged by key."""
        errors = dict(import_validation_errors or {})
        mine = set(self.titles())
        others = {item.name for item in instance._meta.fields} - mine
        try:
            instance.full_clean(
                exclude=others | set(errors),
                validate_unique=False,
                validate_constraints=False,
            )
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def before_save_instance(self, instance, row, **kwargs):
        """A changed row takes a new revision, so that open forms notice."""
        if instance.pk and hasattr(instance, "revision"):
            instance.revision += 1

    def _judge(self, table: SheetTable) -> Result:
        """Judge without any transaction: `import_data` would lock for a dry run."""
        return self.import_data_inner(
            to_dataset(table),
            dry_run=True,
            raise_errors=False,
            using_transactions=False,
            collect_failed_rows=False,
        )

    def _write(self, table: SheetTable) -> Result:
        """Save every row, or none when one is bad."""
        return self.import_data(
            to_dataset(table), use_transactions=True, rollback_on_validation_errors=True
        )

    def check(self, table: SheetTable, *, write: bool = False) -> SheetCheck:
        """Judge every row; with `write` save them all, or none if one is bad."""
        self.numbers = [row.number for row in table.rows]
        table, ignored = self.with_own_titles(table)
        result = self._write(table) if write else self._judge(table)
        for failed in (*result.base_errors, *_errors_of(result)):
            raise failed.error  # a bug, or the database refusing: never half a load
        rows = [done for done in result.rows if done.is_new() or done.is_update()]
        return SheetCheck(
            added=result.totals["new"],
            changed=result.totals["update"],
            same=result.totals["skip"],
            problems=list(_problems(self, table, result.invalid_rows)),
            ignored=ignored,
            formulas=sum(len(row.formulas) for row in table.rows),
            samples=[self.sample_of(done.instance) for done in rows[:8]],
            notes=self.notes_of([done.instance for done in rows]),
        )


def _errors_of(result) -> Iterator:
    for failed in result.error_rows:
        yield from failed.errors


def _plain(title: str) -> str:
    return " ".join(title.casefold().replace("*", " ").split())


def _problems(resource: SheetResource, table: SheetTable, bad) -> list[Problem]:
    """Every problem from top to bottom: unusable cells, then what the rules say."""
    titles = resource.titles()
    found = [problem for row in table.rows for problem in _cell_problems(row)]
    broken = {(problem.row, problem.column) for problem in found}
    for failed in bad:
        row = table.rows[failed.number - 1]
        values = dict(zip(table.header, row.cells, strict=False))
        for name, sentences in failed.error_dict.items():
            column = "" if name == NON_FIELD_ERRORS else titles.get(name, "")
            if (row.number, column) in broken:
                continue
            shown = resource.value_to_show(column, values.get(column))
            remedy = " ".join(sentences)
            found.append(Problem(row.number, column, shown, remedy))
    return sorted(found, key=lambda problem: problem.row)


def _cell_problems(row: SheetRow) -> Iterator[Problem]:
    for sentence in row.problems:
        _, _, tail = sentence.partition("“")
        column, _, remedy = tail.partition("”: ")
        yield Problem(row.number, column, "", remedy[:1].upper() + remedy[1:])


@dataclass(frozen=True)
class SheetPlan:
    """One kind of sheet: who owns its rows, how they are judged, what is said."""

    kind: str
    owner: Board | Region
    resource: Callable[[], SheetResource]
    what: str  # "warga": "memuat 12 warga dari berkas …"
    action: str  # of the audit row
    sample_titles: tuple[str, ...]

    @property
    def bond(self) -> str:
        """What an uploaded file is bound to beside its user."""
        return f"{self.kind} {self.owner._meta.label_lower}:{self.owner.pk}"


def loaded_before(key: str, *, by: User) -> Submission | None:
    """The earlier load of the same upload by the same user, if there was one."""
    return Submission.objects.filter(key=key, user=by).first()


@transaction.atomic
def load_sheet(
    plan: SheetPlan,
    staged: StagedSheet,
    table: SheetTable,
    *,
    result_url: str,
    by: User,
) -> SheetCheck:
    """Write all rows of a checked sheet, or none; a second call writes nothing.

    The rows are judged again. Returns the check with its problems when one row is bad
    (then nothing is written). Audited as `plan.action`.
    """
    type(plan.owner).objects.select_for_update().get(pk=plan.owner.pk)
    if loaded_before(staged.key, by=by):
        return SheetCheck(added=0, changed=0, same=len(table.rows), problems=[])
    done = plan.resource().check(table, write=True)
    if done.problems:
        return done
    Submission.objects.create(
        user=by,
        action=plan.action,
        path=result_url,
        key=staged.key,
        body_sha256=staged.sha256,
        result_url=result_url,
    )
    record(
        plan.action,
        plan.owner,
        by=by,
        region_code=getattr(plan.owner, "region_code", plan.owner.pk),
        says=f"memuat {plan.what} dari berkas {staged.name}: {done.added} baru, "
        f"{done.changed} diubah",
        sha256=staged.sha256,
        added=done.added,
        changed=done.changed,
    )
    transaction.on_commit(lambda: drop_sheet(staged.token, by=by))
    return done
