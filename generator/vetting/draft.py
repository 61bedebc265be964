"""A power as drafted, and its procedure as a graph: its steps, and the ways between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.model.codes import PowerCode
from generator.sources.canonical import Line


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A power as drafted: its line, and those of its children in the order of their tables."""

    code: PowerCode
    line: Line
    children: Mapping[str, tuple[Line, ...]]

    def __getitem__(self, table: str) -> tuple[Line, ...]:
        """Return the power's rows in a table of children."""
        return self.children.get(table, ())

    @property
    def is_active(self) -> bool:
        """Whether the power is in force."""
        return bool(self.line.values.get("status") == "active")

    @cached_property
    def course(self) -> Course:
        """The power's procedure; moves from or to steps that are not there are left out."""
        steps: dict[str, Line] = {}
        for line in self["steps"]:
            if "id" in line.values:
                steps.setdefault(line.values["id"], line)
        out: dict[str, list[Line]] = {}
        into: dict[str, list[Line]] = {}
        for move in self["moves"]:
            source, target = move.values.get("source"), move.values.get("target")
            if source in steps and target in steps:
                out.setdefault(source, []).append(move)
                into.setdefault(target, []).append(move)
        return Course(
            steps=steps,
            ways_out={name: tuple(moves) for name, moves in out.items()},
            ways_in={name: tuple(moves) for name, moves in into.items()},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A procedure as its rules see it: steps by identifier, moves between steps that are there."""

    steps: Mapping[str, Line]
    ways_out: Mapping[str, tuple[Line, ...]]
    ways_in: Mapping[str, tuple[Line, ...]]

    def of_kind(self, *kinds: str) -> Iterator[tuple[str, Line]]:
        """Yield the steps of some kinds with their identifiers."""
        return (
            (name, line) for name, line in self.steps.items() if line.values.get("kind") in kinds
        )

    def reached(self, starts: Collection[str], *, backwards: bool = False) -> set[str]:
        """Return every step that moves lead to from the starts, or from which they do."""
        ways, end = (self.ways_in, "source") if backwards else (self.ways_out, "target")
        seen, ahead = set(starts), list(starts)
        while ahead:
            for move in ways.get(ahead.pop(), ()):
                if move.values[end] not in seen:
                    seen.add(move.values[end])
                    ahead.append(move.values[end])
        return seen
