"""What still keeps the result of an area from being fixed, in the order of the work."""

from dataclasses import dataclass

from boards.access import holders_in
from boards.roles import Permission
from members.standings import Tally


@dataclass(frozen=True)
class Gap:
    """What still lacks before a result can stand, and the page that mends it."""

    says: str
    code: str
    page: str = ""


def gaps_of(tally: Tally) -> list[Gap]:
    """Everything that keeps the area open, in the order people do it."""
    area = tally.area
    found: list[Gap] = []
    if area.held_on is None:
        found.append(Gap("Isi tanggal pemilihan.", "no_day", "area_edit"))
    if not area.eligible:
        found.append(Gap("Isi jumlah pemilih.", "no_voters", "area_edit"))
    elif not area.reached:
        found.append(
            Gap(
                f"Yang memilih {area.came} dari {area.eligible} pemilih, perlu"
                f" {area.least}. Lanjut dari rumah ke rumah.",
                "turnout",
                "area_edit",
            )
        )
    return found + _counting_gaps(tally)


def _counting_gaps(tally: Tally) -> list[Gap]:
    area, found = tally.area, []
    waiting = [state.batch for state in tally.states if not state.agreed]
    if not tally.states:
        found.append(Gap("Hitung surat suara lebih dulu.", "no_batch"))
    elif waiting:
        names = ", ".join(str(batch).lower() for batch in waiting[:5])
        found.append(Gap(f"Belum cocok dihitung dua orang: {names}.", "not_agreed"))
    if tally.ballots > area.came:
        found.append(
            Gap(
                f"Surat suara {tally.ballots}, padahal yang memilih {area.came} orang.",
                "too_many_ballots",
                "area_edit",
            )
        )
    if tally.unmatched:
        found.append(
            Gap(
                f"{len(tally.unmatched)} nama di surat suara belum dicocokkan dengan"
                " warga.",
                "unmatched",
                "names_match",
            )
        )
    elif not waiting and tally.states:
        found += _ranking_gaps(tally)
    return found


def _checking_gaps(tally: Tally) -> list[Gap]:
    """What somebody else may still look over; where nobody may, it stands."""
    makers = {act.by_id for act in tally.unchecked}
    if not makers:
        return []
    able = holders_in(tally.area.board, Permission.COUNT_BALLOTS)
    if not able.exclude(pk__in=makers).exists() and len(makers) == 1:
        return []
    names = ", ".join(sorted({act.by_name for act in tally.unchecked}))
    return [
        Gap(f"Isian {names} belum diperiksa orang kedua.", "unchecked", "area_check")
    ]


def _ranking_gaps(tally: Tally) -> list[Gap]:
    if not tally.standings():
        return [Gap("Belum ada suara sah.", "no_votes")]
    return _tie_gaps(tally) or _checking_gaps(tally)


def _tie_gaps(tally: Tally) -> list[Gap]:
    return [
        Gap(
            f"Suara sama, {group[0].votes}: {', '.join(row.name for row in group)}.",
            "tie",
            "tie_settle",
        )
        for group in tally.ties()
    ]
