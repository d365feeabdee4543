"""A rule from draft to its last day: what each act does and what it refuses."""

import datetime
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from boards.chain import breaks, link_of
from boards.forms import EditConflict
from boards.models import AuditEvent, ChainLink
from boards.parameters import set_parameter
from boards.roles import Role
from boards.triggers import without_triggers
from common.errors import RuleViolation
from deliberations.models import (
    RuleArticle,
    RuleClause,
    RuleDocument,
    RuleVersion,
)
from deliberations.services.adoption import Adoption, adopt_version, revoke_version
from deliberations.services.rules import delete_version, draft_version, edit_version
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
    version = rules.adopted(board)
    return board, secretary, coordinator, version


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


@pytest.fixture
def statutes(board, secretary):
    return rules.draft(board, by=secretary, kind="AD", name="Anggaran Dasar")


@pytest.fixture
def ratified(board, secretary):
    """A ratified decision about a rule, of 14 March 2026."""
    meeting = talks.meeting(board, by=secretary, held_on=meet.HELD_ON)
    item = talks.item(meeting, "Perubahan ART")
    made = talks.decision(item, kind="rule", title="Perubahan ART")
    talks.ratify(meeting)
    made.refresh_from_db()
    return made


def how(**facts) -> Adoption:
    return replace(Adoption(ADOPTED, ADOPTED, forum="Rembug warga"), **facts)


def test_a_draft_holds_the_articles_of_its_text(statutes):
    assert [(a.label, a.title, a.chapter_title) for a in statutes.articles.all()] == [
        ("Pasal 1", "", "NAMA"),
        ("Pasal 14", "Kuorum", "RAPAT"),
    ]
    marks = RuleClause.objects.filter(article__version=statutes, article__key="14")
    assert [(c.mark, c.label, c.level) for c in marks] == [
        ("(1)", "ayat (1)", 0),
        ("(2)", "ayat (2)", 0),
        ("a.", "ayat (2) huruf a", 1),
        ("b.", "ayat (2) huruf b", 1),
    ]
    said = AuditEvent.objects.get(
        subject_label="deliberations.ruleversion", subject_pk=str(statutes.pk)
    ).says
    assert said == "menulis draf Anggaran Dasar versi 1 dengan 2 pasal"


def test_a_text_that_cannot_be_split_writes_nothing(board, secretary):
    before = RuleDocument.objects.count()
    for text, code in (
        ("Warga sepakat.", "rules.no_articles"),
        ("Pasal 1\nA.\nPasal 1\nB.", "rules.same_number"),
    ):
        with transaction.atomic():
            facts = {"kind": "AD", "name": "AD", "source": text}
            refused(code, rules.draft, board, by=secretary, **facts)
            transaction.set_rollback(True)
    assert RuleDocument.objects.count() == before


def test_one_ad_one_art_and_every_name_once(board, secretary):
    for facts in ({"name": "ART lain"}, {"kind": "PERATURAN"}):
        with pytest.raises(ValidationError), transaction.atomic():
            rules.draft(board, by=secretary, **facts)


def test_a_member_writes_no_rule(board):
    member = make.user(Role.MEMBER, board=board)
    refused("rules.keeper", rules.draft, board, by=member, kind="AD", name="AD")


def test_a_correction_splits_anew_and_a_stale_one_is_a_conflict(statutes, secretary):
    text = rules.TEXT.replace("Pasal 14", "Pasal 15")
    edit_version(statutes, source=text, seen_revision=0, by=secretary)

    assert list(statutes.articles.values_list("key", flat=True)) == ["1", "15"]
    with pytest.raises(EditConflict):
        edit_version(statutes, source=text, seen_revision=0, by=secretary)


