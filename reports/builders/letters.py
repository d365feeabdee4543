"""What every paper of a board prints: letterhead, places, figures in words, signers."""

import datetime
from dataclasses import dataclass

from boards.models import Board
from common.errors import RuleViolation
from common.money import format_rupiah
from common.words import (
    format_clock,
    format_date,
    no_break,
    number_words,
    terbilang,
    weekday_name,
    zone_abbreviation,
)
from members.models import Mandate
from reports.frame import DEFAULT_EMBLEM, Letterhead, Signer

_FULL_NAMES = {
    "LKM": "LEMBAGA KESWADAYAAN MASYARAKAT (LKM)",
    "BKM": "BADAN KESWADAYAAN MASYARAKAT (BKM)",
}
_PLACE_WORDS = ("Kelurahan ", "Desa ")
NOBODY = "belum dipilih"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Values that all papers of a board have.

    `title` names the paper in the register, `public_title` at the verify page (no
    names of people). `number` and `dated_on` are not part of what makes two papers
    the same.
    """

    letterhead: Letterhead
    title: str
    public_title: str
    place: str
    dated_on: datetime.date
    number: str


def letterhead_of(board: Board) -> Letterhead:
    """The kop surat of a board, with its own emblem when it gave one."""
    contact = [f"Telepon {board.phone}"] if board.phone else []
    contact += [board.email] if board.email else []
    return Letterhead(
        kind=_FULL_NAMES[board.term],
        name=board.name.upper(),
        places=board.place,
        address=no_break(board.address),
        contact=" · ".join(contact),
        emblem=f"berkas:{board.logo.sha256}" if board.logo else DEFAULT_EMBLEM,
    )


def home_of(board: Board) -> str:
    """The bare name of the kelurahan or desa: "Selosari"."""
    name = board.village
    for word in _PLACE_WORDS:
        name = name.removeprefix(word)
    return name


def coordinator_on(board: Board, on: datetime.date) -> str:
    """Name of the board's coordinator on a day.

    Raises RuleViolation `paper.no_coordinator` when there is none to sign.
    """
    mandate = (
        Mandate.objects.filter(board=board, position=Mandate.Position.COORDINATOR)
        .held_on(on)
        .first()
    )
    if mandate is None:
        raise RuleViolation(
            f"Belum ada koordinator pada {format_date(on)}. Catat dulu di halaman"
            " Anggota; dialah yang menandatangani surat ini.",
            code="paper.no_coordinator",
        )
    return mandate.person.full_name


def coordinator_signs(board: Board, on: datetime.date, *, above: str = "") -> Signer:
    """The signature box of the coordinator of that day."""
    return Signer(
        role=f"Koordinator {board},", name=coordinator_on(board, on), above=above
    )


def head_signs(board: Board) -> Signer | None:
    """The box of the Lurah or Kepala Desa, who takes note; None without a name."""
    if not board.head_name:
        return None
    civil_id = (f"NIP {board.head_civil_id}",) if board.head_civil_id else ()
    rank = (board.head_rank,) if board.head_rank else ()
    return Signer(
        role=f"{board.head_title} {home_of(board)},",
        name=board.head_name,
        above="Mengetahui",
        below=rank + civil_id,
    )


def figure_words(number: int) -> str:
    """Figure and words: "9 (sembilan)"."""
    return f"{number} ({number_words(number)})"


def rupiah_words(amount: int) -> str:
    """Sum and words: "Rp15.000.000 (lima belas juta rupiah)"."""
    return f"{format_rupiah(amount)} ({terbilang(amount)})"


def day_and_date(on: datetime.date) -> str:
    """ "Sabtu, 21 November 2026", the date unbroken."""
    return f"{weekday_name(on)}, {format_date(on, unbroken=True)}"


def hours(
    board: Board, starts: datetime.time, ends: datetime.time | None, *, end_word: str
) -> str:
    """ "19.30 sampai dengan 22.15 WIB"; without an end `end_word` after the zone."""
    zone = zone_abbreviation(board.time_zone)
    begin = format_clock(starts, board.time_zone)
    if ends is None:
        return no_break(f"{begin} {zone}") + f" sampai dengan {end_word}"
    return no_break(
        f"{begin} sampai dengan {format_clock(ends, board.time_zone)} {zone}"
    )


def inside_a_sentence(title: str) -> str:
    """A title as it stands in a sentence: its capital goes if it is the only one."""
    rest = title[1:]
    return title[:1].lower() + rest if rest == rest.lower() else title
