"""What a rule says when it refuses."""

from django.core.exceptions import ValidationError


class RuleViolation(ValidationError):
    """A rule of the house refuses an act.

    `message` is a sentence for the user that says what is the case and how to mend
    it; `code` is `app.reason` for tests and logs. Forms, imports and the admin show
    it because it is a ValidationError.
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message, code=code)

    def __str__(self) -> str:
        return str(self.message)
