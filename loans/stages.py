"""How far an application is, what comes next, and who does it."""

from dataclasses import dataclass

from django.db.models import Q

from boards.access import holds_post
from boards.models import Board, User
from boards.parameters import setting_of
from boards.roles import Permission, Post
from loans.models import Loan
from loans.rules import BY_MEETING, deciders_of

State = Loan.State
TAGS = {
    State.APPLIED: "wait",
    State.CHECKED: "wait",
    State.RECHECK: "warn",
    State.APPROVED: "wait",
    State.REFUSED: "draft",
    State.WITHDRAWN: "draft",
    State.ACTIVE: "",
    State.PAID: "ok",
    State.RESCHEDULED: "warn",
    State.WRITTEN_OFF: "bad",
    State.TAKEN_BACK: "draft",
}
STAGES = ("Diajukan", "Diperiksa", "Diputus", "Cair")
# Of how many stages an application has come to the end.
_DONE = {
    State.APPLIED: 1,
    State.RECHECK: 1,
    State.CHECKED: 2,
    State.APPROVED: 3,
    State.REFUSED: 3,
    State.WITHDRAWN: 1,
}


@dataclass(frozen=True)
class Step:
    """The next act: its code, the page of it, its button, and whose it is."""

    code: str
    label: str
    url_name: str
    who: str
    permission: Permission
    posts: tuple[Post, ...] = ()

    def is_of(self, user: User, board: Board, rights: frozenset[Permission]) -> bool:
        """May this person do it?"""
        if self.permission not in rights:
            return False
        return not self.posts or any(
            holds_post(user, board, post) for post in self.posts
        )


P = Permission
CHECK = Step("periksa", "Isi pemeriksaan", "loan_check", "petugas UPK", P.EDIT_LOANS)
DECIDE = Step(
    *("putus", "Putus pinjaman", "loan_decide", "manajer UPK"),
    P.DECIDE_LOANS,
    (Post.MANAGER,),
)
COSIGN = Step(
    *("tandatangan", "Tanda tangani putusan", "loan_cosign", "koordinator LKM"),
    P.DECIDE_LOANS,
    (Post.COORDINATOR,),
)
LINK = Step(
    *("rapat", "Pilih keputusan rapat", "loan_by_decision"),
    "petugas UPK, sesudah rapat memutus",
    P.EDIT_LOANS,
)
# What is not fit goes back or is refused, by those who decide.
ANSWER = Step(
    *("jawab", "Tolak permohonan", "loan_refuse", "manajer UPK atau koordinator"),
    P.DECIDE_LOANS,
    (Post.MANAGER, Post.COORDINATOR),
)
PAY_OUT = Step("cairkan", "Cairkan pinjaman", "loan_payout", "kasir UPK", P.KEEP_FUND)
STEPS = (CHECK, DECIDE, COSIGN, LINK, ANSWER, PAY_OUT)


def decided_by_meeting(board: Board) -> bool:
    """The board's rule of today lets a meeting decide."""
    return deciders_of(board, on=board.today()).value == BY_MEETING


def next_step(loan: Loan, *, by_meeting: bool) -> Step | None:
    """What an application waits for; None when it waits for nothing."""
    if loan.state in (State.APPLIED, State.RECHECK):
        return CHECK
    if loan.state == State.APPROVED:
        return PAY_OUT
    if loan.state != State.CHECKED:
        return None
    if not loan.fit:
        return ANSWER
    if loan.decided_by_id:
        return COSIGN
    return LINK if by_meeting else DECIDE


def may_act(step: Step, loan: Loan, user: User, rights: frozenset[Permission]) -> bool:
    """Is the next act this person's? Proposer, decider and payer are three people.

    Only a board with too few people lets one of them do two acts (its rule
    `one_person_office`); the second signature is always another's.
    """
    if not step.is_of(user, loan.board, rights):
        return False
    before = {
        DECIDE.code: (loan.checked_by_id,),
        COSIGN.code: (loan.decided_by_id,),
        PAY_OUT.code: (loan.decided_by_id, loan.cosigned_by_id),
    }
    if user.pk not in before.get(step.code, ()):
        return True
    today = loan.board.today()
    alone = setting_of(loan.board, "one_person_office", on=today).value
    return step is not COSIGN and bool(alone)


def gives_up_deciding(board: Board, user: User, rights: frozenset[Permission]) -> bool:
    """Does this person lose the decision by checking the application himself?"""
    if decided_by_meeting(board) or not DECIDE.is_of(user, board, rights):
        return False
    return not setting_of(board, "one_person_office", on=board.today()).value


def waits_for(code: str, *, by_meeting: bool) -> Q:
    """The applications that wait for one step, as `next_step` says."""
    fit = Q(state=State.CHECKED, fit=True)
    found = {
        CHECK.code: Q(state__in=(State.APPLIED, State.RECHECK)),
        ANSWER.code: Q(state=State.CHECKED, fit=False),
        COSIGN.code: fit & Q(decided_by__isnull=False),
        PAY_OUT.code: Q(state=State.APPROVED),
    }
    asked = LINK.code if by_meeting else DECIDE.code
    found[asked] = fit & Q(decided_by=None)
    return found.get(code, Q(pk__in=[]))


def stage_line(loan: Loan) -> list[dict[str, str]]:
    """The four stages: done, here, not yet."""
    done = _DONE.get(State(loan.state), len(STAGES))
    here = "on" if loan.state in Loan.BEFORE_PAYOUT else "todo"
    marks = ["done"] * done + [here] + ["todo"] * len(STAGES)
    return [
        {"label": label, "state": mark}
        for label, mark in zip(STAGES, marks, strict=False)
    ]
