"""Property: whoever looks, wherever: only rows of boards in reach are ever shown.

Random trees of boards, served regions and posts. Every board carries a word of its
own in all it holds; every list, search, export, log, home and summary is read by
every user, and the words on it are compared with a reach worked out here by hand.
"""

import io
import itertools

import openpyxl
import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Activity
from boards.audit import record
from boards.models import Assignment, Board, ServedRegion, User
from boards.roles import BOARD_ROLES, Role
from common.periods import Period
from reports.builders import dinas_summary
from tests.make import activities as works
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import planning

VILLAGES = (
    "35.20.06.1010",
    "35.20.06.1011",
    "35.20.07.2001",
    "35.21.01.2001",
    "33.13.01.2001",
)
LENGTHS = {
    Role.KELURAHAN: 13,
    Role.KECAMATAN: 8,
    Role.DINAS: 5,
    Role.DINAS_ADMIN: 5,
    Role.PROVINCE: 2,
    Role.SYSTEM: 0,
}
# Board pages and region pages that list, search, log or send out.
BOARD_PAGES = (
    "reports:board_home reports:board_search reports:paper_list boards:board_page"
    " boards:audit_board boards:setting_list boards:checklist_list"
    " deliberations:rule_list members:term_page members:person_list"
    " deliberations:meeting_list deliberations:decision_list deliberations:action_list"
    " activities:activity_list activities:activity_new planning:item_list"
).split()
REGION_PAGES = (
    "reports:region_home reports:region_search reports:summary_list"
    " reports:fund_region boards:board_list"
    " boards:audit_region boards:user_list activities:review_list"
).split()
PLAIN_PAGES = "reports:switch reports:menu reports:help boards:account_page".split()

post = st.tuples(
    st.sampled_from(list(Role)), st.integers(0, 4), st.sampled_from(VILLAGES)
)
worlds = st.fixed_dictionaries(
    {
        "homes": st.lists(st.sampled_from(VILLAGES), min_size=2, max_size=4),
        "served": st.lists(
            st.tuples(st.integers(0, 3), st.sampled_from(VILLAGES)), max_size=2
        ),
        "users": st.lists(
            st.lists(post, min_size=1, max_size=2), min_size=1, max_size=3
        ),
    }
)


def mark_of(number: int) -> str:
    """The word of one board, found nowhere else."""
    return f"Zq{'abcdefgh'[number]}xwv"


def furnished(number: int, home: str) -> Board:
    """A board with one of everything that lists show, under its word."""
    mark = mark_of(number)
    board = make.board(home, name=mark, code=f"LKM-{number}", address=f"Jalan {mark}")
    secretary = make.user(Role.SECRETARY, board=board, name=f"Sekretaris {mark}")
    person = talks.person(board, f"Warga {mark}")
    talks.mandate(board, person, coordinator=True)
    draft = talks.meeting(board, by=secretary, title=f"Rapat {mark}")
    talks.item(draft, f"Butir {mark}")
    held = talks.meeting(
        board, by=secretary, title=f"Rembug {mark}", held_on=works.HELD
    )
    item = talks.item(held, f"Bahasan {mark}")
    basis = talks.decision(
        item, f"Menyetujui {mark}", kind="activity", amount=200_000_000
    )
    talks.action(item, f"Mengukur {mark}", person.name)
    talks.ratify(held, at=works.RATIFIED, name=f"Ketua {mark}")
    basis.refresh_from_db()
    work = works.activity(board, basis, by=secretary, title=f"Paving {mark}")
    Activity.objects.filter(pk=work.pk).update(state="running", started_on=works.START)
    planning.item(board, f"Rencana {mark}")
    record("boards.tried", board, by=secretary, says=f"mencoba {mark}")
    return board


def hired(posts: list, boards: list[Board]) -> User:
    """A user with these posts."""
    user = make.user(name="Peninjau")
    # The same post drawn twice is one post: the database holds it once.
    places = {
        (role, number % len(boards), "")
        if role in BOARD_ROLES
        else (role, None, village[: LENGTHS[role]])
        for role, number, village in posts
    }
    for role, number, code in sorted(places, key=str):
        board = None if number is None else boards[number]
        Assignment.objects.create(user=user, role=role, board=board, region_code=code)
    return user


def build(world: dict) -> tuple[list[Board], list[User]]:
    """The boards and the users of one world."""
    for code in VILLAGES:
        for length in (2, 5, 8, 13):
            make.region(code[:length], f"Wilayah {code[:length]}")
    boards = [furnished(n, home) for n, home in enumerate(world["homes"])]
    for number, code in world["served"]:
        board = boards[number % len(boards)]
        if code != board.region_code:
            ServedRegion.objects.get_or_create(board=board, region_code=code)
    return boards, [hired(posts, boards) for posts in world["users"]]


