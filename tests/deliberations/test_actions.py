"""Follow-ups with evidence: what closes one, its story, the reminder, who is late."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from boards.files import needed_permission, store_bytes
from boards.forms import EditConflict
from boards.models import AuditEvent, LetterNumber, StoredFile
from boards.numbers import cancel_number, give_number
from boards.roles import Permission, Role
from deliberations.models import ActionItem, ActionMove
from deliberations.services.actions import Evidence, move_action
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import photos

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 27)
DUE = datetime.date(2026, 11, 24)
DONE, CANCELLED = ActionItem.Status.DONE, ActionItem.Status.CANCELLED


@pytest.fixture(scope="module")
def kept(module_rows):
    """A board with promises: board, secretary, the decision beside them."""
    return rows.promising_board()


@pytest.fixture
def board(kept):
    return kept[0]


@pytest.fixture
def secretary(kept):
    return kept[1]


@pytest.fixture
def decision(kept):
    return kept[2]


@pytest.fixture
def action(board):
    return ActionItem.objects.get(board=board, text="Menagih iuran")


def move(action, status, *, by, seen=None, **evidence) -> ActionItem:
    seen = action.revision if seen is None else seen
    how = {"evidence": Evidence(**evidence), "on": DAY, "by": by}
    return move_action(action, status=status, seen_revision=seen, **how)


def test_a_number_of_the_register_closes_it_and_is_kept(action, secretary, decision):
    closed = move(action, DONE, by=secretary, number=decision.number)

    assert (closed.closed_on, closed.closed_by) == (DAY, secretary)
    step = closed.moves.get()
    assert (step.number, step.moved_name, step.is_bare) == (
        decision.number,
        str(secretary),
        False,
    )
    says = AuditEvent.objects.get(action="deliberations.action_moved").says
    assert says == f"menandai “Menagih iuran” selesai, bukti {decision.number_text}"


def test_words_alone_close_it_and_are_marked(action, secretary):
    closed = move(action, DONE, by=secretary, note="Diserahkan tunai di balai")

    assert closed.moves.get().is_bare
    assert closed.evidence == "Diserahkan tunai di balai"


def test_nothing_is_closed_without_evidence_or_reason(action, secretary, board):
    letter = give_number(board, "BA", on=DAY)
    for code, status, evidence in (
        ("action.no_evidence", DONE, {}),
        ("action.no_reason", CANCELLED, {}),
        ("action.not_a_decision", CANCELLED, {"number": letter}),
        ("action.nothing", ActionItem.Status.OPEN, {}),
    ):
        refused(code, move, action, status, by=secretary, **evidence)
    assert not ActionMove.objects.exists()
    assert ActionItem.objects.get(pk=action.pk).revision == 0


def test_another_decision_cancels_it(action, secretary, decision):
    closed = move(action, CANCELLED, by=secretary, number=decision.number)

    assert (closed.status, closed.is_closed) == ("cancelled", True)


def test_what_was_closed_opens_again_with_a_reason(action, secretary):
    closed = move(action, DONE, by=secretary, note="Selesai")
    refused("action.no_reason", move, closed, "doing", by=secretary)

    opened = move(closed, "doing", by=secretary, note="Iuran RT 002 belum masuk")

    assert (opened.closed_on, opened.closed_by) == (None, None)
    assert [step.note for step in opened.moves.all()] == [
        "Iuran RT 002 belum masuk",
        "Selesai",
    ]


def test_an_old_page_moves_nothing(action, secretary):
    move(action, "doing", by=secretary)
    with pytest.raises(EditConflict):
        move(action, DONE, by=secretary, seen=0, note="Selesai")
    assert action.moves.count() == 1


def test_a_promise_of_a_draft_does_not_move(board, secretary):
    draft = rows.meeting(board, by=secretary)
    action = rows.action(rows.item(draft), "Nanti", "Sukiman")
    refused("action.draft", move, action, DONE, by=secretary, note="Selesai")
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        _bare_step(action, secretary)


def _bare_step(action, by, **fields) -> ActionMove:
    values = {"status": "doing", "moved_on": DAY, "moved_by": by, "moved_name": "D"}
    return ActionMove.objects.create(action=action, **{**values, **fields})


def test_the_story_is_only_added_to_and_stays_inside_the_board(action, secretary):
    step = _bare_step(action, secretary)
    other = make.board()
    strange = give_number(other, "KEP", on=DAY)
    kind, owner = StoredFile.Kind.PDF, make.user(Role.SECRETARY, board=other)
    file = store_bytes(b"%PDF-1.7", kind=kind, label="x.pdf", board=other, by=owner)
    for act in (
        lambda: ActionMove.objects.filter(pk=step.pk).update(note="lain"),
        step.delete,
        lambda: _bare_step(action, secretary, number=strange),
        lambda: _bare_step(action, secretary, file=file),
        lambda: _bare_step(action, secretary, status="done"),
        lambda: _bare_step(action, secretary, status="cancelled"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


# ---- pages ------------------------------------------------------------------------


def url(name, board, *args) -> str:
    return reverse(f"deliberations:{name}", args=[board.slug, *args])


def body(action, status="done", **typed) -> dict:
    return make.once(**{"status": status, "revision": str(action.revision), **typed})


def test_a_photo_is_kept_shown_and_given_to_who_may_read_minutes(
    action, board, secretary, on_disk
):
    client = make.signed_in(secretary)
    sent = body(action) | {"file": photos.upload()}

    answer = client.post(url("action_move", board, action.pk), sent)

    assert answer.url == url("action_page", board, action.pk)
    stored = action.moves.get().file
    assert needed_permission(stored) == Permission.VIEW_MEETINGS
    page = client.get(answer.url).text
    link = reverse("boards:file", args=[board.slug, stored.pk])
    assert link in page
    assert b"".join(client.get(link).streaming_content)[:3] == b"\xff\xd8\xff"
    assert on_disk() == {stored.sha256}


def test_what_is_refused_leaves_no_file(action, board, secretary, on_disk):
    client = make.signed_in(secretary)
    broken = SimpleUploadedFile("bukti.pdf", b"bukan pdf")
    old = body(action, revision="7") | {"file": photos.upload()}

    answers = [
        client.post(url("action_move", board, action.pk), sent)
        for sent in (body(action) | {"file": broken}, old)
    ]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert "bukan foto dan bukan PDF" in answers[0].text
    assert "diubah orang lain" in answers[1].text
    assert not on_disk()
    assert not ActionMove.objects.exists()


def test_a_typed_number_must_be_in_the_register_and_in_force(
    action, board, secretary, decision
):
    client, other = make.signed_in(secretary), make.board()
    theirs = give_number(other, "KEP", on=DAY).text
    gone = give_number(board, "UND", on=DAY)
    cancel_number(gone, on=DAY)
    path = url("action_move", board, action.pk)

    for typed, words in (
        (theirs, "tidak ada di buku surat"),
        (gone.text, "sudah dibatalkan"),
    ):
        assert words in client.post(path, body(action, number=typed)).text
    small = decision.number_text.lower()
    assert client.post(path, body(action, number=small)).status_code == 302
    assert action.moves.get().number == decision.number


def test_a_double_click_moves_once(action, board, secretary):
    client, sent = make.signed_in(secretary), body(action, evidence="Tunai")
    for _click in range(2):
        answer = client.post(url("action_move", board, action.pk), sent)
        assert answer.status_code in (302, 303)
    assert action.moves.count() == 1


def test_the_doors_of_a_follow_up(action, board, secretary):
    stranger = make.signed_in(make.user(Role.SECRETARY, board=make.board()))
    member = make.signed_in(make.user(Role.MEMBER, board=board))
    path = url("action_move", board, action.pk)

    assert stranger.post(path, body(action)).status_code == 404
    assert member.post(path, body(action)).status_code == 403
    assert make.signed_in(secretary).delete(path).status_code == 405
    assert member.get(url("action_page", board, action.pk)).status_code == 200
    page = url("action_page", board, action.pk)
    assert make.signed_in(secretary).post(page).status_code == 405


def test_a_promise_of_a_draft_is_not_there_for_an_officer(board, secretary):
    draft = rows.meeting(board, by=secretary)
    hidden = rows.action(rows.item(draft), "Rahasia", "Sukiman")
    officer = make.signed_in(make.user(Role.KELURAHAN, region_code=board.region_code))

    answer = officer.get(url("action_page", board, hidden.pk))
    inside = make.signed_in(secretary).get(url("action_page", board, hidden.pk))

    assert (answer.status_code, inside.status_code) == (404, 200)


def test_the_list_asks_by_state_and_person(board, secretary, action, monkeypatch):
    monkeypatch.setattr("boards.models.Board.today", lambda board: DAY)
    client = make.signed_in(secretary)

    def shown(**asked) -> list[str]:
        return [
            row.text
            for row in client.get(url("action_list", board), asked).context["rows"]
        ]

    assert shown() == ["Menagih iuran", "Mengukur saluran", "Membeli sapu"]
    assert shown(keadaan="lewat") == ["Menagih iuran"]
    assert shown(siapa="Wagiyem") == ["Menagih iuran", "Membeli sapu"]
    assert shown(siapa="Orang lain") == shown()
    move(action, DONE, by=secretary, note="Tunai")
    assert shown(keadaan="selesai") == ["Menagih iuran"]
    page = client.get(url("action_list", board), {"keadaan": "selesai"}).text
    assert "Tunai · tanpa berkas" in page


def test_a_number_leads_to_what_bears_it(board, secretary, decision):
    client, kinds = make.signed_in(secretary), {"KEP": "keputusan", "BA": "musyawarah"}
    for kind, word in kinds.items():
        number = LetterNumber.objects.get(board=board, kind=kind)
        answer = client.get(reverse("reports:numbered", args=[board.slug, number.pk]))
        assert answer.url.startswith(f"/lkm/{board.slug}/{word}/")
    loose = give_number(board, "SP", on=DAY)
    answer = client.get(reverse("reports:numbered", args=[board.slug, loose.pk]))
    assert answer.url == f"/lkm/{board.slug}/surat/"
