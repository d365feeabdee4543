"""The frame round every page: whose letterhead, which tabs, who is signed in."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from boards.access import (
    COUNTRY,
    assignment_in,
    permissions_of,
    region_permissions_of,
)
from boards.clock import known_doubt
from boards.models import Assignment, Board, Region
from boards.roles import ROLE_LABELS, Permission, Role
from common.addresses import known_address


@dataclass(frozen=True)
class Tab:
    """One noun in the navigation."""

    label: str
    url: str
    icon: str
    current: bool
    count: int = 0


@dataclass(frozen=True)
class Place:
    """A tab before it is bound to a board or region: url name, right, icon."""

    label: str
    url_name: str
    permission: Permission
    icon: str
    section: str


BOARD_PLACES = (
    Place("Beranda", "reports:board_home", Permission.VIEW_BOARD, "home", "home"),
    Place(
        "Musyawarah",
        "deliberations:meeting_list",
        Permission.VIEW_MEETINGS,
        "meet",
        "meetings",
    ),
    Place(
        "Keputusan",
        "deliberations:decision_list",
        Permission.VIEW_MEETINGS,
        "check",
        "decisions",
    ),
    Place(
        "Kegiatan",
        "activities:activity_list",
        Permission.VIEW_ACTIVITIES,
        "work",
        "activities",
    ),
    Place("Pinjaman", "loans:loan_list", Permission.VIEW_LOANS, "loan", "loans"),
    Place("Rencana", "planning:item_list", Permission.VIEW_PLANS, "flag", "plans"),
    Place("Anggota", "members:term_page", Permission.VIEW_MEMBERS, "person", "members"),
    Place("Surat", "reports:paper_list", Permission.VIEW_PAPERS, "doc", "papers"),
)
REGION_PLACES = (
    Place("Beranda", "reports:region_home", Permission.VIEW_REGION, "home", "home"),
    Place(
        "Periksa laporan",
        "activities:review_list",
        Permission.REVIEW_REPORTS,
        "check",
        "review",
    ),
    Place("LKM", "boards:board_list", Permission.VIEW_REGION, "meet", "boards"),
    Place(
        "UPK",
        "reports:fund_region",
        Permission.VIEW_FUND_TOTALS,
        "loan",
        "funds",
    ),
    Place(
        "Ringkasan",
        "reports:summary_list",
        Permission.VIEW_SUMMARIES,
        "doc",
        "summaries",
    ),
    Place(
        "Program",
        "planning:programme_list",
        Permission.MANAGE_PROGRAMMES,
        "flag",
        "programmes",
    ),
    Place("Pengguna", "boards:user_list", Permission.MANAGE_USERS, "person", "users"),
)
SYSTEM_PLACES = (
    Place("Akun", "boards:account_list", Permission.MANAGE_ACCOUNTS, "person", "users"),
)


@dataclass(frozen=True)
class Frame:
    """Everything `base.html` needs to draw kop, tabs and bottom bar."""

    kop_name: str
    kop_place: str = ""
    kop_tail: str = ""
    home_url: str = "/"
    logo_url: str = ""
    can_switch: bool = False
    switch_url: str = ""
    search_url: str = ""
    help_url: str = ""
    profile_url: str = ""
    profile_label: str = ""
    tabs: list[Tab] = field(default_factory=list)
    bottom: list[Tab] = field(default_factory=list)
    menu_url: str = ""
    user_name: str = ""
    role_label: str = ""
    account_url: str = ""
    demo: bool = False
    clock_says: str = ""
    clock_url: str = ""


# Beginning of a view name -> tab that stays marked while one is inside it; the first
# match counts, so the longer beginnings stand first.
SECTIONS = (
    ("reports:board_home", "home"),
    ("reports:region_home", "home"),
    ("reports:summary", "summaries"),
    ("reports:paper", "papers"),
    ("reports:decision_book", "decisions"),
    ("reports:voucher_papers", "loans"),
    ("reports:loan_papers", "loans"),
    ("reports:ledger_papers", "loans"),
    ("reports:fund_region", "funds"),
    ("reports:fund", "loans"),
    ("reports:note", "loans"),
    ("reports:statement", "loans"),
    ("reports:officer", "members"),
    ("reports:evaluation", "members"),
    ("reports:evidence", "members"),
    ("deliberations:appointment", "members"),
    ("reports:scan", "papers"),
    ("reports:stack", "papers"),
    ("reports:sheet", "papers"),
    ("reports:book", "papers"),
    ("reports:minutes_book", "papers"),
    ("reports:outgoing", "papers"),
    ("reports:attendance", "papers"),
    ("reports:area_papers", "members"),
    ("deliberations:decision", "decisions"),
    ("deliberations:action", "decisions"),
    ("deliberations:letter", "papers"),
    ("deliberations:late", "boards"),
    ("deliberations:rule", "board"),
    ("deliberations:setting", "board"),
    ("deliberations:seat", "members"),
    ("deliberations:", "meetings"),
    ("activities:review", "review"),
    ("activities:", "activities"),
    ("planning:programme", "programmes"),
    ("ledger:", "loans"),
    ("planning:", "plans"),
    ("loans:", "loans"),
    ("members:group", "loans"),
    ("members:", "members"),
    ("boards:account_page", ""),
    ("boards:password", ""),
    ("boards:user", "users"),
    ("boards:account", "users"),
    ("boards:guide", "boards"),
    ("boards:board_list", "boards"),
    ("boards:board_new", "boards"),
    ("boards:board_place", "boards"),
    ("boards:", "board"),
)


def _section(request: HttpRequest) -> str:
    found = request.resolver_match
    here = found.view_name if found else ""
    # The book of the works belongs to the works, the fund's to the loans.
    if here.startswith("ledger:") and found.kwargs.get("kind") == "works":
        return "activities"
    return next((tab for start, tab in SECTIONS if here.startswith(start)), "")


def _tabs(places, rights, kwargs: dict, request: HttpRequest) -> list[Tab]:
    """The places this person may open, the current one marked."""
    section = _section(request)
    counts = getattr(request, "tab_counts", {})
    return [
        Tab(
            place.label,
            known_address(place.url_name, **kwargs),
            place.icon,
            current=place.section == section,
            count=counts.get(place.section, 0),
        )
        for place in places
        if place.permission in rights
    ]


def _in_thumb_reach(tabs: list[Tab], rights) -> list[Tab]:
    """Four places on a phone; the whole list stands behind "Menu".

    Who keeps or checks the fund has the loans there, in the place of the works.
    """
    if not rights & {Permission.KEEP_FUND, Permission.SUPERVISE_FUND}:
        return tabs[:4]
    return [tab for tab in tabs if tab.icon != "work"][:4]


def _framed(request: HttpRequest, tabs: list[Tab], rights, **who) -> Frame:
    user = request.user
    offices = {held.board_id or held.region_code for held in user.reach()}
    return Frame(
        tabs=tabs,
        bottom=_in_thumb_reach(tabs, rights),
        menu_url=known_address("reports:menu"),
        home_url=tabs[0].url if tabs else known_address("reports:home"),
        can_switch=len(offices) > 1,
        switch_url=known_address("reports:switch"),
        help_url=known_address("reports:help"),
        user_name=str(user),
        account_url=known_address("boards:account_page"),
        demo=settings.DEMO_MODE,
        clock_says=known_doubt(),
        **who,
    )


def board_frame(request: HttpRequest, board: Board) -> Frame:
    """The board's own letterhead; an officer stands in it as a visitor."""
    rights = permissions_of(request.user, board)
    kwargs = {"board_slug": board.slug}
    held = assignment_in(request.user, board)
    return _framed(
        request,
        _tabs(BOARD_PLACES, rights, kwargs, request),
        rights,
        kop_name=str(board),
        kop_place=board.village,
        kop_tail=f"{board.district} · {board.regency}",
        search_url=(
            known_address("reports:board_search", **kwargs)
            if Permission.VIEW_MEETINGS in rights
            else ""
        ),
        logo_url=(
            reverse("boards:logo", kwargs={**kwargs, "pk": board.logo_id})
            if board.logo_id
            else ""
        ),
        profile_url=(
            known_address("boards:board_page", **kwargs)
            if Permission.VIEW_BOARD in rights
            else ""
        ),
        profile_label=f"Profil {board.term}",
        role_label=held.label if held else "",
    )


