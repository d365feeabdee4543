"""Child process of `bench_search.py`: fills one board with decisions, then asks.

`fill` writes rows in bulk without the triggers (the documented bypass) and makes the
index; `ask` times pages in process. Each ends with one line of JSON.
"""

import datetime
import io
import itertools
import json
import random
import statistics
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench_site.visitor import Visitor  # noqa: E402
from boards.indexing import board_token, rebuild_search  # noqa: E402
from boards.models import (  # noqa: E402
    Assignment,
    Board,
    LetterNumber,
    Region,
    SearchEntry,
    User,
)
from boards.roles import Role  # noqa: E402
from boards.triggers import without_triggers  # noqa: E402
from common.asking import all_of  # noqa: E402
from common.sheets import write_xlsx  # noqa: E402
from common.stems import terms_of  # noqa: E402
from common.words import roman_month  # noqa: E402
from deliberations.models import (  # noqa: E402
    ActionItem,
    AgendaItem,
    Decision,
    Meeting,
    MinutePoint,
)
from deliberations.register import register_sheet  # noqa: E402
from members.models import Mandate, Person, Term  # noqa: E402
from reports.builders import decision_book  # noqa: E402
from reports.catalogue import KINDS  # noqa: E402
from reports.document import VerifyLine  # noqa: E402
from reports.render import close_presses, render_long  # noqa: E402
from reports.services.printing import document_of  # noqa: E402
from reports.services.year_books import open_decision_book  # noqa: E402

CODE, LAST_YEAR, A_YEAR, A_MEETING = "35.20.06.1010", 2026, 1_000, 8
NOON = datetime.datetime(2026, 11, 1, 5, tzinfo=datetime.UTC)
DEEDS = (
    *("Iuran", "Perbaikan", "Pembangunan", "Pemeliharaan", "Pengadaan", "Penetapan"),
    *("Penggantian", "Pembersihan", "Pinjaman", "Usulan"),
)
THINGS = (
    *("drainase", "talud", "paving jalan", "saluran air", "MCK komunal", "gapura"),
    *("penerangan gang", "sumur resapan", "balai RW", "jembatan", "pos ronda", "taman"),
)
REASONS = (
    *("karena tersumbat sejak musim hujan", "atas usul warga dalam rembug RT"),
    *("sesuai hasil pengukuran UPL", "setelah dana swadaya terkumpul"),
    *("dengan upah tenaga setempat", "menunggu persetujuan kelurahan"),
)
QUERIES = (
    *("iuran drainase RT 3", "iuran", "drainase", "rt03 talud", "RT 012"),
    *("pembangunan jembatan", "bangun jembatan", "Rp95.000", "95 ribu iuran"),
    *("012/KEP", "700/KEP/LKM-GR", "memelihara saluran", "swadaya warga", "gapura"),
    *("iuran drainase jembatan gapura", "tidakada", "pos ronda 2019", "UPL pengukuran"),
    *("kelurahan", "usulan warga untuk pos ronda RT 7"),
)
FILTERS = (
    *("?tahun=2020", "?jenis=budget", "?keadaan=berlaku", "?keadaan=diubah", "?rt=3"),
    *("?dari=90.000.000", "?cara=voting", "?q=iuran+drainase+RT+3", "?q=tidakada"),
    "?q=drainase&tahun=2019&jenis=activity&keadaan=berlaku&rt=7&dari=1000",
)
BARE = {
    "sqlite": (
        "SELECT {what} FROM boards_searchentry WHERE board_id = %s AND id IN (SELECT"
        " rowid FROM boards_searchentry_words WHERE boards_searchentry_words MATCH %s)"
    ),
    "postgresql": (
        "SELECT {what} FROM boards_searchentry WHERE board_id = %s AND"
        " vector @@ %s::tsquery"
    ),
}
REGISTER = (
    "SELECT id, title, number_text, held_on FROM deliberations_decision WHERE"
    " board_id = %s AND ratified_at IS NOT NULL ORDER BY held_on DESC, id DESC LIMIT 26"
)


def board_and_secretary() -> tuple[Board, User]:
    """One board with its secretary and koordinator."""
    for length in (2, 5, 8, 13):
        Region.objects.create(code=CODE[:length], name="Selosari", within="Magetan")
    board = Board.objects.create(
        region_code=CODE,
        slug="bench",
        name="Guyub Rukun",
        code="LKM-GR",
        village="Kelurahan Selosari",
        district="Kecamatan Magetan",
        regency="Kabupaten Magetan",
        province="Jawa Timur",
    )
    user = User.objects.create(username="sekretaris", name="Dewi")
    Assignment.objects.create(user=user, role=Role.SECRETARY, board=board)
    term = Term.objects.create(
        board=board,
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2028, 12, 31),
    )
    Mandate.objects.create(
        board=board,
        term=term,
        person=Person.objects.create(board=board, name="Suprapto", sex="L"),
        position=Mandate.Position.COORDINATOR,
        started_on=term.starts_on,
    )
    return board, user


