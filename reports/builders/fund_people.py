"""Who signs the papers of the fund, and how the UPK is called on them."""

import datetime

from django.db.models import Q

from boards.models import Assignment, Board
from boards.roles import Post, Role
from common.errors import RuleViolation
from common.words import format_date
from reports.builders.letters import coordinator_on, home_of, letterhead_of
from reports.frame import Signer

# Nobody holds the post: a name is written by hand.
DOTS = "." * 32
WITNESS = "Mengetahui"


def holder_of(board: Board, role: Role, on: datetime.date, *, post: Post) -> str:
    """Name of who holds a post on a day; dots to write on when nobody does.

    Accounts know no first day of a post, so whoever had not left by then holds it.
    """
    stays = Q(ended_at=None) | Q(ended_at__date__gt=on)
    held = Assignment.objects.filter(stays, board=board, role=role)
    held = held.filter(post=post) if post else held
    first = held.select_related("user").order_by("started_at", "pk").first()
    return str(first.user) if first else DOTS


def manager_signs(board: Board, on: datetime.date) -> Signer:
    """The manajer of the UPK."""
    return Signer(
        "Manajer UPK,", holder_of(board, Role.LOAN_UNIT, on, post=Post.MANAGER)
    )


def bookkeeper_signs(board: Board, on: datetime.date) -> Signer:
    """The pembuku of the UPK, who signs day books."""
    name = holder_of(board, Role.LOAN_UNIT, on, post=Post.BOOKKEEPER)
    return Signer("Pembuku,", name)


def cashier_signs(board: Board, on: datetime.date) -> Signer:
    """The kasir of the UPK."""
    return Signer("Kasir,", holder_of(board, Role.LOAN_UNIT, on, post=Post.CASHIER))


def officer_signs(board: Board, on: datetime.date) -> Signer:
    """The petugas pinjaman of the UPK."""
    name = holder_of(board, Role.LOAN_UNIT, on, post=Post.OFFICER)
    return Signer("Petugas pinjaman,", name)


def supervisor_signs(board: Board, on: datetime.date) -> Signer:
    """One of the Pengawas UPK."""
    name = holder_of(board, Role.SUPERVISOR, on, post=Post.NONE)
    return Signer("Pengawas UPK,", name, above="Diperiksa")


def coordinator_knows(
    board: Board, on: datetime.date, *, above: str = WITNESS
) -> Signer:
    """The koordinator, who takes note; dots when there is none that day."""
    try:
        name = coordinator_on(board, on)
    except RuleViolation:
        name = DOTS
    return Signer(f"Koordinator {board},", name, above=above)


def secretary_signs(board: Board, on: datetime.date) -> Signer:
    """The secretary, who keeps the book of the works."""
    name = holder_of(board, Role.SECRETARY, on, post=Post.NONE)
    return Signer("Sekretaris,", name)


def head_of(
    board: Board, *, title: str, public: str, number: str, on: datetime.date
) -> dict:
    """What every paper of the fund has; `public` is all that strangers read."""
    return {
        "letterhead": letterhead_of(board),
        "title": title,
        "public_title": public,
        "place": home_of(board),
        "dated_on": on,
        "number": number,
        "dated": format_date(on, unbroken=True),
    }
