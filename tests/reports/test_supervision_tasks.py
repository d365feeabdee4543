"""Findings ask the UPK for an answer, then the Pengawas for their judgement."""

from datetime import timedelta

import pytest

from boards.access import permissions_of
from boards.roles import Role
from loans.models import Finding
from loans.services import answer_finding, close_finding, note_finding
from reports.board_tasks import read_desk, tasks_of
from tests.make import boards as make

pytestmark = pytest.mark.django_db


def asked(board, user) -> list[tuple[str, str]]:
    desk = read_desk(board, user=user, rights=permissions_of(user, board))
    tasks = [task for task in tasks_of(desk) if "/temuan/" in task.url]
    return [(task.title, task.kind) for task in tasks]


def test_a_finding_asks_the_one_who_acts_next():
    board = make.board()
    pengawas, upk, secretary = (
        make.user(role, board=board)
        for role in (Role.SUPERVISOR, Role.LOAN_UNIT, Role.SECRETARY)
    )
    row = Finding(
        board=board,
        text="Kartu kosong.",
        asks="Isi.",
        due_on=board.today() + timedelta(days=7),
    )
    finding = note_finding(row, by=pengawas)
    answer = [("Jawab temuan Pengawas", "wait")]
    assert [asked(board, user) for user in (upk, pengawas, secretary)] == [
        answer,
        [],
        [],
    ]

    answer_finding(finding, answer="Sudah.", by=upk)
    assert [asked(board, user) for user in (upk, pengawas)] == [
        [],
        [("Nilai jawaban temuan", "wait")],
    ]

    close_finding(finding, note="Cukup.", by=pengawas)
    assert [asked(board, user) for user in (upk, pengawas)] == [[], []]


def test_a_long_finding_is_cut_between_words():
    long = "Dua bukti kas keluar bulan lalu belum ditandatangani penerima."

    assert str(Finding(text=long)) == f"{long[:52]}…"
    assert str(Finding(text="Kartu kosong.")) == "Kartu kosong."
