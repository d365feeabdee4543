"""verify_records: silent when all chains hold, else it names the first break."""

import pytest
from django.core.management import call_command

from boards.audit import record
from boards.models import AuditEvent, AuditHead, ChainLink
from boards.roles import Role
from boards.triggers import without_triggers
from deliberations.models import Meeting
from tests.make import boards as make
from tests.make import deliberations as talks

pytestmark = pytest.mark.django_db


def ratified(board):
    """A meeting of the board, ratified."""
    made = talks.meeting(board, title="Rapat anggota November")
    talks.item(made)
    return talks.ratify(made)


def verdict(capsys) -> tuple[int, str]:
    """Exit status and what was printed."""
    status = 0
    try:
        call_command("verify_records")
    except SystemExit as stopped:
        status = stopped.code
    return status, capsys.readouterr().out


def test_whole_chains_end_with_status_0(capsys):
    board = make.board()
    ratified(board)
    record("boards.board_added", board, by=make.user(), says="menambah LKM")

    assert verdict(capsys) == (0, "Semua rantai utuh.\n")


def test_a_changed_record_is_named_with_board_position_and_object(capsys):
    board = make.board(name="Berkah")
    ratified(board)
    second = ratified(board)
    with without_triggers():
        Meeting.objects.filter(pk=second.pk).update(place="Tempat lain")

    status, said = verdict(capsys)

    assert status == 1
    assert "LKM Berkah, urutan 2: Rapat anggota November" in said
    assert "catatan aslinya berubah" in said


def test_one_changed_byte_of_a_link_is_found(capsys):
    board = make.board(name="Berkah")
    ratified(board)
    link = ChainLink.objects.get()
    with without_triggers():
        ChainLink.objects.update(content=link.content.replace("Balai", "Balaj"))

    status, said = verdict(capsys)

    assert status == 1
    assert "urutan 1" in said


def test_a_changed_event_of_the_log_is_found(capsys):
    board = make.board(name="Berkah")
    for says in ("menambah LKM", "mengubah LKM", "menutup LKM"):
        record("boards.board_changed", board, by=None, says=says)
    with without_triggers():
        AuditEvent.objects.filter(position=2).update(says="melihat LKM")

    status, said = verdict(capsys)

    assert status == 1
    assert "PUTUS jejak LKM Berkah, urutan 2" in said


def test_a_cut_off_end_of_the_log_is_found(capsys):
    board = make.board(name="Berkah")
    for says in ("menambah LKM", "menutup LKM"):
        record("boards.board_changed", board, by=None, says=says)
    with without_triggers():
        AuditEvent.objects.filter(position=2).delete()

    status, said = verdict(capsys)

    assert status == 1
    assert "urutan 2" in said
    assert AuditHead.objects.get(owner=f"b{board.pk}").position == 2


def test_only_the_broken_chain_is_named(capsys):
    sound, broken = make.board(name="Utuh"), make.board(name="Retak")
    ratified(sound)
    meeting = ratified(broken)
    with without_triggers():
        Meeting.objects.filter(pk=meeting.pk).update(title="Lain")

    _, said = verdict(capsys)

    assert "Retak" in said
    assert "Utuh" not in said


def test_the_office_of_a_region_has_a_name_too(capsys):
    make.region("35.20", "Magetan")
    person = make.user(Role.DINAS, region_code="35.20")
    record("boards.job_asked", person, by=person, says="meminta", region_code="35.20")
    with without_triggers():
        AuditEvent.objects.update(says="lain")

    assert "kantor wilayah 35.20" in verdict(capsys)[1]
