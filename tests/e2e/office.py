"""The people of the stories: one LKM, its kelurahan and its Dinas, with passwords."""

import datetime
from dataclasses import dataclass

from boards.models import Board, User
from boards.roles import Post, Role
from members.models import Mandate, Person, Term
from tests.make import boards as make

PASSWORD = "Tirta-Kencana-77"
KELURAHAN, KECAMATAN, KABUPATEN = "35.20.06.1010", "35.20.06", "35.20"
MEMBERS = (
    ("Suprapto", "L"),
    ("Retno Wulandari", "P"),
    ("Bambang Sutrisno", "L"),
    ("Endang Lestari", "P"),
    ("Joko Prasetyo", "L"),
    ("Nur Hidayah", "P"),
    ("Slamet Riyadi", "L"),
    ("Sri Mulyani Rahayu", "P"),
    ("Hadi Winoto", "L"),
    ("Yuli Astuti", "P"),
    ("Agus Santosa", "L"),
)


@dataclass(frozen=True)
class Office:
    """Everybody who takes part; every account opens with PASSWORD."""

    board: Board
    people: list[Person]
    secretary: User
    coordinator: User
    kelurahan: User
    dinas: User

    @property
    def today(self) -> datetime.date:
        """The day on the board's wall."""
        return self.board.today()


def open_office(region_code: str = KELURAHAN, **fields) -> Office:
    """An LKM of eleven members whose first is the koordinator, and two offices."""
    values = {"name": "Sumber Rejeki", "slug": "sumber-rejeki", "code": "LKM-SR"}
    board = make.board(region_code, **{**values, **fields})
    return Office(
        board=board,
        people=seat_members(board),
        secretary=account(Role.SECRETARY, "Dewi Anggraini", board=board),
        coordinator=account(
            Role.MEMBER, "Drs. H. Suprapto", board=board, post=Post.COORDINATOR
        ),
        kelurahan=account(Role.KELURAHAN, "Wahyu Hartono", region_code=region_code),
        dinas=account(Role.DINAS, "Ratna Kusuma", region_code=region_code[:5]),
    )


def account(role: Role, name: str, **reach) -> User:
    """A user with a name of its own and PASSWORD."""
    username = name.lower().replace(".", "").replace(" ", "-")
    return make.user(role, username=username, name=name, password=PASSWORD, **reach)


def seat_members(board: Board) -> list[Person]:
    """The members of a term around today."""
    today = board.today()
    term = Term.objects.create(
        board=board,
        starts_on=today.replace(year=today.year - 1, month=1, day=1),
        ends_on=today.replace(year=today.year + 1, month=12, day=31),
    )
    people = []
    for number, (name, sex) in enumerate(MEMBERS, start=1):
        person = Person.objects.create(
            board=board, name=name, sex=sex, rt=f"{number:03d}", rw="002"
        )
        Mandate.objects.create(
            board=board,
            term=term,
            person=person,
            position="COORDINATOR" if number == 1 else "MEMBER",
            started_on=term.starts_on,
        )
        people.append(person)
    return people
