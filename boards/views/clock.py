"""The clock of this computer, for the Pengelola sistem."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from boards.access import fresh_password, region_view
from boards.clock import confirm_clock, doubt_at, newest_moment, open_jumps
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_ACCOUNTS)
@fresh_password
@post_once
def clock_page(request, region) -> HttpResponse:
    """The clock beside the log; where it is doubted, somebody says that it is right."""
    refused, now = "", timezone.now()
    if request.method == "POST":
        try:
            confirm_clock(by=request.user)
        except RuleViolation as violation:
            refused = str(violation)
        else:
            messages.success(request, "Jam komputer dinyatakan benar.")
            return redirect("boards:account_list")
    context = {
        "now": now,
        "newest": newest_moment(),
        "doubt": doubt_at(now),
        "jump": open_jumps().first(),
        "refused": refused,
    }
    return render(request, "boards/clock_page.html", context)
