"""A juklak written anew while boards tick, a rule taken back while a value cites it."""

import pytest
from django.urls import reverse

from boards.models import BoardSetting, GuideState
from boards.roles import Role
from deliberations.models import RuleVersion, SettingBasis
from tests.deep.test_races import at_once, no_harm, post
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import rules

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", range(3))
def test_clauses_written_anew_and_ticked_at_once(turn):
    """Either the board ticked first and the clauses stay, or it is told; no 500."""
    board = make.board("35.20.06.1010")
    secretary = meet.secretary(board)
    admin = make.user(Role.DINAS_ADMIN, region_code="35.20")
    guide = make.guide("35.20", by=admin)
    anew = reverse("boards:guide_clauses", args=["35.20", guide.pk])
    acts = [post(admin, anew, clauses="1. Baru\n2. Lain")]
    for clause in guide.clauses.all():
        args = [board.slug, guide.pk, clause.pk]
        url = reverse("boards:checklist_clause", args=args)
        acts.append(post(secretary, url, state="belum", revision="0"))
    rewritten, *ticked = at_once(*acts)
    no_harm([rewritten, *ticked])
    if GuideState.objects.exists():
        assert rewritten == 200
        assert guide.clauses.count() == 3
    else:
        assert (rewritten, set(ticked)) == (302, {409})


@pytest.mark.parametrize("turn", range(3))
def test_a_rule_taken_back_and_a_value_that_cites_it_at_once(turn):
    """One of the two is refused: no value rests on a rule that ended before it."""
    board = make.board()
    secretary, coordinator = meet.secretary(board), meet.coordinator(board)
    art = rules.adopted(board)
    today = board.today()
    day = f"{today:%d/%m/%Y}"
    revoke = reverse("deliberations:rule_revoke", args=[board.slug, art.pk])
    setting = reverse("boards:setting_new", args=[board.slug, "review_days"])
    value = {"value": "4", "starts_on": day, "article": "ART pasal 14"}
    results = at_once(
        post(coordinator, revoke, ends_on=day, reason="Digabung"),
        post(secretary, setting, **value),
    )
    no_harm(results)
    assert sorted(results) == [200, 302]
    ended = RuleVersion.objects.get(pk=art.pk).ends_on is not None
    assert ended != SettingBasis.objects.exists()
    assert ended != BoardSetting.objects.filter(name="review_days").exists()
