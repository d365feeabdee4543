"""Texts left unsaved: kept for their writer, within bounds, and not for ever."""

import datetime
import itertools
import json
import threading

import pytest
from django.urls import reverse
from django.utils import timezone

from boards.drafts import drop_draft, keep_draft, typed_in
from boards.management.commands import run_jobs
from boards.models import Draft
from boards.roles import Role
from boards.views.work import DRAFT_LIMIT
from common.errors import RuleViolation
from tests.make import boards as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(board):
    return make.user(Role.SECRETARY, board=board)


def keep(user, board, number, text="Paving RT 3"):
    """Keep one text as the form about object `number` would."""
    return keep_draft(
        user=user,
        board=board,
        form="butir",
        object_key=f"{board.pk}:{number}",
        part="",
        content={"text": text},
        base_revision=0,
    )


def send(client, board, number, text="Paving RT 3"):
    """Post a draft as the script of the page does."""
    body = {"form": "butir", "object": str(number), "content": {"text": text}}
    return client.post(
        reverse("boards:draft_save", args=[board.slug]),
        json.dumps(body),
        content_type="application/json",
    )


def test_a_text_saved_for_good_in_between_does_not_come_back(
    board, writer, client, monkeypatch
):
    keep(writer, board, 1)
    client.force_login(writer)

    def read_then_dropped(user, form, object_key):
        found = Draft.objects.get(user=user, form=form, object_key=object_key)
        drop_draft(user, form, object_key)
        return found

    monkeypatch.setattr("boards.drafts.draft_of", read_then_dropped)

    assert send(client, board, 1).status_code == 200
    assert not Draft.objects.exists()


def test_one_draft_too_many_is_refused_and_the_others_stay(board, writer, settings):
    settings.DRAFTS_PER_USER = 2
    keep(writer, board, 1)
    keep(writer, board, 2)

    with pytest.raises(RuleViolation) as refused:
        keep(writer, board, 3)

    assert refused.value.code == "boards.too_many_drafts"
    assert keep(writer, board, 2, "Paving RT 4").revision == 2
    drop_draft(writer, "butir", f"{board.pk}:1")
    assert keep(writer, board, 3).revision == 1
    assert keep(make.user(Role.MEMBER, board=board), board, 1).revision == 1


def test_the_page_hears_that_its_text_was_not_kept(board, writer, settings):
    settings.DRAFTS_PER_USER = 1
    client = make.signed_in(writer)
    assert send(client, board, 1).status_code == 200

    refused = send(client, board, 2)

    assert refused.status_code == 429
    assert refused.json()["error"] == "Draf Anda sudah 1. Simpan yang lama dulu."
    assert Draft.objects.filter(user=writer).count() == 1


def test_one_text_is_bounded(board, writer):
    client = make.signed_in(writer)

    assert send(client, board, 1, "a" * (DRAFT_LIMIT - 1_000)).status_code == 200
    assert send(client, board, 2, "a" * DRAFT_LIMIT).status_code == 400
    assert Draft.objects.filter(user=writer).count() == 1


def aged(draft, days):
    """Touched so many days ago."""
    at = timezone.now() - datetime.timedelta(days=days)
    Draft.objects.filter(pk=draft.pk).update(updated_at=at)
    return draft


def test_what_nobody_touched_for_a_season_is_cleared(board, writer):
    kept = aged(keep(writer, board, 1), 89)
    aged(keep(writer, board, 2), 91)

    run_jobs.tidy(now=timezone.now())

    assert list(Draft.objects.all()) == [kept]


def test_a_worker_that_runs_on_clears_once_a_day(monkeypatch):
    stop, days = threading.Event(), []
    began, hours = timezone.now(), itertools.count()
    monkeypatch.setattr(run_jobs, "SWEEP_SECONDS", 0)
    monkeypatch.setattr(
        run_jobs.timezone,
        "now",
        lambda: began + datetime.timedelta(hours=next(hours)),
    )
    monkeypatch.setattr(run_jobs, "sweep_jobs", lambda now: None)
    monkeypatch.setattr(run_jobs.connection, "close", lambda: None)
    monkeypatch.setattr(run_jobs, "close_old_connections", lambda: None)

    def tidied(now):
        days.append(now)
        if len(days) == 2:
            stop.set()

    monkeypatch.setattr(run_jobs, "tidy", tidied)
    run_jobs.sweep_until(stop)

    assert days[1] - days[0] >= datetime.timedelta(days=1)


def test_a_list_is_read_back_only_where_a_field_holds_several(draft_of_lists):
    assert typed_in(draft_of_lists) == {"judul": "Saluran"}
    assert typed_in(draft_of_lists, lists=("pilihan",)) == {
        "judul": "Saluran",
        "pilihan": ["1", "2"],
    }


@pytest.fixture
def draft_of_lists():
    return Draft(content={"judul": "Saluran", "pilihan": ["1", "2"], "isi": ["a"]})
