"""verify_records: silent when all chains hold, else it names the first break."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from boards.audit import record
from boards.chain import add_link
from boards.models import AuditEvent, AuditHead, ChainHead, ChainLink
from boards.roles import Role
from boards.triggers import without_triggers
from deliberations.models import Meeting
from tests.make import activities as works
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


def test_a_cut_off_end_of_the_records_is_named_and_so_is_what_it_held(capsys):
    board = make.board(name="Berkah")
    for _ in range(2):
        ratified(board)
    with without_triggers():
        ChainLink.objects.get(position=2).delete()

    status, said = verdict(capsys)

    assert status == 1
    assert said.splitlines() == [
        "PUTUS catatan LKM Berkah, urutan 2: – (tautan terakhir hilang)",
        "PUTUS catatan LKM Berkah: Rapat anggota November (tidak ada di rantai)",
    ]


def test_a_chain_that_was_taken_out_whole_is_named(capsys):
    ratified(make.board(name="Utuh"))
    board = make.board(name="Berkah")
    ratified(board)
    with without_triggers():
        ChainLink.objects.filter(board=board).delete()

    status, said = verdict(capsys)

    assert status == 1
    assert "LKM Berkah, urutan 1: – (semua tautan hilang)" in said
    assert "Utuh" not in said


def test_whoever_sets_the_head_back_too_leaves_the_record(capsys):
    board = make.board(name="Berkah")
    first, _second = ratified(board), ratified(board)
    link = ChainLink.objects.get(subject_pk=str(first.pk))
    with without_triggers():
        ChainLink.objects.get(position=2).delete()
        ChainHead.objects.update(position=1, hash=link.hash)

    assert verdict(capsys) == (
        1,
        "PUTUS catatan LKM Berkah: Rapat anggota November (tidak ada di rantai)\n",
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda heads: heads.delete(), "urutan 2: – (ujung rantai hilang)"),
        (lambda heads: heads.update(hash="ab" * 32), "urutan 2: – (ujung rantai tidak"),
        (lambda heads: heads.update(position=1), "urutan 2: – (ujung rantai tidak"),
    ],
)
def test_a_head_that_does_not_fit_its_chain_is_named(change, words, capsys):
    board = make.board(name="Berkah")
    for _ in range(2):
        ratified(board)
    change(ChainHead.objects.filter(owner=f"b{board.pk}"))

    status, said = verdict(capsys)

    assert status == 1
    assert f"PUTUS catatan LKM Berkah, {words}" in said


def test_a_cut_that_is_covered_by_a_later_link_is_still_missed(capsys):
    board = make.board(name="Berkah")
    for _ in range(2):
        ratified(board)
    with without_triggers():
        ChainLink.objects.get(position=2).delete()
    ratified(board)

    assert ChainLink.objects.last().position == 3
    assert (
        "LKM Berkah, urutan 2: Rapat anggota November (urutan 2" in verdict(capsys)[1]
    )


def test_an_approved_report_without_a_link_is_named(capsys):
    report = works.approved(works.running(make.board(name="Berkah")))
    with without_triggers():
        ChainLink.objects.all().delete()
        ChainHead.objects.all().delete()

    said = verdict(capsys)[1]

    assert f"PUTUS catatan LKM Berkah: {report} (tidak ada di rantai)\n" in said


def test_every_kind_of_link_says_which_rows_must_have_one():
    assert settings.CHAIN_SUBJECTS.keys() == settings.CHAIN_RECORDS.keys()


def test_a_chain_grows_on_where_a_release_without_heads_left_it(capsys):
    board = make.board()
    first = ratified(board)
    ChainHead.objects.all().delete()

    second = ratified(board)

    links = ChainLink.objects.order_by("position")
    assert [link.subject_pk for link in links] == [str(first.pk), str(second.pk)]
    assert verdict(capsys) == (0, "Semua rantai utuh.\n")


def test_heads_are_filled_from_the_links_that_are_there(capsys):
    board, region = make.board(), make.region("35.20", "Magetan")
    for _ in range(2):
        ratified(board)
    add_link("a.b", region, {}, board=None, region_code=region.code)
    before = sorted(ChainHead.objects.values_list())
    move = import_module("boards.migrations.0003_fill_chain_heads")
    editor = SimpleNamespace(connection=connection)

    move.empty(apps, editor)
    assert not ChainHead.objects.exists()
    move.fill(apps, editor)

    assert sorted(ChainHead.objects.values_list()) == before
    assert [row[0] for row in before] == [f"b{board.pk}", "r35.20"]