def fill(total: int) -> dict[str, float]:
    """Rows of `total` decisions, a thousand a year; seconds to index them all."""
    board, user = board_and_secretary()
    chance = random.Random(20_000)
    with without_triggers():
        for start in range(0, total, A_YEAR):
            year = LAST_YEAR - start // A_YEAR
            _year(board, user, year, min(A_YEAR, total - start), chance)
    began = time.perf_counter()
    entries = rebuild_search()
    call_command("rebuild_search", check=True, stdout=io.StringIO())
    return {"fill_index_seconds": time.perf_counter() - began, "entries": entries}


def _year(board: Board, user: User, year: int, count: int, chance) -> None:
    meetings = [_meeting(board, user, year, at) for at in range(-(-count // A_MEETING))]
    Meeting.objects.bulk_create(meetings)
    items = [
        AgendaItem(meeting=meeting, position=1, title=f"{chance.choice(DEEDS)} warga")
        for meeting in meetings
    ]
    AgendaItem.objects.bulk_create(items)
    MinutePoint.objects.bulk_create(
        MinutePoint(item=item, position=at, text=_sentence(chance))
        for item in items
        for at in range(6)
    )
    numbers = _numbers(board, year, count)
    pairs = zip(numbers, itertools.cycle(items), strict=False)
    decisions = [_decision(board, item, number, chance) for number, item in pairs]
    Decision.objects.bulk_create(decisions, batch_size=500)
    ActionItem.objects.bulk_create(
        [
            ActionItem(
                board=board,
                region_code=CODE,
                meeting=decision.meeting,
                item=decision.item,
                decision=decision,
                text=decision.title,
                owner_name="Slamet",
            )
            for decision in decisions
        ],
        batch_size=500,
    )


def _numbers(board: Board, year: int, count: int) -> list[LetterNumber]:
    numbers = [
        LetterNumber(
            owner=f"b{board.pk}",
            board=board,
            kind="KEP",
            year=year,
            seq=seq,
            text=f"{seq:03d}/KEP/LKM-GR/{roman_month(seq * 12 // 1001 + 1)}/{year}",
            given_on=datetime.date(year, 12, 31),
        )
        for seq in range(1, count + 1)
    ]
    return LetterNumber.objects.bulk_create(numbers, batch_size=500)


def _meeting(board: Board, user: User, year: int, at: int) -> Meeting:
    """Ratified minutes; their numbers are not what is measured."""
    day = datetime.date(year, 1, 1) + datetime.timedelta(at * 2)
    seq = f"{at + 1:03d}/BA/LKM-GR/{roman_month(day.month)}/{year}"
    number = LetterNumber.objects.create(
        owner=f"b{board.pk}",
        board=board,
        kind="BA",
        year=year,
        seq=at + 1,
        text=seq,
        given_on=day,
    )
    return Meeting(
        board=board,
        region_code=CODE,
        kind="RUTIN",
        title="Rapat rutin anggota",
        held_on=day,
        starts_at=datetime.time(19, 30),
        ends_at=datetime.time(22),
        place="Balai RW 005",
        state="ratified",
        created_by=user,
        ratified_at=NOON,
        ratified_by=user,
        one_person_office=True,
        number=number,
        number_text=seq,
        entitled=11,
        present=9,
        guests=0,
    )


def _sentence(chance) -> str:
    deed, thing = chance.choice(DEEDS).lower(), chance.choice(THINGS)
    return f"Warga RT {chance.randint(1, 20):03d} meminta {deed} {thing}."


def _decision(board: Board, item: AgendaItem, number: LetterNumber, chance) -> Decision:
    deed, thing = chance.choice(DEEDS), chance.choice(THINGS)
    place = f"RT {chance.randint(1, 20):03d}/RW {chance.randint(1, 6):03d}"
    amount = chance.choice((None, 95_000, chance.randint(1, 100) * 1_000_000))
    vote = chance.random() < 0.1
    votes = (6, 2, 1) if vote else (None, None, None)
    reasons = ", ".join(chance.sample(REASONS, 3))
    return Decision(
        board=board,
        region_code=CODE,
        meeting=item.meeting,
        item=item,
        position=number.seq,
        title=f"{deed} {thing} {place}",
        text=f"Menetapkan {deed.lower()} {thing} di {place} {reasons}.",
        kind=chance.choice(Decision.Kind.values),
        method="voting" if vote else "mufakat",
        votes_for=votes[0],
        votes_against=votes[1],
        votes_abstain=votes[2],
        amount=amount,
        in_charge_name="Slamet",
        held_on=item.meeting.held_on,
        ratified_at=NOON,
        number=number,
        number_text=number.text,
    )


def ask(_total: int) -> dict[str, float]:
    """Seconds of pages and papers, and their ratios to bare SQL on the same rows."""
    board = Board.objects.get()
    who = Visitor(User.objects.get())
    who.get(reverse("reports:help"))
    path = reverse("reports:board_search", args=[board.slug])
    addresses = [f"{path}?q={words.replace(' ', '+')}" for words in QUERIES]
    cold = [who.seconds(each) for each in addresses]
    warm = [_median(who.seconds, each) for each in addresses]
    bare = [_median(_timed, _bare, board, words) for words in QUERIES]
    like = [_median(_timed, _like, board, words) for words in QUERIES]
    return {
        "search_cold_p95_seconds": _p95(cold),
        "search_warm_median_seconds": statistics.median(warm),
        "search_warm_p95_seconds": _p95(warm),
        "search_vs_bare_sql": statistics.median(warm) / statistics.median(bare),
        "search_vs_like": statistics.median(warm) / statistics.median(like),
        **_register(board, who),
        **_papers(board),
    }


def _register(board: Board, who: Visitor) -> dict[str, float]:
    first = reverse("deliberations:decision_list", args=[board.slug])
    deep = who.deepest(f"{first}?tahun=2026&jenis=budget")
    peer = f"{first}?tahun=2026&jenis=budget"
    took = _median(who.seconds, first)
    raw = _median(_timed, _rows, REGISTER, [board.pk])
    filters = [_median(who.seconds, first + each) for each in FILTERS]
    empty = _median(who.seconds, f"{first}?jenis=rule&tahun=2026&dari=999.000.000")
    return {
        "register_first_seconds": took,
        "register_deep_vs_first": _median(who.seconds, deep)
        / _median(who.seconds, peer),
        # The page without its rows, and bare SQL: what a page costs at least.
        "register_vs_bare_sql": took / (raw + empty),
        "register_filters_p95_seconds": _p95(filters),
    }


def _papers(board: Board) -> dict[str, float]:
    year = Decision.objects.filter(board=board, held_on__year=LAST_YEAR).ratified()
    sheet = _timed(lambda: write_xlsx([register_sheet(year.order_by("-held_on"))]))
    began = time.perf_counter()
    book = open_decision_book(board, LAST_YEAR)
    paper = decision_book.build(book, number="001/BK/LKM-GR/XI/2026", on=NOON.date())
    line = VerifyLine("https://lkm.example", "IDLZNABSFO6CQ7WEXRTYUI2345", "f2" * 32)
    kind = KINDS["buku-keputusan"]
    parts = [
        document_of(kind, piece, board, verify=line, tagged=False)
        for piece in paper.pieces
    ]
    pages = render_long(parts).pages
    took = time.perf_counter() - began
    close_presses()
    return {
        "workbook_1000_seconds": sheet,
        "book_1000_seconds": took,
        "book_1000_rows": len(paper.rows),
        "book_1000_pages": pages,
    }


def _bare(board: Board, words: str) -> None:
    """The two questions of the page by hand: how many of each kind, the newest 26."""
    asked = all_of(terms_of(words), scope=board_token(board.pk))
    told = asked.fts5() if connection.vendor == "sqlite" else asked.tsquery()
    sql = BARE[connection.vendor]
    _rows(f"{sql.format(what='kind, count(*)')} GROUP BY kind", [board.pk, told])
    newest = sql.format(what="id, title, note, text, day")
    _rows(f"{newest} ORDER BY day DESC, id DESC LIMIT 26", [board.pk, told])


def _like(board: Board, words: str) -> None:
    """What one writes without an index: every word somewhere in title or text."""
    rows = SearchEntry.objects.filter(board=board)
    for word in words.split():
        rows = rows.filter(title__icontains=word) | rows.filter(text__icontains=word)
    list(rows.values_list("kind", "day").order_by("-day", "-pk")[:26])
    rows.count()


def _rows(sql: str, values: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _timed(work, *arguments) -> float:
    began = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - began


def _median(measure, *arguments) -> float:
    return statistics.median(measure(*arguments) for _ in range(5))


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95) - 1]


if __name__ == "__main__":
    print(json.dumps({"fill": fill, "ask": ask}[sys.argv[1]](int(sys.argv[2]))))
