"""Seats of a board: which are free, who is next, which decision may still be used."""

import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from boards.models import Board
from deliberations.models import Decision, Replacement, SeatedElection
from members.models import (
    Election,
    ElectionArea,
    FinalPlace,
    Mandate,
    Nominee,
    Term,
)


def usable_decisions(board: Board) -> QuerySet[Decision]:
    """Decisions on members that hold and that no seat rests on yet, newest first."""
    return (
        Decision.objects.filter(board=board, kind=Decision.Kind.MEMBERSHIP)
        .in_force()
        .filter(seated=None, replacement=None)
        .select_related("meeting")
        .order_by("-held_on", "-pk")
    )


def unseated_elections(board: Board) -> QuerySet[Election]:
    """Finished elections that no decision turned into a term yet."""
    rows = Election.objects.filter(board=board, seated=None)
    return rows.exclude(finished_at=None).order_by("starts_on", "pk")


def vacancies(board: Board) -> QuerySet[Mandate]:
    """Seats that somebody left before the term was over and nobody took.

    A person who only changed the post left no seat.
    """
    again = Mandate.objects.filter(
        term=OuterRef("term"),
        person=OuterRef("person"),
        started_on__gt=OuterRef("ended_on"),
    )
    return (
        Mandate.objects.filter(
            board=board, replacement=None, ended_on__lt=F("term__ends_on")
        )
        .exclude(end_reason=Mandate.EndReason.NEW_POSITION)
        .filter(~Exists(again))
        .select_related("person", "term")
        .order_by("-ended_on", "pk")
    )


def next_reserve(term: Term) -> Nominee | None:
    """Who moves up in a term: the first by rank who did not decline and never sat.

    None when the term came from no election here, or the reserves are used up.
    Source: governance sheet, section 3.6.
    """
    seated = SeatedElection.objects.filter(term=term).first()
    if seated is None:
        return None
    sat = Mandate.objects.filter(term=term, person=OuterRef("person"))
    return (
        Nominee.objects.filter(
            area__election=seated.election_id,
            area__stage=ElectionArea.Stage.BOARD,
            outcome__in=(Nominee.Outcome.ELECTED, Nominee.Outcome.RESERVE),
        )
        .exclude(willing=Nominee.Willing.DECLINED)
        .filter(~Exists(sat))
        .select_related("person")
        .order_by("rank")
        .first()
    )


def reserves_left(board: Board, *, on: datetime.date) -> QuerySet[Nominee]:
    """Reserves of the term in force on a day who never sat in it, by rank.

    Also those who declined since: their letter may be looked at again.
    """
    term = Term.objects.filter(
        seated__election=OuterRef("area__election"),
        starts_on__lte=on,
        ends_on__gte=on,
    )
    sat = Mandate.objects.filter(
        term__seated__election=OuterRef("area__election"), person=OuterRef("person")
    )
    return (
        Nominee.objects.filter(board=board, final__place=FinalPlace.Place.RESERVE)
        .filter(Exists(term), ~Exists(sat))
        .select_related("person")
        .order_by("rank")
    )


def replacements(board: Board) -> QuerySet[Replacement]:
    """Seats filled between elections, newest first, with everybody concerned."""
    return Replacement.objects.filter(board=board).select_related(
        "left__person", "mandate__person", "decision"
    )
