"""Residents from a sheet, with the columns of the paper form."""

from import_export.fields import Field
from import_export.widgets import Widget

from boards.imports import SheetPlan, SheetResource
from boards.masking import mask
from boards.models import Board
from common.errors import RuleViolation
from common.sheets import Cell, Column
from common.tables import TextCellWidget
from common.text import name_key
from members.models import EARLIEST_BIRTH, Person, Sex
from members.nik import MASKED, nik_fingerprint, put_nik, read_nik

COLUMNS = (
    Column("Nama", 28),
    Column("Nama panggilan", 16),
    Column("Gelar depan", 12),
    Column("Gelar belakang", 14),
    Column("L/P", 6),
    Column("Tahun lahir", 12),
    Column("RT", 7),
    Column("RW", 7),
    Column("Alamat", 32),
    Column("Telepon", 18),
    Column("NIK", 22),
)
EXAMPLE = (
    ("Siti Aminah", "Bu Siti", "Hj.", "S.Pd.", "P", 1979, "003", "005", "", "", ""),
    ("Suprapto", "", "Drs.", "", "L", 1965, "001", "002", "", "", ""),
)
SEXES = {
    "l": Sex.MALE,
    "lk": Sex.MALE,
    "laki-laki": Sex.MALE,
    "p": Sex.FEMALE,
    "pr": Sex.FEMALE,
    "perempuan": Sex.FEMALE,
}


class NameWidget(TextCellWidget):
    """The name, which no row can do without."""

    def clean(self, value: Cell, row=None, **kwargs) -> str:
        """The name; ValueError when the cell is blank."""
        name = super().clean(value, row, **kwargs)
        if not name:
            raise ValueError("Isi nama warga.")
        return " ".join(name.split())


class SexWidget(Widget):
    """L or P, also written out."""

    def clean(self, value: Cell, row=None, **kwargs) -> str:
        """The choice; ValueError says which letters there are."""
        text = str(value or "").strip()
        if not text:
            raise ValueError("Isi L untuk laki-laki atau P untuk perempuan.")
        if text.casefold() not in SEXES:
            raise ValueError(
                f"“{text[:20]}” bukan L atau P. Tulis L untuk laki-laki, P untuk "
                "perempuan."
            )
        return SEXES[text.casefold()]


class BirthYearWidget(Widget):
    """A year with four digits, not in the future."""

    def __init__(self, *, latest: int) -> None:
        super().__init__()
        self.latest = latest

    def clean(self, value: Cell, row=None, **kwargs) -> int | None:
        """The year or None; ValueError names the remedy."""
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) == 4):
            raise ValueError("Tulis tahun lahir dengan empat angka, contoh 1979.")
        if not EARLIEST_BIRTH <= int(text) <= self.latest:
            raise ValueError(
                f"Tahun lahir antara {EARLIEST_BIRTH} dan {self.latest}. Periksa lagi."
            )
        return int(text)


class ThreeDigitsWidget(TextCellWidget):
    """RT or RW: "3", 3 and "003" are the same."""

    def __init__(self) -> None:
        super().__init__(accept_numbers=True)

    def clean(self, value: Cell, row=None, **kwargs) -> str:
        """Three digits or ""; ValueError names the remedy."""
        text = super().clean(value, row, **kwargs)
        if not text:
            return ""
        if not (text.isascii() and text.isdecimal() and len(text) <= 3):
            raise ValueError("Tulis angka saja, paling banyak tiga, contoh 003.")
        return text.zfill(3)


class NikWidget(TextCellWidget):
    """Sixteen digits in a text cell; a masked number stands for the one we have."""

    def clean(self, value: Cell, row=None, **kwargs) -> str:
        """The digits, the masked text, or ""; ValueError never repeats the number."""
        if value is not None and not isinstance(value, str):
            raise ValueError(
                "NIK terbaca sebagai bilangan, angka terakhirnya dapat hilang. Pilih "
                "kolomnya di Excel, Format Sel, jenis Teks, lalu ketik lagi NIK-nya."
            )
        text = super().clean(value, row, **kwargs)
        if not text or MASKED.fullmatch(text):
            return text
        return read_nik(text)


