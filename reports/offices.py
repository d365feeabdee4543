"""The LKM and offices of one person, to switch between them."""

from collections.abc import Callable
from dataclasses import dataclass

from boards.models import Assignment, Region, User
from boards.roles import Role


@dataclass(frozen=True)
class Office:
    """One place where the person has a role."""

    name: str
    place: str
    role: str
    url: str

    def matches(self, words: str) -> bool:
        """Whether name or place holds the typed words."""
        return words.casefold() in f"{self.name} {self.place}".casefold()


def offices_of(user: User, url_of: Callable[[Assignment], str]) -> list[Office]:
    """Every place of the person, LKM first, by name; two queries at most."""
    held = user.reach()
    codes = {row.region_code for row in held if not row.board_id}
    regions = {row.code: row for row in Region.objects.filter(code__in=codes)}
    offices = [_office(row, regions, url_of(row)) for row in held]
    return sorted(offices, key=lambda office: office.name)


def _office(held: Assignment, regions: dict[str, Region], url: str) -> Office:
    if held.board:
        return Office(str(held.board), held.board.place, held.label, url)
    if held.role == Role.SYSTEM:
        return Office("Portal LKM", "", held.label, url)
    region = regions.get(held.region_code)
    if region is None:
        return Office("Indonesia", "", held.label, url)
    return Office(region.title, region.within, held.label, url)
