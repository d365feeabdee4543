"""Which page shows the record that bears a number, whatever app it is of."""

from django.urls import reverse

from activities.models import ActivityReport
from boards.models import LetterNumber
from deliberations.models import Decision, IncomingLetter, Meeting
from reports.models import IssuedReport


def page_of(number: LetterNumber) -> str:
    """Address of the paper, decision, minutes or report; of the register if none."""
    slug = number.board.slug
    for model, field, page in (
        (IssuedReport, "number", "reports:paper_page"),
        (Decision, "number", "deliberations:decision_page"),
        (Meeting, "number", "deliberations:meeting_page"),
        (Meeting, "minutes_number", "deliberations:meeting_page"),
        (ActivityReport, "number", "activities:report_page"),
        (IncomingLetter, "number", "deliberations:letter_page"),
    ):
        row = model.objects.filter(board=number.board, **{field: number})
        if pk := row.order_by("-pk").values_list("pk", flat=True).first():
            return reverse(page, args=[slug, pk])
    return reverse("reports:paper_list", args=[slug])