class PersonResource(SheetResource):
    """Residents of one board. The key is the NIK, else name, birth year, RT and RW."""

    name = Field("name", "Nama", widget=NameWidget(accept_numbers=True))
    nickname = Field("nickname", "Nama panggilan", widget=TextCellWidget())
    title_before = Field("title_before", "Gelar depan", widget=TextCellWidget())
    title_after = Field("title_after", "Gelar belakang", widget=TextCellWidget())
    sex = Field("sex", "L/P", widget=SexWidget())
    birth_year = Field("birth_year", "Tahun lahir")
    rt = Field("rt", "RT", widget=ThreeDigitsWidget())
    rw = Field("rw", "RW", widget=ThreeDigitsWidget())
    address = Field("address", "Alamat", widget=TextCellWidget(accept_numbers=True))
    phone = Field("phone", "Telepon", widget=TextCellWidget())
    nik = Field("nik", "NIK", widget=NikWidget())

    required = ("Nama", "L/P")

    class Meta(SheetResource.Meta):
        model = Person
        fields = (
            "name",
            "nickname",
            "title_before",
            "title_after",
            "sex",
            "birth_year",
            "rt",
            "rw",
            "address",
            "phone",
            "nik",
        )
        clean_model_instances = True

    def __init__(self, *, owner: Board) -> None:
        super().__init__(owner=owner)
        latest = owner.today().year
        self.fields["birth_year"].widget = BirthYearWidget(latest=latest)
        self.by_nik = {row.nik_hmac: row for row in self.rows if row.nik_hmac}

    def get_queryset(self):
        return Person.objects.filter(board=self.owner)

    def init_instance(self, row=None):
        return Person(board=self.owner, region_code=self.owner.region_code)

    def key_of(self, person):
        """Name, birth year and neighbourhood; capitals do not matter."""
        where = (person.rt, person.rw)
        return (name_key(person.name), person.birth_year, *where)

    def find(self, candidate):
        """By NIK first. The row found carries the NIK that the sheet means."""
        nik = getattr(candidate, "nik", "")
        same = self.known.get(self.key_of(candidate))
        if not nik or MASKED.fullmatch(nik):
            if nik and (same is None or same.nik_masked != nik):
                raise RuleViolation(
                    "NIK tersamar tidak dapat dibaca. Tulis 16 angka atau kosongkan.",
                    code="members.masked_nik",
                )
            return self._with_nik(same, nik)
        holder = self.by_nik.get(nik_fingerprint(self.owner.pk, nik))
        if holder is None:
            return self._with_nik(same if same and not same.nik_hmac else None, "")
        if self.key_of(holder)[0] != self.key_of(candidate)[0]:
            raise RuleViolation(
                f"NIK ini sudah tercatat pada {holder}. Periksa NIK atau namanya.",
                code="members.nik_taken",
            )
        return self._with_nik(holder, nik)

    @staticmethod
    def _with_nik(person: Person | None, nik: str) -> Person | None:
        """Remember on the row which NIK counts as unchanged."""
        if person is not None:
            person.nik = nik
        return person

    def duplicate_keys(self, candidate):
        """Two rows with one NIK are the same too, whatever their names."""
        nik = getattr(candidate, "nik", "")
        yield self.key_of(candidate)
        if nik and not MASKED.fullmatch(nik):
            yield nik_fingerprint(self.owner.pk, nik)

    def before_save_instance(self, instance, row, **kwargs):
        """Seal the NIK; an empty or masked cell leaves the stored one."""
        super().before_save_instance(instance, row, **kwargs)
        nik = getattr(instance, "nik", "")
        if nik and not MASKED.fullmatch(nik):
            put_nik(instance, nik)

    def value_to_show(self, column, value):
        """A NIK that is wrong is masked like a right one."""
        shown = super().value_to_show(column, value)
        return mask(shown) if column == "NIK" and len(shown) > 8 else shown

    def get_bulk_update_fields(self):
        plain = [name for name in self._meta.fields if name != "nik"]
        return [*plain, "nik_sealed", "nik_hmac", "nik_masked", "revision"]

    def sample_of(self, person):
        """What the preview shows of a row; the NIK stays masked."""
        year = str(person.birth_year or "")
        nik = person.nik_masked or ""
        return (person.full_name, person.sex, year, person.neighbourhood, nik)


def person_sheet(board: Board) -> SheetPlan:
    """The import of residents into one board."""
    return SheetPlan(
        kind="members.person",
        owner=board,
        resource=lambda: PersonResource(owner=board),
        what="warga",
        action="members.persons_imported",
        sample_titles=("Nama", "L/P", "Tahun lahir", "RT/RW", "NIK"),
    )


def export_row(person: Person) -> tuple[Cell, ...]:
    """The cells of one resident in the order of COLUMNS; the NIK masked."""
    return (
        person.name,
        person.nickname,
        person.title_before,
        person.title_after,
        person.sex,
        person.birth_year,
        person.rt,
        person.rw,
        person.address,
        person.phone,
        person.nik_masked,
    )
