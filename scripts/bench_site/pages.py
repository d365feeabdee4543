"""Child process of the bench: times pages in turns, as often as its parent asks.

Prints one line of JSON with what there is to know, then answers every line on its
input (a number of calls) with one line of JSON: the seconds of every call of a page.
"""

import json
import sys
from dataclasses import asdict, dataclass

import django

django.setup()

from django.db.models import Count  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench_site.visitor import Visitor  # noqa: E402
from boards.models import Board, User  # noqa: E402
from deliberations.models import Decision, Meeting  # noqa: E402

WARM = 3


@dataclass
class Listed:
    """One list: its address, its peers, and a filter that leaves a few rows."""

    ours: str
    raw: str
    admin: str
    few: str
    first: str
    naive: str = ""
    deep: str = ""


def of_board(board: Board) -> dict[str, Listed]:
    """The register of a year and the ratified meetings of one board."""
    register = reverse("deliberations:decision_list", args=[board.slug])
    meetings = reverse("deliberations:meeting_list", args=[board.slug])
    decision = Decision.objects.filter(board=board).ratified().earliest("pk")
    meeting = Meeting.objects.filter(board=board).ratified().earliest("pk")
    admin = f"board__id__exact={board.pk}"
    return {
        "decisions": Listed(
            ours=f"{register}?tahun=2025",
            raw=f"/bench/{board.slug}/raw/keputusan/?tahun=2025",
            naive=f"/bench/{board.slug}/naive/keputusan/?tahun=2025",
            admin=f"/admin/deliberations/decision/?{admin}&held_on__year=2025",
            few=f"{register}?q={decision.number_text}",
            first=register,
        ),
        "meetings": Listed(
            ours=f"{meetings}?keadaan=ratified",
            raw=f"/bench/{board.slug}/raw/musyawarah/",
            admin=f"/admin/deliberations/meeting/?{admin}&state__exact=ratified",
            few=f"{meetings}?q={meeting.number_text}",
            first=meetings,
        ),
    }


def of_region(code: str, board: Board) -> Listed:
    """All boards of a Dinas."""
    boards = reverse("boards:board_list", args=[code])
    return Listed(
        ours=boards,
        raw=f"/bench/wilayah/{code}/raw/lkm/",
        admin=f"/admin/boards/board/?region_code__startswith={code}",
        few=f"{boards}?q={board.name}",
        first=boards,
    )


def of_details(board: Board, who: Visitor) -> dict[str, dict]:
    """Queries of the pages of one decision, board, meeting; growth by items."""
    meetings = Meeting.objects.filter(board=board).ratified().order_by()
    counted = meetings.annotate(size=Count("items")).order_by("size")
    decision = Decision.objects.filter(board=board).ratified().earliest("pk")
    sizes = [
        who.queries(reverse("deliberations:meeting_page", args=[board.slug, each.pk]))
        for each in (counted.first(), counted.last())
    ]
    one = reverse("deliberations:decision_page", args=[board.slug, decision.pk])
    profile = reverse("boards:board_page", args=[board.slug])
    return {
        "decision": {"queries": who.queries(one)},
        "board": {"queries": who.queries(profile)},
        "meeting": {"queries": max(sizes), "growth": sizes[1] - sizes[0]},
    }


def visitors() -> tuple:
    """The first board; its secretary, the Dinas above it, and an administrator."""
    secretary = User.objects.get(username="sekretaris")
    board = Board.objects.get(assignments__user=secretary)
    admin, _ = User.objects.get_or_create(
        username="bench", defaults={"is_staff": True, "is_superuser": True}
    )
    dinas = User.objects.get(username="dinas")
    return board, Visitor(secretary), Visitor(dinas), Visitor(admin)


class Bench:
    """Everything that is timed, by name: who asks for which address."""

    def __init__(self) -> None:
        board, secretary, dinas, admin = visitors()
        code = board.region_code[:5]
        lists = {**of_board(board), "boards": of_region(code, board)}
        self.facts = {"cookie": secretary.cookie, "queries": {}}
        self.timed = {}
        for name, listed in lists.items():
            who = dinas if name == "boards" else secretary
            peers = [listed.raw, listed.naive] if listed.naive else [listed.raw]
            if {who.table(each) for each in peers} != {who.table(listed.ours)}:
                raise SystemExit(f"{name}: the pages to compare show other rows")
            listed.deep = who.deepest(listed.first)
            self.timed |= {
                f"{name}.ours": (who, listed.ours),
                f"{name}.raw": (who, listed.raw),
                f"{name}.admin": (admin, listed.admin),
                f"{name}.first": (who, listed.first),
            }
            if listed.deep:
                self.timed[f"{name}.deep"] = (who, listed.deep)
            self.facts["queries"][name] = {
                "list": who.queries(listed.ours),
                "few": who.queries(listed.few),
            }
            self.facts[name] = asdict(listed)
        self.facts["details"] = of_details(board, secretary)

    def turns(self, calls: int) -> dict[str, list[float]]:
        """Seconds of every page, `calls` times in turns, after some to warm up."""
        found = {name: [] for name in self.timed}
        for turn in range(calls + WARM):
            for name, (who, address) in self.timed.items():
                took = who.seconds(address)
                if turn >= WARM:
                    found[name].append(took)
        return found


def main() -> None:
    """Say what there is, then time as often as asked."""
    bench = Bench()
    print(json.dumps(bench.facts), flush=True)
    for line in sys.stdin:
        print(json.dumps(bench.turns(int(line))), flush=True)


if __name__ == "__main__":
    main()
