"""The whole page of one agenda item, read from rows, a draft, or what was sent."""

from typing import Any

from boards.drafts import typed_in
from boards.models import Draft
from deliberations.forms.decisions import DecisionForm
from deliberations.forms.items import (
    MOST_ROWS,
    DecisionFormSet,
    ItemForm,
    PointFormSet,
    PromiseFormSet,
)
from deliberations.models import ActionItem, AgendaItem, Decision
from deliberations.presence import Room
from deliberations.services.minutes import (
    ItemMinutes,
    Objection,
    Point,
    Promise,
    Verdict,
)

# Fields of the head that hold several values.
LISTS = ("recused",)
# Fields of a decision that stand in one line and in rows of their own.
WRITTEN_OUT = ("objections", "bases")


class ItemSheet:
    """Everything on the page of one agenda item: a head and three lists of rows."""

    def __init__(
        self,
        item: AgendaItem,
        room: Room,
        *,
        data: Any = None,
        draft: Draft | None = None,
    ) -> None:
        kept = draft if data is None else None
        typed = typed_in(kept, lists=LISTS) if kept else None
        amendable = Decision.objects.filter(board=room.meeting.board).in_force()
        self.head = ItemForm(
            data, room=room, initial=_head(item) if typed is None else typed
        )
        # What was sent stands alone: a row like a saved one would count as untouched.
        fresh = data is None
        self.points = PointFormSet(
            data,
            prefix="poin",
            initial=(_rows(typed, "poin") or _points(item)) if fresh else None,
        )
        self.decisions = DecisionFormSet(
            data,
            prefix="kep",
            initial=(_rows(typed, "kep") or _decisions(item)) if fresh else None,
            form_kwargs={"amendable": amendable},
        )
        self.promises = PromiseFormSet(
            data,
            prefix="tindak",
            initial=(_rows(typed, "tindak") or _promises(item)) if fresh else None,
        )

    @property
    def lists(self) -> tuple:
        """The lists of rows, for the error summary."""
        return (self.points, self.decisions, self.promises)

    @property
    def has_errors(self) -> bool:
        """Something typed was refused, by a form or by the service."""
        return self.head.is_bound and not self.is_valid()

    def is_valid(self) -> bool:
        """Validate every part, so that all faults show at once."""
        valid = [part.is_valid() for part in (self.head, *self.lists)]
        return all(valid)

    def minutes(self) -> ItemMinutes:
        """What was typed, as the service takes it; empty rows fall out."""
        head = self.head.cleaned_data
        return ItemMinutes(
            state=head["state"],
            starts_at=head["starts_at"],
            ends_at=head["ends_at"],
            recused=list(head["recused"]),
            points=[
                Point(row["text"], row["speaker"])
                for row in self.points.cleaned_data
                if row.get("text")
            ],
            verdicts=[
                _verdict(form.cleaned_data)
                for form in self.decisions
                if form.cleaned_data and not form.is_empty
            ],
            promises=[
                Promise(row["text"], row["owner_name"], row["due_on"])
                for row in self.promises.cleaned_data
                if row.get("text")
            ],
        )


def _verdict(row: dict[str, Any]) -> Verdict:
    objections = tuple(
        Objection(name.strip(), reason.strip())
        for name, _colon, reason in (
            line.partition(":") for line in row["objections"].splitlines()
        )
        if name.strip()
    )
    bases = tuple(part.strip() for part in row["bases"].split(";") if part.strip())
    plain = {name: value for name, value in row.items() if name not in WRITTEN_OUT}
    return Verdict(**plain, objections=objections, bases=bases)


def _head(item: AgendaItem) -> dict[str, Any]:
    discussed = item.state != AgendaItem.State.OPEN or item.revision == 0
    return {
        "state": item.state if item.revision else AgendaItem.State.DISCUSSED,
        "starts_at": item.starts_at if discussed else None,
        "ends_at": item.ends_at,
        "recused": [row.attendance_id for row in item.recusals.all()],
    }


def _points(item: AgendaItem) -> list[dict]:
    return [{"speaker": row.speaker, "text": row.text} for row in item.points.all()]


def _decisions(item: AgendaItem) -> list[dict]:
    rows = item.decisions.order_by("position").prefetch_related("dissents", "bases")
    names = [name for name in DecisionForm.base_fields if name not in WRITTEN_OUT]
    return [
        {name: getattr(row, name) for name in names}
        | {"objections": "\n".join(f"{d.name}: {d.reason}" for d in row.dissents.all())}
        | {"bases": "; ".join(basis.says for basis in row.bases.all())}
        for row in rows
    ]


def _promises(item: AgendaItem) -> list[dict]:
    rows = ActionItem.objects.filter(item=item, decision=None).order_by("position")
    return [
        {"text": row.text, "owner_name": row.owner_name, "due_on": row.due_on}
        for row in rows
    ]


def _rows(content: dict[str, Any] | None, prefix: str) -> list[dict]:
    """The rows of one list in a kept draft: `poin-0-text` … as initial values."""
    found: dict[int, dict] = {}
    for name, value in (content or {}).items():
        start, _dash, rest = name.partition("-")
        number, _dash, field = rest.partition("-")
        if start == prefix and number.isdecimal() and len(number) < 5 and field:
            found.setdefault(int(number), {})[field] = value
    rows = [found[number] for number in sorted(found)]
    return [row for row in rows if any(row.values())][:MOST_ROWS]
