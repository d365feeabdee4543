"""Who may do what: pure data. Read this file to know; `access.py` decides with it."""

from enum import StrEnum


class Role(StrEnum):
    """A post of a person in the house, over one board or over a region."""

    SECRETARY = "SECRETARY"
    MEMBER = "MEMBER"
    WORKS_UNIT = "WORKS_UNIT"
    LOAN_UNIT = "LOAN_UNIT"
    SOCIAL_UNIT = "SOCIAL_UNIT"
    SUPERVISOR = "SUPERVISOR"
    KELURAHAN = "KELURAHAN"
    KECAMATAN = "KECAMATAN"
    DINAS = "DINAS"
    DINAS_ADMIN = "DINAS_ADMIN"
    PROVINCE = "PROVINCE"
    SYSTEM = "SYSTEM"


ROLE_LABELS = {
    Role.SECRETARY: "Sekretaris LKM",
    Role.MEMBER: "Anggota LKM",
    Role.WORKS_UNIT: "UPL",
    Role.LOAN_UNIT: "UPK",
    Role.SOCIAL_UNIT: "UPS",
    Role.SUPERVISOR: "Pengawas UPK",
    Role.KELURAHAN: "Staf kelurahan/desa",
    Role.KECAMATAN: "Staf kecamatan",
    Role.DINAS: "Staf Dinas Perkim",
    Role.DINAS_ADMIN: "Admin Dinas",
    Role.PROVINCE: "Provinsi",
    Role.SYSTEM: "Pengelola sistem",
}

# What each does, for the page that gives roles.
ROLE_REACH = {
    Role.SECRETARY: "Mencatat musyawarah, anggota, kegiatan, dan surat satu LKM.",
    Role.MEMBER: "Membaca seluruh catatan LKM; koordinator mengesahkan.",
    Role.WORKS_UNIT: "Mengisi kegiatan dan laporan pekerjaan.",
    Role.LOAN_UNIT: "Mengelola pinjaman KSM dan pembukuan dana bergulir.",
    Role.SOCIAL_UNIT: "Membaca catatan LKM sebagai pengelola kegiatan sosial.",
    Role.SUPERVISOR: "Membaca seluruh catatan LKM dan memeriksa UPK.",
    Role.KELURAHAN: "Memeriksa laporan kegiatan di satu kelurahan atau desa.",
    Role.KECAMATAN: "Membaca catatan LKM di satu kecamatan.",
    Role.DINAS: "Membaca semua LKM dan membuat ringkasan.",
    Role.DINAS_ADMIN: "Mendaftarkan LKM, membuat akun, mengatur kode program.",
    Role.PROVINCE: "Membaca ringkasan satu provinsi.",
    Role.SYSTEM: "Mengelola akun saja.",
}

BOARD_ROLES = frozenset(
    {
        Role.SECRETARY,
        Role.MEMBER,
        Role.WORKS_UNIT,
        Role.LOAN_UNIT,
        Role.SOCIAL_UNIT,
        Role.SUPERVISOR,
    }
)

# Length of the region code a role reaches over: PP.KK.CC.DDDD.
REGION_CODE_LENGTHS = {
    Role.KELURAHAN: (13,),
    Role.KECAMATAN: (8,),
    Role.DINAS: (5,),
    Role.DINAS_ADMIN: (5,),
    Role.PROVINCE: (0, 2),
    Role.SYSTEM: (0,),
}


class Post(StrEnum):
    """A post inside a role; a rule may ask for one."""

    NONE = ""
    COORDINATOR = "COORDINATOR"
    MANAGER = "MANAGER"
    BOOKKEEPER = "BOOKKEEPER"
    CASHIER = "CASHIER"
    OFFICER = "OFFICER"


