"""Berita acara: the agreements of a meeting, opened in words and signed by all."""

import datetime
from dataclasses import dataclass

from common.words import (
    format_date,
    month_name,
    no_break,
    number_words,
    ordinal_words,
    weekday_name,
)
from deliberations.models import AgendaItem, Decision, Meeting
from reports.builders.gathering import (
    Gathering,
    SignatureRow,
    kind_and_day,
    listed,
    reasons_of,
    title_and_day,
    votes_words,
)
from reports.builders.letters import (
    Paper,
    figure_words,
    head_signs,
    home_of,
    hours,
    inside_a_sentence,
    letterhead_of,
    rupiah_words,
)
from reports.frame import Signer


@dataclass(frozen=True)
class ItemRow:
    """One line of the table of quorum and method."""

    number: int
    title: str
    present: str
    quorum: str
    method: str
    votes: str
    result: str


@dataclass(frozen=True)
class Agreement:
    """One numbered agreement: "Pertama" and its paragraphs."""

    ordinal: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Proceedings(Paper):
    """The berita acara of one meeting."""

    circular: bool
    weekday: str
    day_words: str
    month: str
    year_words: str
    numeric: str
    when_where: str
    letter_number: str
    letter_date: str
    attendance: str
    quorum: str
    items: tuple[ItemRow, ...]
    agreements: tuple[Agreement, ...]
    rejected: str
    dissents: tuple[str, ...]
    recusals: str
    minutes_number: str
    amended: str
    signers: tuple[Signer, Signer]
    head: Signer | None
    members: tuple[SignatureRow, ...]

    @property
    def heading(self) -> str:
        """The name of the paper."""
        kind = "Keputusan Sirkuler" if self.circular else "Musyawarah"
        return f"Berita Acara {kind}"

    @property
    def agreed(self) -> str:
        """The sentence before the agreements."""
        if self.circular:
            how = "Sesudah jawaban diterima, anggota"
        else:
            how = "Setelah bermusyawarah, rapat"
        return f"{how} menyepakati hal-hal sebagai berikut."


def build(meeting: Meeting, *, number: str, on: datetime.date) -> Proceedings:
    """Read the proceedings of a meeting; the paper bears the day of the meeting.

    Source: governance sheet, section 4.4 (berita acara); papers, section 9.
    """
    room, board, day = Gathering(meeting), meeting.board, meeting.held_on
    letter = room.invitation
    carried = [decision for decision in room.decisions if decision.is_carried]
    return Proceedings(
        letterhead=letterhead_of(board),
        title=f"Berita acara {title_and_day(meeting)}",
        public_title=f"Berita acara {kind_and_day(meeting)}",
        place=home_of(board),
        dated_on=day,
        number=number,
        circular=meeting.kind == Meeting.Kind.SIRKULER,
        weekday=weekday_name(day),
        day_words=number_words(day.day),
        month=month_name(day.month),
        year_words=number_words(day.year),
        numeric=f"{day:%d-%m-%Y}",
        when_where=_when_where(meeting),
        letter_number=letter.number_text if letter else "",
        letter_date=format_date(letter.dated_on, unbroken=True) if letter else "",
        attendance=_attendance(room),
        quorum=_quorum(room),
        items=_items(room),
        agreements=tuple(
            Agreement(ordinal_words(at), _clauses(decision))
            for at, decision in enumerate(carried, start=1)
        ),
        rejected=_rejected(room.decisions),
        dissents=_dissents(carried),
        recusals=_recusals(room),
        minutes_number=meeting.minutes_number_text,
        amended=_amended(carried),
        signers=room.signers(),
        head=head_signs(board),
        members=room.signature_rows(),
    )


def _when_where(meeting: Meeting) -> str:
    board = meeting.board
    time = hours(board, meeting.starts_at, meeting.ends_at, end_word="selesai")
    event = inside_a_sentence(meeting.title)
    if meeting.kind == Meeting.Kind.SIRKULER:
        return (
            f"pukul {time}, di {board.district}, {board.regency}, anggota {board}"
            f" mengambil {event} tanpa rapat, dengan jawaban tiap anggota"
        )
    return (
        f"pukul {time}, bertempat di {no_break(meeting.place)}, {board.district},"
        f" {board.regency}, telah diselenggarakan {event} {board}"
    )


