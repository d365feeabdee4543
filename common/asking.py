"""What is asked of the index of words, in the language of either database."""

from dataclasses import dataclass

from common.stems import Term


@dataclass(frozen=True)
class Asked:
    """Rows that hold every term of one of `ways`, and each token of `scope`.

    A row that is looked for in one board has the token of that board (`_b12`) among
    its words; what people type never holds an underscore.
    """

    ways: tuple[tuple[Term, ...], ...]
    scope: str = ""

    def fts5(self) -> str:
        """As a MATCH of SQLite's FTS5."""
        ways = " OR ".join(
            "(" + " AND ".join(map(_fts5_term, terms)) + ")" for terms in self.ways
        )
        return f'"{self.scope}" AND ({ways})' if self.scope else ways

    def tsquery(self) -> str:
        """As the text of a PostgreSQL tsquery; its words are taken as they are."""
        ways = " | ".join(
            "(" + " & ".join(map(_tsquery_term, terms)) + ")" for terms in self.ways
        )
        return f"'{self.scope}' & ({ways})" if self.scope else ways


def all_of(terms: tuple[Term, ...], *, scope: str = "") -> Asked:
    """Every term."""
    return Asked((terms,), scope)


def all_but_one_of(terms: tuple[Term, ...], *, scope: str = "") -> Asked:
    """Any one term may be missing; for two terms and more."""
    ways = tuple(terms[:at] + terms[at + 1 :] for at in range(len(terms)))
    return Asked(ways, scope)


def _fts5_term(term: Term) -> str:
    words = [f'"{word}"' for word in term.exact]
    if term.beginning:
        words.append(f'"{term.beginning}"*')
    return "(" + " OR ".join(words) + ")"


def _tsquery_term(term: Term) -> str:
    words = [f"'{word}'" for word in term.exact]
    if term.beginning:
        words.append(f"'{term.beginning}':*")
    return "(" + " | ".join(words) + ")"