def test_adoption_freezes_text_and_links_it(statutes, coordinator):
    adopt_version(statutes, how=how(), on=TODAY, by=coordinator)

    statutes.refresh_from_db()
    assert (statutes.adopted_by, statutes.ends_on) == (coordinator, None)
    assert link_of("deliberations.rule", statutes)
    clause = RuleClause.objects.filter(article__version=statutes).first()
    article = clause.article
    for change in (
        lambda: RuleVersion.objects.filter(pk=statutes.pk).update(preamble="x"),
        lambda: RuleDocument.objects.filter(kind="AD").update(name="x"),
        lambda: RuleArticle.objects.filter(pk=article.pk).update(title="x"),
        lambda: RuleClause.objects.filter(pk=clause.pk).update(text="x"),
        lambda: RuleClause.objects.filter(pk=clause.pk).delete(),
        lambda: article.clauses.create(position=90, text="x"),
        lambda: statutes.articles.create(position=90, number="9", key="9"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    refused("rules.adopted", delete_version, statutes, by=coordinator)


def test_a_word_changed_behind_the_triggers_breaks_the_chain(art):
    links = ChainLink.objects.filter(kind="deliberations.rule")
    assert not list(breaks(links))
    with without_triggers(), transaction.atomic():
        RuleClause.objects.filter(article__version=art).update(text="lain")
        assert len(list(breaks(links))) == 1
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"adopted_on": TODAY + DAY, "in_force_on": TODAY + DAY}, "adopted_in_future"),
        ({"in_force_on": ADOPTED - DAY}, "in_force_before_adoption"),
        ({"deed_on": ADOPTED - DAY}, "deed_before_adoption"),
        ({"forum": "  "}, "no_forum"),
    ],
)
def test_days_and_forum_that_do_not_fit(statutes, coordinator, facts, code):
    refused(
        f"rules.{code}",
        adopt_version,
        statutes,
        how=how(**facts),
        on=TODAY,
        by=coordinator,
    )
    statutes.refresh_from_db()
    assert statutes.is_draft


def test_the_secretary_does_not_adopt(statutes, secretary):
    refused("rules.adopter", adopt_version, statutes, how=how(), on=TODAY, by=secretary)


def test_who_wrote_a_text_adopts_it_with_a_decision_only(board, coordinator, ratified):
    mine = rules.draft(board, by=coordinator, kind="AD", name="AD")
    refused("rules.own_text", adopt_version, mine, how=how(), on=TODAY, by=coordinator)

    with_decision = how(
        decision=ratified, forum="", adopted_on=TODAY, in_force_on=TODAY
    )
    done = adopt_version(mine, how=with_decision, on=TODAY, by=coordinator)
    assert done.forum == "Rapat anggota 14 Maret 2026"


def test_who_rewrote_a_text_does_not_adopt_it_alone(statutes, coordinator):
    other = rules.TEXT.replace("separuh", "sepertiga")
    rewritten = edit_version(
        statutes, source=other, seen_revision=statutes.revision, by=coordinator
    )

    facts = {"how": how(), "on": TODAY, "by": coordinator}
    refused("rules.own_text", adopt_version, rewritten, **facts)

    statutes.refresh_from_db()
    assert statutes.is_draft


def test_an_office_of_one_person_adopts_its_own_text(board, coordinator):
    mine = rules.draft(board, by=coordinator, kind="AD", name="AD")
    facts = {"value": True, "starts_on": TODAY, "article": "Rembug warga 2026"}
    set_parameter(board, "one_person_office", **facts, on=TODAY, by=coordinator)
    assert adopt_version(mine, how=how(), on=TODAY, by=coordinator).adopted_on


def test_a_decision_that_cannot_carry_a_rule(
    board, statutes, coordinator, ratified, secretary
):
    early = how(decision=ratified, adopted_on=meet.HELD_ON - DAY)
    early = replace(early, in_force_on=TODAY)
    refused(
        "rules.before_meeting",
        adopt_version,
        statutes,
        how=early,
        on=TODAY,
        by=coordinator,
    )
    other = make.board()
    theirs = meet.ratified(
        other, verdicts=(meet.verdict(kind="rule", subject_name="ART"),)
    )
    budget = talks.meeting(board, by=secretary, held_on=meet.HELD_ON)
    wrong = talks.decision(talks.item(budget), kind="budget")
    talks.ratify(budget)
    for decision in (theirs.decisions.get(), wrong):
        late = how(decision=decision, adopted_on=TODAY, in_force_on=TODAY)
        refused(
            "rules.other_decision",
            adopt_version,
            statutes,
            how=late,
            on=TODAY,
            by=coordinator,
        )


def test_a_new_version_ends_the_one_before_on_its_first_day(art, secretary):
    start = datetime.date(2027, 1, 1)
    rules_on = {"adopted_on": TODAY, "in_force_on": start}
    version = draft_version(art.document, source=rules.TEXT, by=secretary)
    new = rules.adopted(art.board, version=version, **rules_on)

    art.refresh_from_db()
    assert (art.ends_on, new.ends_on, new.number) == (start, None, 2)
    held = RuleVersion.objects.filter(board=art.board)
    assert [v.number for v in held.in_force(start - DAY)] == [1]
    assert [v.number for v in held.in_force(start)] == [2]
    assert art.state_tag(start) == ("", "Digantikan")
    assert new.state_tag(start - DAY) == ("wait", "Akan berlaku")


def test_an_old_version_found_later_takes_its_place_in_time(art, secretary):
    old = rules.later(art, rules.EARLIER)
    art.refresh_from_db()
    assert (old.ends_on, art.ends_on) == (ADOPTED, None)
    refused("rules.same_start", rules.later, art, ADOPTED)


