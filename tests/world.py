"""One board with one of everything, and one account a role, signed in."""

import datetime
import functools
from dataclasses import dataclass, field

from django.test import Client

from boards.files import store_bytes
from boards.models import Board, ServedRegion, User
from boards.roles import Role
from deliberations.services.rules import draft_version
from reports.models import IssuedReport
from reports.scan_reading import PageRead, Source
from reports.services import keep_stack, new_stack, put_page
from tests.door_elections import ElectionRows
from tests.door_lending import LoanRows
from tests.make import activities as works
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import ledger, members, planning, rules
from tests.make import loans as lend
from tests.make import meetings as meet

HOME, FOREIGN = "35.20.06.1010", "33.13.01.2001"
REGIONS = {
    Role.KELURAHAN: HOME,
    Role.KECAMATAN: HOME[:8],
    Role.DINAS: HOME[:5],
    Role.DINAS_ADMIN: HOME[:5],
    Role.PROVINCE: HOME[:2],
    Role.SYSTEM: "",
}


@dataclass
class World(ElectionRows, LoanRows):
    """One board with one of everything, and one account a role."""

    board: Board
    clients: dict[str, Client] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    @functools.cached_property
    def foreign(self):
        return make.board(FOREIGN)

    @functools.cached_property
    def secretary(self):
        return self.users[Role.SECRETARY]

    @functools.cached_property
    def people(self):
        return meet.members(self.board)

    @functools.cached_property
    def draft(self):
        return meet.draft(self.board, by=self.secretary, people=self.people)

    @functools.cached_property
    def series(self):
        return meet.series(self.board, by=self.secretary)

    @functools.cached_property
    def sent(self):
        return meet.sent(self.board, by=self.secretary, people=self.people)

    @functools.cached_property
    def ratified(self):
        verdict = meet.verdict(
            kind="activity", amount=90_000_000, in_charge_name="Warga 03"
        )
        return meet.ratified(
            self.board, by=self.secretary, people=self.people, verdicts=(verdict,)
        )

    @functools.cached_property
    def letter(self):
        return talks.letter(self.board, by=self.secretary)

    @functools.cached_property
    def guide(self):
        return make.guide(HOME[:5], by=self.secretary)

    @functools.cached_property
    def rule(self):
        held = rules.adopted(self.board)
        older = draft_version(held.document, source=rules.TEXT, by=self.secretary)
        rules.adopted(self.board, version=older, adopted_on=rules.EARLIER)
        return held

    @functools.cached_property
    def rule_draft(self):
        source = rules.TEXT
        return draft_version(self.rule.document, source=source, by=self.secretary)

    @functools.cached_property
    def activity(self):
        return works.running(self.board)

    @functools.cached_property
    def report(self):
        return works.report(self.activity)

    @functools.cached_property
    def sent_report(self):
        return works.sent(works.running(self.board))

    @functools.cached_property
    def term(self):
        return self.people[0].mandates.get().term

    @functools.cached_property
    def numbered(self):
        return members.person(self.board, nik="9901010101010001")

    @functools.cached_property
    def unit(self):
        return members.unit(self.board)

    @functools.cached_property
    def appointment(self):
        return members.appointment(self.unit)

    @functools.cached_property
    def appointing(self):
        verdict = meet.verdict("Pengangkatan pengelola UPK", kind="membership")
        meeting = meet.ratified(
            self.board, by=self.secretary, people=self.people, verdicts=(verdict,)
        )
        return meeting.decisions.get()

    @functools.cached_property
    def evaluation(self):
        return members.evaluation(self.board, every=3)

    @functools.cached_property
    def training(self):
        return members.training(self.board, members.person(self.board))

    @functools.cached_property
    def served(self):
        make.region("35.20.06.1004", "Magetan")
        return ServedRegion.objects.create(
            board=self.board, region_code="35.20.06.1004"
        )

    @functools.cached_property
    def book(self):
        """The fund's book, one cost waiting, one month closed."""
        by = self.users[Role.LOAN_UNIT]
        book = ledger.book(self.board, by)
        self.voucher = ledger.voucher(book, by, ("11010", 500), ("31010", -500))
        cost = (("51030", 200), ("11010", -200))
        day = datetime.date(2026, 2, 3)
        self.waiting = ledger.voucher(book, by, *cost, dated=day, second=True)
        self.closed = ledger.close_month(book, "2026-01", by, cash=500)
        return book

    @functools.cached_property
    def running(self):
        """A loan that was paid out, with one receipt on it."""
        day = datetime.date(2026, 2, 5)
        loan = lend.lent(self.fund, on=day)
        self.paid_in = lend.paid(self.fund, loan, 115_000, on=day)
        return loan

    @functools.cached_property
    def item(self):
        return planning.item(self.board)

    @functools.cached_property
    def paper(self):
        file = store_bytes(
            b"%PDF-1.7 ",
            kind="application/pdf",
            label="surat.pdf",
            board=self.board,
            by=self.secretary,
        )
        return IssuedReport.objects.create(
            board=self.board,
            region_code=HOME,
            kind="berita-acara",
            subject_label="deliberations.meeting",
            subject_pk=str(self.ratified.pk),
            title="Berita acara",
            dated_on=meet.HELD_ON,
            token="A" * 26,
            input_sha256="0" * 64,
            record_hash="0" * 64,
            sha256=file.sha256,
            file=file,
            pages=1,
            paper_size="f4",
            issued_at=meet.NOON,
            issued_by=self.secretary,
            issued_name="Dewi",
        )

    @functools.cached_property
    def stack(self):
        source = Source("foto.jpg", pages=1)
        stack = new_stack(self.board, by=self.secretary)
        stack.sources = [source.line]
        read = PageRead(picture=b"besar", thumbnail=b"kecil")
        put_page(stack, 0, 1, read)
        return keep_stack(stack, [source], [[read]], by=self.secretary)


def full_world() -> World:
    """A board with one of everything, and an account signed in for every role."""
    world = World(make.board(HOME))
    for role in Role:
        where = REGIONS.get(role, "")
        user = make.user(role, board=world.board, region_code=where, password="sandi")
        world.users[role] = user
        world.clients[role] = make.signed_in(user)
        # A first visit, so that no later one has to note the sign-in.
        world.clients[role].get("/")
    for name in dir(World):
        if isinstance(getattr(World, name, None), functools.cached_property):
            getattr(world, name)
    return world