def region_frame(request: HttpRequest, region: Region) -> Frame:
    """The office of a region: kelurahan, kecamatan, Dinas or province."""
    rights = region_permissions_of(request.user, region.code)
    if Permission.MANAGE_ACCOUNTS in rights and len(rights) == 1:
        return system_frame(request)
    kwargs = {"region_code": region.code}
    held = next(
        (
            held
            for held in request.user.reach()
            if not held.board_id and region.code.startswith(held.region_code)
        ),
        None,
    )
    return _framed(
        request,
        _tabs(REGION_PLACES, rights, kwargs, request),
        rights,
        kop_name=_office_name(region, held),
        kop_place=region.within or region.title,
        search_url=(
            known_address("reports:region_search", **kwargs)
            if Permission.VIEW_REGION in rights
            else ""
        ),
        role_label=held.label if held else "",
    )


def _office_name(region: Region, held: Assignment | None) -> str:
    """The Dinas has its own name; the others are called by their region."""
    if held and held.role in (Role.DINAS, Role.DINAS_ADMIN):
        return f"Dinas Perkim {region.title}" if len(region.code) == 5 else region.title
    return region.title


def system_frame(request: HttpRequest) -> Frame:
    """The people who keep accounts and nothing else."""
    rights = region_permissions_of(request.user, "")
    return _framed(
        request,
        _tabs(SYSTEM_PLACES, rights, {}, request),
        rights,
        kop_name="Portal LKM",
        role_label=ROLE_LABELS[Role.SYSTEM] if rights else "Tanpa peran",
        clock_url=known_address("boards:clock_page"),
    )


def frame(request: HttpRequest) -> dict[str, Frame | None]:
    """Context processor: the frame of this page, None for the public frame."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"frame": None}
    board = getattr(request, "board", None)
    if board:
        return {"frame": board_frame(request, board)}
    region = getattr(request, "region", None)
    if region:
        return {"frame": region_frame(request, region)}
    return {"frame": _home_frame(request)}


def _home_frame(request: HttpRequest) -> Frame:
    """Pages that belong to no board: the frame of the person's first assignment."""
    held = next(iter(request.user.reach()), None)
    if held is None or held.role == Role.SYSTEM:
        return system_frame(request)
    if held.board:
        return board_frame(request, held.board)
    if not held.region_code:
        return region_frame(request, COUNTRY)
    region = Region.objects.filter(code=held.region_code).first()
    return region_frame(request, region) if region else system_frame(request)
