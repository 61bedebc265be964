"""The fixed set of questions, with what is true of them.

Truth is computed from the published tables, never from the search. A power answers a question
if the question is a substring of its name, an alias, its code or the title of a law it rests
on. The first ten hits can hold at most ten of the powers that answer, so recall@10 is the
share of min(10, all that answer). An exact title or code has one right answer.

The made city of Handan's size repeats each bundled power about seven times, a number behind
its name. Each of them is a power of its own: its title and its code must find it and no other
first, and a substring may be answered by any of them. But whoever asks in everyday words is
served by any one of the seven; for these, copies count as one answer, and the first five are
the first five *different* powers and lists. What else a city of that size would hold, no
made city can tell.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.asking import Rows, rows

EVERYDAY = Path(__file__).with_name("everyday.csv")
SEED = 2005
COPY = re.compile(r"\d{4}$")
"""What the maker puts behind a bundled power's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What is known of a city's powers, to judge answers by."""

    powers: Rows
    texts: Mapping[str, tuple[str, ...]]
    """The texts of each power's truth by its code: name, code, aliases, titles of its laws."""

    @classmethod
    def of(cls, data: Path) -> Questions:
        """Read a city's published tables."""
        powers = rows(data / "powers.csv")
        titles = {row["id"]: row["title"] for row in rows(data / "instruments.csv")}
        laws: dict[str, list[str]] = {power["code"]: [] for power in powers}
        for basis in rows(data / "legal_bases.csv"):
            if basis["power"] in laws:
                laws[basis["power"]].append(titles[basis["instrument"]])
        return cls(
            powers=powers,
            texts={
                power["code"]: (
                    power["name"],
                    power["code"],
                    *filter(None, power["aliases"].split(";")),
                    *dict.fromkeys(laws[power["code"]]),
                )
                for power in powers
            },
        )

    def substrings(self, count: int = 300) -> list[str]:
        """Return seeded substrings of 2 to 4 characters, a power and one of its texts at random."""
        chance = random.Random(SEED)
        found: dict[str, None] = {}
        while len(found) < count:
            text = chance.choice(self.texts[chance.choice(self.powers)["code"]])
            length = chance.randint(2, 4)
            start = chance.randint(0, max(0, len(text) - length))
            piece = text[start : start + length]
            if len(piece) == length and any(c.isalnum() for c in piece):
                found[piece] = None
        return list(found)

    def true_of(self, question: str) -> set[str]:
        """Return the codes of the powers that answer a substring."""
        return {code for code, texts in self.texts.items() if any(question in t for t in texts)}

    def recall(self, question: str, codes: Sequence[str], at: int = 10) -> float:
        """Return the share of the best possible first hits that were found."""
        true = self.true_of(question)
        return len(true.intersection(codes[:at])) / min(at, len(true))

    def offered(self, answer: Mapping[str, Any]) -> list[str]:
        """Return what a reader sees from the top: lists that are named, then different powers."""
        bundled = {power["code"]: original(power) for power in self.powers}
        lists = [place["slug"] for place in answer["places"]]
        return [*lists, *dict.fromkeys(bundled[code] for code in answer["codes"])]


def original(power: Mapping[str, str]) -> str:
    """Return the name of the bundled power that a power is a copy of, or its own."""
    return COPY.sub("", power["name"])


def everyday() -> list[tuple[str, set[str]]]:
    """Return the everyday questions with the names of powers, or slugs of lists, that serve them."""
    bundled = Path(__file__).parents[2] / "content" / "database" / "powers.csv"
    names = {power["code"]: power["name"] for power in rows(bundled)}
    return [
        (row["phrase"], {names.get(e, e) for e in row["expected"].split(";")})
        for row in rows(EVERYDAY)
    ]
