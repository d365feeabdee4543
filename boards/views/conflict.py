"""The page for an edit that came second: both texts side by side, nothing lost."""

from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from boards.audit import events_about
from boards.forms import EditConflict
from common.error_pages import error_page


def conflict_page(
    request: HttpRequest, form: ModelForm, clash: EditConflict, *, back_url: str
) -> HttpResponse:
    """Status 409 with who saved meanwhile and where the two texts differ."""
    last = events_about(clash.current).first()
    secret = getattr(form, "secret_fields", ())
    changes = [
        {
            "label": form.fields[name].label,
            "mine": form.data.get(name, ""),
            "theirs": form.fields[name].prepare_value(getattr(clash.current, name)),
        }
        for name in form.changed_data
        if name not in secret and hasattr(clash.current, name)
    ]
    return error_page(
        request,
        409,
        changed_by=last.user_name if last else "",
        changes=[row for row in changes if str(row["theirs"]) != row["mine"]],
        back_url=back_url,
    )
