"""Rules of a board for tests, made through the services."""

import datetime

from boards.models import Board, User
from boards.roles import Post, Role
from deliberations.models import RuleVersion
from deliberations.services.adoption import Adoption, adopt_version
from deliberations.services.rules import draft_rule, draft_version
from tests.make import boards as make

TODAY = datetime.date(2026, 11, 27)
ADOPTED = datetime.date(2016, 5, 12)
EARLIER = datetime.date(2009, 1, 1)
TEXT = """BAB I
NAMA
Pasal 1
Lembaga ini bernama LKM Guyub Rukun.
BAB II
RAPAT
Pasal 14
Kuorum
(1) Rapat anggota diadakan tiap bulan.
(2) Rapat sah bila dihadiri:
a. lebih dari separuh anggota; dan
b. koordinator.
"""


def draft(board: Board, *, by: User | None = None, **facts) -> RuleVersion:
    """An ART nobody adopted yet."""
    values = {"kind": "ART", "name": "Anggaran Rumah Tangga", "source": TEXT}
    by = by or make.user(Role.SECRETARY, board=board)
    return draft_rule(board, **{**values, **facts}, by=by)


def adopted(
    board: Board,
    *,
    adopted_on: datetime.date = ADOPTED,
    in_force_on: datetime.date | None = None,
    version: RuleVersion | None = None,
    deed: dict | None = None,
    **facts,
) -> RuleVersion:
    """An ART in force since 2016, adopted by a forum before the portal."""
    by = make.user(Role.MEMBER, board=board, post=Post.COORDINATOR)
    days = (adopted_on, in_force_on or adopted_on)
    how = Adoption(*days, forum="Rembug warga", **deed or {})
    version = version or draft(board, **facts)
    return adopt_version(version, how=how, on=TODAY, by=by)


def later(version: RuleVersion, on: datetime.date, **facts) -> RuleVersion:
    """Another version of the same document, adopted and in force from `on`."""
    source = facts.pop("source", TEXT.replace("separuh", "dua pertiga"))
    by = make.user(Role.SECRETARY, board=version.board)
    made = draft_version(version.document, source=source, by=by)
    return adopted(version.board, version=made, adopted_on=on)
