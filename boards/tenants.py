"""Boards as tenants: created by an Admin Dinas, described, widened, closed."""

import datetime
import re
import string

from django.db import transaction
from django.utils.text import slugify

from boards.audit import record
from boards.models import Board, Region, ServedRegion, StoredFile, User
from common.errors import RuleViolation
from common.words import format_date

VILLAGE, DISTRICT, REGENCY, PROVINCE = 13, 8, 5, 2
_PATTERN_FIELDS = {"seq", "type", "board", "roman_month", "year"}
# Counters run per kind and year: without these two letters would share a number.
_PATTERN_NEEDS = {"seq": "nomor urut", "type": "jenis surat", "year": "tahun"}
_SEQ_FORMAT = re.compile(r"(0[1-6]d)?")
_EASTERN = {"81", "82", "91", "92", "93", "94", "95", "96", "97"}
_CENTRAL = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
_NUMBER_MAX = 80


def lock_board(board: Board) -> Board:
    """The board as it is now, locked: acts that judge a whole board wait in line."""
    return Board.objects.select_for_update().get(pk=board.pk)


def usual_time_zone(region_code: str) -> Board.TimeZone:
    """The clock of a province: WIB, WITA or WIT."""
    province = region_code[:PROVINCE]
    if province in _EASTERN:
        return Board.TimeZone.WIT
    return Board.TimeZone.WITA if province in _CENTRAL else Board.TimeZone.WIB


def place_names(region: Region) -> dict[str, str]:
    """Titles of a kelurahan or desa and of all above it, as a board keeps them."""
    lengths = {
        "village": VILLAGE,
        "district": DISTRICT,
        "regency": REGENCY,
        "province": PROVINCE,
    }
    codes = {word: region.code[:length] for word, length in lengths.items()}
    rows = Region.objects.in_bulk(codes.values())
    names = {word: rows[code].title for word, code in codes.items() if code in rows}
    if "province" in names:
        names["province"] = rows[codes["province"]].name
    return names


def propose_slug(term: str, name: str, village: str) -> str:
    """A free address for a new board: "lkm-guyub-rukun", with the village if taken."""
    bare = slugify(f"{term} {name}")[:45].strip("-") or "lkm"
    place = slugify(village.split(" ", 1)[-1])
    taken = set(
        Board.objects.filter(slug__startswith=bare).values_list("slug", flat=True)
    )
    candidates = [bare, f"{bare}-{place}"[:60].strip("-")]
    candidates += [f"{bare}-{number}" for number in range(2, len(taken) + 3)]
    return next(slug for slug in candidates if slug not in taken)


def propose_code(term: str, name: str) -> str:
    """The board's sign in letter numbers: "LKM-GR" for Guyub Rukun."""
    initials = "".join(word[0] for word in re.findall(r"\w+", name))
    return f"{term}-{initials.upper()}"[:20]


def check_number_pattern(pattern: str, *, code: str = "LKM-GR") -> str:
    """The first number this pattern would give to the board of the sign `code`.

    The pattern is never code: only the fields {seq}, {type}, {board}, {roman_month}
    and {year} are known, and only {seq} takes a width ({seq:03d}); {seq}, {type} and
    {year} must be there. Raises RuleViolation `boards.bad_pattern`.
    """
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError as unread:
        raise _bad_pattern("Kurung kurawalnya tidak berpasangan.") from unread
    fields = [
        (name, spec or "", how) for _, name, spec, how in parts if name is not None
    ]
    for name, spec, how in fields:
        known = name in _PATTERN_FIELDS and how is None
        width = bool(_SEQ_FORMAT.fullmatch(spec)) if name == "seq" else not spec
        if not known or not width:
            raise _bad_pattern(f"Bagian {{{name}}} tidak dikenal.")
    for name, words in _PATTERN_NEEDS.items():
        if name not in {found for found, _, _ in fields}:
            raise _bad_pattern(f"Pola harus memuat {{{name}}}, yaitu {words}.")
    sample = pattern.format(seq=1, type="BA", board=code, roman_month="XI", year=2026)
    if len(sample) > _NUMBER_MAX:
        raise _bad_pattern(f"Nomornya melebihi {_NUMBER_MAX} huruf.")
    return sample


