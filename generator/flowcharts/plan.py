"""What a drawing shows of a procedure, as plain values: a worker's task, and a cache's key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

from generator.flowcharts.outline import Outline


class Words(NamedTuple):
    """What stands in a step's box, line by line; empty where there is nothing."""

    name: str
    post: str
    limit: str
    uncounted: str
    document: str


class Turn(NamedTuple):
    """Where a step leads, both by their places; `back` if to an earlier step or itself."""

    source: int
    target: int
    back: bool
    condition: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Kinds and words of the steps in reading order, and the turns between them."""

    kinds: tuple[str, ...]
    words: tuple[Words, ...]
    turns: tuple[Turn, ...]


def pack(outline: Outline) -> str:
    """Return the plan of an outline as canonical JSON on one line."""
    uncounted = outline.uncounted
    return json.dumps(
        [
            [step.kind.value for step in outline.steps],
            [
                (step.name, step.post, step.limit, "" if step.counted else uncounted, step.document)
                for step in outline.steps
            ],
            [
                (step.number - 1, way.number - 1, way.back, way.condition)
                for step in outline.steps
                for way in step.ways
            ],
        ],
        separators=(",", ":"),
    )


def unpack(packed: str) -> Plan:
    """Return the plan that was packed."""
    kinds, words, turns = json.loads(packed)
    return Plan(tuple(kinds), tuple(Words(*each) for each in words), tuple(Turn(*t) for t in turns))
