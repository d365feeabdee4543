"""Drawing loans by lot so that anybody can draw the same ones again. Pure."""

import hashlib
from collections.abc import Iterable


def draw(numbers: Iterable[int], *, size: int, seed: int) -> list[int]:
    """`size` of the numbers, by the order that the seed gives them.

    Each number stands where SHA-256 of "seed:number" puts it: the same seed and the
    same numbers give the same sample, on any machine and in any year. All of them when
    there are fewer than `size`.
    """

    def place(number: int) -> tuple[str, int]:
        digest = hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()
        return digest, number

    return sorted(set(numbers), key=place)[:size]
