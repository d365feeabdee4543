"""Numbers without gap or double: twenty at once, and the year of each time zone."""

import datetime
import random

import pytest
from django.db import transaction

from boards.models import LetterNumber, NumberSequence
from boards.numbers import give_number
from deliberations.services.ratification import ratify_meeting
from tests.deep.test_races import at_once
from tests.make import boards as make
from tests.make import meetings as meet

DAY = datetime.date(2026, 11, 21)
THREADS, TIMES = 20, 50


@pytest.mark.django_db(transaction=True)
def test_twenty_threads_and_random_rollbacks_leave_no_gap():
    boards = [make.board() for _ in range(3)]

    def work(seed):
        dice = random.Random(seed)
        for _ in range(TIMES):
            board, kind = dice.choice(boards), dice.choice(("BA", "KEP"))
            year = dice.choice((2026, 2027))
            try:
                with transaction.atomic():
                    give_number(board, kind, on=DAY.replace(year=year))
                    if dice.random() < 0.3:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                continue

    faults = at_once(*[lambda n=n: work(n) for n in range(THREADS)])
    assert [fault for fault in faults if fault] == []
    given: dict = {}
    rows = LetterNumber.objects.values_list("owner", "kind", "year", "seq", "text")
    for owner, kind, year, seq, text in rows:
        given.setdefault((owner, kind, year), []).append((seq, text))
    assert len(given) == 12
    for numbers in given.values():
        assert sorted(seq for seq, _ in numbers) == list(range(1, len(numbers) + 1))
        assert len({text for _, text in numbers}) == len(numbers)
    lasts = NumberSequence.objects.values_list("owner", "kind", "year", "last")
    assert {key[:3]: key[3] for key in lasts} == {
        key: len(numbers) for key, numbers in given.items()
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "hour", "minute"),
    [("Asia/Jakarta", 17, 0), ("Asia/Makassar", 16, 0), ("Asia/Jayapura", 15, 0)],
)
def test_the_year_of_a_number_changes_at_the_midnight_of_the_board(zone, hour, minute):
    board = make.board(time_zone=zone)
    people = meet.members(board)
    midnight = datetime.datetime(2026, 12, 31, hour, minute, tzinfo=datetime.UTC)
    one, two = (
        meet.sent(board, by=meet.secretary(board), people=people) for _ in range(2)
    )
    chair = meet.coordinator(board)
    before = midnight - datetime.timedelta(seconds=1)
    first = ratify_meeting(one, by=chair, at=before)
    second = ratify_meeting(two, by=chair, at=midnight)
    assert (first.number.year, first.number.seq) == (2026, 1)
    assert (second.number.year, second.number.seq) == (2027, 1)
    assert first.number_text.endswith("/XII/2026")
    assert second.number_text.endswith("/I/2027")
