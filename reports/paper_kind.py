"""What the catalogue says of one paper. Pure data."""

from dataclasses import dataclass

from boards.roles import Permission

MEETING, DECISION = "deliberations.Meeting", "deliberations.Decision"
AREA = "members.ElectionArea"


@dataclass(frozen=True)
class Kind:
    """One paper: who builds and prints it, how it is numbered, who may issue it.

    `builder` is the path of `build(subject, *, number, on)`; `number_type` is given at
    issue and shared by the papers of one subject ("" means that the subject brings its
    number). A paper that `needs_ratified` says what was decided, so it never changes;
    the others come before the meeting and get a new edition when the meeting changes.
    A book tells of a year: it is issued at any time, and anew when its year grew.
    A paper about something else than a meeting or its decision shows how things stand
    on the day it is issued; it gets a new edition when they changed.
    """

    code: str
    title: str
    builder: str
    template: str
    subject: str
    number_type: str = ""
    needs_ratified: bool = True
    is_book: bool = False
    permission: Permission = Permission.ISSUE_PAPERS
    # The right that opens the issued paper and its file. What may not be read beyond
    # the board itself is of the fund: it names members, their income and arrears.
    view: Permission = Permission.VIEW_PAPERS
    # Places for a pen beside those who sign in a list: note-taker, chair, Lurah.
    signers: int = 1
    # The type of the number that its subject brings, and what numbers of this type
    # are called; one paper of a type names it.
    own_type: str = ""
    number_word: str = ""
    # What the paper tells of, and what must be done before it can.
    event: str = "rapat"
    ready: str = "notulen disahkan"

    @property
    def of_meeting(self) -> bool:
        """About a meeting or its decision: bound to the day the meeting is held."""
        return self.subject in (MEETING, DECISION)

    @property
    def of_event(self) -> bool:
        """About a meeting, its decision or a vote: bound to the day it is held."""
        return self.of_meeting or self.subject == AREA

    @property
    def of_fund(self) -> bool:
        """About the books or a loan: read and issued by other rights than the rest."""
        return self.view != Permission.VIEW_PAPERS