def _attendance(room: Gathering) -> str:
    guests = len(room.room.present_guests)
    with_guests = f", serta {figure_words(guests)} undangan" if guests else ""
    return no_break(
        f"{room.words['Rapat dipimpin oleh']} {room.chair.called}, dengan notulis"
        f" {room.note_taker.called}. {room.members_here()}{with_guests}, sebagaimana"
        " daftar hadir terlampir."
    )


def _quorum(room: Gathering) -> str:
    rule = room.room.rule
    later = f"{room.second_call()} {room.postponement()}".strip()
    return no_break(
        f"Kuorum {room.source_words()} adalah {rule.words} {rule.entitled_word},"
        f" yaitu paling sedikit {figure_words(room.required())} orang; kuorum diperiksa"
        f" pada setiap pokok bahasan. {later}".rstrip()
    )


def _items(room: Gathering) -> tuple[ItemRow, ...]:
    rows: list[ItemRow] = []
    for item in room.items:
        decisions = list(item.decisions.all()) or [None]
        rows += [_row(room, item, decision) for decision in decisions]
    return tuple(rows)


def _row(room: Gathering, item: AgendaItem, decision: Decision | None) -> ItemRow:
    counted, entitled, _, held = room.count(item)
    several = decision is not None and len(item.decisions.all()) > 1
    title = decision.title if several else item.title
    return ItemRow(
        number=item.position,
        title=no_break(title),
        present=f"{counted} dari {entitled}",
        quorum="Tercapai" if held else "Tidak tercapai",
        method=decision.get_method_display() if decision else "–",
        votes=_vote_figures(decision),
        result=_result(item, decision),
    )


def _vote_figures(decision: Decision | None) -> str:
    if decision is None or decision.votes is None:
        return "–"
    figures = (decision.votes_for, decision.votes_against, decision.votes_abstain)
    return " / ".join(str(figure) for figure in figures)


def _result(item: AgendaItem, decision: Decision | None) -> str:
    if decision is None:
        deferred = item.state == AgendaItem.State.DEFERRED
        return "Ditunda" if deferred else "Tanpa keputusan"
    if not decision.is_carried:
        return "Tidak disepakati"
    noted = decision.dissents.all()
    return "Disepakati dengan catatan keberatan" if noted else "Disepakati"


def _clauses(decision: Decision) -> tuple[str, ...]:
    clauses = [no_break(clause) for clause in decision.clauses]
    if decision.amount is not None:
        clauses.append(f"Jumlah uang: {rupiah_words(decision.amount)}.")
    return tuple(clauses)


def _rejected(decisions: list[Decision]) -> str:
    lines = [
        f"{decision.title} ({votes_words(decision)})"
        for decision in decisions
        if not decision.is_carried
    ]
    return no_break("; ".join(lines))


def _dissents(carried: list[Decision]) -> tuple[str, ...]:
    return tuple(
        no_break(sentence)
        for at, decision in enumerate(carried, start=1)
        for sentence in _dissent(ordinal_words(at), decision)
    )


def _dissent(ordinal: str, decision: Decision) -> list[str]:
    """People with the same reason stand in one sentence."""
    by_reason = reasons_of(decision)
    if not by_reason:
        return []
    why = (
        "didukung lebih dari setengah suara"
        if decision.votes is not None
        else f"disepakati secara {decision.get_method_display().lower()}"
    )
    said = [
        f"{listed(names)} menyatakan tidak setuju dengan alasan {reason}."
        for reason, names in by_reason.items()
    ]
    tail = (
        "Keberatan dicatat atas permintaan yang bersangkutan; keputusan tetap berlaku"
        f" karena {why}."
    )
    return [f"Terhadap kesepakatan {ordinal}, {' '.join(said)} {tail}"]


def _recusals(room: Gathering) -> str:
    said = [
        f"{recusal.attendance.name} berkepentingan pada pokok bahasan {item.position}"
        + (f" ({recusal.reason})" if recusal.reason else "")
        for item in room.items
        for recusal in item.recusals.all()
    ]
    if not said:
        return ""
    tail = "suaranya tidak dihitung."
    return no_break(f"{listed(said)}; {tail}")


def _amended(carried: list[Decision]) -> str:
    changed = [
        f"Keputusan Nomor {decision.amends.number_text}"
        f" tanggal {format_date(decision.amends.held_on)}"
        for decision in carried
        if decision.amends
    ]
    return no_break(listed(changed)) or "tidak ada"
