"""Delegates of a meeting from a sheet: names, sex, neighbourhood, element, vote."""

from import_export.fields import Field
from import_export.widgets import Widget

from boards.imports import SheetPlan, SheetResource
from common.errors import RuleViolation
from common.sheets import Cell, Column
from common.tables import TextCellWidget
from common.text import name_key
from deliberations.agendas import MEMBER_KINDS
from deliberations.models import Attendance, Meeting
from deliberations.services.meetings import lock_open
from members.resources import NameWidget, SexWidget, ThreeDigitsWidget

COLUMNS = (
    Column("Nama", 28),
    Column("L/P", 6),
    Column("RT", 7),
    Column("RW", 7),
    Column("Unsur", 18),
    Column("Jabatan", 18),
    Column("Hak suara", 11),
)
EXAMPLE = (
    ("Siti Aminah", "P", "003", "005", "Utusan RT", "", "ya"),
    ("Suprapto", "L", "001", "002", "Ketua RW", "Ketua", "tidak"),
)
YES_NO = {"ya": True, "y": True, "tidak": False, "t": False, "": False}


class VoteWidget(Widget):
    """Ya or tidak; an empty cell means no vote."""

    def clean(self, value: Cell, row=None, **kwargs) -> bool:
        """The choice; ValueError says which words there are."""
        text = str(value if value is not None else "").strip().casefold()
        if text not in YES_NO:
            raise ValueError(f"“{text[:20]}” bukan ya atau tidak. Tulis ya atau tidak.")
        return YES_NO[text]


class DelegateResource(SheetResource):
    """People of one meeting's list. The key is the name with RT and RW."""

    name = Field("name", "Nama", widget=NameWidget(accept_numbers=True))
    sex = Field("sex", "L/P", widget=SexWidget())
    rt = Field("rt", "RT", widget=ThreeDigitsWidget())
    rw = Field("rw", "RW", widget=ThreeDigitsWidget())
    element = Field("element", "Unsur", widget=TextCellWidget(accept_numbers=True))
    office = Field("office", "Jabatan", widget=TextCellWidget(accept_numbers=True))
    is_entitled = Field("is_entitled", "Hak suara", widget=VoteWidget())

    required = ("Nama", "L/P")

    class Meta(SheetResource.Meta):
        model = Attendance
        fields = ("name", "sex", "rt", "rw", "element", "office", "is_entitled")
        clean_model_instances = True

    def __init__(self, *, owner: Meeting) -> None:
        super().__init__(owner=owner)
        self.last = max((row.position for row in self.rows), default=0)

    def get_queryset(self):
        return Attendance.objects.filter(meeting=self.owner)

    def init_instance(self, row=None):
        return Attendance(meeting=self.owner)

    def key_of(self, row):
        """Name and neighbourhood; capitals do not matter."""
        return (name_key(row.name), row.rt, row.rw)

    def find(self, candidate):
        """A guest of the same name and neighbourhood; members are no guests."""
        if candidate.is_entitled and self.owner.kind in MEMBER_KINDS:
            raise RuleViolation(
                "Di rapat ini hanya anggota yang berhak suara. Tulis tidak.",
                code="guest.no_vote",
            )
        found = super().find(candidate)
        if found and found.person_id:
            raise RuleViolation(
                f"{found.name} sudah ada di daftar sebagai"
                f" {found.office.lower() or 'petugas'}. Hapus baris ini.",
                code="guest.is_member",
            )
        return found

    def before_save_instance(self, instance, row, **kwargs):
        """New people stand behind the others, in the order of the sheet."""
        super().before_save_instance(instance, row, **kwargs)
        if not instance.pk:
            self.last += 1
            instance.position = self.last

    def get_bulk_update_fields(self):
        return list(self._meta.fields)

    def check(self, table, *, write=False):
        """As every sheet; what is written needs a list that is still open."""
        if write:
            lock_open(self.owner)
        return super().check(table, write=write)

    def sample_of(self, row):
        """What the preview shows of a row."""
        where = "/".join(part for part in (row.rt, row.rw) if part)
        vote = "ya" if row.is_entitled else "tidak"
        return (row.name, row.sex, where, row.role, vote)


def delegate_sheet(meeting: Meeting) -> SheetPlan:
    """The import of delegates into the list of one meeting."""
    return SheetPlan(
        kind="deliberations.delegates",
        owner=meeting,
        resource=lambda: DelegateResource(owner=meeting),
        what="undangan",
        action="deliberations.delegates_imported",
        sample_titles=("Nama", "L/P", "RT/RW", "Unsur/jabatan", "Hak suara"),
    )
