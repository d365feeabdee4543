"""Audit, chain, numbers: rows that are only ever added."""

import datetime
import hashlib
import json
import random
import threading

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from boards.audit import event_hash, first_broken_event, record
from boards.chain import add_link, breaks, canonical_json, link_hash
from boards.models import AuditEvent, ChainLink, LetterNumber, NumberSequence
from boards.numbers import cancel_number, give_number, give_office_number
from boards.triggers import (
    clear_triggers,
    lay_triggers,
    missing_triggers,
    triggers,
    without_triggers,
)
from common.errors import RuleViolation
from tests.make import boards as make
from tests.make import meetings as meet

DAY = datetime.date(2026, 11, 21)


@pytest.mark.django_db
def test_an_event_says_who_did_what_in_a_sentence():
    board = make.board()
    person = make.user(name="Dewi Anggraini")

    event = record("boards.tried", board, by=person, says="mencoba portal", sum=3)

    assert str(event) == "Dewi Anggraini mencoba portal"
    assert (event.board_id, event.region_code) == (board.pk, board.region_code)
    assert event.details == {"sum": 3}


@pytest.mark.django_db
def test_events_of_one_board_hang_together_by_hash():
    board = make.board()
    events = [record("a.b", board, by=None, says=f"ke-{n}") for n in range(3)]

    assert [event.position for event in events] == [1, 2, 3]
    assert events[1].previous_hash == events[0].hash == event_hash(events[0])
    assert first_broken_event(events[0].owner) is None


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["says", "user_name", "action", "subject_name"])
def test_a_changed_event_is_the_first_broken_one(column):
    board = make.board()
    events = [record("a.b", board, by=None, says=f"ke-{n}") for n in range(3)]
    with without_triggers():
        AuditEvent.objects.filter(pk=events[1].pk).update(**{column: "lain"})

    assert first_broken_event(events[0].owner) == events[1]


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["boards_auditevent", "boards_chainlink"])
def test_the_database_refuses_to_change_the_past(table):
    board = make.board()
    record("a.b", board, by=None, says="mencoba")
    add_link("deliberations.meeting", board, {"a": 1}, board=board)
    for statement in (f"UPDATE {table} SET position = 9", f"DELETE FROM {table}"):
        with (
            pytest.raises(IntegrityError, match="frozen"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_record_reads_the_same_however_it_was_built():
    one = {"b": datetime.date(2026, 1, 2), "a": [1, None, True], "c": "e\u0301"}
    two = {"c": "\u00e9", "a": (1, None, True), "b": "2026-01-02"}
    assert canonical_json(one) == canonical_json(two)
    assert canonical_json(one) == '{"a":[1,null,true],"b":"2026-01-02","c":"é"}'


def test_a_record_holds_no_floats():
    with pytest.raises(TypeError):
        canonical_json({"amount": 0.1})


def test_a_link_is_hashed_as_the_reliability_page_says():
    previous, content = "11" * 32, "22" * 32
    by_hand = hashlib.sha256(
        b"\x01" + bytes([0x11] * 32) + bytes([0x22] * 32) + b"7"
    ).hexdigest()
    assert link_hash(previous, content, 7) == by_hand


@pytest.mark.django_db
def test_each_board_keeps_a_chain_of_its_own():
    one, two = make.board(), make.board()
    for board in (one, two, one):
        add_link("deliberations.meeting", board, {"board": board.pk}, board=board)

    positions = ChainLink.objects.order_by("board_id", "position")
    assert list(positions.values_list("board_id", "position")) == [
        (one.pk, 1),
        (one.pk, 2),
        (two.pk, 1),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "reason"),
    [
        ("content", "salinan isi berubah"),
        ("content_hash", "salinan isi berubah"),
        ("previous_hash", "tidak menyambung"),
        ("hash", "sidik berubah"),
    ],
)
def test_a_byte_changed_in_a_link_is_named(column, reason):
    board = make.board()
    meeting = meet.ratified(board)
    value = json.dumps({}) if column == "content" else "00" * 31 + "01"
    with without_triggers():
        ChainLink.objects.update(**{column: value})

    (broken,) = breaks(ChainLink.objects.all())

    assert (broken.position, broken.subject) == (1, meeting.title)
    assert reason in broken.reason


@pytest.mark.django_db
def test_a_link_taken_out_is_missed():
    board = make.board()
    people = meet.members(board)
    for _ in range(3):
        meet.ratified(board, people=people)
    with without_triggers():
        ChainLink.objects.get(position=2).delete()

    (broken,) = breaks(ChainLink.objects.all())

    assert broken.reason == "urutan 2 hilang"


@pytest.mark.django_db
def test_the_command_names_board_position_and_object(capsys):
    board = make.board(name="Guyub Rukun")
    meet.ratified(board)
    call_command("verify_records")
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute("UPDATE deliberations_meeting SET place = 'lain'")

    with pytest.raises(SystemExit) as ended:
        call_command("verify_records")

    said = "".join(capsys.readouterr())
    assert ended.value.code == 1
    assert "LKM Guyub Rukun" in said
    assert "Rapat rutin anggota" in said


@pytest.mark.django_db
def test_numbers_follow_the_pattern_and_begin_again_each_year():
    board = make.board(code="LKM-GR")
    texts = [
        give_number(board, kind, on=on).text
        for kind, on in (
            ("BA", DAY),
            ("BA", DAY),
            ("KEP", DAY),
            ("BA", datetime.date(2027, 1, 3)),
        )
    ]
    assert texts == [
        "001/BA/LKM-GR/XI/2026",
        "002/BA/LKM-GR/XI/2026",
        "001/KEP/LKM-GR/XI/2026",
        "001/BA/LKM-GR/I/2027",
    ]


@pytest.mark.django_db
def test_the_office_of_a_region_counts_for_itself():
    make.board()
    how = {"on": DAY, "pattern": "600/{seq:03d}/Perkim/{year}", "subject_name": "x"}
    numbers = [give_office_number("35.20", "RGK", **how).text for _ in range(2)]
    assert numbers == ["600/001/Perkim/2026", "600/002/Perkim/2026"]


@pytest.mark.django_db
def test_a_cancelled_number_stays_and_is_not_given_again():
    board = make.board()
    cancel_number(give_number(board, "UND", on=DAY), on=DAY)

    assert give_number(board, "UND", on=DAY).seq == 2
    assert LetterNumber.objects.count() == 2


@pytest.mark.django_db
def test_a_number_of_an_act_that_failed_leaves_no_gap():
    board = make.board()

    def fail():
        with transaction.atomic():
            give_number(board, "BA", on=DAY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert give_number(board, "BA", on=DAY).seq == 1


def in_threads(count, work):
    """Run `work(number)` in threads, each with its own connection; the faults."""
    faults = []

    def run(number):
        try:
            work(number)
        except Exception as fault:  # noqa: BLE001 - handed to the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_every_number_once_without_gaps():
    board = make.board()

    def work(number):
        dice = random.Random(number)
        for _ in range(5):
            try:
                with transaction.atomic():
                    give_number(board, "BA", on=DAY)
                    if dice.random() < 0.3:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                continue

    assert in_threads(6, work) == []

    given = sorted(LetterNumber.objects.values_list("seq", flat=True))
    assert given == list(range(1, len(given) + 1))
    assert NumberSequence.objects.get().last == len(given)


@pytest.mark.django_db
def test_every_trigger_is_there_and_a_missing_one_is_named():
    assert missing_triggers() == []
    name = "boards_auditevent_frozen_update"
    on = "" if connection.vendor == "sqlite" else " ON boards_auditevent"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{on}')
    assert missing_triggers() == [name]


@pytest.mark.sqlite_only
def test_triggers_make_way_for_migrations_and_come_back(db):
    clear_triggers(plan=[])
    assert missing_triggers() == []

    clear_triggers(plan=["a migration"])
    assert missing_triggers() == [trigger.name for trigger in triggers()]

    lay_triggers()
    assert missing_triggers() == []


def test_two_letters_never_bear_one_number(db):
    board = make.board(number_pattern="{seq:03d}/LKM/{year}")
    give_number(board, "BA", on=DAY)

    with pytest.raises(RuleViolation) as refused, transaction.atomic():
        give_number(board, "KEP", on=DAY)

    assert refused.value.code == "boards.number_taken"
    assert LetterNumber.objects.get().kind == "BA"
    assert not NumberSequence.objects.filter(kind="KEP").exists()
    assert give_number(make.board(), "KEP", on=DAY).seq == 1


def test_the_database_refuses_a_number_twice(db):
    facts = {"owner": "b1", "text": "1/BA", "year": 2026, "given_on": DAY}
    LetterNumber.objects.create(kind="BA", seq=1, **facts)

    with pytest.raises(IntegrityError), transaction.atomic():
        LetterNumber.objects.create(kind="KEP", seq=1, **facts)


def test_an_office_never_gives_one_number_twice(db):
    given = {"pattern": "600/{seq}", "subject_name": "Ringkasan"}
    give_office_number("35.20", "RD", on=DAY, **given)

    with pytest.raises(RuleViolation), transaction.atomic():
        give_office_number("35.20", "RD", on=DAY.replace(year=2027), **given)
