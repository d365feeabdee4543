"""Keputusan LKM: one decision as a decree, with what it rests on."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from boards.models import Board
from common.words import decree_ordinal, format_date, no_break, with_stop
from deliberations.models import Decision, DecisionBasis, Meeting
from deliberations.presence import Room
from reports.builders.decree_annex import Seat, seats_of
from reports.builders.gathering import listed, votes_words
from reports.builders.letters import (
    Paper,
    coordinator_signs,
    figure_words,
    home_of,
    inside_a_sentence,
    letterhead_of,
    rupiah_words,
)
from reports.frame import Signer


@dataclass(frozen=True)
class Ground:
    """One consideration: the label stands only on the first of its kind."""

    label: str
    mark: str
    text: str


@dataclass(frozen=True)
class Clause:
    """One diktum: "KESATU" and its text."""

    ordinal: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Decree(Paper):
    """The decree of one decision."""

    board: str
    about: str
    grounds: tuple[Ground, ...]
    clauses: tuple[Clause, ...]
    enacted: str
    signer: Signer
    copies: tuple[str, ...]
    seats: tuple[Seat, ...]


def build(decision: Decision, *, number: str, on: datetime.date) -> Decree:
    """Read a decision as a decree, dated on the day its number was given.

    `on` is the day of a draft. Raises RuleViolation `paper.no_coordinator`.
    Source: governance sheet, section 4.4 (surat keputusan); papers, section 9.
    """
    board = decision.board
    day = decision.number.given_on if decision.number else on
    place = home_of(board)
    dated = f"pada tanggal {format_date(day, unbroken=True)}"
    return Decree(
        letterhead=letterhead_of(board),
        title=f"Keputusan tentang {inside_a_sentence(decision.title)}"[:200],
        public_title=f"Keputusan {board} tanggal {format_date(day)}",
        place=place,
        dated_on=day,
        number=number,
        board=str(board),
        about=decision.title,
        grounds=(
            *_marked("Menimbang", _considering(decision), letters=True),
            *_marked("Mengingat", _recalling(decision)),
            *_marked("Memperhatikan", _noting(decision)),
        ),
        clauses=tuple(
            Clause(decree_ordinal(at), text)
            for at, text in enumerate(_clauses(decision), start=1)
        ),
        enacted=f"Ditetapkan di {place}",
        signer=coordinator_signs(board, day, above=dated),
        copies=_copies(decision),
        seats=seats_of(decision),
    )


def _marked(label: str, texts: list[str], *, letters: bool = False) -> list[Ground]:
    if not texts:
        return [Ground(label, "", "tidak ada;")]
    return [
        Ground(
            "" if at else label,
            f"{chr(ord('a') + at)}." if letters else f"{at + 1}.",
            f"{no_break(text)};",
        )
        for at, text in enumerate(texts)
    ]


def _considering(decision: Decision) -> list[str]:
    meeting = decision.meeting
    day = format_date(meeting.held_on)
    who = "anggota" if meeting.kind == Meeting.Kind.SIRKULER else "rapat"
    found = [
        f"bahwa {inside_a_sentence(meeting.title)} {decision.board} tanggal {day}"
        f" di {meeting.place} telah membahas “{decision.item.title}” dan"
        f" {_quorum(decision)}",
        f"bahwa {who} mengambil keputusan {_method(decision)}",
    ]
    if decision.amends:
        reason = inside_a_sentence(decision.amend_reason.strip().rstrip(".;"))
        because = f" karena {reason}" if reason else ""
        found.append(
            f"bahwa Keputusan Nomor {decision.amends.number_text} perlu diubah{because}"
        )
    marks = [f"huruf {chr(ord('a') + at)}" for at in range(len(found))]
    found.append(
        f"bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam {listed(marks)},"
        f" perlu menetapkan Keputusan {decision.board} tentang {decision.title}"
    )
    return found


def _quorum(decision: Decision) -> str:
    item = decision.item
    room = Room(decision.meeting)
    now = room.quorum(item)
    counted = now.counted if item.counted is None else item.counted
    entitled = now.entitled if item.entitled is None else item.entitled
    held = now.held if item.quorum_held is None else item.quorum_held
    state = "tercapai" if held else "tidak tercapai"
    return (
        f"dihadiri {figure_words(counted)} dari {figure_words(entitled)}"
        f" {room.rule.entitled_word} sehingga kuorum {state}"
    )


def _method(decision: Decision) -> str:
    method = decision.get_method_display().lower()
    if decision.votes is None:
        return f"secara {method}"
    return f"dengan {method}, yaitu {votes_words(decision)}"


def _recalling(decision: Decision) -> list[str]:
    """Only what is recorded: deed, confirmation, articles, what is changed."""
    board, found = decision.board, []
    if board.deed_number:
        day = f" tanggal {format_date(board.deed_on)}" if board.deed_on else ""
        found.append(f"Akta pendirian {board} Nomor {board.deed_number}{day}")
    if board.decree_number:
        day = f" tanggal {format_date(board.decree_on)}" if board.decree_on else ""
        found.append(f"Surat pengukuhan {board} Nomor {board.decree_number}{day}")
    article = Room(decision.meeting).rule.article
    if article:
        found.append(f"{article} {board} tentang kuorum")
    found += [_article(basis, board) for basis in _bases(decision)]
    if decision.amends:
        earlier = decision.amends
        found.append(
            f"Keputusan {board} Nomor {earlier.number_text} tanggal"
            f" {format_date(earlier.held_on)} tentang {earlier.title}"
        )
    return found


def _bases(decision: Decision) -> QuerySet[DecisionBasis]:
    return decision.bases.select_related("article__version__document", "clause")


def _article(basis: DecisionBasis, board: Board) -> str:
    """An article with the whole name of its rule: "Anggaran Dasar LKM … Pasal 14"."""
    document = basis.article.version.document
    clause = f" {basis.clause.label}" if basis.clause else ""
    title = f" tentang {basis.article.title}" if basis.article.title else ""
    return f"{document.name} {board} {basis.article.label}{clause}{title}"


def _noting(decision: Decision) -> list[str]:
    meeting = decision.meeting
    day = format_date(meeting.held_on)
    numbers = (
        ("Berita Acara Musyawarah", meeting.number_text),
        ("Notulen", meeting.minutes_number_text),
    )
    return [
        f"{name} Nomor {number} tanggal {day}" for name, number in numbers if number
    ]


def _clauses(decision: Decision) -> list[str]:
    found = list(decision.clauses)
    if decision.amount is not None:
        found.append(
            f"Jumlah uang dalam Keputusan ini adalah {rupiah_words(decision.amount)}."
        )
    if decision.in_charge_name:
        until = (
            f" paling lambat {format_date(decision.due_on)}" if decision.due_on else ""
        )
        found.append(
            with_stop(
                f"Pelaksanaan Keputusan ini menjadi tanggung jawab"
                f" {decision.in_charge_name}{until}"
            )
        )
    elif decision.due_on:
        found.append(
            f"Keputusan ini dilaksanakan paling lambat {format_date(decision.due_on)}."
        )
    found.append(
        "Keputusan ini mulai berlaku pada tanggal ditetapkan. Apabila di kemudian hari"
        " terdapat kekeliruan, akan diadakan perbaikan sebagaimana mestinya."
    )
    return [no_break(text) for text in found]


def _copies(decision: Decision) -> tuple[str, ...]:
    board = decision.board
    in_charge = (decision.in_charge_name,) if decision.in_charge_name else ()
    return (
        f"{board.head_title} {home_of(board)};",
        *(f"{n};" for n in in_charge),
        "Arsip.",
    )
