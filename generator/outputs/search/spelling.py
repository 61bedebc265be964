"""Names in pinyin, for those who type initials or the spelling instead of characters.

pypinyin is imported only when something is to be spelt: it takes over half a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_OTHERS = re.compile(r"[^0-9a-z]+")


def speller() -> Callable[[str], list[str]]:
    """Return a function that gives a name's syllables, or none where it has no Han character.

    A word that many names share is looked up once, which makes a city's names five times
    as quick. Letters and digits between the characters stay: `ISO认证` is iso, ren, zheng.
    """
    from pypinyin import Style, lazy_pinyin
    from pypinyin.contrib.mmseg import seg

    known: dict[str, list[str]] = {}

    def spell(name: str) -> list[str]:
        if not _HAN.search(name):
            return []
        syllables: list[str] = []
        for word in seg.cut(name):
            if word not in known:
                spelt = lazy_pinyin(word, style=Style.NORMAL)
                plain = (_OTHERS.sub("", syllable.lower()) for syllable in spelt)
                known[word] = [syllable for syllable in plain if syllable]
            syllables += known[word]
        return syllables

    return spell
