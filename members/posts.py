"""Which posts a kind of unit has, and which posts one person may not hold together."""

from datetime import date

from members.terms import Span

# The board itself, beside the kinds of units.
BOARD = "BOARD"
SECRETARIAT, UPK, UPL, UPS = "SECRETARIAT", "UPK", "UPL", "UPS"
SUPERVISORS, ADVISERS = "SUPERVISORS", "ADVISERS"
STAFFED = (UPK, UPL, UPS)

# Kind of unit -> its posts, the leading one first.
POSTS: dict[str, tuple[str, ...]] = {
    SECRETARIAT: ("SECRETARY", "STAFF"),
    UPK: ("MANAGER", "BOOKKEEPER", "CASHIER", "OFFICER"),
    UPL: ("HEAD", "OFFICER"),
    UPS: ("HEAD", "OFFICER"),
    SUPERVISORS: ("HEAD", "MEMBER"),
    ADVISERS: ("MEMBER",),
}
_APART = {
    *(frozenset((BOARD, kind)) for kind in (SECRETARIAT, *STAFFED)),
    *(frozenset((SECRETARIAT, kind)) for kind in STAFFED),
    frozenset((SUPERVISORS, UPK)),
}
# Stands in for an end that nobody has set.
FOREVER = date.max


def may_not_double(one: str, other: str) -> bool:
    """Do the two bodies (BOARD or a kind of unit) refuse to share a person?

    Members of the board are neither staff of a unit nor of the secretariat, and unit
    staff are not secretariat. Source: governance sheet §3.1 (ART of one BKM, S8; the
    member who is unit staff: general practice). Who checks the books of the UPK does
    not keep them: assumed, from the meaning of Pengawas UPK in §1.
    """
    return frozenset((one, other)) in _APART


def span_of(start: date, last: date | None) -> Span:
    """The days of a post; without a last day it goes on."""
    return Span(start, last or FOREVER)


def place_of(kind: str, post: str) -> int:
    """Where a post stands in its unit, from 0; unknown ones last."""
    posts = POSTS.get(kind, ())
    return posts.index(post) if post in posts else len(posts)