def reach_by_hand(user: User, boards: list[Board]) -> set[str]:
    """Words of the boards that the posts of this user reach."""
    seen = set()
    for number, board in enumerate(boards):
        served = board.served_regions.values_list("region_code", flat=True)
        codes = [board.region_code, *served]
        for held in user.assignments.all():
            inside = held.board_id == board.pk
            office = not held.board_id and held.role != Role.SYSTEM
            above = office and any(code.startswith(held.region_code) for code in codes)
            if inside or above:
                seen.add(mark_of(number))
    return seen


def words_on(response) -> set[str]:
    """Words of boards in a page or a workbook."""
    if "spreadsheet" in response.headers["Content-Type"]:
        book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
        cells = itertools.chain(*(row for sheet in book for row in sheet.values))
        text = " ".join(str(cell) for cell in cells)
    else:
        text = response.content.decode()
    return {mark_of(number) for number in range(8) if mark_of(number) in text}


class Look:
    """One user going through the portal, and what should not have been seen."""

    def __init__(self, user: User, boards: list[Board]) -> None:
        self.client, self.boards = make.signed_in(user), boards
        self.allowed = reach_by_hand(user, boards)
        self.faults: list[str] = []

    def at(self, path: str, may_show: set[str], **asked) -> int:
        """Open one page; note every word on it that is out of reach."""
        response = self.client.get(path, asked)
        shown = words_on(response)
        if not shown <= may_show:
            self.faults.append(f"{path} {asked}: {shown - may_show}")
        return response.status_code

    def at_board(self, number: int, board: Board) -> None:
        """Every page of one board: its own words alone, or it does not exist."""
        own = {mark_of(number)} & self.allowed
        for name in BOARD_PAGES:
            path = reverse(name, args=[board.slug])
            for asked in ({}, {"q": mark_of(number)}):
                status = self.at(path, own, **asked)
                if (status == 404) != (not own):
                    self.faults.append(f"{path}: {status}")
        export = self.client.post(reverse("members:person_export", args=[board.slug]))
        if not words_on(export) <= own:
            self.faults.append(f"export of {board.slug}")

    def everywhere(self) -> list[str]:
        """Board pages, region pages, pages of one's own."""
        for number, board in enumerate(self.boards):
            self.at_board(number, board)
        for code in {village[:n] for village in VILLAGES for n in (2, 5, 8, 13)}:
            for name in REGION_PAGES:
                path = reverse(name, args=[code])
                if self.at(path, self.allowed) == 200:
                    self.at(path, self.allowed, q="Zq")
        for name in PLAIN_PAGES:
            self.at(reverse(name), self.allowed)
        return self.faults


def summaries_outside(boards: list[Board]) -> list[str]:
    """Summaries of a region that name a board which is not at home there."""
    faults = []
    for code in {village[:n] for village in VILLAGES for n in (5, 8)}:
        region = make.region(code)
        found = {str(b) for b in dinas_summary.boards_in(code, Period.year(2026))}
        home = {str(b) for b in boards if b.region_code.startswith(region.code)}
        if found != home:
            faults.append(f"summary of {code}: {found ^ home}")
    return faults


def check(world: dict) -> None:
    """Build one world, look, and take everything back."""
    with transaction.atomic():
        boards, users = build(world)
        faults = [fault for user in users for fault in Look(user, boards).everywhere()]
        faults += summaries_outside(boards)
        transaction.set_rollback(True)
    assert not faults, "\n".join(faults)


RULES = {
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": list(HealthCheck),
    "database": None,
}


@pytest.mark.django_db
@settings(max_examples=2, **RULES)
@given(world=worlds)
def test_nobody_sees_a_row_out_of_reach(world):
    check(world)


@pytest.mark.deep
@pytest.mark.django_db
@settings(max_examples=40, **RULES | {"derandomize": False})
@given(world=worlds)
def test_nobody_sees_a_row_out_of_reach_in_many_worlds(world):
    check(world)


@pytest.mark.django_db
def test_a_served_region_and_two_posts_add_up_to_no_more():
    check(
        {
            "homes": [VILLAGES[0], VILLAGES[2], VILLAGES[4]],
            "served": [(1, VILLAGES[0])],
            "users": [
                [(Role.KELURAHAN, 0, VILLAGES[0])],
                [(Role.SECRETARY, 2, ""), (Role.KECAMATAN, 0, VILLAGES[2])],
            ],
        }
    )
