"""Names in pinyin, for those who type initials or the spelling instead of characters.

A city's ten thousand names use some fifteen hundred characters, nearly each always read
alike. So the browser is given one reading for each character, and a whole spelling only
for the names that are read otherwise (行 in 银行). pypinyin is imported when something is
to be spelt, since that takes half a second.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_KEPT = re.compile(r"[0-9a-z]")
_OTHERS = re.compile(r"[^0-9a-z]+")


def spell(names: Iterable[str]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the usual reading of each character, and the spellings of the names that differ.

    A spelling has its syllables apart: "yin hang". Letters and digits stand for themselves
    and have no reading; a name without Han characters has no spelling at all.
    """
    spelt = _spelt(names)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, syllables in spelt.items():
        for character, syllable in zip(_characters(name), syllables, strict=True):
            if _HAN.match(character):
                counts[character][syllable] += 1
    usual = {
        character: min(found, key=lambda reading: (-found[reading], reading))
        for character, found in sorted(counts.items())
    }
    other = {
        name: " ".join(syllables)
        for name, syllables in spelt.items()
        if syllables != [usual.get(letter, letter) for letter in _characters(name)]
    }
    return usual, other


def _spelt(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in names if _HAN.search(name)}
    if found:
        reader = _reader()
        for name, syllables in found.items():
            syllables += reader(name)
    return found


def _reader() -> Callable[[str], list[str]]:
    """Return a function that reads a name; a word that many names share is looked up once."""
    from pypinyin import Style, lazy_pinyin
    from pypinyin.contrib.mmseg import seg

    known: dict[str, list[str]] = {}

    def read(name: str) -> list[str]:
        syllables: list[str] = []
        for word in seg.cut("".join(_characters(name))):
            if word not in known:
                known[word] = [_OTHERS.sub("", s) for s in lazy_pinyin(word, style=Style.NORMAL)]
            syllables += known[word]
        return syllables

    return read


def _characters(name: str) -> list[str]:
    """Return a name's Han characters, letters and digits."""
    return [c for c in name.lower() if _HAN.match(c) or _KEPT.match(c)]
