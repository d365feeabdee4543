"""Plan items and programme codes from a sheet, with the columns of the Dinas."""

from import_export.fields import Field
from import_export.widgets import Widget

from boards.imports import SheetPlan, SheetResource
from boards.models import Board, Region
from common.money import format_rupiah
from common.sheets import Cell, Column
from common.tables import DecimalCommaWidget, RupiahWidget, TextCellWidget
from common.words import format_decimal
from planning.codes import is_programme_code, level_of
from planning.models import FIRST_YEAR, LAST_YEAR, PlanItem, ProgrammeCode

ITEM_COLUMNS = (
    Column("Dokumen", 18),
    Column("Tahun", 8),
    Column("Kode", 20),
    Column("Subkegiatan", 44),
    Column("Indikator", 36),
    Column("Target", 10),
    Column("Satuan", 12),
    Column("Lokasi", 28),
    Column("Pagu (Rp)", 18, money=True),
    Column("Sumber dana", 14),
    Column("Catatan penting", 30),
    Column("Target tahun berikutnya", 14),
    Column("Pagu tahun berikutnya (Rp)", 18, money=True),
)
CODE_COLUMNS = (
    Column("Tahun", 8),
    Column("Kode", 22),
    Column("Nama", 70),
    Column("Sumber", 40),
)


class YearWidget(Widget):
    """A budget year with four digits."""

    def clean(self, value: Cell, row=None, **kwargs) -> int:
        """The year; ValueError names the remedy."""
        text = str(value if value is not None else "").strip()
        if not (text.isascii() and text.isdecimal() and len(text) == 4):
            raise ValueError("Tulis tahun anggaran dengan empat angka, contoh 2026.")
        if not FIRST_YEAR <= int(text) <= LAST_YEAR:
            raise ValueError(f"Tahun antara {FIRST_YEAR} dan {LAST_YEAR}.")
        return int(text)


class FilledWidget(TextCellWidget):
    """Text that no row can do without."""

    def __init__(self, remedy: str) -> None:
        super().__init__()
        self.remedy = remedy

    def clean(self, value: Cell, row=None, **kwargs) -> str:
        """The text in one line; ValueError when the cell is blank."""
        text = super().clean(value, row, **kwargs)
        if not text:
            raise ValueError(self.remedy)
        return " ".join(text.split())


class CodeWidget(Widget):
    """A code as text: Excel turns 1.04 into a number and drops its zero."""

    def clean(self, value: Cell, row=None, **kwargs) -> str:
        """The code; ValueError says how to format the column."""
        if not value:
            raise ValueError("Isi kode, contoh 1.04.03.2.02.03.")
        if not isinstance(value, str):
            raise ValueError(
                "Kode terbaca sebagai bilangan atau tanggal, sehingga angkanya dapat "
                "berubah. Pilih kolomnya, Format Sel, jenis Teks, lalu ketik lagi."
            )
        return value.strip().rstrip(".").upper()


class CeilingWidget(RupiahWidget):
    """An amount that no row can do without."""

    def clean(self, value: Cell, row=None, **kwargs) -> int:
        """Whole rupiah; ValueError when the cell is blank."""
        amount = super().clean(value, row, **kwargs)
        if amount is None:
            raise ValueError("Isi pagu dalam rupiah, contoh 72.000.000.")
        return amount


class KindWidget(Widget):
    """The plan document by its name; blank is Renja Kecamatan."""

    def clean(self, value: Cell, row=None, **kwargs) -> str:
        """The choice; ValueError lists the names."""
        text = " ".join(str(value or "").split()).casefold()
        if not text:
            return PlanItem.Kind.RENJA_KECAMATAN
        for kind in PlanItem.Kind:
            if text == kind.label.casefold():
                return kind
        names = ", ".join(PlanItem.Kind.labels)
        raise ValueError(f"Dokumen ini tidak dikenal. Tulis salah satu: {names}.")