POST_LABELS = {
    Post.NONE: "",
    Post.COORDINATOR: "Koordinator",
    Post.MANAGER: "Manajer",
    Post.BOOKKEEPER: "Pembuku",
    Post.CASHIER: "Kasir",
    Post.OFFICER: "Petugas",
}
POSTS_OF_ROLE = {
    Role.MEMBER: (Post.COORDINATOR,),
    Role.LOAN_UNIT: (Post.MANAGER, Post.BOOKKEEPER, Post.CASHIER, Post.OFFICER),
}


class Permission(StrEnum):
    """One right; templates ask `"ratify_meeting" in request.permissions`."""

    VIEW_BOARD = "view_board"
    EDIT_BOARD = "edit_board"
    SET_RULES = "set_rules"
    VIEW_MEMBERS = "view_members"
    EDIT_MEMBERS = "edit_members"
    REVEAL_NIK = "reveal_nik"
    COUNT_BALLOTS = "count_ballots"
    VIEW_MEETINGS = "view_meetings"
    VIEW_DRAFTS = "view_drafts"
    EDIT_MEETINGS = "edit_meetings"
    CORRECT_MINUTES = "correct_minutes"
    RATIFY_MEETING = "ratify_meeting"
    VIEW_ACTIVITIES = "view_activities"
    EDIT_ACTIVITIES = "edit_activities"
    SEND_REPORTS = "send_reports"
    REVIEW_REPORTS = "review_reports"
    VIEW_PLANS = "view_plans"
    EDIT_PLANS = "edit_plans"
    VIEW_BOOKS = "view_books"
    KEEP_FUND = "keep_fund"
    KEEP_WORKS_BOOK = "keep_works_book"
    OPEN_BOOKS = "open_books"
    VIEW_LOANS = "view_loans"
    EDIT_LOANS = "edit_loans"
    DECIDE_LOANS = "decide_loans"
    SUPERVISE_FUND = "supervise_fund"
    VIEW_FUND_TOTALS = "view_fund_totals"
    VIEW_PAPERS = "view_papers"
    ISSUE_PAPERS = "issue_papers"
    VIEW_LETTERS = "view_letters"
    EDIT_LETTERS = "edit_letters"
    VIEW_AUDIT = "view_audit"
    VIEW_REGION = "view_region"
    VIEW_SUMMARIES = "view_summaries"
    OPEN_SUMMARIES = "open_summaries"
    MAKE_SUMMARIES = "make_summaries"
    MANAGE_BOARDS = "manage_boards"
    MANAGE_USERS = "manage_users"
    MANAGE_PROGRAMMES = "manage_programmes"
    MANAGE_ACCOUNTS = "manage_accounts"


P = Permission
# Of the fund an officer reads totals; loans and books stay inside the board.
_READ_BOARD = frozenset(
    {
        P.VIEW_BOARD,
        P.VIEW_MEETINGS,
        P.VIEW_ACTIVITIES,
        P.VIEW_PLANS,
        P.VIEW_PAPERS,
        P.VIEW_FUND_TOTALS,
    }
)
# Minutes that nobody ratified yet, and letters that residents and others sent, are
# read inside the board alone.
_READ_INSIDE = _READ_BOARD | {
    P.VIEW_MEMBERS,
    P.VIEW_AUDIT,
    P.VIEW_DRAFTS,
    P.VIEW_LETTERS,
    P.VIEW_BOOKS,
    P.VIEW_LOANS,
}
# Ballots are counted by two people: whoever has a post in the board may be one.
_TAKES_PART = _READ_INSIDE | {P.COUNT_BALLOTS, P.CORRECT_MINUTES}
_READ_REGION = _READ_BOARD | {P.VIEW_REGION}

