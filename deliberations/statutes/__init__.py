"""Texts of rules as people bring them: split, compared and cited. Pure."""

from deliberations.statutes.citing import Cited, read_citation, same_clause
from deliberations.statutes.clauses import Clause, Problem
from deliberations.statutes.comparing import Change, Passage, Piece, compare
from deliberations.statutes.splitting import Article, Statute, split_statute

__all__ = [
    "Article",
    "Change",
    "Cited",
    "Clause",
    "Passage",
    "Piece",
    "Problem",
    "Statute",
    "compare",
    "read_citation",
    "same_clause",
    "split_statute",
]
