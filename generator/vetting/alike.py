"""Names that are the same but for how they are written, and names that are nearly the same.

Nearly the same are two names with three quarters of their pairs of neighbouring characters in
common and the same numerals. Such pairs are found by the rarest of their characters' pairs
(prefix filtering: Bayardo, Ma and Srikant, “Scaling up all pairs similarity search”, WWW 2007),
so that the work grows with the names, not with their square.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache
from math import ceil
from unicodedata import normalize

ENOUGH = 0.75
SHORTEST = 6
"""Characters; shorter names share three quarters of their pairs by chance."""

_DROPPED = re.compile(r"[\W_的及和与或]+")
_NUMERAL = re.compile("[0-9]+|[a-z]+|[零〇一二三四五六七八九十百千万甲乙丙丁两]")


@lru_cache(maxsize=8192)
def plain(name: str, without: tuple[str, ...] = ()) -> str:
    """Return a name as far as it tells powers apart.

    Widths and capitals are levelled (NFKC), the words in `without` taken out, such as the
    department's own name; brackets, punctuation and 的, 及, 和, 与, 或 are left out.
    """
    found = normalize("NFKC", name).lower()
    for word in sorted(without, key=len, reverse=True):
        found = found.replace(normalize("NFKC", word).lower(), "")
    return _DROPPED.sub("", found)


def pairs(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield every two names that are nearly the same, each pair once; the names are plain.

    Numerals and letters must be equal: the first class of a permit is not its second.
    """
    blocks: dict[tuple[str, ...], list[str]] = {}
    for name in sorted(set(names)):
        if len(name) >= SHORTEST:
            blocks.setdefault(tuple(_NUMERAL.findall(name)), []).append(name)
    for block in blocks.values():
        if len(block) > 1:
            yield from _near(block)


def _near(names: list[str]) -> Iterator[tuple[str, str]]:
    grams = {name: {name[i : i + 2] for i in range(len(name) - 1)} for name in names}
    often = Counter(gram for found in grams.values() for gram in found)
    index: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (len(grams[name]), name)):
        mine = grams[name]
        rarest = sorted(mine, key=lambda gram: (often[gram], gram))
        prefix = rarest[: len(mine) - ceil(ENOUGH * len(mine)) + 1]
        others = {other for gram in prefix for other in index.get(gram, ())}
        for other in sorted(others):
            theirs = grams[other]  # shorter or equal, since names come by length
            if len(theirs) < ENOUGH * len(mine):
                continue
            common = len(mine & theirs)
            if common >= ENOUGH * (len(mine) + len(theirs) - common):
                yield other, name
        for gram in prefix:
            index.setdefault(gram, []).append(name)