def test_an_old_version_found_after_a_revocation_keeps_its_day(art, coordinator):
    """In force 2016–2020 and 2020–2024, taken back from 1 January 2024 on."""
    taken, middle = datetime.date(2024, 1, 1), datetime.date(2020, 1, 1)
    revoke_version(art, ends_on=taken, reason="Diganti perdes", by=coordinator)
    between = rules.later(art, middle)

    art.refresh_from_db()
    between.refresh_from_db()
    assert (art.in_force_on, art.ends_on, art.revoke_reason) == (ADOPTED, middle, "")
    assert (between.ends_on, between.revoke_reason) == (taken, "Diganti perdes")
    assert between.revoked_by == coordinator
    assert art.state_tag(TODAY) == ("", "Digantikan")
    assert between.state_tag(TODAY) == ("", "Dicabut")
    held = RuleVersion.objects.filter(board=art.board)
    days = (middle - DAY, middle, taken - DAY, taken, TODAY)
    numbers = [[row.number for row in held.in_force(day)] for day in days]
    assert numbers == [[1], [2], [2], [], []]
    says = AuditEvent.objects.filter(action="deliberations.rule_adopted")
    assert says.order_by("-pk").first().says.endswith("dicabut mulai 1 Januari 2024")
    # Brought back later, it holds anew; the days without it stay without.
    again = rules.later(art, TODAY)
    assert [row.number for row in held.in_force(TODAY)] == [again.number]
    assert not held.in_force(TODAY - DAY).exists()


def test_a_rule_that_values_rest_on_is_not_taken_back(art, coordinator, secretary):
    """Of two values of one rule the first no longer holds on the day it ends."""
    start, later = TODAY + DAY, TODAY + 5 * DAY
    how_set = {"value": 4, "on": TODAY, "by": secretary}
    for day, article in ((start, "ART pasal 14"), (later, "Keputusan rapat")):
        days = {"starts_on": day, "article": article}
        set_parameter(art.board, "review_days", **days, **how_set)
    facts = {"reason": "Digabung", "by": coordinator}

    early = revoking(art, ends_on=later - DAY, **facts)
    assert early.code == "rules.holds_value"
    assert "Batas pemeriksaan laporan (hari kerja) (ART Pasal 14)" in early.message
    assert revoking(art, ends_on=TODAY, **facts).code == "rules.holds_value"
    art.refresh_from_db()
    assert (art.ends_on, art.revoked_by) == (None, None)

    revoke_version(art, ends_on=later, **facts)
    art.refresh_from_db()
    assert art.ends_on == later


def test_a_value_set_under_an_earlier_version_rests_on_the_rule_too(
    art, coordinator, secretary
):
    """Set today under version 1; version 2 takes its place, and is not taken back."""
    facts = {"value": 4, "starts_on": TODAY, "article": "ART pasal 14"}
    set_parameter(art.board, "review_days", **facts, on=TODAY, by=secretary)
    version = draft_version(art.document, source=rules.TEXT, by=secretary)
    later = {"adopted_on": TODAY, "in_force_on": TODAY + DAY}
    new = rules.adopted(art.board, version=version, **later)
    told = revoking(new, ends_on=TODAY + 9 * DAY, reason="x", by=coordinator)
    assert told.code == "rules.holds_value"


def revoking(version, **facts) -> RuleViolation:
    """What refuses to take a version back."""
    with pytest.raises(RuleViolation) as refusal:
        revoke_version(version, **facts)
    return refusal.value


def test_one_draft_at_a_time(art, secretary):
    draft_version(art.document, source=rules.TEXT, by=secretary)
    refused(
        "rules.draft_exists",
        draft_version,
        art.document,
        source=rules.TEXT,
        by=secretary,
    )


def test_a_draft_goes_and_an_empty_document_with_it(statutes, secretary):
    delete_version(statutes, by=secretary)
    assert not RuleDocument.objects.filter(kind="AD").exists()


def test_a_rule_is_taken_back_once_with_a_reason(art, coordinator, secretary):
    facts = {"ends_on": TODAY, "reason": "Diganti perdes", "by": coordinator}
    refused("rules.adopter", revoke_version, art, **facts | {"by": secretary})
    refused("rules.no_reason", revoke_version, art, **facts | {"reason": " "})
    early = facts | {"ends_on": ADOPTED - DAY}
    refused("rules.ends_before_start", revoke_version, art, **early)

    revoke_version(art, **facts)
    art.refresh_from_db()
    assert art.state_tag(TODAY) == ("", "Dicabut")
    assert art.state_tag(TODAY - DAY) == ("ok", "Berlaku")
    refused("rules.ended", revoke_version, art, **facts)
