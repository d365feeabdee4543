"""Which words the agenda of an invitation has for promises of earlier meetings."""

import datetime

import pytest

from deliberations.services.sources import take_action
from reports.builders.invitation import build
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples

pytestmark = pytest.mark.django_db


def test_an_item_that_takes_up_a_promise_names_who_and_by_when():
    board = samples.board()
    earlier = rows.meeting(board, held_on=datetime.date(2026, 10, 10))
    due = datetime.date(2026, 11, 1)
    dated = rows.action(rows.item(earlier), "Menagih iuran", "Wagiyem", due_on=due)
    loose = rows.action(rows.item(earlier), "Membeli sapu", "Sukiman")
    rows.ratify(earlier)
    meeting = samples.tiny_meeting(board)
    for action in (dated, loose):
        take_action(meeting, action, by=meeting.created_by)

    first, second, *others = build(meeting, number="", on=meeting.held_on).agenda

    assert first.replace("\N{NO-BREAK SPACE}", " ") == (
        "Menagih iuran (tindak lanjut Wagiyem, paling lambat 1 November 2026)"
    )
    assert second == "Membeli sapu (tindak lanjut Sukiman)"
    assert not any("tindak lanjut" in line for line in others)
