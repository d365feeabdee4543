"""What somebody typed into a long form of a book and did not send yet."""

from dataclasses import dataclass

from django.http import HttpRequest

from boards.drafts import draft_of, drop_draft, typed_in
from boards.models import Draft, User
from ledger.models import Book


@dataclass(frozen=True)
class Kept:
    """The draft of one form, as its page asks for it."""

    user: User
    book: Book
    form: str
    # Which of the book's forms, as the drafts of a board tell them apart.
    object: str
    draft: Draft | None

    @property
    def typed(self) -> dict[str, str]:
        """Initial values of the form."""
        return typed_in(self.draft) if self.draft else {}

    @property
    def milliseconds(self) -> int:
        """When it was kept, for the copy on the device to compare; 0 for never."""
        return int(self.draft.updated_at.timestamp() * 1000) if self.draft else 0

    @property
    def saved_at(self) -> str:
        """When it was kept on the board's clock: 19.42; "" for never."""
        if self.draft is None:
            return ""
        return f"{self.book.board.local(self.draft.updated_at):%H.%M}"

    def drop(self) -> None:
        """It was written for good."""
        drop_draft(self.user, self.form, _key(self.book, self.object))


def _key(book: Book, name: str) -> str:
    return f"{book.board_id}:{name}"


def kept_of(request: HttpRequest, book: Book, form: str, part: str) -> Kept:
    """What this person left in `form` of the book; `part` tells months apart."""
    name = f"{book.pk}/{part}"
    draft = draft_of(request.user, form, _key(book, name))
    return Kept(request.user, book, form, name, draft)
