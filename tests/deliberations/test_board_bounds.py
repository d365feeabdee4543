"""The database keeps what an agenda and a correction point at inside their meeting."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from deliberations.models import AgendaItem, Confirmation, Correction
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


def agenda_row(meeting, **source) -> AgendaItem:
    return AgendaItem.objects.create(
        meeting=meeting, position=meeting.items.count() + 1, title="Bahan", **source
    )


def test_an_item_comes_from_rows_of_its_own_board(board):
    here, elsewhere = talks.meeting(board), talks.meeting(make.board("33.13.01.2001"))
    for meeting in (here, elsewhere):
        item = talks.item(meeting)
        sources = {
            "continues": item,
            "confirms": talks.decision(item),
            "action": talks.action(item, "Beli semen", "Siti"),
        }
        for name, row in sources.items():
            agenda_row(meeting, **{name: row})
            other = elsewhere if meeting == here else here
            AgendaItem.objects.filter(**{name: row}).delete()
            with pytest.raises(IntegrityError), transaction.atomic():
                agenda_row(other, **{name: row})


def test_corrections_and_confirmations_speak_of_their_own_meeting(board):
    meeting, other = talks.meeting(board), talks.meeting(board)
    by, at = meet.secretary(board), timezone.now()
    asked = {"round": 1, "asked_by": by, "asked_name": str(by), "asked_at": at}
    noted = {"round": 1, "noted_by": by, "noted_at": at}
    item, seat = talks.item(other), talks.attendee(other)

    for model, facts in (
        (Correction, asked | {"text": "Salah tulis", "item": item}),
        (Confirmation, noted | {"attendance": seat}),
    ):
        assert model.objects.create(meeting=other, **facts).pk
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(meeting=meeting, **facts)
