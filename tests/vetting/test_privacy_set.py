"""How often the gate is right about private persons, measured on texts written for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.vetting.persons import Trait, masked, sightings

DAY = date(2026, 3, 1)
TEXTS = [
    (row["text"], frozenset(map(Trait, row["finds"])))
    for row in yaml.safe_load(
        Path(__file__).with_name("privacy_set.yml").read_text(encoding="utf-8")
    )
]
LEAST = 0.95


def seen(text: str) -> frozenset[Trait]:
    return frozenset(sighting.trait for sighting in sightings(text, DAY))


def test_the_set_is_large_enough_to_say_anything() -> None:
    """A rate over a handful of texts would be a rate of luck."""
    assert sum(bool(traits) for _, traits in TEXTS) >= 70
    assert sum(not traits for _, traits in TEXTS) >= 80
    assert all(sum(trait in traits for _, traits in TEXTS) >= 15 for trait in Trait)


@pytest.mark.parametrize("traits", [*([trait] for trait in Trait), [*Trait]], ids=str)
def test_precision_and_recall_are_at_least_95_percent(traits: list[Trait]) -> None:
    """A person who is missed is exposed; an office that is accused in vain stops listening."""
    pairs = [
        (text, trait, trait in wanted, trait in seen(text))
        for text, wanted in TEXTS
        for trait in traits
    ]
    right = [text for text, _, wanted, found in pairs if wanted and found]
    missed = [text for text, _, wanted, found in pairs if wanted and not found]
    in_vain = [text for text, _, wanted, found in pairs if found and not wanted]

    precision = len(right) / (len(right) + len(in_vain))
    recall = len(right) / (len(right) + len(missed))

    names = ", ".join(traits)
    print(f"{names}: precision {precision:.3f}, recall {recall:.3f}, {len(right)} right")
    print("missed", missed, "in vain", in_vain)
    assert precision >= LEAST and recall >= LEAST


@pytest.mark.parametrize("text", [text for text, traits in TEXTS if traits])
def test_a_masked_text_says_nothing_of_a_person(text: str) -> None:
    """A report that repeats the number would spread what it warns of."""
    told = masked(text, DAY)

    for sighting in sightings(text, DAY):
        assert sighting.value not in told and sighting.value not in sighting.masked