def _bad_pattern(why: str) -> RuleViolation:
    return RuleViolation(
        f"{why} Contoh yang benar: {{seq:03d}}/{{type}}/{{board}}/{{year}}.",
        code="boards.bad_pattern",
    )


@transaction.atomic
def create_board(
    *,
    region: Region,
    term: str,
    name: str,
    by: User | None,
    slug: str = "",
    code: str = "",
    **fields,
) -> Board:
    """Add a board at home in `region` (a kelurahan or desa), names copied by value.

    Empty `slug` and `code` are proposed; the clock and the title of the head of the
    region follow the region. Raises RuleViolation `boards.not_a_village` or
    ValidationError of the row.
    """
    home = _facts_of_home(region)
    board = Board(
        region_code=region.code,
        term=term,
        name=name,
        slug=slug or propose_slug(term, name, home["village"]),
        code=code or propose_code(term, name),
        **{**home, **fields},
    )
    board.full_clean()
    board.save(force_insert=True)
    record(
        "boards.board_added",
        board,
        by=by,
        says=f"mendaftarkan {board} di {board.place}",
    )
    return board


def _facts_of_home(region: Region) -> dict[str, str]:
    """What a board takes over from the kelurahan or desa it is at home in."""
    if len(region.code) != VILLAGE:
        raise RuleViolation(
            "LKM berkedudukan di kelurahan atau desa. Pilih salah satunya.",
            code="boards.not_a_village",
        )
    return {
        "time_zone": usual_time_zone(region.code),
        "head_title": "Kepala Desa" if region.level == "Desa" else "Lurah",
        **place_names(region),
    }


@transaction.atomic
def set_logo(board: Board, stored: StoredFile, *, by: User) -> Board:
    """Put a stored picture into the letterhead; papers printed before keep theirs."""
    board = lock_board(board)
    board.logo, board.revision = stored, board.revision + 1
    board.save(update_fields=["logo", "revision"])
    record("boards.logo_changed", board, by=by, says=f"mengganti logo {board}")
    return board


@transaction.atomic
def add_served_region(board: Board, region: Region, *, by: User) -> ServedRegion:
    """Note one more region the board works for; its officers read from now on.

    Raises RuleViolation `boards.region_is_home` or `boards.region_served`.
    """
    if board.region_code.startswith(region.code):
        raise RuleViolation(
            f"{region} sudah wilayah asal {board}.", code="boards.region_is_home"
        )
    served, added = ServedRegion.objects.get_or_create(
        board=board, region_code=region.code
    )
    if not added:
        raise RuleViolation(
            f"{region} sudah tercatat sebagai wilayah layanan.",
            code="boards.region_served",
        )
    record(
        "boards.region_added",
        board,
        by=by,
        says=f"menambah {region} ke wilayah layanan {board}",
    )
    return served


@transaction.atomic
def remove_served_region(served: ServedRegion, *, by: User) -> None:
    """Take a region off; its officers no longer see the board."""
    board, code = served.board, served.region_code
    served.delete()
    record(
        "boards.region_removed",
        board,
        by=by,
        says=f"menghapus wilayah {code} dari wilayah layanan {board}",
    )


@transaction.atomic
def close_board(
    board: Board, *, on: datetime.date, today: datetime.date, by: User
) -> Board:
    """Mark a board as no longer active since `on`; everything stays readable.

    Raises RuleViolation `boards.board_closed` or `boards.closed_in_future`.
    """
    board = lock_board(board)
    if board.closed_on:
        raise RuleViolation(
            f"{board} sudah ditutup pada {format_date(board.closed_on)}.",
            code="boards.board_closed",
        )
    if on > today:
        raise RuleViolation(
            "Tanggal tutup paling lambat hari ini.", code="boards.closed_in_future"
        )
    board.closed_on, board.revision = on, board.revision + 1
    board.save(update_fields=["closed_on", "revision"])
    record(
        "boards.board_closed",
        board,
        by=by,
        says=f"menutup {board} sejak {format_date(on)}",
    )
    return board
