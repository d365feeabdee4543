"""Works, reports and proof for tests, built through the services."""

import datetime
import itertools

from activities.models import Activity, ActivityReport, CostKind, Source
from activities.services import activities as acts
from activities.services import proof, reports, review
from boards.files import put_bytes
from boards.models import Board, User
from boards.roles import Role
from boards.uploads import PhotoFacts, ReadFile, ReadPhoto
from common.periods import Period
from deliberations.models import Decision
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import photos

_count = itertools.count(1)
HELD = datetime.date(2026, 6, 20)
RATIFIED = datetime.datetime(2026, 6, 21, 3, 0, tzinfo=datetime.UTC)
START = datetime.date(2026, 7, 1)
SENT = datetime.datetime(2026, 11, 17, 3, 0, tzinfo=datetime.UTC)  # Tuesday
SEPTEMBER = Period.month(2026, 9)
OCTOBER = Period.month(2026, 10)
LINES = {CostKind.WAGES: 62_400_000, CostKind.MATERIALS: 33_600_000}
FUNDS = {Source.DANA_KELURAHAN: 90_000_000, Source.SWADAYA: 6_000_000}


def decision(board: Board, *, amount: int | None = 100_000_000, **fields) -> Decision:
    """A ratified decision about a work."""
    title = fields.pop("title", f"Paving jalan RT 002 nomor {next(_count)}")
    meeting = talks.meeting(board, held_on=HELD)
    made = talks.decision(
        talks.item(meeting, title),
        kind=fields.pop("kind", Decision.Kind.ACTIVITY),
        amount=amount,
        **fields,
    )
    talks.ratify(meeting, at=RATIFIED)
    made.refresh_from_db()
    return made


def plan(board: Board, basis: Decision | None = None, **fields) -> Activity:
    """A work that is not yet saved; 186 m of paving for 96 million rupiah."""
    values = {
        "kind": Activity.Kind.CASH_FOR_WORK,
        "works_type": "ROAD",
        "title": f"Paving jalan lingkungan {next(_count)}",
        "volume": 186,
        "unit": "m",
        "starts_on": START,
        "ends_on": datetime.date(2026, 12, 15),
        "workers_women": 9,
        "workers_men": 19,
        "person_days_women": 204,
        "person_days_men": 420,
        "daily_wage": 100_000,
    }
    return Activity(
        board=board, decision=basis or decision(board), **{**values, **fields}
    )


def activity(
    board: Board,
    basis: Decision | None = None,
    *,
    by: User | None = None,
    lines: dict | None = None,
    fundings: dict | None = None,
    locations: tuple = (("002", "004"),),
    **fields,
) -> Activity:
    """A planned work."""
    return acts.create_activity(
        plan(board, basis, **fields),
        lines=LINES if lines is None else lines,
        fundings=FUNDS if fundings is None else fundings,
        locations=locations,
        on=START,
        by=by or make.user(Role.SECRETARY, board=board),
    )


def running(board: Board, *, by: User | None = None, **fields) -> Activity:
    """A work that began on its first day."""
    by = by or make.user(Role.SECRETARY, board=board)
    made = activity(board, by=by, **fields)
    return acts.start_activity(made, on=START, today=START, by=by)


def report(
    work: Activity,
    period: Period = SEPTEMBER,
    *,
    by: User | None = None,
    is_final: bool = False,
    photographed: bool = True,
    **fields,
) -> ActivityReport:
    """A draft report of one month that could be sent as it is."""
    by = by or work.created_by
    made = reports.create_report(work, period=period, is_final=is_final, at=SENT, by=by)
    values = {
        "physical_progress": 40,
        "volume_done": 74,
        "person_days_women": 80,
        "person_days_men": 160,
        "workers_women": 9,
        "workers_men": 18,
    }
    spendings = fields.pop(
        "spendings",
        {
            (Source.DANA_KELURAHAN, CostKind.WAGES): 24_000_000,
            (Source.DANA_KELURAHAN, CostKind.MATERIALS): 12_000_000,
        },
    )
    values |= fields
    for name, value in values.items():
        setattr(made, name, value)
    made = reports.edit_report(
        made, columns=set(values), spendings=spendings, seen_revision=0, by=by
    )
    if photographed:
        stages = (0, 50, 100) if is_final or made.physical_progress >= 100 else (0,)
        for stage in stages:
            photo(made, stage, by=by)
    made.refresh_from_db()
    return made


def sent(work: Activity, *, by: User | None = None, **fields) -> ActivityReport:
    """A report that waits for the kelurahan since Tuesday 17 November 2026."""
    by = by or work.created_by
    return reports.send_report(report(work, by=by, **fields), at=SENT, by=by)


def officer(board: Board, **fields) -> User:
    """The kelurahan officer at the board's home."""
    values = {"title": "Kasi PMD"}
    return make.user(
        Role.KELURAHAN, region_code=board.region_code, **{**values, **fields}
    )


def returned(work: Activity, *fields: str, by: User | None = None) -> ActivityReport:
    """A report that came back with a comment on each of `fields`."""
    checker = by or officer(work.board)
    made = sent(work)
    for field in fields:
        review.comment_on_field(
            made, field=field, text=f"Jelaskan {field}.", at=SENT, by=checker
        )
    return review.return_report(made, at=SENT, by=checker)


def approved(work: Activity, *, by: User | None = None, **fields) -> ActivityReport:
    """A report that the kelurahan froze."""
    made = sent(work, **fields)
    return review.approve_report(made, at=SENT, by=by or officer(work.board))


def read_file(seed: object = "") -> ReadFile:
    """Bytes as the worker gives them back; another `seed`, another file."""
    data = photos.jpeg(comment=str(seed).encode() or b"-")
    return ReadFile(data, "image/jpeg", "foto.jpg", True, 64, 48)


def photo(made: ActivityReport, stage: int = 0, *, by: User | None = None):
    """One photo of a stage, with time and place."""
    big, small = read_file(f"{next(_count)}b"), read_file(f"{next(_count)}s")
    facts = PhotoFacts()
    read = ReadPhoto(big, small, facts)
    digests = put_bytes(big.data), put_bytes(small.data)
    return proof.add_photos(
        made,
        photos=[(read, *digests, facts)],
        stage=stage,
        note="",
        by=by or made.created_by,
    )[0]


def receipt(made: ActivityReport, *, amount: int = 2_340_000, **fields):
    """One receipt."""
    file = read_file(f"{next(_count)}r")
    values = {
        "label": "Semen 40 zak",
        "receipt_on": datetime.date(2026, 9, 12),
        "today": datetime.date(2026, 11, 17),
        "by": made.created_by,
    }
    return proof.add_receipt(
        made,
        file=file,
        digest=put_bytes(file.data),
        amount=amount,
        **{**values, **fields},
    )
