"""Citations: rule values and decisions that rest on an article of their day."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from boards.parameters import set_parameter
from deliberations.models import (
    Decision,
    DecisionBasis,
    RuleArticle,
    RuleClause,
    RuleDocument,
    RuleVersion,
    SettingBasis,
)
from deliberations.presence import Room
from deliberations.readiness import gaps_of
from deliberations.services.adoption import revoke_version
from deliberations.services.citing import citable, cite_decision, find_basis
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import meetings as meet
from tests.make import rules

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
TODAY, ADOPTED = rules.TODAY, rules.ADOPTED


@pytest.fixture(scope="module")
def kept(module_rows):
    """A board with its secretary and koordinator, and an ART in force."""
    board = make.board(code="LKM-GR")
    secretary, coordinator = meet.secretary(board), meet.coordinator(board)
    return board, secretary, coordinator, rules.adopted(board)


@pytest.fixture
def board(kept):
    return kept[0]


@pytest.fixture
def secretary(kept):
    return kept[1]


@pytest.fixture
def coordinator(kept):
    return kept[2]


@pytest.fixture
def art(kept):
    return RuleVersion.objects.get(pk=kept[3].pk)


def test_a_citation_finds_the_article_in_force_on_the_day(board, art, secretary):
    start = datetime.date(2026, 1, 1)
    text = rules.TEXT.replace("Pasal 14", "Pasal 15")
    new = rules.later(art, start, source=text)

    before = find_basis(board, "ART pasal 14 ayat 2 huruf a", on=start - DAY)
    assert (before.article.version, before.clause.label) == (art, "ayat (2) huruf a")
    assert before.says == "ART Pasal 14 ayat (2) huruf a"
    after = find_basis(board, "anggaran rumah tangga, Pasal 15", on=start)
    assert (after.article.version, after.says) == (new, "ART Pasal 15")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Keputusan 12 Maret", "unread"),
        ("AD pasal 14", "not_in_force"),
        ("ART pasal 99", "no_article"),
        ("ART pasal 14 ayat (9)", "no_clause"),
    ],
)
def test_a_citation_that_names_nothing_in_force(board, art, text, code):
    refused(f"rules.{code}", find_basis, board, text, on=TODAY)
    refused("rules.not_in_force", find_basis, board, "ART pasal 1", on=ADOPTED - DAY)


def test_a_kind_that_two_documents_share_asks_for_the_name(board, art):
    first, second = (
        rules.adopted(board, kind="TATA_TERTIB", name=name)
        for name in ("Tata tertib", "Tata tertib pemilihan")
    )

    assert find_basis(board, "Tata tertib pasal 1", on=TODAY).article.version == first
    assert second.articles.count() == first.articles.count()
    for name in ("Peraturan kas", "Peraturan rapat"):
        rules.adopted(board, kind="PERATURAN", name=name)
    text = "Peraturan lembaga pasal 1"
    refused("rules.which_document", find_basis, board, text, on=TODAY)


def test_what_can_be_cited_is_offered_in_order(board, art):
    assert citable(board, on=TODAY) == [
        "ART Pasal 1",
        "ART Pasal 14",
        "ART Pasal 14 ayat (1)",
        "ART Pasal 14 ayat (2)",
    ]
    assert citable(board, on=ADOPTED - DAY) == []


def set_review(board, article, by):
    facts = {"value": 4, "starts_on": TODAY, "article": article}
    return set_parameter(board, "review_days", **facts, on=TODAY, by=by)


def test_a_rule_value_rests_on_the_article_it_cites(board, art, secretary):
    row = set_review(board, "ART pasal 14 ayat (2)", secretary)
    assert row.basis.article.version == art
    assert (row.basis.clause.label, row.basis.says) == (
        "ayat (2)",
        "ART Pasal 14 ayat (2)",
    )


@pytest.mark.parametrize("text", ["Keputusan rapat 12 Maret", "AD pasal 3"])
def test_a_rule_value_may_rest_on_what_is_not_recorded(board, art, secretary, text):
    row = set_review(board, text, secretary)
    assert row.article == text
    assert not hasattr(row, "basis")


def test_a_rule_value_cites_no_article_that_does_not_exist(board, art, secretary):
    with transaction.atomic():
        refused("rules.no_article", set_review, board, "ART pasal 99", secretary)
        transaction.set_rollback(True)
    assert not board.settings.filter(name="review_days").exists()


def draft_decision(board, secretary, on=TODAY) -> Decision:
    meeting = talks.meeting(board, by=secretary, held_on=on)
    return talks.decision(talks.item(meeting))


def test_a_decision_rests_on_articles_of_its_day(board, art, secretary):
    decision = draft_decision(board, secretary)
    texts = ["ART pasal 14 ayat (2)", "ART Pasal 14 ayat 2", "ART pasal 1"]
    cite_decision(decision, texts, number=1)
    says = [basis.says for basis in decision.bases.all()]
    assert says == ["ART Pasal 14 ayat (2)", "ART Pasal 1"]

    cite_decision(decision, [], number=1)
    assert not decision.bases.exists()
    refused("rules.no_article", cite_decision, decision, ["ART pasal 9"], number=1)


def test_the_database_keeps_bases_inside_the_board_and_the_day(board, art, secretary):
    early = draft_decision(board, secretary, on=ADOPTED - DAY)
    elsewhere = draft_decision(make.board(), None, on=TODAY)
    article = art.articles.first()
    for decision in (early, elsewhere):
        with pytest.raises(IntegrityError), transaction.atomic():
            decision.bases.create(position=1, article=article, says="x")
    other = art.articles.last().clauses.first()
    fine = draft_decision(board, secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        fine.bases.create(position=1, article=article, clause=other, says="x")


def test_a_cited_version_does_not_end_before_the_decision(
    board, art, secretary, coordinator
):
    decision = draft_decision(board, secretary)
    cite_decision(decision, ["ART pasal 1"], number=1)
    facts = {"reason": "x", "by": coordinator}
    refused("rules.cited_after", revoke_version, art, ends_on=TODAY, **facts)
    refused("rules.cited_after", rules.later, art, TODAY)
    assert revoke_version(art, ends_on=TODAY + DAY, **facts).ends_on == TODAY + DAY


def test_a_meeting_moved_to_another_day_is_told_about_its_articles(
    board, art, secretary
):
    meeting = talks.meeting(board, by=secretary, held_on=TODAY)
    decision = talks.decision(talks.item(meeting))
    cite_decision(decision, ["ART pasal 14"], number=1)
    talks.attendee(meeting, talks.person(board), is_entitled=True)

    def codes():
        gaps = gaps_of(meeting, Room(meeting), now=timezone.now())
        return [gap.code for gap in gaps if gap.code == "decision.basis"]

    assert codes() == []
    meeting.held_on = ADOPTED - DAY
    assert codes() == ["decision.basis"]


LONG_NAME = ("Tata Tertib Rembug Warga Tahunan dan Rapat Anggota " * 3)[:119] + "X"
# Eighty characters, as deep as a text may nest: with the name over 200.
DEEP = "ayat (2)" + " huruf a" * 9


def test_a_long_name_is_cited_whole(board, secretary):
    version = rules.draft(board, kind="TATA_TERTIB", name=LONG_NAME, by=secretary)
    deep = RuleClause.objects.filter(article__version=version, mark="a.")
    deep.update(label=DEEP)
    rules.adopted(board, version=version)
    says = f"{LONG_NAME} Pasal 14 {DEEP}"
    decision = draft_decision(board, secretary)

    cite_decision(decision, [f"{LONG_NAME}, pasal 14 {DEEP}"], number=1)

    assert decision.bases.get().says == says
    # What the form shows of it is read as the same clause again.
    cite_decision(decision, [says], number=1)
    assert (decision.bases.get().says, len(says)) == (says, 210)


def test_the_longest_citation_fits_its_column():
    parts = (
        (RuleDocument, "name"),
        (RuleArticle, "chapter"),
        (RuleArticle, "number"),
        (RuleClause, "label"),
    )
    sizes = [model._meta.get_field(name).max_length for model, name in parts]

    longest = sum(sizes) + len(" Bab ") + len(" Pasal ") + len(" ")

    assert longest == 273
    for model in (DecisionBasis, SettingBasis):
        assert model._meta.get_field("says").max_length >= longest
