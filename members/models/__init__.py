"""Rows about residents and who sits in the board, split by noun."""

from members.models.people import EARLIEST_BIRTH, Person, Sex
from members.models.terms import Mandate, MandateQuerySet, Term

__all__ = ["EARLIEST_BIRTH", "Mandate", "MandateQuerySet", "Person", "Sex", "Term"]
