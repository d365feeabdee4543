"""Which residents a name on a ballot may mean: by name, nickname and shared words."""

from collections.abc import Iterable
from dataclasses import dataclass

from members.tally import plain_name

MOST_SHOWN = 8
# Words that stand before many names and tell nobody apart.
_TITLES = frozenset("h hj kh k pak bu ibu bapak mas mbak drs dr ir r rr".split())


@dataclass(frozen=True)
class Known:
    """A resident as the register has them."""

    key: int
    name: str
    nickname: str
    rt: str
    rw: str


def _words(text: str) -> set[str]:
    return set(plain_name(text).split()) - _TITLES


def _likeness(written: str, person: Known, rt: str, rw: str) -> int:
    """0 for nobody; more is likelier."""
    plain = plain_name(written)
    here = int(bool(rt) and (person.rt, person.rw) == (rt, rw))
    if plain in (plain_name(person.name), plain_name(person.nickname)):
        return 8 + here
    shared = _words(written) & (_words(person.name) | _words(person.nickname))
    return 2 * len(shared) + here if shared else 0


def likely(written: str, people: Iterable[Known], *, rt: str, rw: str) -> list[Known]:
    """Residents that may be meant, the likeliest first, at most eight."""
    scored = [(_likeness(written, person, rt, rw), person) for person in people]
    found = [pair for pair in scored if pair[0]]
    found.sort(key=lambda pair: (-pair[0], pair[1].name, pair[1].key))
    return [person for _, person in found[:MOST_SHOWN]]


def same_named(written: str, people: Iterable[Known]) -> list[Known]:
    """Residents of that very name or nickname."""
    plain = plain_name(written)
    return [
        person
        for person in people
        if plain in (plain_name(person.name), plain_name(person.nickname))
    ]


def surely(written: str, people: Iterable[Known], *, rt: str, rw: str) -> Known | None:
    """The one resident of that name or nickname, if there is exactly one."""
    same = same_named(written, people)
    near = [person for person in same if (person.rt, person.rw) == (rt, rw)] or same
    return near[0] if len(near) == 1 else None


def people_by_spelling(people: Iterable[Known]) -> dict[str, str]:
    """Plain name or nickname to person, where it means exactly one of them."""
    found: dict[str, set[int]] = {}
    for person in people:
        for text in (person.name, person.nickname):
            if plain_name(text):
                found.setdefault(plain_name(text), set()).add(person.key)
    return {
        plain: f"#{next(iter(keys))}" for plain, keys in found.items() if len(keys) == 1
    }
