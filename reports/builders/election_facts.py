"""What the papers of one vote share: turnout, committee, results, in printed words."""

import datetime
from dataclasses import dataclass

from common.words import format_date, no_break
from members.models import CommitteeMember, CountingAct, ElectionArea, Nominee
from members.standings import Tally
from members.tally import FAULT_WORDS, Fault, outcomes
from reports.builders.gathering import listed
from reports.builders.letters import figure_words, home_of, letterhead_of
from reports.frame import Signer

TO_WRITE = "................................"
_OUTCOMES = {"elected": "Terpilih", "reserve": "Cadangan", "none": "–"}
# Most votes need no word.
_DECIDED = {code: word.lower() for code, word in Nominee.Decided.choices}
_DECIDED[Nominee.Decided.VOTES.value] = ""
_CHAIR, _SECRETARY = CommitteeMember.Post.CHAIR, CommitteeMember.Post.SECRETARY


@dataclass(frozen=True)
class ResultRow:
    """One person with votes."""

    number: int
    name: str
    sex: str
    age: str
    area: str
    votes: int
    outcome: str


@dataclass(frozen=True)
class CommitteeRow:
    """One line of the signature table of the committee."""

    number: int
    name: str
    post: str

    @property
    def staggered(self) -> bool:
        """Even numbers stand in the middle of the signature column."""
        return self.number % 2 == 0


def head_of(area: ElectionArea, *, number: str, on: datetime.date, kind: str) -> dict:
    """What every paper of this vote has; dated on the day of the vote."""
    board = area.board
    return {
        "letterhead": letterhead_of(board),
        "title": f"{kind} {area.name}, {area.election.title}"[:200],
        "public_title": f"{kind} {board} di {area.name}"[:200],
        "place": home_of(board),
        "dated_on": area.held_on or on,
        "number": number,
    }


def stage_words(area: ElectionArea) -> str:
    """What was voted for."""
    if area.stage == ElectionArea.Stage.BASIS:
        return f"pemilihan utusan {no_break(area.name)}"
    return f"pemilihan anggota pimpinan kolektif {area.board}"


def turnout_words(area: ElectionArea) -> str:
    """Who may vote, who did, and whether that was enough."""
    doors = (
        " termasuk suara yang dikumpulkan dari rumah ke rumah sejak"
        f" {format_date(area.door_to_door_on)},"
        if area.door_to_door_on
        else ""
    )
    state = "terpenuhi" if area.reached else "belum terpenuhi"
    return no_break(
        f"Pemilih seluruhnya {figure_words(area.eligible)} orang, laki-laki"
        f" {area.eligible_men} dan perempuan {area.eligible_women}. Yang memilih"
        f" {figure_words(area.came)} orang,{doors} laki-laki {area.voters_men} dan"
        f" perempuan {area.voters_women}. Pemilihan sah bila paling sedikit"
        f" {figure_words(area.least)} orang memilih; batas itu {state}."
    )


def ballots_words(tally: Tally) -> str:
    """How many ballots counted, and why the others did not."""
    why = "; ".join(
        f"{FAULT_WORDS[fault]} {tally.faults[fault]}"
        for fault in Fault
        if tally.faults.get(fault)
    )
    because = f" ({why})" if why else ""
    return no_break(
        f"Surat suara yang dihitung {figure_words(tally.ballots)} lembar, sah"
        f" {figure_words(tally.valid)} lembar, tidak sah {figure_words(tally.invalid)}"
        f" lembar{because}. Surat suara sah berisi {tally.area.limits.words} nama yang"
        " berbeda. Setiap bundel dihitung dua orang dan hasilnya dicocokkan."
    )


def checked_words(area: ElectionArea) -> str:
    """Who matched names and parted ties, and who looked it over; "" for nobody."""
    acts = list(area.acts.all())
    if not acts:
        return ""
    makers = listed(sorted({act.by_name for act in acts}))
    checkers = sorted({act.checked_name for act in acts if act.checked_name})
    words = f"Kecocokan nama dan putusan suara sama ditulis {makers}"
    if checkers:
        words += f", diperiksa dan disetujui {listed(checkers)}"
    return no_break(f"{words}.{_unchecked_words(acts)}")


def _unchecked_words(acts: list[CountingAct]) -> str:
    """What the reader must know where no second person looked."""
    if any(act.is_open for act in acts):
        return " Pemeriksaan orang kedua belum selesai."
    alone = [act for act in acts if act.alone]
    if not alone:
        return ""
    part = "isian itu" if len(alone) == len(acts) else "sebagian isian itu"
    return (
        f" Catatan: {part} tidak diperiksa orang kedua karena hanya satu akun LKM yang"
        " berwenang."
    )


def result_rows(tally: Tally) -> tuple[ResultRow, ...]:
    """Everybody with votes by rank, as fixed or as it stands now."""
    area = tally.area
    people = {row.pk: row.person for row in tally.nominees}
    placed = outcomes(
        tally.standings(), tally.rule, seats=area.winners, reserves=tally.reserves
    )
    year = area.held_on.year if area.held_on else None
    return tuple(_row(place, people[place.standing.key], year) for place in placed)


def _row(place, person, year: int | None) -> ResultRow:
    how = _DECIDED[place.decided]
    outcome = _OUTCOMES[place.outcome]
    known = bool(year and person.birth_year)
    return ResultRow(
        number=place.rank,
        name=no_break(place.standing.name),
        sex=person.sex,
        age=str(year - person.birth_year) if known else "–",
        area="/".join(part for part in (person.rt, person.rw) if part) or "–",
        votes=place.standing.votes,
        outcome=f"{outcome}, {how}" if how else outcome,
    )


def committee_rows(area: ElectionArea) -> tuple[CommitteeRow, ...]:
    """Committee and witnesses, who sign one under the other."""
    members = area.election.committee.select_related("person")
    return tuple(
        CommitteeRow(at, no_break(row.person.full_name), row.get_post_display())
        for at, row in enumerate(members, start=1)
    )


def committee_signs(area: ElectionArea, *, on: datetime.date) -> tuple[Signer, Signer]:
    """Secretary and chair of the committee; dotted where none is recorded."""
    members = {
        row.post: row.person.full_name
        for row in area.election.committee.select_related("person")
    }
    day = format_date(area.held_on or on, unbroken=True)
    return (
        Signer(role="Sekretaris panitia,", name=members.get(_SECRETARY, TO_WRITE)),
        Signer(
            role="Ketua panitia pemilihan,",
            name=members.get(_CHAIR, TO_WRITE),
            above=f"{home_of(area.board)}, {day}",
        ),
    )