GRANTS: dict[Role, frozenset[Permission]] = {
    # Who writes the minutes does not ask to mend them.
    Role.SECRETARY: _READ_INSIDE
    | {
        P.COUNT_BALLOTS,
        P.EDIT_BOARD,
        P.SET_RULES,
        P.EDIT_MEMBERS,
        P.REVEAL_NIK,
        P.EDIT_MEETINGS,
        P.EDIT_ACTIVITIES,
        P.SEND_REPORTS,
        P.EDIT_PLANS,
        P.ISSUE_PAPERS,
        P.EDIT_LETTERS,
        P.KEEP_WORKS_BOOK,
        P.OPEN_BOOKS,
    },
    # Ratifying and rules only as the koordinator (deliberations, boards.access);
    # minutes are corrected by those who came (deliberations).
    # A loan is decided by the koordinator or the manager of the UPK (loans).
    Role.MEMBER: _TAKES_PART | {P.RATIFY_MEETING, P.SET_RULES, P.DECIDE_LOANS},
    Role.WORKS_UNIT: _TAKES_PART | {P.EDIT_ACTIVITIES, P.KEEP_WORKS_BOOK},
    Role.LOAN_UNIT: _TAKES_PART
    | {P.KEEP_FUND, P.OPEN_BOOKS, P.EDIT_LOANS, P.DECIDE_LOANS},
    Role.SOCIAL_UNIT: _TAKES_PART,
    Role.SUPERVISOR: _TAKES_PART | {P.SUPERVISE_FUND},
    Role.KELURAHAN: _READ_REGION | {P.REVIEW_REPORTS},
    Role.KECAMATAN: _READ_REGION | {P.VIEW_SUMMARIES, P.OPEN_SUMMARIES},
    Role.DINAS: _READ_REGION
    | {P.VIEW_AUDIT, P.VIEW_SUMMARIES, P.OPEN_SUMMARIES, P.MAKE_SUMMARIES},
    Role.DINAS_ADMIN: frozenset(
        {
            P.VIEW_BOARD,
            P.EDIT_BOARD,
            P.SET_RULES,
            P.VIEW_REGION,
            P.MANAGE_BOARDS,
            P.MANAGE_USERS,
            P.MANAGE_PROGRAMMES,
        }
    ),
    Role.PROVINCE: frozenset({P.VIEW_REGION, P.VIEW_SUMMARIES, P.VIEW_FUND_TOTALS}),
    Role.SYSTEM: frozenset({P.MANAGE_ACCOUNTS}),
}

# Who gives which roles: the right, and the roles it may hand out inside its reach.
GIVES_ROLES: dict[Permission, frozenset[Role]] = {
    P.MANAGE_USERS: BOARD_ROLES
    | {Role.KELURAHAN, Role.KECAMATAN, Role.DINAS, Role.DINAS_ADMIN},
    P.MANAGE_ACCOUNTS: frozenset({Role.DINAS_ADMIN, Role.PROVINCE}),
}

# What nobody does any more on a board that was closed; reading and checking go on.
CLOSED_TO = frozenset(
    {
        P.EDIT_BOARD,
        P.SET_RULES,
        P.EDIT_MEMBERS,
        P.COUNT_BALLOTS,
        P.EDIT_MEETINGS,
        P.CORRECT_MINUTES,
        P.RATIFY_MEETING,
        P.EDIT_ACTIVITIES,
        P.SEND_REPORTS,
        P.EDIT_PLANS,
        P.ISSUE_PAPERS,
        P.EDIT_LETTERS,
        P.KEEP_FUND,
        P.KEEP_WORKS_BOOK,
        P.OPEN_BOOKS,
        P.EDIT_LOANS,
        P.DECIDE_LOANS,
        P.SUPERVISE_FUND,
    }
)

# What an officer keeps of the grants above where the board only serves the region.
SERVED_REGION_GRANTS = _READ_REGION

# Fields that not every reader of a row may see, and the right they need.
FIELD_GRANTS: dict[str, Permission] = {
    "person.nik": P.REVEAL_NIK,
    "person.phone": P.VIEW_MEMBERS,
    "person.address": P.VIEW_MEMBERS,
}

# Roles that sign in with a second factor on a server; the demo switches it off.
TOTP_ROLES = frozenset({Role.KELURAHAN, Role.DINAS, Role.DINAS_ADMIN, Role.SYSTEM})
