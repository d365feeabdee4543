"""What the form and the page of a decision say, as a person would say it."""

import datetime
import re

import pytest
from django.urls import reverse

from deliberations.forms.decisions import DecisionForm
from deliberations.models import ActionItem, Decision
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db
MAY_BE_EMPTY = "(boleh kosong)"


@pytest.fixture(scope="module")
def kept(module_rows):
    """A draft with its agenda, and ratified minutes with one promise."""
    board = make.board(code="LKM-GR")
    by, people = meet.secretary(board), meet.members(board)
    due = datetime.date(2026, 4, 1)
    verdict = meet.verdict(in_charge_name="Warga 03", due_on=due)
    done = meet.ratified(board, by=by, people=people, verdicts=(verdict,))
    return board, by, meet.draft(board, by=by, people=people), done


def label_of(page: str, name: str) -> str:
    """The words of a label of the first decision."""
    found = re.search(
        rf'<label for="id_[a-z]+-0-{name}"[^>]*>(.*?)</label>', page, re.S
    )
    return " ".join(re.sub("<[^>]+>", "", found[1]).split())


def item_page(kept) -> str:
    board, by, draft, _done = kept
    item = draft.items.first()
    path = reverse("deliberations:item_page", args=[board.slug, draft.pk, item.pk])
    return make.signed_in(by).get(path).text


def test_what_a_rule_asks_for_is_not_called_optional(kept):
    page = item_page(kept)

    assert label_of(page, "text") == "Apa yang diputuskan?"
    assert label_of(page, "failed_consensus") == "Mengapa mufakat tidak tercapai?"
    for name in ("votes_for", "votes_against", "votes_abstain", "amend_reason"):
        assert MAY_BE_EMPTY not in label_of(page, name)
    for name in ("title", "in_charge_name", "due_on", "bases", "objections", "amends"):
        assert label_of(page, name).endswith(MAY_BE_EMPTY)


def test_the_facts_of_a_kind_say_where_they_may_stay_empty():
    form = DecisionForm(amendable=Decision.objects.none())
    facts = {fact["field"].name: fact["labels"] for fact in form.shown()}

    assert ("budget", "Jumlah uang", False) in facts["amount"]
    assert ("activity", "Pagu", True) in facts["amount"]
    assert ("asset", "Nama aset", False) in facts["subject_name"]


def test_the_name_in_charge_still_offers_who_came(kept):
    box = re.search(r'<input[^>]*name="[a-z]+-0-in_charge_name"[^>]*>', item_page(kept))
    assert 'list="nama-hadir"' in box[0]


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (ActionItem.Status.OPEN, "Tindak lanjut: belum mulai"),
        (ActionItem.Status.DOING, "Tindak lanjut: berjalan"),
    ],
)
def test_the_tag_of_a_follow_up_says_what_it_is_of(kept, status, says):
    board, by, _draft, done = kept
    ActionItem.objects.filter(meeting=done).update(status=status)
    path = reverse(
        "deliberations:decision_page", args=[board.slug, done.decisions.get().pk]
    )

    assert says in make.signed_in(by).get(path).text
