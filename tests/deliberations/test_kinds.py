"""What each kind of decision asks for, and what a vote must say."""

from decimal import Decimal

import pytest

from deliberations.forms.decisions import DecisionForm
from deliberations.kinds import ASKS, kinds_asking, label_of, missing
from deliberations.models import Decision
from deliberations.records import meeting_record
from tests.deliberations.refusals import refused
from tests.make import meetings as meet


def form(**typed) -> DecisionForm:
    """A decision as typed; "mufakat" unless said otherwise."""
    body = {"text": "Diputuskan.", "kind": "general", "method": "mufakat", **typed}
    return DecisionForm(body, amendable=Decision.objects.none())


VOTE = {
    "method": "voting",
    "votes_for": "5",
    "votes_against": "2",
    "votes_abstain": "0",
    "failed_consensus": "Lokasinya diperdebatkan.",
}


def test_every_kind_is_known():
    assert set(ASKS) == set(Decision.Kind.values)


def test_a_name_is_called_by_its_kind():
    assert label_of("loan", "subject_name") == "KSM atau peminjam"
    assert label_of("asset", "amount") == "Nilai"
    assert kinds_asking("fund_source") == ("budget", "activity")


@pytest.mark.parametrize(
    ("kind", "name", "sentence"),
    [
        ("budget", "amount", "Isi jumlah uang yang diputuskan."),
        ("loan", "subject_name", "Tulis KSM atau peminjamnya."),
        ("asset", "subject_name", "Tulis aset yang diputuskan."),
        ("membership", "subject_name", "Tulis siapa, dan sebagai apa."),
    ],
)
def test_a_kind_asks_for_what_its_record_needs(kind, name, sentence):
    typed = form(kind=kind)

    assert not typed.is_valid()
    assert typed.errors == {name: [sentence]}
    assert missing(kind, {name: "isi"}) == {}


def test_a_general_decision_needs_only_its_words():
    assert form().is_valid()


def test_what_another_kind_asks_for_falls_out():
    typed = form(
        kind="rule", subject_name="ART", rt="3", volume="12,5", fund_source="APBD"
    )

    assert typed.is_valid(), typed.errors
    facts = typed.cleaned_data
    assert (facts["subject_name"], facts["rt"], facts["fund_source"]) == ("ART", "", "")
    assert facts["volume"] is None


def test_a_vote_comes_after_a_consensus_that_failed():
    typed = form(**VOTE | {"failed_consensus": ""})

    assert typed.errors == {
        "failed_consensus": [
            "Tulis mengapa mufakat tidak tercapai. Musyawarah mendahului suara."
        ]
    }
    assert form(**VOTE).is_valid()


def test_votes_typed_before_a_consensus_fall_out():
    typed = form(**VOTE | {"method": "mufakat", "is_secret": "on"})

    assert typed.is_valid()
    assert typed.cleaned_data["votes_for"] is None
    assert typed.cleaned_data["failed_consensus"] == ""
    assert typed.cleaned_data["is_secret"] is False


def test_a_secret_vote_names_nobody():
    typed = form(**VOTE, is_secret="on", against_names="Slamet")

    assert typed.errors["against_names"] == [
        "Suara rahasia hanya mencatat jumlahnya. Kosongkan nama."
    ]


def test_more_names_than_votes_cannot_be():
    typed = form(**VOTE, against_names="Slamet; Wati; Joko")

    assert typed.errors["against_names"] == ["3 nama, tetapi hanya 2 suara."]
    assert form(**VOTE, against_names="Slamet; Wati").is_valid()


@pytest.mark.django_db
def test_the_act_refuses_what_the_form_would(board, secretary):
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 5))
    item = meeting.items.first()
    vote = meet.verdict(
        method="voting",
        votes_for=3,
        votes_against=1,
        votes_abstain=1,
        failed_consensus="",
    )
    loan = meet.verdict(kind="loan")

    refused("decision.no_failed_consensus", meet.discussed, item, vote, by=secretary)
    refused("decision.fact_missing", meet.discussed, item, loan, by=secretary)

    assert not meeting.decisions.exists()


@pytest.mark.django_db
def test_the_facts_stand_in_the_record_that_cannot_change(board, secretary):
    asked = meet.verdict(
        kind="proposal",
        subject_name="Musrenbang",
        rt="003",
        rw="005",
        volume=Decimal("120.5"),
        unit="m",
    )
    meeting = meet.ratified(board, by=secretary, verdicts=(asked,))

    decision = meeting.decisions.get()
    assert decision.facts == [
        ("Diajukan kepada", "Musrenbang"),
        ("Lokasi", "RT 003/RW 005"),
        ("Volume", "120,5\N{NO-BREAK SPACE}m"),
    ]
    (kept,) = meeting_record(meeting.pk)["items"][0]["decisions"]
    assert kept["subject_name"] == "Musrenbang"
    assert (kept["volume"], kept["unit"], kept["rt"]) == ("120.50", "m", "003")
    assert "is_secret" not in kept