class PlanItemResource(SheetResource):
    """Plan items of one board, a row per subkegiatan; columns as on the Dinas sheet."""

    kind = Field("kind", "Dokumen", widget=KindWidget())
    year = Field("year", "Tahun", widget=YearWidget())
    code = Field("code", "Kode", widget=CodeWidget())
    title = Field("title", "Subkegiatan", widget=FilledWidget("Isi nama subkegiatan."))
    indicator = Field("indicator", "Indikator", widget=TextCellWidget())
    target = Field("target", "Target", widget=DecimalCommaWidget())
    unit = Field("unit", "Satuan", widget=TextCellWidget())
    location = Field("location", "Lokasi", widget=TextCellWidget())
    ceiling = Field("ceiling", "Pagu (Rp)", widget=CeilingWidget())
    source_of_funds = Field("source_of_funds", "Sumber dana", widget=TextCellWidget())
    priority_note = Field("priority_note", "Catatan penting", widget=TextCellWidget())
    next_target = Field(
        "next_target", "Target tahun berikutnya", widget=DecimalCommaWidget()
    )
    next_ceiling = Field(
        "next_ceiling", "Pagu tahun berikutnya (Rp)", widget=RupiahWidget()
    )

    natural_key = ("year", "code", "title")  # as the database has it unique
    required = ("Tahun", "Kode", "Subkegiatan", "Pagu (Rp)")

    class Meta(SheetResource.Meta):
        model = PlanItem
        fields = (
            "kind",
            "year",
            "code",
            "title",
            "indicator",
            "target",
            "unit",
            "location",
            "ceiling",
            "source_of_funds",
            "priority_note",
            "next_target",
            "next_ceiling",
        )
        clean_model_instances = True

    def get_queryset(self):
        return PlanItem.objects.filter(board=self.owner)

    def init_instance(self, row=None):
        return PlanItem(board=self.owner, region_code=self.owner.region_code)

    def get_bulk_update_fields(self):
        return [*self._meta.fields, "revision"]

    def sample_of(self, item):
        """What the preview shows of a row."""
        target = format_decimal(item.target) if item.target is not None else ""
        amount = format_rupiah(item.ceiling)
        return (
            str(item.year),
            item.code,
            item.title,
            f"{target} {item.unit}".strip(),
            amount,
        )


class ProgrammeCodeWidget(CodeWidget):
    """A code of the programme list."""

    def clean(self, value: Cell, row=None, **kwargs) -> str:
        """The code; ValueError when it has another shape."""
        code = super().clean(value, row, **kwargs)
        if not is_programme_code(code):
            raise ValueError(
                f"“{code[:30]}” bukan kode program. Tulis seperti 1.04, 1.04.03, "
                "1.04.03.2.02 atau 1.04.03.2.02.0003."
            )
        return code


class ProgrammeCodeResource(SheetResource):
    """The code list of one regency; the level follows from the code."""

    year = Field("year", "Tahun", widget=YearWidget())
    code = Field("code", "Kode", widget=ProgrammeCodeWidget())
    name = Field("name", "Nama", widget=FilledWidget("Isi nama program atau kegiatan."))
    source = Field("source", "Sumber", widget=TextCellWidget())

    natural_key = ("year", "code")
    required = ("Tahun", "Kode", "Nama")

    class Meta(SheetResource.Meta):
        model = ProgrammeCode
        fields = ("year", "code", "name", "source")
        clean_model_instances = True

    def get_queryset(self):
        return ProgrammeCode.objects.filter(region_code=self.owner.code)

    def init_instance(self, row=None):
        return ProgrammeCode(region_code=self.owner.code)

    def before_save_instance(self, instance, row, **kwargs):
        """The level comes from the code, a missing source from the office."""
        super().before_save_instance(instance, row, **kwargs)
        instance.level = level_of(instance.code)
        instance.source = instance.source or f"Tabel kode {self.owner.title}"

    def validate_instance(
        self, instance, import_validation_errors=None, validate_unique=True
    ):
        """A blank source is filled before it is saved, so it is no error here."""
        instance.source = instance.source or f"Tabel kode {self.owner.title}"
        super().validate_instance(instance, import_validation_errors, validate_unique)

    def get_bulk_update_fields(self):
        return ["name", "source", "level"]

    def sample_of(self, row):
        """What the preview shows of a row."""
        return (str(row.year), row.code, row.name, row.source)


def item_sheet(board: Board) -> SheetPlan:
    """The import of plan items into one board."""
    return SheetPlan(
        kind="planning.item",
        owner=board,
        resource=lambda: PlanItemResource(owner=board),
        what="butir rencana",
        action="planning.items_imported",
        sample_titles=("Tahun", "Kode", "Subkegiatan", "Target", "Pagu"),
    )


def programme_sheet(regency: Region) -> SheetPlan:
    """The import of the code list of one regency."""
    return SheetPlan(
        kind="planning.programme",
        owner=regency,
        resource=lambda: ProgrammeCodeResource(owner=regency),
        what="kode program",
        action="planning.programmes_imported",
        sample_titles=("Tahun", "Kode", "Nama", "Sumber"),
    )
